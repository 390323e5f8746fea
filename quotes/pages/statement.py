"""A statement's own page."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.models import Statement, Verification
from quotes.pages import visible
from quotes.pages.absent import absent
from quotes.pages.citing import citing
from quotes.pages.history import public_history
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.reports import Report, report


@read_only
def statement(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """The words, who said them, when and how that is known, where they are printed, the proof, and how to cite it.

    `?quote=` chooses the wording that is offered for citing; the page is the same otherwise.
    """
    found = Statement.objects.published().for_page().filter(public_id=public_id).first()
    if found is None:
        return absent(request, public_id)
    found.take_lead()
    if redirect := moved(request, found):
        return redirect
    reports = sorted(map(report, found.quotes.all()), key=lambda one: one.quote.pk != found.lead_id)
    chosen = next((one for one in reports if one.quote.public_id == request.GET.get("quote")), reports[0])
    participants = found.meeting.participants.all() if found.meeting else []
    named = [*(one.person for one in found.addressees.all()), *(one.person for one in participants)]
    context = {
        "statement": found,
        "lead": reports[0],
        "reports": reports,
        "sources": len({one.quote.snapshot.article.source_id for one in reports}),
        "chosen": chosen,
        "citing": citing(request, found, chosen.quote),
        "participants": participants,
        "linked": visible.linked(named),
        "verified_at": _verified_at(found, reports),
        "history": public_history(found),
    }
    return render(request, "quotes/statement.html", context)


def _verified_at(statement: Statement, reports: list[Report]) -> datetime.datetime | None:
    """When this statement's hashes and words were last checked and held; None where they were not, or did not."""
    last = Verification.objects.order_by("-id").first()
    revision = statement.current_revision
    if last is None or revision is None or last.started_at < revision.approval.approved_at:
        return None
    ids = {statement.public_id, *(one.quote.public_id for one in reports)}
    ids |= {one.quote.snapshot.public_id for one in reports}
    return None if any(fault["id"] in ids for fault in last.faults) else last.finished_at
