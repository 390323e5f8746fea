from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quotes.pages import visible
from quotes.pages.paging import asked_after, page_of
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies


@read_only
def source(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """Who publishes, whom they quote, and the articles with published quotes, the last taken in first."""
    shown = get_object_or_404(visible.sources(), public_id=public_id)
    if redirect := moved(request, shown):
        return redirect
    after = asked_after(request)
    articles = visible.articles().filter(source=shown)
    rows = articles.filter(pk__lt=after) if after is not None else articles
    counted = rows.annotate(statement_count=_statement_count()).order_by("-pk")
    page = page_of(counted, lambda article: article.pk)
    context = {
        "source": shown,
        "articles": page.rows,
        "told": tallies(request, "speaker", "topic", source=shown),
        "next_after": page.next_after,
        "is_first_page": after is None,
    }
    return render(request, "quotes/source.html", context)


def _statement_count() -> Subquery:
    """How many published statements an article reports; for use beside the article's row."""
    of_article = visible.quotes().filter(snapshot__article=OuterRef("pk")).order_by().values("snapshot__article")
    return Subquery(of_article.annotate(count=Count("statement", distinct=True)).values("count"))
