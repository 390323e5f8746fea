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
PARAGRAPH = re.compile(r"[^\n]+")
MARKS = frozenset(OPENING + CLOSING + BY_PLACE)
LETTER = re.compile(r"[^\W_]")
# A quotation that nobody closes in this many paragraphs was never one.
LONGEST_IN_PARAGRAPHS = 12
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


@dataclass(slots=True)
class _Open:
    at: int
    mark: str
    paragraph: int
    inner_ends: list[int] = field(default_factory=list)


def paragraphs(text: str, body: Span) -> list[Span]:
    """The lines of the body that have something in them, without the spaces around it."""
    found = []
    for match in PARAGRAPH.finditer(text, body.start, body.end):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            found.append(Span(start, end))
    return found


def quotations(text: str, body: Span) -> list[Quotation]:
    """All pairs of marks in the body, in order of their start; those inside others have a depth above 0. Linear in the text."""
    text = _with_plain_marks(text, body)
    found: list[Quotation] = []
    open_: list[_Open] = []
    for number, paragraph in enumerate(paragraphs(text, body)):
        if open_ and number - open_[0].paragraph > LONGEST_IN_PARAGRAPHS:
            open_.clear()
        continued = _is_reopened(text, paragraph, open_)
        for at in _marks(text, paragraph):
            if continued and at == paragraph.start:
                continue
            _read(text, at, number, open_, found, paragraph)
        _settle(text, paragraph, number, open_, found, body)
    found.sort(key=lambda one: (one.outer.start, -one.outer.end))
    _set_depths(found)
    return found


# Marks typed as two signs: ,,so‟ and ''so''.
LOW = re.compile(r"(?<![^\s(«\"]),,(?=\w)")
DOUBLED = re.compile(r"''|’’|‘‘|``")


def _with_plain_marks(text: str, body: Span) -> str:
    """The text, equally long, with marks of two signs as one mark and a space."""
    if not any(sign in text for sign in (",,", "''", "’’", "‘‘", "``")):
        return text
    inside = LOW.sub(" „", text[body.start : body.end])
    inside = DOUBLED.sub(lambda found: _plain(inside, found), inside)
    return text[: body.start] + inside + text[body.end :]


def _plain(text: str, found: re.Match[str]) -> str:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    opens = (not before or before.isspace() or before in "(«-–—") and (after.isalnum() or after in "«„…")
    return ' "' if opens else '" '


def outermost(found: list[Quotation]) -> list[Quotation]:
    return [one for one in found if one.depth == 0]


def _marks(text: str, paragraph: Span) -> Iterator[int]:
    for at in range(paragraph.start, paragraph.end):
        if text[at] in MARKS:
            yield at


def _is_reopened(text: str, paragraph: Span, open_: list[_Open]) -> bool:
    """The agency manner: each paragraph of a long quotation begins with an opening mark, only the last one closes."""
    return bool(open_) and text[paragraph.start] == open_[0].mark


def _read(text: str, at: int, number: int, open_: list[_Open], found: list[Quotation], paragraph: Span) -> None:
    mark = text[at]
    if mark in OPENING or (mark in BY_PLACE and _opens(text, at, open_)):
        if len(open_) < DEEPEST:
            open_.append(_Open(at, mark, number))
        return
    fitting = _fitting(mark, open_)
    if fitting is None:
        _start_forgotten(text, at, paragraph, open_, found)
        return
    opened = open_[fitting]
    del open_[fitting:]
    found.append(Quotation(Span(opened.at, at + 1), Span(opened.at + 1, at)))
    for outer in open_:
        outer.inner_ends.append(at)


def _opens(text: str, at: int, open_: list[_Open]) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "“" and any(one.mark == "„" for one in open_):
        return False
    starts = after not in " \t\n\u00a0.,;:!?…)»" and not (before.isalnum() or before in ".,!?…%)»")
    ends = before not in " \t\n\u00a0(«„" and not after.isalnum()
    if starts != ends:
        return starts
    if text[at] == "“":
        return True
    # Both or neither could be: then it closes what it can close.
    return not any(_closes(text[at], one.mark) for one in open_)


def _closes(mark: str, opened: str) -> bool:
    if opened == "«":
        return mark == "»"
    if opened == "‹":
        return mark == "›"
    if opened == "„":
        return mark in '“”‟"'
    return mark in BY_PLACE


def _fitting(mark: str, open_: list[_Open]) -> int | None:
    for index in range(len(open_) - 1, -1, -1):
        if _closes(mark, open_[index].mark):
            return index
    return None


def _start_forgotten(text: str, at: int, paragraph: Span, open_: list[_Open], found: list[Quotation]) -> None:
    """A closing mark without an opening one: the words since the sentence began, if a quotation can begin there."""
    if open_ or not _ends_speech(text, at):
        return
    floor = max([paragraph.start, at - LONGEST_REPAIR, *(one.outer.end for one in found[-1:] if one.outer.end <= at)])
    start = floor
    for match in re.finditer(r"[.!?…]\s+(?=[«\"„]?[A-ZА-ЯЁЎІ])", text[floor:at]):
        start = floor + match.end()
        break_after = text[floor : floor + match.start()]
        if LETTER.search(break_after) is None:
            continue
        break
    letter = LETTER.search(text, start, at)
    if letter:
        found.append(Quotation(Span(letter.start(), at + 1), Span(letter.start(), at), repaired=True))


def _ends_speech(text: str, at: int) -> bool:
    return re.match(r"\s?[,.!?…]?\s?[—–-]", text[at + 1 : at + 5]) is not None


def _settle(text: str, paragraph: Span, number: int, open_: list[_Open], found: list[Quotation], body: Span) -> None:
    """The paragraph is over: what is still open either goes on in the next one, or had its closing mark forgotten."""
    while open_ and open_[-1].paragraph == number:
        last = open_[-1]
        shared = [end for end in last.inner_ends if _ends_speech(text, end) or end >= paragraph.end - 2]
        if shared:
            # «А «Б», — one mark closes both.
            open_.pop()
            found.append(Quotation(Span(last.at, shared[-1] + 1), Span(last.at + 1, shared[-1]), repaired=True))
            continue
        if len(open_) > 1 or not _goes_on(text, last, paragraph, body):
            open_.pop()
            if _is_whole_paragraph(last, paragraph):
                found.append(Quotation(Span(last.at, paragraph.end), Span(last.at + 1, paragraph.end), repaired=True))
            continue
        break


def _is_whole_paragraph(opened: _Open, paragraph: Span) -> bool:
    return opened.at == paragraph.start


def _goes_on(text: str, opened: _Open, paragraph: Span, body: Span) -> bool:
    """Whether a following paragraph closes it before it opens another."""
    rest = text[paragraph.end : min(body.end, paragraph.end + 6000)]
    following = rest.lstrip()
    if following[:1] == opened.mark and opened.mark != '"':
        return True
    for match in re.finditer(r"[«»„‹›“”\"]", rest):
        at = paragraph.end + match.start()
        if _closes(match.group(), opened.mark) and not (opened.mark == '"' and _opens(text, at, [])):
            return rest[: match.start()].count("\n") <= LONGEST_IN_PARAGRAPHS
        if match.group() == opened.mark:
            return False
    return False


def _set_depths(found: list[Quotation]) -> None:
    around: list[Quotation] = []
    for one in found:
        while around and around[-1].outer.end <= one.outer.start:
            around.pop()
        one.depth = len(around)
        around.append(one)
