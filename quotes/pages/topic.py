from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies
from quotes.search.finding import Filters


@read_only
def topic(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """A subject heading with its broader one or its narrower ones, and the statements of it and the narrower ones."""
    shown = get_object_or_404(visible.topics().select_related("parent"), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    told = tallies(request, "speaker", "meeting", topic=shown)
    context = {
        "topic": shown,
        "narrower": visible.topics().filter(parent=shown),
        "told": told,
    }
    of_topic = Filters(topics=frozenset({shown.pk}))
    statements = listed(request, Statement.objects.on(shown), told.total, of_topic)
    return render(request, "quotes/topic.html", context | statements)
