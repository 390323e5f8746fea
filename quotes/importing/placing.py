"""Where the words of a row stand in an archived text, or why no place is theirs. Pure: knows no Django."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from articles.text import trim
from quotes.anchoring import Anchor, Misplaced, anchor, in_order

Range = tuple[int, int]
Code = Literal[
    "empty",
    "nowhere",
    "alike",
    "outside_body",
    "several",
    "no_such_occurrence",
    "context_nowhere",
    "context_several",
]

# What stands for the words between two parts: as the product writes it, and as people do.
_LEFT_OUT: Final = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|<(?:…|\.\.\.)>)\s*")
_DOTS: Final = re.compile(r"\s*(?:…|\.{3,})\s*")
# A place that only looks alike is looked for in this much of the body.
_LOOKED_THROUGH: Final = 200_000
_WORDS_OF_A_TRACE: Final = 4
_LONGEST_SHOWN: Final = 400


class NotPlaced(ValueError):  # noqa: N818 - a reason, told to the person who brings a sheet
    """No place, or no one place; `code` says why.

    `found`: for `alike` what the text has there, for `several` and `no_such_occurrence` how often it has the words.
    """

    def __init__(self, code: Code, found: str | int = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found


def place(text: str, body: Range, words: str, *, occurrence: int = 0, context: str = "") -> list[Anchor]:
    """The spans of the words, which stand in the body exactly so, and only once.

    `words` may leave something out by “[…]”, or by “…” where the text has no such dots. Of several places, `occurrence`
    (from 1) or `context`, a longer piece of the text around the words, says which one. Raises `NotPlaced`.
    """
    within = _context_range(text, body, context) if context else body
    reasons: list[NotPlaced] = []
    for parts in _readings(words):
        try:
            return _anchors(text, body, _spans(text, body, within, parts, occurrence))
        except NotPlaced as reason:
            reasons.append(reason)
    if telling := next((one for one in reasons if one.code != "nowhere"), None):
        raise telling
    if not reasons:
        raise NotPlaced("empty")
    alike = look_alike(text, body, words)
    raise NotPlaced("alike" if alike else "nowhere", alike)


def place_inside(spans: Sequence[Anchor], words: str) -> Range:
    """The range of a passage, which lies in one of the spans and only once. Raises `NotPlaced`."""
    start, end = trim(words, 0, len(words))
    inside = [
        (span.start + at, span.start + at + end - start)
        for span in spans
        for at in _places(span.exact, (0, len(span.exact)), words[start:end])
    ]
    if not inside:
        raise NotPlaced("nowhere")
    if len(inside) > 1:
        raise NotPlaced("several", len(inside))
    return inside[0]


def _readings(words: str) -> list[list[str]]:
    """The ways to take the words apart, the most literal first."""
    literal = _parts(_LEFT_OUT.split(words))
    loose = _parts(part for piece in _LEFT_OUT.split(words) for part in _DOTS.split(piece))
    return [parts for parts in (literal, loose if loose != literal else []) if parts]


def _parts(pieces: Iterable[str]) -> list[str]:
    trimmed = []
    for piece in pieces:
        start, end = trim(piece, 0, len(piece))
        if start < end:
            trimmed.append(piece[start:end])
    return trimmed


def _spans(text: str, body: Range, within: Range, parts: Sequence[str], occurrence: int) -> list[Range]:
    places = [_places(text, within, part) for part in parts]
    if not all(places):
        if all(_places(text, (0, len(text)), part) for part in parts):
            raise NotPlaced("outside_body" if within == body else "nowhere")
        raise NotPlaced("nowhere")
    lengths = [len(part) for part in parts]
    if occurrence:
        if occurrence > len(places[0]):
            raise NotPlaced("no_such_occurrence", len(places[0]))
        places[0] = [places[0][occurrence - 1]]
    first, last = _leftmost(places, lengths), _rightmost(places, lengths)
    if not first:
        raise NotPlaced("nowhere")
    # Every way to choose lies between the two; with an occurrence, the nearest following parts are meant.
    if first != last and not occurrence:
        raise NotPlaced("several", max(map(len, places)))
    return [(start, start + length) for start, length in zip(first, lengths, strict=True)]


def _places(text: str, within: Range, part: str) -> list[int]:
    """Where the part begins, in whole words: «да» is not in «дайте»."""
    found = []
    at = text.find(part, *within)
    while at >= 0:
        if _is_whole(text, at, at + len(part)):
            found.append(at)
        at = text.find(part, at + 1, within[1])
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either edge."""
    edges = ((start - 1, start), (end - 1, end))
    return not any(
        left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum() for left, right in edges
    )


