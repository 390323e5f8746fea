"""What a reader can ask of the search page, and the address that asks it. Nothing that can be typed is an error."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotes.search.finding import FACETS, Facet
from quotes.search.index import Order

ORDERS: dict[Order, Promise] = {
    "relevance": _("best match"),
    "newest": _("newest first"),
    "oldest": _("oldest first"),
}
UNTYPABLE = ("Cc", "Cs", "Cn")  # control characters, halves of pairs, what is no character
MOST_CHOSEN: Final = 20  # values of one facet
REMEMBERED_PAIRS: Final = 5_000
LONGEST_VALUE: Final = 40  # code points of one; those that mean something have eight at most

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A readable question: the words, the order, what is filtered by, and the page: `after` a key or `before` one.

    `chosen` holds each facet's values as they stand in the address, `more` the facets of which more values are shown,
    `language` the one that the reader chose by `?lang=`. Empty is what was not asked.
    """

    q: str = ""
    order: Order = "newest"
    after: str = ""
    before: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    more: frozenset[Facet] = frozenset()
    language: str = ""

    @property
    def filters(self) -> Pairs:
        """The chosen values as they stand in the address."""
        return [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]

    @property
    def hidden(self) -> Pairs:
        """What goes along when other words are asked for."""
        order = [("order", self.order)] if self.order != default_order(self.q) else []
        return [*self.filters, *order, *([("lang", self.language)] if self.language else [])]

    @property
    def is_first_page(self) -> bool:
        return not (self.after or self.before)

    @property
    def address(self) -> str:
        """The one address of this question: its parts in one order, nothing empty, nothing that goes without saying."""
        more = [("more", facet) for facet in FACETS if facet in self.more]
        pairs = [("q", self.q), *self.hidden, ("after", self.after), ("before", self.before), *more]
        given = [_encoded(pair) for pair in pairs if pair[1]]
        return f"{_search(get_script_prefix())}?{'&'.join(given)}" if given else _search(get_script_prefix())

    def turned_to(self, *, after: str = "", before: str = "") -> "Asked":
        """Another page of the same; the first one where nothing is said."""
        return replace(self, after=after, before=before)

    def sorted_by(self, order: Order) -> "Asked":
        return replace(self.turned_to(), order=order)

    def about(self, q: str) -> "Asked":
        """The same of other words."""
        return replace(self.turned_to(), q=q)

    def toggled(self, facet: Facet, value: str) -> "Asked":
        """With this value of a facet where it was not chosen, else without it."""
        values = self.chosen.get(facet, ())
        values = tuple(each for each in values if each != value) if value in values else (*values, value)
        return replace(self.turned_to(), chosen={**self.chosen, facet: values})

    def unfiltered(self) -> "Asked":
        return replace(self.turned_to(), chosen={})

    def showing_more(self, facet: Facet) -> "Asked":
        """With more values of the facet where there were few, else the other way round."""
        return replace(self, more=self.more ^ {facet})


@lru_cache(maxsize=REMEMBERED_PAIRS)
def _encoded(pair: tuple[str, str]) -> str:
    # A page of results has sixty addresses, which differ in one pair each.
    return urlencode([pair])


@cache
def _search(_prefix: str) -> str:
    return reverse("search")


def default_order(q: str) -> Order:
    """With words the best match comes first, else the newest statement."""
    return "relevance" if q else "newest"


class TypedField(forms.CharField):
    """A line as typed; what nobody can type becomes a space."""

    def to_python(self, value: Any) -> str:
        return typed("" if value is None else str(value))


class SearchForm(forms.Form):
    """The one search form; it has no errors, for what can't be read counts as not asked."""

    q = TypedField(required=False)
    order = TypedField(required=False)
    after = TypedField(required=False)
    before = TypedField(required=False)
    lang = TypedField(required=False)

    def asked(self) -> Asked:
        """What the reader wants to know."""
        self.is_valid()
        given = self.cleaned_data
        order = default_order(given["q"])
        if given["q"] or given["order"] != "relevance":  # without words nothing matches better than anything else
            order = next((each for each in ORDERS if each == given["order"]), order)
        return Asked(
            given["q"],
            order,
            given["after"][:LONGEST_VALUE],
            given["before"][:LONGEST_VALUE],
            {facet: values for facet in FACETS if (values := _values(self._listed(facet)))},
            frozenset(facet for facet in FACETS if facet in self._listed("more")),
            given["lang"] if given["lang"] in dict(settings.LANGUAGES) else "",
        )

    def _listed(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []


def has_empty_parts(query: QueryDict) -> bool:
    """Whether a browser sent fields that nobody filled in, which make an address longer and say nothing."""
    known = {*SearchForm.base_fields, *FACETS, "more"}
    return any(value == "" for name in known & query.keys() for value in query.getlist(name))


def typed(text: str) -> str:
    """The text with a space for what nobody can type, and none around it."""
    return "".join(" " if unicodedata.category(char) in UNTYPABLE else char for char in text).strip()


def _values(given: Iterable[str]) -> tuple[str, ...]:
    cleaned = (typed(value[:LONGEST_VALUE]) for value in given)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_CHOSEN]
