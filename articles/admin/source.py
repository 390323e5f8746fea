from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.feed import FeedInline, ask_for_new
from articles.forms import SourceForm
from articles.models import Source
from people.admin.base import NamedAdmin, number_of


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    """Who publishes, findable by any name and by the site."""

    form = SourceForm
    list_display = ("name", "names_in_other_languages", "kind", "host", "country", "articles")
    list_filter = ("kind", "country")
    search_fields = ("name_ru", "name_be", "name_en", "host", "public_id")
    inlines = (FeedInline,)
    history_parts = ("feeds",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        sources: QuerySet[Source] = super().get_queryset(request)
        return sources.annotate(article_count=number_of("articles", Source))

    def get_inlines(self, request: HttpRequest, obj: Source | None) -> Any:
        """Feeds come once the source is on record."""
        return super().get_inlines(request, obj) if obj else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        ask_for_new(form.instance)

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, source: Any) -> int:
        return int(source.article_count)
