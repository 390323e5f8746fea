"""A selection in a snapshot's text becomes a span that can be quoted, or a reason why not. Pure: knows no Django."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from articles.text import trim


class Misplaced(ValueError):  # noqa: N818 - a reason, told to the person who selects
    """A selection that can't be quoted; `code` says why: outside_text, empty, outside_body or overlapping."""

    def __init__(self, code: Literal["outside_text", "empty", "outside_body", "overlapping"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, order=True)
class Anchor:
    """A run of characters: offsets in code points of the snapshot's text, end exclusive, and what stands there."""

    start: int
    end: int
    exact: str


def anchor(text: str, body: tuple[int, int], start: int, end: int) -> Anchor:
    """The selection without outer white space and quotation marks, if it lies in the body.

    Raises Misplaced.
    """
    if not 0 <= start <= end <= len(text):
        raise Misplaced("outside_text")
    start, end = trim(text, start, end)
    if start == end:
        raise Misplaced("empty")
    if start < body[0] or end > body[1]:
        raise Misplaced("outside_body")
    return Anchor(start, end, text[start:end])


def in_order(anchors: list[Anchor]) -> list[Anchor]:
    """The spans of one quote in text order. Raises Misplaced("overlapping") where two share characters."""
    ordered = sorted(anchors)
    if any(later.start < earlier.end for earlier, later in pairwise(ordered)):
        raise Misplaced("overlapping")
    return ordered
