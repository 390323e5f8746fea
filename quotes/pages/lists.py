"""The lists that pages of records share: statements by day said, and quotes as they stand in their articles."""

from typing import Any

from django.http import HttpRequest

from quotes.models.quote import QuoteQuerySet
from quotes.models.statement import StatementQuerySet
from quotes.pages.cards import cards, cards_of_quotes
from quotes.pages.paging import SIZE, asked_after, page_of
from quotes.pages.summaries import summaries, summaries_of
from quotes.pages.tallies import Record, filtered
from quotes.search.index import IndexUnavailable
from quotes.search.published import find


def listed(request: HttpRequest, statements: StatementQuerySet, **of: Record) -> dict[str, Any]:
    """What `_statements.html` needs: the published ones of these statements, newest first, one page of them.

    The search index knows which ones those are, `of` which records (`tallies`); while there is none, the database is asked
    for the same, and `total`, how many there are in all, is None. Both page by the same keys.
    """
    after = asked_after(request)
    total: int | None
    try:
        found = find("", read=summaries, order="newest", after=after, limit=SIZE, filters=filtered(**of))
        shown, total, following = found.statements, found.total, found.next or ""
    except IndexUnavailable:
        published = statements.published()
        older = published.older_than(after) if after is not None else published
        page = page_of(older.newest(), lambda statement: int(statement.sort_key))
        shown, total, following = summaries_of(page.rows), None, str(page.next_after or "")
    return {"cards": cards(shown), "total": total, "next_after": following, "is_first_page": after is None}


def reported(request: HttpRequest, quotes: QuoteQuerySet, total: int | None) -> dict[str, Any]:
    """The same for quotes of published statements: article by article in the order they were taken in, as printed there.

    `total` is None where nobody can count. A page goes on after the quote of the number given; the number need not be of
    a quote that is shown still.
    """
    after = asked_after(request)
    rows = quotes.following(after) if after is not None else quotes
    page = page_of(rows.within_the_first(SIZE + 1).as_printed(), lambda quote: quote.pk)
    return {
        "cards": cards_of_quotes(page.rows),
        "total": total,
        "next_after": page.next_after,
        "is_first_page": after is None,
    }
