"""The tables of a release beside the quotes: their columns, and where their rows come from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from articles.models import Snapshot
from people.fields import OPEN
from people.models import Tenure
from quotes.exporting.tables import BETWEEN, Column
from quotes.models import Withdrawal
from quotes.pages import visible

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name, what it has, its columns, of which `key` names a row, and its rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[], QuerySet[Any]]
    key: str = "id"


def batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The rows in the order of their numbers, so many at once as memory bears."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield batch


def _id(about: str) -> Column:
    return Column("id", "string", about, attrgetter("public_id"))


def _plain(name: str, about: str, path: str = "") -> Column:
    value = attrgetter(path or name)
    return Column(name, "string", about, lambda row: value(row) or "")


NAMES: Final = tuple(
    _plain(f"name_{code}", f"Its name in {language}.")
    for code, language in (("ru", "Russian"), ("be", "Belarusian"), ("en", "English"))
)


def _tenures() -> QuerySet[Tenure]:
    return visible.tenures().select_related("person", "office__organization")


def _snapshots() -> QuerySet[Snapshot]:
    return visible.snapshots().light().select_related("article")


def _withdrawals() -> QuerySet[Withdrawal]:
    """Of statements that the public has seen before: others were never withdrawn from it."""
    of_public = Q(statement__revisions__approval__approved_at__lte=F("withdrawn_at"))
    return Withdrawal.objects.filter(of_public, restored_at=None).select_related("statement").distinct()


TABLES: Final = (
    Table(
        "people", "People who made a published statement.",
        (
            _id("The person; never reused."), *NAMES,
            Column("other_names", "string", "Aliases and other spellings, divided by “; ”.", lambda row: BETWEEN.join(name.text for name in row.names.all())),
            _plain("about", "A few words that tell namesakes apart."),
        ),
        lambda: visible.people().prefetch_related("names"),
    ),
    Table(
        "tenures", "Who held which office when.",
        (
            Column("number", "integer", "Of this row, within this release.", attrgetter("pk")),
            Column("person_id", "string", "Who.", attrgetter("person.public_id"), "people"),
            _plain("office_id", "The office; never reused.", "office.public_id"),
            *(_plain(f"office_{code}", "Its name.", f"office.name_{code}") for code in ("ru", "be", "en")),
            Column("organization", "string", "Of which body.", lambda row: row.office.organization.name if row.office.organization else ""),
            _plain("start", "From, as EDTF."), _plain("start_known_by", "text, address, publication, other.", "start_known"),
            Column("end", "string", "Until, as EDTF; empty where it is not known or lasts.", lambda row: "" if row.end in (None, OPEN) else row.end),
            Column("ongoing", "boolean", "Whether the person still holds it.", lambda row: row.end == OPEN),
            _plain("evidence", "Where the dates are from."),
        ),
        _tenures, "number",
    ),
    Table(
        "meetings", "Occasions of published statements.",
        (
            _id("The occasion; never reused."), *NAMES, _plain("kind", "What kind of occasion."),
            _plain("start", "From, as EDTF."), _plain("end", "Until, as EDTF."), _plain("place", "Where."),
        ),
        visible.meetings,
    ),
    Table(
        "sources", "Who published.",
        (_id("The source; never reused."), *NAMES, _plain("kind", "agency, newspaper, official, broadcaster, channel, sample."), _plain("host", "The site’s name."), _plain("country", "Two letters.")),
        visible.sources,
    ),
    Table(
        "articles", "Where it was reported.",
        (
            _id("The article; never reused."), Column("source_id", "string", "Who published it.", attrgetter("source.public_id"), "sources"),
            _plain("title", "As printed."), _plain("address", "Where it was published."), _plain("byline", "As printed."),
            _plain("credit", "The line that names another source, as printed."), _plain("language", "Two letters."),
            _plain("published", "When, as EDTF."), _plain("published_known_by", "text, address, publication, other.", "published_known"),
        ),
        lambda: visible.articles().select_related("source"),
    ),
    Table(
        "snapshots", "Texts as they were retrieved, by their hashes.",
        (
            _id("The snapshot; never reused."), Column("article_id", "string", "Whose text it is.", attrgetter("article.public_id"), "articles"),
            Column("retrieved_at", "datetime", "When.", lambda row: row.retrieved_at.isoformat()),
            _plain("text_sha256", "SHA-256 of the text in UTF-8."), _plain("raw_sha256", "SHA-256 of the bytes."),
            _plain("proof", "The hash by which single words of the text can be proven.", "proof.root"),
        ),
        _snapshots,
    ),
    Table(
        "withdrawn", "Statements that were public and are taken back; no table above has them.",
        (
            Column("id", "string", "The statement.", attrgetter("statement.public_id")),
            Column("withdrawn_at", "datetime", "When.", lambda row: row.withdrawn_at.isoformat()),
            _plain("reason", "Why, as readers are told."),
        ),
        _withdrawals,
    ),
)  # fmt: skip
