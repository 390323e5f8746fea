"""The lists that pages of records share: statements by day said, and quotes as they stand in their articles."""

from typing import Any

from django.http import HttpRequest

from quotes.models.quote import QuoteQuerySet
from quotes.models.statement import StatementQuerySet
from quotes.pages.cards import cards, cards_of_quotes
from quotes.pages.paging import asked_after, page_of


def listed(request: HttpRequest, statements: StatementQuerySet, total: int | None) -> dict[str, Any]:
    """What `_statements.html` needs: the published ones of these statements, newest first, one page of them.

    `total` is how many there are in all, None where nobody can count.
    """
    published = statements.published()
    after = asked_after(request)
    rows = published.older_than(after) if after is not None else published
    page = page_of(rows.for_cards().newest(), lambda statement: int(statement.sort_key))
    return {
        "cards": cards(page.rows),
        "total": total,
        "next_after": page.next_after,
        "is_first_page": after is None,
    }


def reported(request: HttpRequest, quotes: QuoteQuerySet, total: int | None) -> dict[str, Any]:
    """The same for quotes of published statements: article by article in the order they were taken in, as printed there.

    A page goes on after the quote of the number given; the number need not be of a quote that is shown still.
    """
    after = asked_after(request)
    rows = quotes.following(after) if after is not None else quotes
    page = page_of(rows.for_cards().as_printed(), lambda quote: quote.pk)
    return {
        "cards": cards_of_quotes(page.rows),
        "total": total,
        "next_after": page.next_after,
        "is_first_page": after is None,
    }
