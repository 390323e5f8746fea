"""English quotation marks made regular, so that one reader of marks serves all: straight, curly, single, ``wire''."""

import re
from collections.abc import Iterator

from quotes.extraction.candidates import Span
from quotes.extraction.marks import paragraphs

# 'Tis, 'em, '90s: an apostrophe where a quotation could open.
ELISION = re.compile(r"(?:\d0s|\d\d\b|em\b|tis\b|twas\b|til\b|cause\b|bout\b|n\b|round\b|un\b)", re.IGNORECASE)
# Longer than this in single marks is a stray apostrophe and another.
LONGEST_SINGLE = 1500


def regular(text: str, body: Span) -> str:
    """The text with the same length, its quotation marks “ ” and ‹ ›, its apostrophes ', its spaces plain."""
    text = text.replace("``", " “").replace("''", "” ").replace("＂", '"').replace("〝", "“").replace("〞", "”")
    text = re.sub(r"[\u00a0\u2007\u2009\u200a\u202f\u200b\ufeff]", " ", text)
    text = _straight_double(text)
    letters = list(text)
    for paragraph in paragraphs(text, body):
        for opening, closing in _single_pairs(text, paragraph.start, paragraph.end):
            letters[opening], letters[closing] = "‹", "›"
    return "".join(letters).replace("’", "'").replace("‘", "'").replace("‛", "'")


def _straight_double(text: str) -> str:
    pieces: list[str] = []
    last = 0
    for match in re.finditer('"', text):
        at = match.start()
        before = text[at - 1] if at else "\n"
        after = text[at + 1] if at + 1 < len(text) else "\n"
        opens = (before.isspace() or before in "([{—–-‘'/") and not after.isspace()
        pieces += [text[last:at], "“" if opens else "”"]
        last = at + 1
    return "".join([*pieces, text[last:]])


def _single_pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Single marks that stand as a pair of their own, outside double ones; linear in the paragraph."""
    opening: int | None = None
    closing: int | None = None
    for at in _outside_double(text, start, end):
        if _opens(text, at, start):
            if opening is not None and closing is not None:
                yield opening, closing
            opening, closing = at, None
        elif opening is not None and at > opening + 1 and _closes(text, at, end) and at - opening < LONGEST_SINGLE:
            if closing is None or _may_be_possessive(text, closing):
                closing = at
            if not _may_be_possessive(text, at):
                yield opening, closing
                opening = closing = None
    if opening is not None and closing is not None:
        yield opening, closing


def _outside_double(text: str, start: int, end: int) -> Iterator[int]:
    """The single marks that no double ones enclose."""
    inside = False
    for match in re.finditer(r"[“”«»‘’']", text[start:end]):
        if match.group() in "“”«»":
            inside = match.group() in "“«"
        elif not inside:
            yield start + match.start()


def _opens(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "’" or not (before.isspace() or before in "([—–-:“") or after.isspace():
        return False
    return (after.isalnum() or after in "“$£€.…") and ELISION.match(text, at + 1) is None


def _closes(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    return text[at] != "‘" and not text[at - 1].isspace() and not after.isalnum()


def _may_be_possessive(text: str, at: int) -> bool:
    """`the workers' pay`: an s before, a word after."""
    return text[at - 1] in "sS" and re.match(r" \w", text[at + 1 : at + 3]) is not None
