"""The list of statements that a person's, a meeting's and a topic's page share."""

from typing import Any

from django.http import HttpRequest

from quotes.models.statement import StatementQuerySet
from quotes.pages.cards import cards
from quotes.pages.paging import asked_after, page_of


def listed(request: HttpRequest, statements: StatementQuerySet) -> dict[str, Any]:
    """What `_statements.html` needs: the published ones of these statements, newest first, one page of them, and how many."""
    published = statements.published()
    after = asked_after(request)
    rows = published.older_than(after) if after is not None else published
    page = page_of(rows.for_cards().newest(), lambda statement: int(statement.sort_key))
    return {
        "cards": cards(page.rows),
        "total": published.count(),
        "next_after": page.next_after,
        "is_first_page": after is None,
    }
