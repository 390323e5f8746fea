"""The answers that honestly say why there is no such statement to read now."""

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import HistoryEntry
from quotes.models import Statement, Withdrawal


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a statement that was public is not: its `withdrawal`; else it is being revised, `since` then."""

    withdrawal: Withdrawal | None
    since: datetime.datetime | None

    @property
    def status(self) -> int:
        """410 for what was withdrawn, 404 for what is being revised."""
        return 410 if self.withdrawal else 404


def absent(request: HttpRequest, public_id: str) -> HttpResponse:
    """410 with the reason for what was withdrawn, 404 with the day for what is being revised.

    What never was public stays unknown. Neither page has the statement's slug, which is made of its words.
    """
    absence = why_absent(public_id)
    if absence.withdrawal:
        return render(request, "quotes/withdrawn.html", {"withdrawal": absence.withdrawal}, status=absence.status)
    return render(request, "quotes/revised.html", {"since": absence.since}, status=absence.status)


def why_absent(public_id: str) -> Absence:
    """Why there is nothing to read now. Raises Http404 for what never was public."""
    known = Statement.objects.ever_published().filter(public_id=public_id).first()
    if known is None:
        raise Http404
    withdrawal = known.withdrawals.filter(restored_at=None).first()
    return Absence(withdrawal, None if withdrawal else _left_publication(known))


def _left_publication(known: Statement) -> datetime.datetime | None:
    """When the statement stopped being what was approved last, by the record's own history."""
    approved = known.revisions.filter(approval__isnull=False).order_by("-number").values_list("pk", flat=True)[0]
    changes = HistoryEntry.objects.filter(
        table_name=Statement._meta.db_table, row_id=known.pk, before__current_revision_id=approved
    )
    return changes.order_by("-id").values_list("at", flat=True).first()
