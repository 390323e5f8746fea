"""How far two annotators agree on what a text quotes: span F1 and Krippendorff's alpha. Pure: knows no Django.

Two quotes, one of each, are one quote where they share characters (`quotes.pairing`).

- *F1, exact*: the quotes that both have marked with the very same characters, as a share of all that were marked:
  2 × pairs / (quotes of the one + quotes of the other).
- *F1, overlap*: the same, of all pairs. F1 takes neither for the truth: precision of the one is recall of the other.
- *Alpha* for the kind, and for the speaker, on the pairs: 1 is agreement, 0 what chance alone would give, less is worse.
  K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, nominal data, two observers: 1 - Do / De, where Do
  is the share of pairs that differ, and De the share that would differ if the values were drawn from all values of both.
  Computed by NLTK.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.pairing import Spans, pair, same

# Below this many pairs chance tells more than the annotators do.
FEWEST_PAIRS = 2
Reason = Literal["", "nothing_marked", "too_few", "no_variation"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote of one reading: its spans, its kind, and who spoke (empty: nobody has said)."""

    spans: Spans
    kind: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A value on so many `items`; None where it is not defined, and then the reason."""

    value: float | None
    items: int
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of so many texts: how many quotes the one and the other marked, how many are one, and how many word for word."""

    texts: int
    first: int
    second: int
    pairs: int
    exact_pairs: int
    exact: Measure
    overlap: Measure
    kind: Measure
    speaker: Measure


Readings = tuple[Sequence[Marked], Sequence[Marked]]


def measure(texts: Iterable[Readings]) -> Agreement:
    """The agreement on all these texts together, each read by two."""
    texts = list(texts)
    pairs = [two for ones, others in texts for two in _pairs(ones, others)]
    first, second = (sum(len(two[side]) for two in texts) for side in (0, 1))
    exact = sum(1 for one, other in pairs if same(one.spans, other.spans))
    return Agreement(
        texts=len(texts),
        first=first,
        second=second,
        pairs=len(pairs),
        exact_pairs=exact,
        exact=_f1(exact, first, second),
        overlap=_f1(len(pairs), first, second),
        kind=alpha((one.kind, other.kind) for one, other in pairs),
        speaker=alpha((one.speaker, other.speaker) for one, other in pairs),
    )


def alpha(pairs: Iterable[tuple[str, str]]) -> Measure:
    """Krippendorff's alpha of nominal values, two of each item; an item with an empty value is left out.

    Not defined for fewer than two items, nor where all values are the same: then there is nothing to tell apart.
    """
    # It takes a second to import, which no other page is to wait for.
    from nltk.metrics.agreement import AnnotationTask

    both = [(one, other) for one, other in pairs if one and other]
    if len(both) < FEWEST_PAIRS:
        return Measure(None, len(both), "too_few")
    if len({value for two in both for value in two}) == 1:
        return Measure(None, len(both), "no_variation")
    task = AnnotationTask([(coder, item, two[coder]) for item, two in enumerate(both) for coder in (0, 1)])
    return Measure(float(task.alpha()), len(both))


def _pairs(ones: Sequence[Marked], others: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    found = pair([one.spans for one in ones], [other.spans for other in others])
    return [(ones[i], others[j]) for i, j in found if i is not None and j is not None]


def _f1(pairs: int, first: int, second: int) -> Measure:
    if not first + second:
        return Measure(None, 0, "nothing_marked")
    return Measure(2 * pairs / (first + second), first + second)
