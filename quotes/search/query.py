"""What someone typed → what they look for, whatever the language: words, phrases, exclusions, alternatives.

Nothing that can be typed is an error. What was left aside is named, with its reason, for the page to say so.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from quotes.search.numerals import SPACED_NUMBER

LONGEST_TEXT = 2_000  # code points that are read
MOST_TERMS = 32  # words and phrases together
LONGEST_SHOWN = 40  # code points of something dropped that are repeated to the reader
MOST_DROPPED = 10

OPERATORS = {"OR", "ИЛИ", "АБО"}
MINUS = "-−"
QUOTED = r'"[^"]*"|«[^»]*»|„[^“”]*[“”]|“[^”]*”'
PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[{MINUS}])?(?:(?P<quoted>{QUOTED})|(?P<word>{SPACED_NUMBER}|[^\s\"«»„“”]+))|(?P<mark>[\"«»„“”])"
)


class Reason(Enum):
    """Why a part of what was typed is not searched for."""

    TOO_LONG = "too long"
    TOO_MANY = "too many"
    NO_WORD = "no word"  # signs, pictures
    LONE_OPERATOR = "lone operator"  # OR without something on both sides, a minus alone
    UNPAIRED_MARK = "unpaired mark"  # its words are searched for, as words


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part that was left aside, as typed, shortened to be shown."""

    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms, or a phrase word for word, as typed without quotation marks or sign."""

    text: str
    is_phrase: bool = False

    def __str__(self) -> str:
        """As it is typed."""
        if not self.is_phrase:
            return self.text
        return f"«{self.text}»" if '"' in self.text else f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Query:
    """All of `clauses`, each by any one of its terms, and none of `excluded`.

    Without clauses it means everything except the excluded, unless it `is_vain`.
    """

    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def __str__(self) -> str:
        """A text that means the same query, without what was dropped."""
        wanted = (" OR ".join(map(str, clause)) for clause in self.clauses)
        return " ".join([*wanted, *(f"-{term}" for term in self.excluded)])

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The positive terms, in the order typed."""
        return tuple(term for clause in self.clauses for term in clause)

    @property
    def is_vain(self) -> bool:
        """Whether something was asked, and there is nothing in it to look for: then nothing answers it."""
        return bool(self.dropped) and not self.clauses and not self.excluded


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def is_operator(self) -> bool:
        return not self.is_phrase and not self.is_excluded and self.text in OPERATORS

    @property
    def has_word(self) -> bool:
        return any(map(str.isalnum, self.text))


def parse(text: str) -> Query:
    """The query that a text means: words (all of them), "phrase", «phrase», -word, -"phrase", OR, ИЛИ, АБО.

    OR binds the two neighbours more closely than the implied AND. Any text gives a query of bounded size.
    """
    dropped: list[Dropped] = []
    readable = _readable(text, dropped)
    pieces = _bounded(_with_words(list(_pieces(readable, dropped)), dropped), dropped)
    if not pieces and not dropped and readable.strip():
        dropped.append(_dropped(readable, Reason.NO_WORD))
    clauses: list[tuple[Term, ...]] = []
    joins = False
    for at, piece in enumerate(pieces):
        if piece.is_operator:
            joins = _joins(pieces, at)
            if not joins:
                dropped.append(_dropped(piece.text, Reason.LONE_OPERATOR))
        elif not piece.is_excluded:
            term = Term(piece.text, piece.is_phrase)
            clauses.append((*clauses.pop(), term) if joins else (term,))
            joins = False
    excluded = tuple(Term(piece.text, piece.is_phrase) for piece in pieces if piece.is_excluded)
    return Query(tuple(clauses), excluded, tuple(dict.fromkeys(dropped))[:MOST_DROPPED])


def _readable(text: str, dropped: list[Dropped]) -> str:
    """Without control characters and halves of surrogate pairs; cut, between words where there are any."""
    clean = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text[: LONGEST_TEXT + 1])
    if len(clean) <= LONGEST_TEXT:
        return clean
    kept = clean[:LONGEST_TEXT]
    if not clean[LONGEST_TEXT].isspace() and " " in kept.strip():
        kept = kept[: kept.rindex(" ")]
    rest = text[len(kept) : len(kept) + LONGEST_SHOWN * 2]
    dropped.append(_dropped(rest, Reason.TOO_LONG))
    return kept


def _pieces(text: str, dropped: list[Dropped]) -> Iterator[_Piece]:
    for found in PIECE.finditer(text):
        if found["mark"]:
            dropped.append(_dropped(found["mark"], Reason.UNPAIRED_MARK))
        else:
            quoted = found["quoted"]
            yield _Piece(quoted[1:-1].strip() if quoted else found["word"], bool(quoted), bool(found["minus"]))


def _with_words(pieces: list[_Piece], dropped: list[Dropped]) -> list[_Piece]:
    """Those that hold a letter or a figure. Dashes and points between words are nobody's question: not worth a word."""
    for piece in pieces:
        if piece.text in MINUS:
            dropped.append(_dropped(piece.text or '""', Reason.LONE_OPERATOR))
        elif not piece.has_word and not all(unicodedata.category(char).startswith("P") for char in piece.text):
            dropped.append(_dropped(piece.text, Reason.NO_WORD))
    return [piece for piece in pieces if piece.has_word]


def _bounded(pieces: list[_Piece], dropped: list[Dropped]) -> list[_Piece]:
    """The first terms up to the limit, and the operators among them."""
    kept: list[_Piece] = []
    terms = 0
    for piece in pieces:
        terms += not piece.is_operator
        if terms > MOST_TERMS or len(kept) > 2 * MOST_TERMS:
            rest = " ".join(late.text for late in pieces[len(kept) :])
            dropped.append(_dropped(rest, Reason.TOO_MANY))
            break
        kept.append(piece)
    return kept


def _joins(pieces: list[_Piece], at: int) -> bool:
    """Whether the operator has a wanted term on both sides."""
    around = pieces[at - 1 : at] + pieces[at + 1 : at + 2]
    return len(around) == 2 and not any(piece.is_operator or piece.is_excluded for piece in around)


def _dropped(text: str, reason: Reason) -> Dropped:
    clean = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text).strip()
    shown = clean if len(clean) <= LONGEST_SHOWN else clean[:LONGEST_SHOWN].rstrip() + "…"
    return Dropped(shown, reason)
