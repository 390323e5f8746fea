from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.pages import visible
from quotes.pages.lists import reported
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only


@read_only
def article(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """A publication and its published quotes in this article's own wording, as they stand in it; never its text."""
    shown = get_object_or_404(visible.articles().select_related("source"), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    quotes = visible.quotes().filter(snapshot__article=shown)
    context = {"article": shown, "snapshots": shown.snapshots.light().filter(quotes__in=quotes).distinct()}
    total = quotes.aggregate(total=Count("statement", distinct=True))["total"]
    return render(request, "quotes/article.html", context | reported(request, quotes, total))
