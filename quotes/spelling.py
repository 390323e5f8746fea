"""Whether two texts have the same words: which differences of spelling are set aside, and what never is.

Set aside are Unicode's ways to write one letter (NFC), white space, invisible marks, the shape of quotation marks, dashes and
apostrophes, «…» for three points, «ё» for «е», and the case of the first letter. Everything else counts: every letter, every
figure, every other sign. What was set aside is told (`Place.respelled`), so that nothing is passed over in silence.
Pure: knows no Django.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ALIKE: Final = {
    **dict.fromkeys("«»“”„‟‹›″", '"'),
    **dict.fromkeys("’‘ʼ‚‛`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "ё": "е",
    "Ё": "Е",
}
_TOKEN: Final = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
# What stands around words without being a part of them. A question mark and an exclamation mark are.
_EDGES: Final = frozenset("\"'-.,:;")
# Where whoever quotes says that something is left out.
OMISSION: Final = re.compile(r"[\[(<]\s*(?:…|\.\.\.)\s*[\])>]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: as it stands, as it is compared, and where: code points of its text, the end exclusive."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.plain[0].isalnum()


@dataclass(frozen=True, slots=True)
class Respelled:
    """A word that is spelled otherwise in what was asked than in print, and is the same word all the same."""

    asked: str
    printed: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where asked words stand in a quote.

    `ranges` are pairs of a span's place in the quote and a range of that span's code points, the end exclusive. `breaks`
    counts where the report breaks the words off and the asked text does not show it; `is_whole`: nothing is left out.
    """

    ranges: tuple[tuple[int, int, int], ...]
    respelled: tuple[Respelled, ...]
    breaks: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both texts, only in print, or only in what was asked."""

    kind: Literal["same", "printed", "asked"]
    text: str


Parts = tuple[tuple[Token, ...], ...]


def tokens(text: str) -> tuple[Token, ...]:
    """The text's words and signs, one by one."""
    letters, places = [], []
    for at, char in enumerate(text):
        if char in INVISIBLE:
            continue
        for letter in _ALIKE.get(char, char):
            letters.append(letter)
            places.append(at)
    return tuple(
        Token(text[start:end], found.group(), start, end)
        for found in _TOKEN.finditer("".join(letters))
        for start, end in [(places[found.start()], places[found.end() - 1] + 1)]
    )


def asked_parts(text: str) -> Parts:
    """What somebody asks for, in the parts that « […] » or «(...)» divides it into, each without the signs at its edges."""
    normal = unicodedata.normalize("NFC", text)
    parts = (_bare(tokens(part)) for part in OMISSION.split(normal))
    return tuple(part for part in parts if part)


def words_in(parts: Parts) -> int:
    """How many words there are; signs are none."""
    return sum(token.is_word for part in parts for token in part)


def place(parts: Parts, spans: Sequence[str]) -> Place | None:
    """Where all parts stand in the spans of one quote, in their order; None where one of them does not."""
    printed = [(at, token) for at, span in enumerate(spans) for token in tokens(span)]
    taken: list[int] = []
    respelled: list[Respelled] = []
    breaks = reached = 0
    for part in parts:
        start = _find(part, [token for _at, token in printed], reached)
        if start < 0:
            return None
        reached = start + len(part)
        found = printed[start:reached]
        respelled += [
            Respelled(asked.text, token.text)
            for asked, (_at, token) in zip(part, found, strict=True)
            if asked.text != token.text
        ]
        breaks += len({at for at, _token in found}) - 1
        taken += range(start, reached)
    is_whole = set(taken) >= {at for at, (_span, token) in enumerate(printed) if token.is_word}
    return Place(tuple(_ranges(printed, taken)), tuple(respelled), breaks, is_whole)


def is_whole(parts: Parts, spans: Sequence[str]) -> bool:
    """Whether the parts are all the words of the quote, and no others."""
    found = place(parts, spans)
    return found is not None and found.is_whole


def likeness(parts: Parts, spans: Sequence[str]) -> float:
    """Which share of the asked words and signs stands in the quote in the order asked: from 0 to 1."""
    asked, printed = _compared(parts, spans)
    matcher = SequenceMatcher(None, [one.plain for one in printed], [one.plain for one in asked], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(asked), 1)


def has_same_words(parts: Parts, spans: Sequence[str]) -> bool:
    """Whether the asked words stand in the quote side by side, signs aside: then only signs differ."""
    asked, printed = ([one for one in side if one.is_word] for side in _compared(parts, spans))
    return _find(asked, printed, 0) >= 0


def difference(parts: Parts, spans: Sequence[str]) -> list[Run]:
    """Print and question as one run of words: `same` and `printed` together are the print, `same` and `asked` the question.

    Of the print that part alone which the question is about: from the first word they share to the last one.
    """
    asked, printed = _compared(parts, spans)
    matcher = SequenceMatcher(None, [one.plain for one in printed], [one.plain for one in asked], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return []
    first, last = blocks[0], blocks[-1]
    # As many words of the print before and after as the question has there: they may stand for one another.
    low, high = max(0, first.a - first.b), last.a + last.size + (len(asked) - last.b - last.size)
    runs: list[Run] = []
    for act, at, to, asked_at, asked_to in matcher.get_opcodes():
        if act == "equal":
            runs.append(Run("same", _written(printed[at:to])))
            continue
        shown = printed[max(at, low) : min(to, high)]
        runs += [Run("printed", _written(shown))] if shown else []
        runs += [Run("asked", _written(asked[asked_at:asked_to]))] if asked_at < asked_to else []
    return runs


def _compared(parts: Parts, spans: Sequence[str]) -> tuple[list[Token], list[Token]]:
    return [one for part in parts for one in part], [one for span in spans for one in tokens(span)]


def _find(part: Sequence[Token], printed: Sequence[Token], start: int) -> int:
    """Where the part begins, at `start` or after it; -1 where it stands nowhere."""
    wanted = [token.plain for token in part]
    plain = [token.plain for token in printed]
    for at in range(start, len(plain) - len(wanted) + 1):
        if _is_same_start(wanted[0], plain[at]) and plain[at + 1 : at + len(wanted)] == wanted[1:]:
            return at
    return -1


def _is_same_start(asked: str, printed: str) -> bool:
    """A quotation that begins in the middle of a sentence may be given a capital, and the other way round."""
    return asked[1:] == printed[1:] and asked[:1].lower() == printed[:1].lower()


def _bare(found: Sequence[Token]) -> tuple[Token, ...]:
    """Without the signs at both ends that are no part of the words."""
    start, end = 0, len(found)
    while start < end and found[start].plain in _EDGES:
        start += 1
    while start < end and found[end - 1].plain in _EDGES:
        end -= 1
    return tuple(found[start:end])


def _ranges(printed: Sequence[tuple[int, Token]], taken: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Neighbours of one span in one range."""
    open_range: tuple[int, int, int] | None = None
    before = -1
    for number in taken:
        at, token = printed[number]
        if open_range and number == before + 1 and open_range[0] == at:
            open_range = (at, open_range[1], token.end)
        else:
            if open_range:
                yield open_range
            open_range = (at, token.start, token.end)
        before = number
    if open_range:
        yield open_range


def _written(run: Sequence[Token]) -> str:
    written = ""
    reached = -1
    for token in run:
        if token.start == reached - 1 and token.text == "…":  # one sign, compared as three
            continue
        written += f" {token.text}" if written and token.start != reached else token.text
        reached = token.end
    return written
