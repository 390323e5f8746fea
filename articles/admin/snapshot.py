from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.showing import ShowsSnapshots, marked_text
from articles.models import Article, Retrieval, Snapshot
from articles.models.snapshot import HEAVY
from people.admin.base import PartInline, RecordAdmin


class SnapshotInline(ShowsSnapshots, PartInline):
    """An article's snapshots, to look at: they are made by taking a text in, and never change."""

    model = Snapshot
    fields = readonly_fields = ("retrieved_at", "method", "body_range", "short_hash", "annotate")
    show_change_link = True
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        snapshots: QuerySet[Snapshot] = super().get_queryset(request)
        return snapshots.defer(*HEAVY).select_related("article")

    def has_add_permission(self, _request: HttpRequest, _obj: Article | None = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Article | None = None) -> bool:
        return False


class RetrievalInline(PartInline):
    """When the text was fetched, and what the site answered, to look at."""

    model = Retrieval
    fields = readonly_fields = ("fetched_at", "asked", "address", "status", "content_type", "etag", "last_modified")
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Snapshot | None = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Snapshot | None = None) -> bool:
        return False


@admin.register(Snapshot)
class SnapshotAdmin(ShowsSnapshots, RecordAdmin):
    """Texts as they were taken in, to look at. The text is shown as text, whatever its bytes were."""

    list_display = ("title", "retrieved_at", "method", "body_range", "short_hash", "annotate")
    list_filter = ("method", "media_type", ("article__source", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("article",)
    search_fields = ("article__title", "article__address", "public_id", "raw_sha256", "text_sha256")
    date_hierarchy = "retrieved_at"
    fields = readonly_fields = (
        "article_link",
        "annotate",
        "public_id",
        "retrieved_at",
        "method",
        "body_range",
        "marked_text",
        "media_type",
        "encoding",
        "extractor",
        "raw_sha256",
        "text_sha256",
    )
    inlines = (RetrievalInline,)

    class Media:
        css = {"all": ["articles/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        snapshots: QuerySet[Snapshot] = super().get_queryset(request)
        return snapshots.defer(*HEAVY)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Snapshot | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Snapshot | None = None) -> bool:
        return False

    @admin.display(description=_("article"), ordering="article__title")
    def title(self, snapshot: Snapshot) -> str:
        return str(snapshot.article)

    @admin.display(description=_("article"))
    def article_link(self, snapshot: Snapshot) -> SafeString:
        address = reverse("admin:articles_article_change", args=[snapshot.article_id])
        return format_html('<a href="{}">{}</a>', address, snapshot.article)

    @admin.display(description=_("text"))
    def marked_text(self, snapshot: Snapshot) -> SafeString:
        return marked_text(snapshot)
