"""What the index keeps of a statement, and how it becomes a tantivy document.

Texts come in ready tokens (`analysis`), so tantivy's own tokenizers see nothing of them. Each of the three places where
a statement can be found has two fields: all forms of its words, and the surface forms alone, for phrases.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from quotes.search.analysis import ANALYSIS_VERSION, Token, analyse

SCHEMA_VERSION = 1  # raise it when fields change: an index of another schema can't be read, it is rebuilt
VERSION = f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}"

ID_BITS = 40
PLACES = ("words", "label", "names")
NUMBERS = ("speaker", "meeting", "source", "article", "topic")
WORDS = ("kind", "language")
STATEMENT, POSITION = "statement", "position"
REMEMBERED_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its language (ru, be, en); None lets its letters decide."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StatementDocument:
    """A published statement as the index needs it; ids are the rows' integers.

    `words` holds each span of each quote apart, so that no phrase is found across a gap. `names` is all else it can be
    found by: the speaker's names and aliases, the attribution as printed, the meeting, the sources, the topics.
    """

    id: int
    day: datetime.date | None
    words: tuple[Wording, ...]
    label: tuple[Wording, ...] = ()
    names: tuple[Wording, ...] = ()
    speaker: int | None = None
    meeting: int | None = None
    sources: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def key(self) -> int:
        return sort_key(self.day, self.id)


def sort_key(day: datetime.date | None, statement_id: int) -> int:
    """The unique number by which statements stand in order of date: the day's ordinal << 40 | id; no day comes first."""
    if not 0 <= statement_id < 1 << ID_BITS:
        raise ValueError(f"Statement ids must be at least 0 and below 2^{ID_BITS}; {statement_id} is not.")
    return (day.toordinal() if day else 0) << ID_BITS | statement_id


def tantivy_schema() -> tantivy.Schema:
    """The fields of every document, a statement's or the follower's position."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("record", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("position", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("key", indexed=True, fast=True)
    for place in PLACES:
        builder.add_text_field(place, tokenizer_name="raw", index_option="freq")
        builder.add_text_field(f"{place}_surface", tokenizer_name="raw")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def tantivy_document(statement: StatementDocument) -> tantivy.Document:
    """The statement with its texts analysed."""
    document = tantivy.Document()
    document.add_text("record", STATEMENT)
    document.add_unsigned("id", statement.id)
    document.add_unsigned("key", statement.key)
    for place in PLACES:
        for wording in getattr(statement, place):
            _add_wording(document, place, wording)
    numbers = (_present(statement.speaker), _present(statement.meeting), statement.sources)
    for name, values in zip(NUMBERS, (*numbers, statement.articles, statement.topics), strict=True):
        for value in sorted(set(values)):
            document.add_unsigned(name, value)
    for name, marks in zip(WORDS, (statement.kinds, statement.languages), strict=True):
        for mark in sorted(set(marks)):
            document.add_text(name, mark)
    return document


def _add_wording(document: tantivy.Document, place: str, wording: Wording) -> None:
    # The same names stand in thousands of documents; of words, hardly any two are the same.
    streams = _remembered_streams(wording) if place == "names" else _streams(wording)
    for field, stream in zip((place, f"{place}_surface"), streams, strict=False):
        document.add_pre_tokenized_text(field, stream)


def _streams(wording: Wording) -> tuple[tantivy.PreTokenizedString, ...]:
    """All forms of its words, and their surface forms; neither where there is no word."""
    tokens = analyse(wording.text, wording.language)
    if not tokens:
        return ()
    forms: dict[int, set[str]] = {}
    for token in tokens:
        forms.setdefault(token.position, set()).update(token.forms)
    every_form = [(form, position) for position in sorted(forms) for form in sorted(forms[position])]
    return _stream(every_form), _stream(_surfaces(tokens))


_remembered_streams = lru_cache(maxsize=REMEMBERED_NAMES)(_streams)


def _surfaces(tokens: list[Token]) -> list[tuple[str, int]]:
    return [(token.surface, token.position) for token in tokens if token.length == 1]


def _stream(words: Iterable[tuple[str, int]]) -> tantivy.PreTokenizedString:
    """Offsets are left out: tantivy keeps none, and pages mark matches themselves (`matching.matches`)."""
    return tantivy.PreTokenizedString("", [tantivy.Token(word, position, 0, 0) for word, position in words])


def _present(value: int | None) -> tuple[int, ...]:
    return () if value is None else (value,)
