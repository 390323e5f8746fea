"""The text on the page where two readings are settled, painted with what each of the two has marked."""

from collections.abc import Iterator

from quotes.adjudicating import Case, Couple
from quotes.painting import Layer, Stretch, paint


def painted(case: Case) -> list[Stretch]:
    """The whole text. What both marked alike is `agreed`; of what differs A's is `side-a`, B's `side-b`."""
    snapshot = case.double.snapshot
    outside = [Layer("outside", 0, snapshot.body_start), Layer("outside", snapshot.body_end, len(snapshot.text))]
    return paint(snapshot.text, [*outside, *(layer for couple in case.couples for layer in _layers(couple))])


def _layers(couple: Couple) -> Iterator[Layer]:
    begun = False
    for of, kind in ((couple.of_a, "side-a"), (couple.of_b, "side-b")):
        for start, end in of["spans"] if of else []:
            yield Layer("agreed" if couple.is_agreed else kind, start, end, "" if begun else f"text-{couple.number}")
            begun = True