def _leftmost(places: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[int]:
    """Each part at its first place behind the one before; empty where there is no such order."""
    chosen: list[int] = []
    behind = 0
    for starts, length in zip(places, lengths, strict=True):
        start = next((start for start in starts if start >= behind), None)
        if start is None:
            return []
        chosen.append(start)
        behind = start + length
    return chosen


def _rightmost(places: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[int]:
    chosen: list[int] = []
    before: int | None = None
    for starts, length in zip(reversed(places), reversed(lengths), strict=True):
        fitting = [start for start in starts if before is None or start + length <= before]
        if not fitting:
            return []
        before = fitting[-1]
        chosen.append(before)
    return chosen[::-1]


def _context_range(text: str, body: Range, context: str) -> Range:
    bare = context.strip()
    starts = [start for start in _all(text, bare) if body[0] <= start and start + len(bare) <= body[1]]
    if not starts:
        raise NotPlaced("context_nowhere")
    if len(starts) > 1:
        raise NotPlaced("context_several", len(starts))
    return starts[0], starts[0] + len(bare)


def _all(text: str, piece: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(piece)})", text)] if piece else []


def _anchors(text: str, body: Range, spans: Sequence[Range]) -> list[Anchor]:
    try:
        return in_order([anchor(text, body, start, end) for start, end in spans])
    except Misplaced as misplaced:
        raise NotPlaced("outside_body" if misplaced.code == "outside_body" else "empty") from misplaced


# -- what looks alike


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as the eye takes it, and for each of its characters the place in the text it was made of."""

    text: str
    origin: tuple[int, ...]


_SAME_TO_THE_EYE: Final = (
    dict.fromkeys(map(ord, "«»“”„‟‘’‚'`″"), '"')
    | dict.fromkeys(map(ord, "—–‒―‐‑−"), "-")
    | {ord("ё"): "е", ord("…"): "..."}
    | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), "")
)


def _folded(text: str, offset: int = 0) -> _Folded:
    letters: list[str] = []
    origin: list[int] = []
    blank = True
    for at, char in enumerate(text):
        folded = " " if char.isspace() else char.casefold().translate(_SAME_TO_THE_EYE)
        if folded == " " and blank:
            continue
        blank = folded == " " or (blank and not folded)
        letters.append(folded)
        origin.extend([offset + at] * len(folded))
    return _Folded("".join(letters), tuple(origin))


@lru_cache(maxsize=8)
def _folded_body(text: str, body: Range) -> _Folded:
    end = min(body[1], body[0] + _LOOKED_THROUGH)
    return _folded(text[body[0] : end], body[0])


def look_alike(text: str, body: Range, words: str) -> str:
    """What the text has where it reads nearly so: other spaces, marks, dashes, capitals, «ё» for «е»; else "".

    Where only the beginning or the end is there, as much of the text as the words are long, with “…”.
    """
    folded = _folded_body(text, body)
    parts = _parts(part for piece in _LEFT_OUT.split(words) for part in _DOTS.split(piece))
    found: list[str] = []
    behind = 0
    for part in parts:
        wanted = _folded(part).text.strip(' "').rstrip(".,;:!?- ")
        at = folded.text.find(wanted, behind) if wanted else -1
        if at < 0:
            return _trace(text, folded, wanted) if not found else ""
        behind = at + len(wanted)
        found.append(text[folded.origin[at] : folded.origin[behind - 1] + 1])
    return " […] ".join(found)


def _trace(text: str, folded: _Folded, wanted: str) -> str:
    words = wanted.split()
    if len(words) <= _WORDS_OF_A_TRACE:
        return ""
    beginning = folded.text.find(" ".join(words[:_WORDS_OF_A_TRACE]))
    ending = folded.text.find(" ".join(words[-_WORDS_OF_A_TRACE:]))
    length = min(len(wanted), _LONGEST_SHOWN)
    if beginning >= 0:
        last = min(beginning + length, len(folded.origin)) - 1
        return f"{text[folded.origin[beginning] : folded.origin[last] + 1]}…"
    if ending >= 0:
        last = ending + len(" ".join(words[-_WORDS_OF_A_TRACE:])) - 1
        first = max(0, last - length + 1)
        return f"…{text[folded.origin[first] : folded.origin[last] + 1]}"
    return ""
