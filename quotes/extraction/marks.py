"""Quotation marks: which pairs there are, read as a typesetter meant them, with what was forgotten put right.

Works for Russian, Belarusian and English texts. Never fails: a mark that can't be paired is left alone, and costs at
most its own paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.candidates import Span

OPENING, CLOSING = "«„‹", "»›"
# These open or close by their place: “ closes a German or Russian „, opens an English quotation; ” may open, too.
BY_PLACE = '“”"‟〝〞＂'
# One sign, or a mark typed as two: ,,so‟ and ''so''.
MARK = re.compile(rf"""[{OPENING}{CLOSING}{BY_PLACE}]|(?<![^\s(«"]),,(?=\w)|''|’’|‘‘|``""")
PARAGRAPH = re.compile(r"[^\n]+")
LETTER = re.compile(r"[^\W_]")
# A quotation that nobody closes in this many paragraphs was never one.
LONGEST_IN_PARAGRAPHS = 12
# In characters: how far behind its paragraph the closing mark of a quotation is looked for.
LONGEST_GOING_ON = 6000
# A forgotten opening mark is looked for within so many characters before the closing one.
LONGEST_REPAIR = 2000
# Nested deeper than this, marks are noise.
DEEPEST = 6


@dataclass(slots=True)
class Quotation:
    """A pair of marks. `outer` counts the marks in, `inner` is what stands between them."""

    outer: Span
    inner: Span
    depth: int = 0
    repaired: bool = False
    """One of its marks was missing in the text, and is inferred."""


@dataclass(frozen=True, slots=True)
class _Mark:
    at: Span
    sign: str
    """As one character, also where it was typed as two."""


@dataclass(slots=True)
class _Open:
    mark: _Mark
    paragraph: int
    closed_inside: list[_Mark] = field(default_factory=list)
    """The marks that closed quotations inside this one."""


# What stands around reported words and is no part of them.
AROUND_WORDS = " \t\n\u00a0,;:.—–-"


def paragraphs(text: str, body: Span) -> list[Span]:
    """The lines of the body that have something in them, without the spaces around it."""
    found = []
    for match in PARAGRAPH.finditer(text, body.start, body.end):
        line = trimmed(text, Span(*match.span()))
        if line:
            found.append(line)
    return found


def trimmed(text: str, span: Span, marks: str = "") -> Span:
    """The span without the spaces, and these marks, at its ends; may be empty."""
    start, end = span.start, span.end
    while start < end and (text[start] in marks or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in marks or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def quotations(text: str, body: Span) -> list[Quotation]:
    """All pairs of marks in the body, in order of their start; those inside others have a depth above 0. Linear in the text."""
    found: list[Quotation] = []
    open_: list[_Open] = []
    for number, paragraph in enumerate(paragraphs(text, body)):
        if open_ and number - open_[0].paragraph > LONGEST_IN_PARAGRAPHS:
            open_.clear()
        marks = list(_marks(text, paragraph))
        if open_ and marks and _reopens(marks[0], paragraph, open_[0]):
            del marks[0]
        for mark in marks:
            _read(text, mark, number, open_, found, paragraph)
        _settle(text, paragraph, number, open_, found, body)
    found.sort(key=lambda one: (one.outer.start, -one.outer.end))
    _set_depths(found)
    return found


def _marks(text: str, range_: Span) -> Iterator[_Mark]:
    for match in MARK.finditer(text, range_.start, range_.end):
        sign = match.group()
        plain = sign if len(sign) == 1 else "„" if sign == ",," else '"'
        yield _Mark(Span(*match.span()), plain)


def outermost(found: list[Quotation]) -> list[Quotation]:
    return [one for one in found if one.depth == 0]


def _reopens(mark: _Mark, paragraph: Span, opened: _Open) -> bool:
    """The agency manner: each paragraph of a long quotation begins with an opening mark, only the last one closes."""
    return mark.at.start == paragraph.start and mark.sign == opened.mark.sign


def _read(text: str, mark: _Mark, number: int, open_: list[_Open], found: list[Quotation], paragraph: Span) -> None:
    if mark.sign in OPENING or (mark.sign in BY_PLACE and _opens(text, mark, open_)):
        if len(open_) < DEEPEST:
            open_.append(_Open(mark, number))
        return
    fitting = _fitting(mark, open_)
    if fitting is None:
        _start_forgotten(text, mark, paragraph, open_, found)
        return
    found.append(_pair(open_[fitting].mark, mark))
    del open_[fitting:]
    for outer in open_:
        outer.closed_inside.append(mark)


def _pair(opening: _Mark, closing: _Mark, *, repaired: bool = False) -> Quotation:
    return Quotation(Span(opening.at.start, closing.at.end), Span(opening.at.end, closing.at.start), repaired=repaired)


def _opens(text: str, mark: _Mark, open_: list[_Open]) -> bool:
    before = text[mark.at.start - 1] if mark.at.start else " "
    after = text[mark.at.end] if mark.at.end < len(text) else " "
    if mark.sign == "“" and any(one.mark.sign == "„" for one in open_):
        return False
    starts = after not in " \t\n\u00a0.,;:!?…)»" and not (before.isalnum() or before in ".,!?…%)»")
    ends = before not in " \t\n\u00a0(«„" and not after.isalnum()
    if starts != ends:
        return starts
    if mark.sign == "“":
        return True
    # Both or neither could be: then it closes what it can close.
    return not any(_closes(mark.sign, one.mark.sign) for one in open_)


def _closes(mark: str, opened: str) -> bool:
    if opened == "«":
        return mark == "»"
    if opened == "‹":
        return mark == "›"
    if opened == "„":
        return mark in '“”‟"'
    return mark in BY_PLACE


def _fitting(mark: _Mark, open_: list[_Open]) -> int | None:
    for index in range(len(open_) - 1, -1, -1):
        if _closes(mark.sign, open_[index].mark.sign):
            return index
    return None


def _start_forgotten(text: str, mark: _Mark, paragraph: Span, open_: list[_Open], found: list[Quotation]) -> None:
    """A closing mark without an opening one: the words since the sentence began, if a quotation can begin there."""
    at = mark.at.start
    if open_ or not _ends_speech(text, mark):
        return
    floor = max([paragraph.start, at - LONGEST_REPAIR, *(one.outer.end for one in found[-1:] if one.outer.end <= at)])
    start = floor
    for match in re.finditer(r"[.!?…]\s+(?=[«\"„]?[A-ZА-ЯЁЎІ])", text[floor:at]):
        start = floor + match.end()
        if LETTER.search(text, floor, floor + match.start()) is not None:
            break
    letter = LETTER.search(text, start, at)
    if letter:
        found.append(Quotation(Span(letter.start(), mark.at.end), Span(letter.start(), at), repaired=True))


def _ends_speech(text: str, mark: _Mark) -> bool:
    return re.match(r"\s?[,.!?…]?\s?[—–-]", text[mark.at.end : mark.at.end + 4]) is not None


def _settle(text: str, paragraph: Span, number: int, open_: list[_Open], found: list[Quotation], body: Span) -> None:
    """The paragraph is over: what is still open either goes on in the next one, or had its closing mark forgotten."""
    while open_ and open_[-1].paragraph == number:
        last = open_[-1]
        shared = [one for one in last.closed_inside if _ends_speech(text, one) or one.at.end >= paragraph.end - 1]
        if shared:
            # «А «Б», — one mark closes both.
            found.append(_pair(last.mark, shared[-1], repaired=True))
        elif len(open_) == 1 and _goes_on(text, last, paragraph, body):
            return
        elif _opens_speech(text, last, paragraph):
            start = last.mark.at
            found.append(Quotation(Span(start.start, paragraph.end), Span(start.end, paragraph.end), repaired=True))
        open_.pop()


def _opens_speech(text: str, opened: _Open, paragraph: Span) -> bool:
    """Whether the mark opens the paragraph, or follows a colon."""
    before = text[paragraph.start : opened.mark.at.start].rstrip()
    return not before or before.endswith(":")


def _goes_on(text: str, opened: _Open, paragraph: Span, body: Span) -> bool:
    """Whether a following paragraph closes it before it opens another."""
    rest = Span(paragraph.end, min(body.end, paragraph.end + LONGEST_GOING_ON))
    sign = opened.mark.sign
    for mark in _marks(text, rest):
        if sign != '"' and mark.sign == sign and not text[rest.start : mark.at.start].strip():
            return True
        if _closes(mark.sign, sign) and not (sign == '"' and _opens(text, mark, [])):
            return text.count("\n", rest.start, mark.at.start) <= LONGEST_IN_PARAGRAPHS
        if mark.sign == sign:
            return False
    return False


def _set_depths(found: list[Quotation]) -> None:
    around: list[Quotation] = []
    for one in found:
        while around and around[-1].outer.end <= one.outer.start:
            around.pop()
        one.depth = len(around)
        around.append(one)
