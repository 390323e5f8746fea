"""What an article's text is: one spelling of it, its hash, and the span of a quotation in it."""

import hashlib
import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def normalise(text: str) -> str:
    """The text as it is kept: NFC, LF line ends, no NUL, no lone surrogates.

    Every offset in the project counts the Unicode code points of this text, from 0, with the end
    exclusive. Doing it twice changes nothing.

    All that Unicode calls a mandatory line break becomes LF (CRLF, CR, NEL, VT, which is Word's
    line break, FF, U+2028, U+2029), because browsers, editors and Python's `splitlines` differ in
    which of them they honour, and a line must be the same line everywhere. NUL, the other control
    characters but the tab, and two code points that are no characters are left out: PostgreSQL
    refuses the first, feeds and XML exports the rest. A byte order mark at the start is no text.
    A lone surrogate, which no encoding can write, becomes U+FFFD, so that the loss can be seen.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _LINE_ENDS.sub("\n", whole)
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines).lstrip("\ufeff"))


def text_sha256(text: str) -> str:
    """The SHA-256 of the text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


# Which marks may have opened what a mark closes. „Such“ and “such” share a character.
_OPENERS: Final = {
    "»": "«",
    "”": "“„",
    "“": "„",
    "’": "‘‚",
    "‘": "‚",
    '"': '"',
    "'": "'",
}
_MARKS: Final = frozenset("«»“”„‘’‚\"'")
_OPENING: Final = frozenset("«“„‘‚\"'")
# At the edge of a span one of these alone is more likely an apostrophe: «'tis», «workers'».
_APOSTROPHES: Final = frozenset("'’‘‚")
_BEFORE_OPENING: Final = frozenset("([{<«“„‘‚\"'/—–-")
_BLANK: Final = frozenset("\u200b\u2060\ufeff")
_MAX_NESTING: Final = 16  # Nobody nests deeper; without an end, a hostile text would take forever.
_AFTER_CLOSING: Final = frozenset(",.—–-")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without outer white space and without the quotation marks around the whole of it.

    Left out are a pair of marks that encloses the whole span (guillemets, curly or straight), a mark at
    either edge whose partner is not in the span, and a comma, full stop or dash that stood behind a
    closing mark that goes. A mark with its partner inside stays: «А» и «Б» is whole. So does an
    apostrophe. The result lies in the given range; it is empty if there is nothing but marks.
    Raises ValueError if the range is not one of the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"The span {start}-{end} lies outside the text, which is {len(text)} long.")
    while (inner := _peel(text, start, end)) != (start, end):
        start, end = inner
    return start, end


def _peel(text: str, start: int, end: int) -> tuple[int, int]:
    """One round: white space, then what the edges show by the pairs as they are now."""
    partners = _partners(text, start, end)
    while True:
        before = start, end
        start, end = _strip(text, start, end)
        closing = _last_mark(text, start, end)
        if start in partners and partners[start] == closing:
            start, end = start + 1, closing
            continue
        if closing >= start and _is_lone(text, closing, partners):
            end = closing
        if start < end and _is_lone(text, start, partners):
            start += 1
        if (start, end) == before:
            return before


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _BLANK


def _last_mark(text: str, start: int, end: int) -> int:
    """Where the span's last mark is, if nothing but a comma, full stop or dash follows it; else -1."""
    last = end - 1
    while last >= start and (text[last] in _AFTER_CLOSING or _is_blank(text[last])):
        last -= 1
    return last if last >= start and text[last] in _MARKS else -1


def _is_lone(text: str, place: int, partners: dict[int, int]) -> bool:
    char = text[place]
    return char in _MARKS and char not in _APOSTROPHES and place not in partners


def _partners(text: str, start: int, end: int) -> dict[int, int]:
    """For each mark of the span that has a partner in it, where that is; innermost pairs first."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place in range(start, end):
        if text[place] not in _MARKS or _is_in_word(text, place):
            continue
        depth = _opener(text, place, opened)
        if depth >= 0:
            partners |= {opened[depth]: place, place: opened[depth]}
            del opened[depth:]
        elif text[place] in _OPENING:
            opened.append(place)
            del opened[:-_MAX_NESTING]
    return partners


def _opener(text: str, place: int, opened: list[int]) -> int:
    """Which of the open marks this one closes, as an index of ``opened``; -1 if none."""
    char = text[place]
    if char in "\"'" and _looks_opening(text, place):
        return -1
    openers = _OPENERS.get(char, "")
    if char in "“‘":  # closes only what was opened right before it, else it opens
        return len(opened) - 1 if opened and text[opened[-1]] in openers else -1
    return next((i for i in range(len(opened) - 1, -1, -1) if text[opened[i]] in openers), -1)


def _looks_opening(text: str, place: int) -> bool:
    """Straight marks look alike; the one that opens has a word after it and none before it."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    free_before = not before or before.isspace() or before in _BEFORE_OPENING
    return free_before and bool(after) and not after.isspace()


def _is_in_word(text: str, place: int) -> bool:
    """An apostrophe: «аб'ява», «l’État»."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return text[place] in _APOSTROPHES and len(around) == 2 and around.isalnum()
