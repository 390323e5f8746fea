"""Pages by key: each goes on after the last row of the one before, so nothing is missed and nothing shown twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

SIZE = 20  # rows a page
LARGEST_KEY = 2**63 - 1

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and what to give as `after` for the following ones; None where these are the last."""

    rows: list[Row]
    next_after: int | None


def asked_after(request: HttpRequest) -> int | None:
    """The key that the reader has come to; None for the first page, and for what is no key."""
    text = request.GET.get("after", "")
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST_KEY)):
        return None
    return min(int(text), LARGEST_KEY)


def page_of(rows: QuerySet[Row], key: Callable[[Row], int]) -> Page[Row]:
    """The first of the rows, which are ordered by `key`."""
    taken = list(rows[: SIZE + 1])
    return Page(taken[:SIZE], key(taken[SIZE - 1]) if len(taken) > SIZE else None)
