"""Boxes that search for records as one types, which a tampered request does not break."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

if TYPE_CHECKING:
    _Select = AutocompleteSelect
else:
    _Select = object


class _OfNumbers(_Select):
    """What is no number names no record: it is left out, and the form says that there is no such choice."""

    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        numbers = [one for one in value if not one or (str(one).isascii() and str(one).isdigit())]
        return super().optgroups(name, numbers, attr)


class SearchedSelect(_OfNumbers, AutocompleteSelect):
    """One record."""


class SearchedSelectMultiple(_OfNumbers, AutocompleteSelectMultiple):
    """Several records."""
