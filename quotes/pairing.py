"""Which quote of one reading is which of the other: two quotes are one where they share characters. Pure: knows no Django."""

from collections.abc import Sequence

# Ranges of code points of one text, the end exclusive, in text order.
Spans = Sequence[Sequence[int]]


def pair(ones: Sequence[Spans], others: Sequence[Spans]) -> list[tuple[int | None, int | None]]:
    """The places of quotes that belong together, in text order; None stands for a quote that the other has not.

    The two that share the largest part of what both cover (their shared characters, by all characters of either) are
    one first, then the next two of those that are left, and so on; each has one counterpart at most. Of equal shares
    the earlier in the text comes first. So the same words are always one, and it makes no difference who is who.
    """
    shares = [
        (likeness(one, other), min(one[0][0], other[0][0]), max(one[0][0], other[0][0]), i, j)
        for i, one in enumerate(ones)
        for j, other in enumerate(others)
        if shared(one, other)
    ]
    counterpart: dict[int, int] = {}
    taken: set[int] = set()
    for _share, _first, _second, i, j in sorted(shares, key=lambda share: (-share[0], *share[1:])):
        if i not in counterpart and j not in taken:
            counterpart[i] = j
            taken.add(j)
    pairs: list[tuple[int | None, int | None]] = [(i, counterpart.get(i)) for i in range(len(ones))]
    pairs += [(None, j) for j in range(len(others)) if j not in taken]
    return sorted(pairs, key=lambda two: _place(ones, others, *two))


def shared(one: Spans, other: Spans) -> int:
    """How many characters both cover."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def likeness(one: Spans, other: Spans) -> float:
    """The characters that both cover, by all that either covers: 1 for the same, 0 for nothing in common."""
    both = shared(one, other)
    return both / (_length(one) + _length(other) - both)


def same(one: Spans, other: Spans) -> bool:
    """Whether they cover the very same characters, part by part."""
    return [tuple(part) for part in one] == [tuple(part) for part in other]


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _place(ones: Sequence[Spans], others: Sequence[Spans], i: int | None, j: int | None) -> tuple[int, bool]:
    starts = [spans[k][0][0] for spans, k in ((ones, i), (others, j)) if k is not None]
    return min(starts), i is None
