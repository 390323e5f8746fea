"""What a reader can ask of the search page. Nothing that can be typed is an error."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotes.search.index import Order

ORDERS: dict[Order, Promise] = {
    "relevance": _("best match"),
    "newest": _("newest first"),
    "oldest": _("oldest first"),
}
UNTYPABLE = ("Cc", "Cs", "Cn")  # control characters, halves of pairs, what is no character


@dataclass(frozen=True, slots=True)
class Asked:
    """A readable question: the words, the order, and where the page before ended (empty on the first one)."""

    q: str
    order: Order
    after: str


class TypedField(forms.CharField):
    """A line as typed; what nobody can type becomes a space."""

    def to_python(self, value: Any) -> str:
        typed = "" if value is None else str(value)
        return "".join(" " if unicodedata.category(char) in UNTYPABLE else char for char in typed).strip()


class SearchForm(forms.Form):
    """The one search form; it has no errors, for what can't be read counts as not asked."""

    q = TypedField(required=False)
    order = TypedField(required=False)
    after = TypedField(required=False)

    def asked(self) -> Asked:
        """What the reader wants to know. With words the best match comes first, else the newest statement."""
        self.is_valid()
        given = self.cleaned_data
        order: Order = "relevance" if given["q"] else "newest"
        order = next((each for each in ORDERS if each == given["order"]), order)
        return Asked(given["q"], order, given["after"])
