"""The lists that pages of records share: statements by day said, and quotes as they stand in their articles."""

from typing import Any

from django.http import HttpRequest

from quotes.models import Statement
from quotes.models.quote import QuoteQuerySet
from quotes.models.statement import StatementQuerySet
from quotes.pages import visible
from quotes.pages.cards import cards, cards_of_quotes
from quotes.pages.paging import SIZE, Page, asked_after, page_of
from quotes.search.finding import Filters
from quotes.search.index import IndexUnavailable
from quotes.search.published import find


def listed(
    request: HttpRequest, statements: StatementQuerySet, total: int | None, same: Filters | None = None
) -> dict[str, Any]:
    """What `_statements.html` needs: the published ones of these statements, newest first, one page of them.

    `total` is how many there are in all, None where nobody can count. `same` says of which statements the search finds the
    same: where PostgreSQL has no order of theirs, it is asked first.
    """
    after = asked_after(request)
    page = _found(same, after) if same else None
    if page is None:
        published = statements.published()
        rows = published.older_than(after) if after is not None else published
        shown = Statement.objects.published().for_cards()
        page = page_of(rows.newest(), lambda statement: int(statement.sort_key), shown)
    return {
        "cards": cards(page.rows),
        "total": total,
        "next_after": page.next_after,
        "is_first_page": after is None,
    }


def _found(same: Filters, after: int | None) -> Page[Statement] | None:
    """The page as the search finds it, by the same keys; None while there is no index."""
    try:
        found = find("", order="newest", after=after, limit=SIZE, filters=same)
    except IndexUnavailable:
        return None
    return Page(found.statements, int(found.next) if found.next else None)


def reported(request: HttpRequest, quotes: QuoteQuerySet, total: int | None) -> dict[str, Any]:
    """The same for quotes of published statements: article by article in the order they were taken in, as printed there.

    A page goes on after the quote of the number given; the number need not be of a quote that is shown still.
    """
    after = asked_after(request)
    rows = quotes.following(after) if after is not None else quotes
    page = page_of(rows.as_printed(), lambda quote: quote.pk, visible.quotes().for_cards())
    return {
        "cards": cards_of_quotes(page.rows),
        "total": total,
        "next_after": page.next_after,
        "is_first_page": after is None,
    }
