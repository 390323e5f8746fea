from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.models import Statement, Topic
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies


@read_only
def topic(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """A subject heading with its broader one or its narrower ones, and the statements of it and the narrower ones."""
    shown = get_object_or_404(Topic.objects.select_related("parent"), public_id=public_id)
    narrower = list(shown.narrower.all())
    public = visible.among(Topic, [shown.pk, *(one.pk for one in narrower)])
    if shown.pk not in public:
        raise Http404
    if redirect := moved(request, shown):
        return redirect
    told = tallies(request, "speaker", "meeting", topic=shown)
    context = {
        "topic": shown,
        "narrower": [one for one in narrower if one.pk in public],
        "told": told,
    }
    return render(request, "quotes/topic.html", context | listed(request, Statement.objects.on(shown), topic=shown))
