from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only


@read_only
def meeting(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """An occasion: when and where, who took part, what was said."""
    shown = get_object_or_404(visible.meetings(), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    participants = shown.participants.select_related("person", "organization")
    context = {
        "meeting": shown,
        "participants": participants,
        "linked": visible.linked(one.person for one in participants),
    }
    return render(request, "quotes/meeting.html", context | listed(request, Statement.objects.at(shown)))
