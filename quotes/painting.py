"""A text cut into runs of characters, each with all that is to be seen on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Layer:
    """What characters `start` to `end` (code points, the end exclusive) are: `kind`; `id` names the place."""

    kind: str
    start: int
    end: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that share their kinds; `id` is that of a layer which begins here."""

    text: str
    kinds: tuple[str, ...]
    id: str = ""


def paint(text: str, layers: Iterable[Layer]) -> list[Stretch]:
    """The whole text in order. Layers may overlap; what of them lies outside the text is left out."""
    inside = [
        Layer(one.kind, max(0, one.start), min(len(text), one.end), one.id)
        for one in layers
        if max(0, one.start) < min(len(text), one.end)
    ]
    cuts = sorted({0, len(text), *(one.start for one in inside), *(one.end for one in inside)})
    stretches = []
    for start, end in pairwise(cuts):
        here = [one for one in inside if one.start <= start and end <= one.end]
        begun = next((one.id for one in here if one.start == start and one.id), "")
        stretches.append(Stretch(text[start:end], tuple(dict.fromkeys(one.kind for one in here)), begun))
    return stretches
