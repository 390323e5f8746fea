from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.models import Statement, Topic
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies


@read_only
def topic(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """A subject heading with its broader and narrower ones, and the statements of it and the narrower ones."""
    shown = get_object_or_404(visible.topics().select_related("parent__parent"), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    told = tallies(request, "speaker", "meeting", topic=shown)
    context = {
        "topic": shown,
        "broader": _broader(shown),
        "narrower": visible.topics().filter(parent=shown),
        "told": told,
    }
    return render(request, "quotes/topic.html", context | listed(request, Statement.objects.on(shown), told.total))


def _broader(of: Topic) -> list[Topic]:
    """The headings above it, the broadest first. The tree is shallow; should it grow deep, the two nearest."""
    near = [of.parent.parent, of.parent] if of.parent else []
    return [one for one in near if one]
