"""Suggestions and readings in the admin, to be looked at only; and how well each rule of the engine does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from quotes.admin.annotation_suggestions import page_of
from quotes.explaining import rule_in_words
from quotes.models import Reading, Suggestion

if TYPE_CHECKING:
    from django.urls import URLPattern

# What of a suggestion a person can correct, in the order of the page's columns.
CORRECTED = {
    "spans": gettext_lazy("words"),
    "kind": gettext_lazy("kind"),
    "speaker": gettext_lazy("speaker"),
    "attribution": gettext_lazy("attribution"),
    "date": gettext_lazy("date"),
}


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What researchers have made of one rule's suggestions, in one version of the engine."""

    rule: str
    engine: str
    accepted: int
    corrected: int
    rejected: int
    open: int
    changes: dict[str, int]

    @property
    def words(self) -> str:
        return rule_in_words(self.rule)

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def confirmed(self) -> int:
        """Statements, whatever was corrected of them."""
        return self.accepted + self.corrected

    @property
    def unchanged_words(self) -> int:
        """Statements whose words were taken just as the machine had them."""
        return self.confirmed - self.changes["spans"]

    @property
    def address(self) -> str:
        """Where its suggestions are listed."""
        return (
            f"{reverse('admin:quotes_suggestion_changelist')}?{urlencode({'rule': self.rule, 'engine': self.engine})}"
        )


def rule_records() -> list[RuleRecord]:
    """Of every rule and version that has made suggestions, those most decided on first. One query."""
    numbers: dict[str, Any] = {state.value: Count("id", filter=Q(state=state)) for state in Suggestion.State}
    numbers |= {f"changed_{name}": Count("id", filter=Q(corrections__has_key=name)) for name in CORRECTED}
    rows = cast("Iterable[dict[str, Any]]", Suggestion.objects.order_by().values("rule", "engine").annotate(**numbers))
    records = [
        RuleRecord(
            row["rule"],
            row["engine"],
            row["accepted"],
            row["corrected"],
            row["rejected"],
            row["open"],
            {name: row[f"changed_{name}"] for name in CORRECTED},
        )
        for row in rows
    ]
    return sorted(records, key=lambda one: (-one.decided, one.rule, one.engine))


class LookedAtOnly(admin.ModelAdmin[Any]):
    """Rows that nobody makes, changes or deletes here."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Suggestion)
class SuggestionAdmin(LookedAtOnly):
    """What the machine has proposed, and what became of it. Decided on the annotation page."""

    list_display = ("words", "kind", "rule_told", "speaker_name", "state", "decided_by", "engine")
    list_filter = ("state", "kind", "unverified", "engine", "rule")
    list_select_related = ("snapshot__article", "decided_by")

    def get_urls(self) -> "list[URLPattern]":
        view = self.admin_site.admin_view
        return [path("rules/", view(require_GET(self.rules)), name="quotes_suggestion_rules"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        return super().get_queryset(request).defer("snapshot__raw")

    def rules(self, request: HttpRequest) -> HttpResponse:
        """How often researchers accepted, corrected and rejected what each rule proposed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return TemplateResponse(
            request,
            "admin/quotes/rules.html",
            {
                **self.admin_site.each_context(request),
                "opts": Suggestion._meta,
                "title": _("How well the machine's rules do"),
                "records": rule_records(),
                "corrected": CORRECTED,
            },
        )

    @admin.display(description=gettext_lazy("words"))
    def words(self, suggestion: Suggestion) -> str:
        """The words, and the way to where they stand."""
        words = suggestion.words_in(suggestion.snapshot.text)
        shown = words if len(words) <= 120 else f"{words[:119]}…"
        return format_html('<a href="{}#suggestion-{}">{}</a>', page_of(suggestion.snapshot), suggestion.pk, shown)

    @admin.display(description=gettext_lazy("rule"), ordering="rule")
    def rule_told(self, suggestion: Suggestion) -> str:
        return rule_in_words(suggestion.rule)


class OutcomeFilter(admin.SimpleListFilter):
    """By how the reading ended."""

    title = gettext_lazy("outcome")
    parameter_name = "outcome"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("failed", str(Reading.Outcome.FAILED.label))]

    def queryset(self, _request: HttpRequest, readings: QuerySet[Reading]) -> QuerySet[Reading]:
        return readings.failed() if self.value() == "failed" else readings  # type: ignore[attr-defined]


@admin.register(Reading)
class ReadingAdmin(LookedAtOnly):
    """Which text which version of the engine has read, how long it took, and what went wrong."""

    list_display = ("article", "engine", "started_at", "duration", "outcome_told", "found", "error")
    list_display_links = None
    list_filter = (OutcomeFilter, "engine")
    list_select_related = ("snapshot__article",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return super().get_queryset(request).defer("snapshot__raw", "snapshot__text")

    @admin.display(description=gettext_lazy("article"))
    def article(self, reading: Reading) -> str:
        return format_html('<a href="{}">{}</a>', page_of(reading.snapshot), reading.snapshot.article)

    @admin.display(description=gettext_lazy("seconds"))
    def duration(self, reading: Reading) -> str:
        return "" if reading.seconds is None else f"{reading.seconds:.2f}"

    @admin.display(description=gettext_lazy("outcome"))
    def outcome_told(self, reading: Reading) -> str:
        return str(reading.outcome.label)
