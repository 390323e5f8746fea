"""A quote's words as they stand in the article, with a bounded window of text around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Range = tuple[int, int]
Marks = tuple[str, str]

OPENING: Final = frozenset("«“„‘‚\"'")
# The printed mark may stand behind a comma or a full stop that is no part of the words: “Come,” he said.
CLOSING: Final = re.compile("(?P<stop>[.,]?)[»”“’‘\"']")
CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters to print: the words, their telling passage, what stands around them, a mark, or a cut."""

    kind: Literal["words", "passage", "context", "mark", "cut"]
    text: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """The text beside a span, and whether a printed quotation mark closed the span before or opens the one after."""

    text: str
    closed: bool = False
    opened: bool = False


def in_context(
    text: str,
    body: Range,
    spans: Sequence[Range],
    *,
    window: int,
    marks: Marks | None = None,
    passage: Range | None = None,
) -> list[Piece]:
    """The spans and up to `window` code points of the body on either side of each, in the order printed.

    Ranges count code points of `text`, the end exclusive; spans are ordered, disjoint and inside the body. With `marks`
    (direct speech) those take the place of the printed quotation marks around the words; without, nothing is changed.
    Context is cut between words and the cut is shown.
    """
    starts = [body[0], *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), body[1]]
    gaps = [_gap(text[start:end], marks) for start, end in zip(starts, ends, strict=True)]
    # What the body begins with closes nothing, and what it ends with opens nothing.
    gaps[0] = _gap(text[starts[0] : ends[0]], marks, may_close=False)
    gaps[-1] = _gap(text[starts[-1] : ends[-1]], marks, may_open=False)
    pieces = [*_before(gaps[0].text, window)]
    for at, span in enumerate(spans):
        if marks and (at == 0 or gaps[at].opened):
            pieces.append(Piece("mark", marks[0]))
        pieces.extend(_words(text, span, passage))
        is_last = at == len(spans) - 1
        if marks and (is_last or gaps[at + 1].closed):
            pieces.append(Piece("mark", marks[1]))
        pieces.extend(_after(gaps[at + 1].text, window) if is_last else _between(gaps[at + 1].text, window))
    return [piece for piece in pieces if piece.text]


def shown_ranges(text: str, body: Range, spans: Sequence[Range], *, window: int) -> list[Range]:
    """The ranges of the text that `in_context` prints, in order; what is not in them is not public."""
    starts = [body[0], *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), body[1]]
    shown = []
    at = starts[0] + (ends[0] - starts[0]) - len(_tail(text[starts[0] : ends[0]], window))
    for number, (_, end) in enumerate(spans):
        gap = text[starts[number + 1] : ends[number + 1]]
        is_last = number == len(spans) - 1
        if not is_last and len(gap) <= 2 * window:
            continue
        shown.append((at, end + len(_head(gap, window))))
        at = ends[number + 1] - len(_tail(gap, window))
    return shown


def beginning(words: str, most: int) -> str:
    """The words if they are `most` code points or fewer, else their beginning, cut between words, with «…»."""
    if len(words) <= most:
        return words
    return words[: _last_break(words[: most + 1])].rstrip() + CUT


def _gap(text: str, marks: Marks | None, *, may_close: bool = True, may_open: bool = True) -> _Gap:
    if not marks:
        return _Gap(text)
    closing = CLOSING.match(text) if may_close else None
    if closing:
        text = closing["stop"] + text[closing.end() :]
    opened = may_open and text[-1:] in OPENING and bool(text)
    return _Gap(text[:-1] if opened else text, bool(closing), opened)


def _words(text: str, span: Range, passage: Range | None) -> Iterator[Piece]:
    start, end = span
    if passage is None or not (start <= passage[0] and passage[1] <= end):
        yield Piece("words", text[start:end])
        return
    yield Piece("words", text[start : passage[0]])
    yield Piece("passage", text[passage[0] : passage[1]])
    yield Piece("words", text[passage[1] : end])


def _before(gap: str, window: int) -> Iterator[Piece]:
    tail = _tail(gap, window)
    if len(tail) < len(gap):
        yield Piece("cut", f"{CUT} ")
    yield Piece("context", tail)


def _after(gap: str, window: int) -> Iterator[Piece]:
    head = _head(gap, window)
    yield Piece("context", head)
    if len(head) < len(gap):
        yield Piece("cut", f" {CUT}")


def _between(gap: str, window: int) -> Iterator[Piece]:
    if len(gap) <= 2 * window:
        yield Piece("context", gap)
        return
    yield Piece("context", _head(gap, window))
    yield Piece("cut", f" [{CUT}] ")
    yield Piece("context", _tail(gap, window))


def _head(gap: str, window: int) -> str:
    return gap if len(gap) <= window else gap[: _last_break(gap[: window + 1])]


def _tail(gap: str, window: int) -> str:
    """The mirror of `_head`."""
    if len(gap) <= window:
        return gap
    spaces = [at for at, char in enumerate(gap[-window - 1 :]) if char.isspace()]
    return gap[len(gap) - window - 1 + spaces[0] + 1 :] if spaces else gap[-window:]


def _last_break(text: str) -> int:
    """Where the last word that fits ends; all but the last character where there is no break at all."""
    spaces = [at for at, char in enumerate(text) if char.isspace()]
    return spaces[-1] if spaces else len(text) - 1
