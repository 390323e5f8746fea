"""Suggestions in the admin, to be looked at only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from quotes.admin.annotation_suggestions import page_of
from quotes.admin.base import LookedAtOnly
from quotes.admin.rules import rules_page
from quotes.explaining import rule_in_words
from quotes.models import Suggestion

if TYPE_CHECKING:
    from django.urls import URLPattern

WORDS_AT_MOST = 120


class RuleFilter(admin.SimpleListFilter):
    """By the rule that found it, told in words."""

    title = _("rule")
    parameter_name = "rule"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        rules = Suggestion.objects.order_by("rule").values_list("rule", flat=True).distinct()
        return [(rule, rule_in_words(rule)) for rule in rules]

    def queryset(self, _request: HttpRequest, suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        return suggestions.filter(rule=self.value()) if self.value() else suggestions


@admin.register(Suggestion)
class SuggestionAdmin(LookedAtOnly):
    """What the machine has proposed, and what became of it. Decided on the annotation page."""

    list_display = ("words", "speaker_name", "rule_told", "state", "decided_by", "engine")
    list_filter = ("state", "kind", "unverified", "engine", RuleFilter)
    list_select_related = ("snapshot__article", "decided_by")

    def get_urls(self) -> "list[URLPattern]":
        page = self.admin_site.admin_view(require_GET(rules_page(self)))
        return [path("rules/", page, name="quotes_suggestion_rules"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        return super().get_queryset(request).visible_to(request.user).defer("snapshot__raw")  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=_("words"))
    def words(self, suggestion: Suggestion) -> str:
        """The words, and the way to where they stand."""
        words = Truncator(suggestion.words_in(suggestion.snapshot.text)).chars(WORDS_AT_MOST)
        return format_html('<a href="{}#suggestion-{}">{}</a>', page_of(suggestion.snapshot), suggestion.pk, words)

    @admin.display(description=_("rule"), ordering="rule")
    def rule_told(self, suggestion: Suggestion) -> str:
        return rule_in_words(suggestion.rule)
