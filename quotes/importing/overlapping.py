"""Which of many lists of ranges share characters with a given one. Pure: knows no Django."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, Generic, TypeVar

T = TypeVar("T")
Spans = tuple[tuple[int, int], ...]

# Code points; a quotation seldom lies in more than two stretches, and few others lie in the same ones.
STRETCH: Final = 1_000


class Covered(Generic[T]):
    """What covers which characters of one text; asked thousands of times, it looks at the neighbours alone."""

    def __init__(self) -> None:
        self._in_stretch: dict[int, dict[Spans, T]] = defaultdict(dict)

    def add(self, spans: Spans, what: T) -> None:
        """`what` covers the spans; of two that cover the very same ones the first is kept."""
        for stretch in _stretches(spans):
            self._in_stretch[stretch].setdefault(spans, what)

    def meeting(self, spans: Spans) -> dict[Spans, T]:
        """Those that share characters with the spans, the very same ones first."""
        near = {key: what for stretch in _stretches(spans) for key, what in self._in_stretch.get(stretch, {}).items()}
        meeting = [key for key in near if any(a < d and c < b for a, b in spans for c, d in key)]
        return {key: near[key] for key in sorted(meeting, key=lambda key: (key != spans, key))}


def _stretches(spans: Spans) -> Iterator[int]:
    yield from {stretch for start, end in spans for stretch in range(start // STRETCH, (end - 1) // STRETCH + 1)}
