"""The search page: one address for a question, that can be shared and works without scripts.

With scripts htmx asks for the same address and gets only what changes (`quotes/_answers_only.html`).
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotes.pages import facets
from quotes.pages.cards import Card, found_cards
from quotes.pages.forms import ORDERS, Asked, SearchForm, has_empty_parts
from quotes.pages.nearest import nearest
from quotes.pages.reading import read_only
from quotes.pages.summaries import Summary, summaries
from quotes.pages.widened import widened
from quotes.search.index import IndexUnavailable
from quotes.search.matching import marks, words_of
from quotes.search.published import RETRY_SECONDS, Found, find, index, is_up_to_date, loosened, recall
from quotes.search.query import Reason

WHY_DROPPED = {
    Reason.TOO_LONG: _("the question is too long, and this part was left out"),
    Reason.TOO_MANY: _("too many words, and these were left out"),
    Reason.NO_WORD: _("there is no word in it"),
    Reason.LONE_OPERATOR: _("it joins or excludes nothing here"),
    Reason.UNPAIRED_MARK: _("the quotation mark has no partner, so the words were searched for one by one"),
}
# So few answers to so many words are perhaps not what the reader remembers.
FEW_ANSWERS = 2
MANY_WORDS = 5


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another search, and how many statements it finds."""

    kind: str
    address: str
    total: int
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order to choose."""

    key: str
    name: Promise
    address: str
    is_current: bool


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Published statements that match, or all of them where nothing is asked."""
    if has_empty_parts(request.GET) and not _wants_answers_only(request):
        return HttpResponseRedirect(SearchForm(request.GET).asked().address)
    asked = SearchForm(request.GET).asked()
    try:
        context = _answers(asked)
    except IndexUnavailable:
        response = _page(request, {"asked": asked, "rebuilding": True}, status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _page(request, context)


def _answers(asked: Asked) -> dict[str, Any]:
    current = is_up_to_date()  # before it counts: what changes meanwhile has not been looked at yet
    chosen = facets.chosen(asked, is_up_to_date=current)
    asked = chosen.asked
    found = find(
        asked.q,
        order=asked.order,
        after=asked.after,
        before=asked.before,
        filters=chosen.filters,
        read=summaries,
        facets=facets.wanted(asked),
    )
    return {
        "asked": asked,
        "found": found,
        "first": found.start + 1,
        "last": found.start + len(found.statements),
        "cards": found_cards(found.statements, found.highlight, found.in_label_only),
        "close": _close(asked, found, chosen),
        "dropped": [(part.text, WHY_DROPPED[part.reason]) for part in found.query.dropped],
        "unknown": chosen.unknown,
        "widened": widened(found.query, found.statements),
        "facets": facets.shown(chosen, found.facets, found.total, is_up_to_date=current),
        "chips": chosen.chips,
        "sortings": _sortings(asked),
        "start_address": asked.turned_to().address,
        "previous_address": asked.turned_to(before=found.previous).address if found.previous else "",
        "next_address": asked.turned_to(after=found.next).address if found.next else "",
    } | ({} if found.total else _ways_on(asked, found, chosen))


def _close(asked: Asked, found: Found[Summary], chosen: facets.Chosen) -> list[Card]:
    """Statements that the reader may remember wrongly, with what agrees marked; never among the answers themselves."""
    words = words_of(found.query)
    is_doubtful = not found.total or (found.total <= FEW_ANSWERS and len(words) >= MANY_WORDS)
    if not (is_doubtful and asked.is_first_page and found.query.clauses):
        return []
    known = {statement.id for statement in found.statements}
    alike = [each for each in recall(found.query, chosen.filters, read=summaries) if each.id not in known]
    return found_cards(alike, lambda text: marks(text, words), ())


def _ways_on(asked: Asked, found: Found[Summary], chosen: facets.Chosen) -> dict[str, Any]:
    """What to try where nothing was found."""
    ways = [
        Way(one.way.name, asked.about(str(one.query)).address, one.total, ", ".join(one.left_out))
        for one in loosened(found.query, chosen.filters)
    ]
    if chosen.names and (total := 0 if found.query.is_vain else index().count(found.query)):
        ways.insert(0, Way("UNFILTERED", asked.unfiltered().address, total))
    return {
        "ways": ways,
        "people": [
            (person, Asked(language=asked.language).toggled("speaker", person.public_id).address)
            for person in nearest(found.query)
        ],
    }


def _sortings(asked: Asked) -> list[Sorting]:
    """Without words nothing matches better than anything else."""
    return [
        Sorting(order, name, asked.sorted_by(order).address, order == asked.order)
        for order, name in ORDERS.items()
        if asked.q or order != "relevance"
    ]


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page, or for htmx only what changes of it, with the address that the browser is to show."""
    template = "quotes/_answers_only.html" if _wants_answers_only(request) else "quotes/search.html"
    response = render(request, template, context, status=status)
    if _wants_answers_only(request):
        response.headers["HX-Push-Url"] = context["asked"].address
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_answers_only(request: HttpRequest) -> bool:
    """A browser that goes back asks for the whole page again, by script as well."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
