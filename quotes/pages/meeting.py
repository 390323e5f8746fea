from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.models import Quote, Statement
from quotes.pages import visible
from quotes.pages.lists import reported
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies


@read_only
def meeting(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """An occasion: when and where, who took part, who covered it, and what was said, report by report.

    Each statement stands once, in its leading wording, at that one's place in its article: of the order in which things
    were said this is all that a record knows.
    """
    shown = get_object_or_404(visible.meetings(), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    participants = shown.participants.select_related("person", "organization")
    told = tallies(request, "source", "speaker", "topic", meeting=shown)
    quotes = Quote.objects.filter(pk__in=Statement.objects.at(shown).published().values("lead"))
    context = {
        "meeting": shown,
        "participants": participants,
        "linked": visible.linked(one.person for one in participants),
        "told": told,
    }
    return render(request, "quotes/meeting.html", context | reported(request, quotes, told.total))
