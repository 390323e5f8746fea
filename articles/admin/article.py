from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.address import BadAddress, normal_address
from articles.admin.ingesting import ingest_page, may_ingest
from articles.admin.showing import annotation_link, doubt_about
from articles.admin.snapshot import SnapshotInline
from articles.forms import ArticleForm
from articles.models import Article, Snapshot
from people.admin.base import RecordAdmin, number_of
from people.date_telling import told

if TYPE_CHECKING:
    from django.urls import URLPattern


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Publications with their snapshots. A new one comes only by taking its text in."""

    form = ArticleForm
    list_display = ("headline", "annotation", "source", "published_date", "snapshots", "created_at")
    list_select_related = ("source",)
    list_filter = (
        ("source", admin.RelatedOnlyFieldListFilter),
        "source__kind",
        "language",
        "published_known",
        "created_at",
    )
    search_fields = ("title", "address", "credit", "byline", "public_id", "source__name_ru", "source__name_en")
    date_hierarchy = "created_at"
    autocomplete_fields = ("source",)
    readonly_fields = ("public_id", "created_at")
    fieldsets = (
        (None, {"fields": ("title", "source", "address", "byline", "language", "credit")}),
        (_("When it was published"), {"fields": (("published", "published_known"),)}),
        (_("On record"), {"fields": (("public_id", "created_at"),)}),
    )
    inlines = (SnapshotInline,)
    history_parts = ("snapshots",)

    class Media:
        css = {"all": ["articles/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        newest = Snapshot.objects.filter(article=OuterRef("pk")).order_by("-id").values("public_id")[:1]
        return articles.annotate(snapshot_count=number_of("snapshots", Article), newest_snapshot=Subquery(newest))

    def get_urls(self) -> "list[URLPattern]":
        page = self.admin_site.admin_view(ingest_page(self))
        return [path("ingest/", page, name="articles_article_ingest"), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A pasted address finds its article however it is spelled; else every word must be found."""
        try:
            return queryset.filter(pk__in=Article.objects.at(normal_address(search_term))), False
        except BadAddress:
            return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Any], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "published" in form.changed_data and (doubt := doubt_about(obj)):
            messages.warning(request, doubt)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - as Django calls it
        """The address that the admin's habits know leads to the way in."""
        return redirect("admin:articles_article_ingest")

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """The index and the sidebar offer “Add” to those who may take articles in."""
        return super().get_model_perms(request) | {"add": may_ingest(request)}

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Never of what has a text: snapshots are kept for good."""
        return super().has_delete_permission(request, obj) and not (obj and obj.snapshots.exists())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("annotation"))
    def annotation(self, article: Any) -> str:
        """The way to the annotation page of the newest text, in one click."""
        return annotation_link(article.newest_snapshot)

    @admin.display(description=_("published"), ordering="published_range")
    def published_date(self, article: Article) -> str:
        return told(article.published)

    @admin.display(description=_("snapshots"), ordering="snapshot_count")
    def snapshots(self, article: Any) -> int:
        return int(article.snapshot_count)
