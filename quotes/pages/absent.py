"""The answers that honestly say why there is no such statement to read now."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import HistoryEntry
from quotes.models import Statement


def absent(request: HttpRequest, public_id: str) -> HttpResponse:
    """410 with the reason for what was withdrawn, 404 with the day for what is being revised.

    What never was public stays unknown. Neither page has the statement's slug, which is made of its words.
    """
    known = Statement.objects.ever_published().filter(public_id=public_id).first()
    if known is None:
        raise Http404
    withdrawal = known.withdrawals.filter(restored_at=None).first()
    if withdrawal:
        return render(request, "quotes/withdrawn.html", {"withdrawal": withdrawal}, status=410)
    return render(request, "quotes/revised.html", {"since": _left_publication(known)}, status=404)


def _left_publication(known: Statement) -> datetime.datetime | None:
    """When the statement stopped being what was approved last, by the record's own history."""
    approved = known.revisions.filter(approval__isnull=False).order_by("-number").values_list("pk", flat=True)[0]
    changes = HistoryEntry.objects.filter(
        table_name=Statement._meta.db_table, row_id=known.pk, before__current_revision_id=approved
    )
    return changes.order_by("-id").values_list("at", flat=True).first()
