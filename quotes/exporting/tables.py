"""Quotes as rows of a table: one row for each quote, with its statement, article and source."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from people.edtf import Edtf
from quotes.models import Quote, Statement
from quotes.pages.linked_data import Site

BETWEEN: Final = "; "  # what divides several values in one cell
# With these a spreadsheet takes a cell for a formula, or for text that is to be marked as text.
RISKY: Final = tuple("=+-@\t\r\n'＝＋－＠")
BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """A quote of a statement, and where pages stand."""

    statement: Statement
    quote: Quote
    site: Site


@dataclass(frozen=True, slots=True)
class Column:
    """A name, the type that a table schema gives it, what it means, and its value in a row; "" is none.

    `refers`: to the ids of that table, where a release has several.
    """

    name: str
    type: Literal["string", "integer", "boolean", "date", "datetime"]
    about: str
    value: Callable[[Any], Any]
    refers: str = ""


def safe(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe before what could be one.

    An apostrophe gets one, too, so that one apostrophe taken off gives back what was there.
    """
    return f"'{text}" if text.startswith(RISKY) else text


def quotes_of(statement: Statement) -> list[Quote]:
    """The leading one first."""
    return sorted(statement.quotes.all(), key=lambda quote: (quote.pk != statement.lead_id, quote.pk))


def rows_of(statement: Statement, site: Site) -> list[Row]:
    """Its quotes, the leading one first."""
    return [Row(statement, quote, site) for quote in quotes_of(statement)]


def header(columns: Sequence[Column]) -> str:
    """The first line."""
    return _lines([[column.name for column in columns]])


def lines(rows: Iterable[Any], columns: Sequence[Column]) -> str:
    """The rows as RFC 4180 has them: lines end with CR LF, a cell with a comma, a quotation mark or a line feed is quoted."""
    return _lines([cell(column.value(row)) for column in columns] for row in rows)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as it stands in a table: safe for spreadsheets, `true` and `false` as JSON has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe(str(value))


def _party(name: Literal["speaker", "speaker_organization", "meeting"], field: str) -> Callable[[Row], str]:
    def value(row: Row) -> str:
        record = getattr(row.statement, name)
        return str(getattr(record, field)) if record else ""

    return value


def _office(field: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.statement.tenure.office, field)) if row.statement.tenure else ""


def _article(field: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.quote.snapshot.article, field) or "")


def _source(field: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.quote.snapshot.article.source, field))


def _spoken(row: Row) -> Edtf | None:
    return Edtf.of(row.statement.spoken) if row.statement.spoken else None


def _first(row: Row) -> str:
    spoken = _spoken(row)
    return spoken.first.isoformat() if spoken else ""


def _last(row: Row) -> str:
    spoken = _spoken(row)
    return spoken.last.isoformat() if spoken else ""


def revision_number(statement: Statement) -> int | str:
    """That of the revision that is public; "" where there is none."""
    return statement.current_revision.number if statement.current_revision else ""


def _approved(row: Row) -> str:
    revision = row.statement.current_revision
    return revision.approval.approved_at.isoformat() if revision else ""


QUOTES: Final = (
    Column("quote_id", "string", "The quote; never reused.", lambda row: row.quote.public_id),
    Column("statement_id", "string", "The statement that it words; never reused.", lambda row: row.statement.public_id),
    Column("is_lead", "boolean", "Whether its wording is shown first.", lambda row: row.quote.pk == row.statement.lead_id),
    Column(
        "url", "string", "The statement's page; it stays.",
        lambda row: row.site.id_of("statement", row.statement.public_id),
    ),
    Column("kind", "string", "direct, indirect, mixed: the words of what is not direct are the reporter's.", lambda row: row.quote.kind),
    Column("language", "string", "Of the words, as two letters.", lambda row: row.quote.language),
    Column("words", "string", "As printed; where the report breaks them off, « […] » stands between.", lambda row: row.quote.words),
    Column(
        "spans", "string", "Where in the snapshot's text: code points from 0, the end exclusive: 278-950; 1651-1973.",
        lambda row: BETWEEN.join(f"{span.start}-{span.end}" for span in row.quote.spans.all()),
    ),
    Column("passage", "string", "The telling part, where one is marked.", lambda row: row.quote.passage),
    Column("attribution", "string", "The words that name the speaker, as printed.", lambda row: row.quote.attribution),
    Column("label", "string", "A nickname of the statement. Not verbatim.", lambda row: row.statement.label),
    Column("speaker_id", "string", "The person who spoke.", _party("speaker", "public_id"), "people"),
    Column("speaker", "string", "Their name.", _party("speaker", "name")),
    Column("speaker_organization_id", "string", "The body that spoke.", _party("speaker_organization", "public_id")),
    Column("speaker_organization", "string", "Its name.", _party("speaker_organization", "name")),
    Column("speaker_not_identified", "boolean", "The text does not say who.", lambda row: row.statement.speaker_not_identified),
    Column("office_id", "string", "The office in which the speaker spoke.", _office("public_id")),
    Column("office", "string", "Its name.", _office("name")),
    Column("spoken", "string", "When it was said, as EDTF: 2024-03-04, 2024-03, 2024-35 (third quarter), 2024.", lambda row: row.statement.spoken or ""),
    Column("spoken_first", "date", "The first day that can mean.", _first),
    Column("spoken_last", "date", "The last day that can mean.", _last),
    Column("spoken_known_by", "string", "text, address, publication, other.", lambda row: row.statement.spoken_known),
    Column("spoken_evidence", "string", "The other source of the date.", lambda row: row.statement.spoken_evidence),
    Column("meeting_id", "string", "The occasion.", _party("meeting", "public_id"), "meetings"),
    Column("meeting", "string", "Its name.", _party("meeting", "name")),
    Column("occasion_not_named", "boolean", "The text names no occasion.", lambda row: row.statement.occasion_not_named),
    Column(
        "topic_ids", "string", "Subject headings, divided by “; ”.",
        lambda row: BETWEEN.join(topic.public_id for topic in row.statement.topics.all()),
    ),
    Column(
        "topics", "string", "Their names, in the same order.",
        lambda row: BETWEEN.join(topic.name for topic in row.statement.topics.all()),
    ),
    Column("article_id", "string", "The article that prints it.", _article("public_id"), "articles"),
    Column("title", "string", "Its title.", _article("title")),
    Column("byline", "string", "Its authors, as printed.", _article("byline")),
    Column("address", "string", "Where it was published; empty for a text without an address.", _article("address")),
    Column("published", "string", "When it was published, as EDTF.", _article("published")),
    Column("published_known_by", "string", "text, address, publication, other.", _article("published_known")),
    Column("source_id", "string", "Who published it.", _source("public_id"), "sources"),
    Column("source", "string", "Their name.", _source("name")),
    Column("source_kind", "string", "agency, newspaper, official, broadcaster, channel, sample.", _source("kind")),
    Column("snapshot_id", "string", "The text as it was retrieved.", lambda row: row.quote.snapshot.public_id, "snapshots"),
    Column("text_sha256", "string", "SHA-256 of that text in UTF-8.", lambda row: row.quote.snapshot.text_sha256),
    Column("retrieved_at", "datetime", "When it was retrieved.", lambda row: row.quote.snapshot.retrieved_at.isoformat()),
    Column("revision", "integer", "The statement's revision that is public.", lambda row: revision_number(row.statement)),
    Column("approved_at", "datetime", "When it became public.", _approved),
)  # fmt: skip
