"""The search page: one address for a question, that can be shared and works without scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from quotes.models import Statement
from quotes.pages.cards import found_cards
from quotes.pages.forms import ORDERS, SearchForm
from quotes.pages.reading import read_only
from quotes.search.index import IndexUnavailable
from quotes.search.published import RETRY_SECONDS, find
from quotes.search.query import Query, Reason

WHY_DROPPED = {
    Reason.TOO_LONG: _("the question is too long, and this part was left out"),
    Reason.TOO_MANY: _("too many words, and these were left out"),
    Reason.NO_WORD: _("there is no word in it"),
    Reason.LONE_OPERATOR: _("it joins or excludes nothing here"),
    Reason.UNPAIRED_MARK: _("the quotation mark has no partner, so the words were searched for one by one"),
}


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Published statements that match, or all of them where nothing is asked."""
    asked = SearchForm(request.GET).asked()
    context: dict[str, Any] = {"asked": asked, "orders": ORDERS.items()}
    rows = Statement.objects.for_cards().with_reports()
    try:
        found = find(asked.q, order=asked.order, after=asked.after, rows=rows)
    except IndexUnavailable:
        response = render(request, "quotes/search.html", context | {"rebuilding": True}, status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    context |= {
        "found": found,
        "cards": found_cards(found.statements, found.highlight, found.in_label_only),
        "dropped": [(part.text, WHY_DROPPED[part.reason]) for part in found.query.dropped],
        "looser": _any_of(found.query),
    }
    return render(request, "quotes/search.html", context)


def _any_of(query: Query) -> str:
    """The same words joined by OR, to try where all of them together find nothing; empty where that is no other."""
    if len(query.clauses) < 2:
        return ""
    return " OR ".join(f'"{term.text}"' if term.is_phrase else term.text for term in query.wanted)
