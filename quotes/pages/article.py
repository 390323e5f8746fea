from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.pages import visible
from quotes.pages.cards import cards_of_quotes
from quotes.pages.paging import asked_after, page_of
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only


@read_only
def article(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """A publication and its published quotes in this article's own wording; never its text."""
    shown = get_object_or_404(visible.articles().select_related("source"), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    quotes = visible.quotes().filter(snapshot__article=shown)
    after = asked_after(request)
    rows = quotes.filter(pk__gt=after) if after is not None else quotes
    page = page_of(rows.for_cards().order_by("pk"), lambda quote: quote.pk)
    context = {
        "article": shown,
        "cards": cards_of_quotes(page.rows),
        "total": quotes.count(),
        "next_after": page.next_after,
        "is_first_page": after is None,
        "snapshot": shown.snapshots.light().first(),
    }
    return render(request, "quotes/article.html", context)
