"""A text cut into sentences of words and marks, each quotation one opaque token: no model, and linear in the text."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from quotes.extraction.candidates import Span
from quotes.extraction.marks import Quotation, outermost, paragraphs, quotations

TokenKind = Literal["word", "mark", "quotation"]
SENTENCE_ENDS = ".!?…"
# Longer "sentences" are lists, tables or noise: they are cut, so that no rule ever looks farther than this.
LONGEST_IN_TOKENS = 220
TOKEN = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*(?:'(?!\w))?|\.{2,}|…|[^\w\s]|_+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or a whole quotation with its marks (then `quotation` holds it)."""

    span: Span
    text: str
    lower: str
    kind: TokenKind
    quotation: Quotation | None = None

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_capitalised(self) -> bool:
        return self.kind == "word" and self.text[0].isupper()


@dataclass(slots=True, eq=False)
class Sentence:
    tokens: list[Token]
    paragraph: int
    number: int = 0

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    def range(self, first: int, end: int) -> Span:
        """Where the tokens from `first` to before `end` stand; `first < end`."""
        return Span(self.tokens[first].span.start, self.tokens[end - 1].span.end)


@dataclass(slots=True)
class Page:
    """A text laid out. `reading` is what the rules read: same length as `text`, its marks made regular."""

    text: str
    reading: str
    paragraphs: list[Span]
    sentences: list[Sentence]
    _starts: list[int] = field(default_factory=list)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that begins last at or before the position."""
        if not self._starts:
            self._starts = [one.tokens[0].span.start for one in self.sentences]
        return max(0, bisect_right(self._starts, position) - 1)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a language writes: abbreviations that end in a full stop, and datelines a paragraph may begin with."""

    abbreviations: frozenset[str]
    dateline: re.Pattern[str]
    fold: Callable[[str], str] = str.lower
    """A word as the rules compare it, told the word as it stands."""
    reshape: Callable[[str, list[Span], list[Quotation]], list[Quotation]] = lambda _text, _lines, marked: marked
    """Makes quotations of what no marks show, such as dialogue after a dash."""


def lay_out(text: str, reading: str, body: Span, conventions: Conventions) -> Page:
    """The page of a text; `reading` is the same text as the rules read it, of the same length."""
    lines = paragraphs(reading, body)
    marked = [one for one in outermost(quotations(reading, body)) if _has_words(reading, one)]
    marked = conventions.reshape(reading, lines, marked)
    merged = _apart(sorted(marked, key=lambda one: (one.outer.start, -one.outer.end)))
    sentences = list(_sentences(reading, lines, merged, conventions))
    for number, sentence in enumerate(sentences):
        sentence.number = number
    return Page(text, reading, lines, sentences)


def _has_words(text: str, one: Quotation) -> bool:
    return any(text[at].isalnum() for at in range(one.inner.start, one.inner.end))


def _apart(found: list[Quotation]) -> list[Quotation]:
    kept: list[Quotation] = []
    for one in found:
        if not kept or one.outer.start >= kept[-1].outer.end:
            kept.append(one)
    return kept


def _sentences(text: str, lines: list[Span], marked: list[Quotation], conventions: Conventions) -> Iterator[Sentence]:
    at = 0
    low = 0
    tokens: list[Token] = []
    for number, line in enumerate(lines):
        at = max(at, line.start)
        while low < len(marked) and marked[low].outer.start < line.end:
            one = marked[low]
            low += 1
            if one.outer.start < at:
                continue
            tokens += _words(text, at, one.outer.start, conventions)
            shown = one.outer.of(text)
            tokens.append(Token(one.outer, shown, "", "quotation", one))
            at = one.outer.end
        if at > line.end:
            # A quotation runs on into the next paragraphs: its attribution follows where it ends.
            continue
        tokens += _words(text, at, line.end, conventions)
        at = line.end
        dateline = conventions.dateline.match(text, line.start, line.end)
        for piece in _split(text, tokens, conventions.abbreviations, dateline.end() if dateline else -1):
            yield Sentence(piece, number)
        tokens = []
    for piece in _split(text, tokens, conventions.abbreviations, -1):
        yield Sentence(piece, max(0, len(lines) - 1))


def _words(text: str, start: int, end: int, conventions: Conventions) -> list[Token]:
    found = []
    for match in TOKEN.finditer(text, start, end):
        shown = match.group()
        kind: TokenKind = "word" if shown[0].isalnum() else "mark"
        found.append(Token(Span(match.start(), match.end()), shown, conventions.fold(shown), kind))
    return found


def _split(text: str, tokens: list[Token], abbreviations: frozenset[str], dateline: int) -> Iterator[list[Token]]:
    """The sentences; what ends before `dateline` is one of its own."""
    piece: list[Token] = []
    for index, token in enumerate(tokens):
        piece.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        if following is not None and following.span.start < dateline:
            continue
        over = len(piece) >= LONGEST_IN_TOKENS or (
            following is not None and following.span.start >= dateline > token.span.start
        )
        if over or (following is not None and _ends(text, before, token, following, abbreviations)):
            yield piece
            piece = []
    if piece:
        yield piece


def _ends(text: str, before: Token | None, token: Token, following: Token, abbreviations: frozenset[str]) -> bool:
    if following.span.start == token.span.end and token.kind != "quotation":
        return False
    begins = following.kind == "quotation" or following.text[0].isupper() or following.text[0].isdigit()
    begins = begins or following.text in "([—–-•*"
    if token.kind == "quotation":
        return begins and _last_mark(text, token) in SENTENCE_ENDS and following.kind != "mark"
    if token.text[0] not in SENTENCE_ENDS or token.kind != "mark":
        return False
    if token.text == "." and before is not None and before.span.end == token.span.start:
        return begins and not _is_abbreviation(before, following, abbreviations)
    return begins


def _last_mark(text: str, token: Token) -> str:
    inner = token.quotation.inner if token.quotation else token.span
    return text[inner.start : inner.end].rstrip()[-1:]


# What a sentence may well begin with, even after «U.S.».
_STARTERS = """
the a an he she it they we but and in on at after this that these those his her their if
ён яна яны гэта і але у
"""
STARTERS = frozenset(_STARTERS.split())


def _is_abbreviation(word: Token, following: Token, abbreviations: frozenset[str]) -> bool:
    bare = word.lower.rstrip("'")
    if bare in abbreviations:
        return True
    initial = (len(bare) == 1 and bare.isalpha() and word.text.isupper()) or "." in bare
    return initial and following.lower not in STARTERS
