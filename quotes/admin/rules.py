"""How well each rule of the engine does: how often researchers accepted, corrected and rejected what it proposed."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quotes.explaining import rule_in_words
from quotes.models import Suggestion

# What of a suggestion a person can correct, in the order in which it is told.
CORRECTED = {
    "spans": gettext_lazy("words"),
    "kind": gettext_lazy("kind"),
    "speaker": gettext_lazy("speaker"),
    "attribution": gettext_lazy("attribution"),
    "date": gettext_lazy("date"),
}


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What researchers have made of suggestions: of one rule, or with an empty `rule` of all of them."""

    rule: str
    engine: int | None
    """The version of the engine; None for all versions together."""
    accepted: int
    corrected: int
    rejected: int
    open: int
    changes: dict[str, int]
    """How many were corrected in what, by the names in `CORRECTED`."""

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
    def told_changes(self) -> str:
        """What was corrected how often, as “words 2, speaker 1”."""
        return ", ".join(f"{CORRECTED[name]} {number}" for name, number in self.changes.items() if number)

    @property
    def address(self) -> str:
        """Where its suggestions are listed."""
        query = {name: value for name, value in (("rule", self.rule), ("engine", self.engine)) if value}
        return f"{reverse('admin:quotes_suggestion_changelist')}?{urlencode(query)}"


NUMBERS: dict[str, Any] = {state.value: Count("id", filter=Q(state=state)) for state in Suggestion.State} | {
    f"changed_{name}": Count("id", filter=Q(corrections__has_key=name)) for name in CORRECTED
}


def rule_records(engine: int | None = None) -> list[RuleRecord]:
    """Of every rule that has made suggestions, those most decided on first; in one version, or in all together."""
    suggestions = Suggestion.objects.order_by()
    if engine is not None:
        suggestions = suggestions.filter(engine=engine)
    rows = cast("Iterable[dict[str, Any]]", suggestions.values("rule").annotate(**NUMBERS))
    return sorted((_record(row, engine) for row in rows), key=lambda one: (-one.decided, one.rule))


def total(records: Iterable[RuleRecord], engine: int | None) -> RuleRecord:
    """All the rules together."""
    records = list(records)
    numbers = {state.value: sum(getattr(one, state.value) for one in records) for state in Suggestion.State}
    changes = {f"changed_{name}": sum(one.changes[name] for one in records) for name in CORRECTED}
    return _record({"rule": "", **numbers, **changes}, engine)


def _record(row: dict[str, Any], engine: int | None) -> RuleRecord:
    return RuleRecord(
        row["rule"],
        engine,
        row["accepted"],
        row["corrected"],
        row["rejected"],
        row["open"],
        {name: row[f"changed_{name}"] for name in CORRECTED},
    )


def engines() -> list[int]:
    """The versions that have made suggestions, the newest first."""
    return list(Suggestion.objects.order_by("-engine").values_list("engine", flat=True).distinct())


def rules_page(model_admin: admin.ModelAdmin[Suggestion]) -> Callable[[HttpRequest], HttpResponse]:
    """The view; `engine` in its address chooses a version, `format=csv` gives the numbers of every version as a table."""

    def rules(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        versions = engines()
        if request.GET.get("format") == "csv":
            return _table(versions)
        engine = next((one for one in versions if str(one) == request.GET.get("engine")), None)
        records = rule_records(engine)
        return TemplateResponse(
            request,
            "admin/quotes/rules.html",
            {
                **model_admin.admin_site.each_context(request),
                "opts": Suggestion._meta,
                "title": _("How well the machine's rules do"),
                "records": records,
                "total": total(records, engine),
                "versions": versions,
                "chosen": engine,
            },
        )

    return rules


def _table(versions: Iterable[int]) -> HttpResponse:
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rules.csv"'
    table = csv.writer(response)
    outcomes = ("accepted", "corrected", "rejected", "open")
    table.writerow(["rule", "in_words", "engine", *outcomes, *(f"corrected_{name}" for name in CORRECTED)])
    for engine in versions:
        for one in rule_records(engine):
            numbers = [getattr(one, outcome) for outcome in outcomes]
            table.writerow([one.rule, one.words, engine, *numbers, *one.changes.values()])
    return response
