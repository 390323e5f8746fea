"""What the index keeps of a statement, and how it becomes a tantivy document.

Texts come in ready tokens (`analysis`), so tantivy's own tokenizers see nothing of them. Each of the three places where
a statement can be found has two fields: all forms of its words, and the surface forms alone, for phrases.

What statements are filtered by is indexed under the names in NUMBERS and WORDS. What they are counted by stands in columns
besides, which hold exactly one value for every document (0 or "" for none, the follower's position included): tantivy
counts those five times as fast as columns where a value may be missing or several may stand.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import tantivy

from quotes.search.analysis import ANALYSIS_VERSION, Token, analyse

SCHEMA_VERSION = 4  # raise it when fields change: an index of another schema can't be read, it is rebuilt
VERSION = f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}"

ID_BITS = 40
PLACES = ("words", "label", "names")
NUMBERS = ("speaker", "office", "meeting", "year", "source", "article", "topic")
WORDS = ("kind", "language")
SINGLE = ("speaker", "office", "meeting", "year")  # a document has one at most: the field itself is the column
SEVERAL = {"source": 2, "topic": 4}  # how many columns, source_1 and on; what has more is counted apart, see CROWDED
DAYS = ("published", "approved")  # as ordinals; filtered by, never counted
TOGETHER = {"kind": "kinds", "language": "languages"}  # columns of all of a document's values: «direct indirect»
CROWDED = "crowded"  # names the fields of which a document has more values than there are columns
STATEMENT, POSITION = "statement", "position"
REMEMBERED_NAMES = 20_000

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its language (ru, be, en); None lets its letters decide."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StatementDocument:
    """A published statement as the index needs it; ids are the rows' integers.

    `words` holds each span of each quote apart, so that no phrase is found across a gap. `names` is all else it can be
    found by: the speaker's names and aliases, the attribution as printed, the meeting, the sources, the topics. `speaker` is
    a person, `organization` a body that speaks: one of them at most.
    """

    id: int
    day: datetime.date | None
    words: tuple[Wording, ...]
    label: tuple[Wording, ...] = ()
    names: tuple[Wording, ...] = ()
    speaker: int | None = None
    organization: int | None = None
    office: int | None = None
    meeting: int | None = None
    sources: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    # The number of the approval that made its present words public: the later approved, the greater; and its day.
    approval: int = 0
    approved: datetime.date | None = None
    # The first days on which the articles that report it may have been published.
    published: tuple[datetime.date, ...] = ()

    @property
    def key(self) -> int:
        return sort_key(self.day, self.id)

    @property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """What it is filtered and counted by, under the names of NUMBERS."""
        return {
            "speaker": self._speakers(),
            "office": _present(self.office),
            "meeting": _present(self.meeting),
            "year": _present(self.day.year if self.day else None),
            "source": tuple(sorted(set(self.sources))),
            "article": tuple(sorted(set(self.articles))),
            "topic": tuple(sorted(set(self.topics))),
        }

    def _speakers(self) -> tuple[int, ...]:
        if self.speaker is not None:
            return (person_code(self.speaker),)
        return () if self.organization is None else (organization_code(self.organization),)


def person_code(person: int) -> int:
    """A person among all who speak, people and organizations; never 0."""
    return person << 1


def organization_code(organization: int) -> int:
    """As `person_code`, for an organization."""
    return organization << 1 | 1


def is_organization_code(code: int) -> bool:
    return bool(code & 1)


def number_of_code(code: int) -> int:
    """The row's number, of a person or an organization."""
    return code >> 1


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
    builder.add_unsigned_field("approval", indexed=True, fast=True)
    for place in PLACES:
        builder.add_text_field(place, tokenizer_name="raw", index_option="freq")
        builder.add_text_field(f"{place}_surface", tokenizer_name="raw")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=name in SINGLE or name in SEVERAL)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in DAYS:
        builder.add_unsigned_field(name, indexed=True)
    for name in columns():
        builder.add_unsigned_field(name, fast=True)
    for name in TOGETHER.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(CROWDED, tokenizer_name="raw", index_option="basic")
    return builder.build()


def columns(*names: str) -> list[str]:
    """The columns of fields that may have several values; of all of them where none is named."""
    return [f"{name}_{number}" for name in names or SEVERAL for number in range(1, SEVERAL[name] + 1)]


def tantivy_document(statement: StatementDocument) -> tantivy.Document:
    """The statement with its texts analysed."""
    document = tantivy.Document()
    document.add_text("record", STATEMENT)
    document.add_unsigned("id", statement.id)
    document.add_unsigned("key", statement.key)
    document.add_unsigned("approval", statement.approval)
    for place in PLACES:
        for wording in getattr(statement, place):
            _add_wording(document, place, wording)
    _add_numbers(document, statement.numbers)
    for name, days in zip(DAYS, (statement.published, _present(statement.approved)), strict=True):
        for day in sorted(set(days)):
            document.add_unsigned(name, day.toordinal())
    for name, marks in zip(WORDS, (statement.kinds, statement.languages), strict=True):
        for mark in sorted(set(marks)):
            document.add_text(name, mark)
        document.add_text(TOGETHER[name], " ".join(sorted(set(marks))))
    return document


def _add_numbers(document: tantivy.Document, numbers: dict[str, tuple[int, ...]]) -> None:
    for name, values in numbers.items():
        for value in values or ((0,) if name in SINGLE else ()):
            document.add_unsigned(name, value)
    for name, width in SEVERAL.items():
        is_crowded = len(numbers[name]) > width
        if is_crowded:
            document.add_text(CROWDED, name)
        in_columns = () if is_crowded else numbers[name]
        for at, column in enumerate(columns(name)):
            document.add_unsigned(column, in_columns[at] if at < len(in_columns) else 0)


def fill_columns(document: tantivy.Document) -> None:
    """Gives a document that is no statement's a value in every column: one gap slows the counting of all others."""
    for name in (*SINGLE, *columns()):
        document.add_unsigned(name, 0)
    for name in TOGETHER.values():
        document.add_text(name, "")


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


def _present(value: Value | None) -> tuple[Value, ...]:
    return () if value is None else (value,)
