"""A statement's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.absent import absent
from quotes.pages.citing import citing
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.reports import report


@read_only
def statement(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """The words, who said them, when and how that is known, where they are printed, and the proof."""
    found = Statement.objects.published().for_page().filter(public_id=public_id).first()
    if found is None:
        return absent(request, public_id)
    if redirect := moved(request, found):
        return redirect
    reports = sorted(map(report, found.quotes.all()), key=lambda one: one.quote.pk != found.lead_id)
    participants = found.meeting.participants.all() if found.meeting else []
    named = [*(one.person for one in found.addressees.all()), *(one.person for one in participants)]
    context = {
        "statement": found,
        "lead": reports[0],
        "others": reports[1:],
        "citing": citing(request, found, reports[0].quote),
        "participants": participants,
        "linked": visible.linked(named),
    }
    return render(request, "quotes/statement.html", context)
