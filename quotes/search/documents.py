"""Rows → what the index keeps of published statements."""

from collections.abc import Iterable, Iterator

from people.edtf import Edtf
from people.models import Organization, Person
from people.names import LANGUAGES, Trilingual
from quotes.models import Statement
from quotes.search.schema import StatementDocument, Wording

BATCH = 500


def documents(ids: Iterable[int]) -> list[StatementDocument]:
    """The documents of those of the statements that are published; the others have none."""
    return [_document(statement) for statement in _readable().filter(pk__in=list(ids))]


def every_document() -> Iterator[list[StatementDocument]]:
    """The documents of all published statements, in batches, in the order of their numbers."""
    last = 0
    while batch := list(_readable().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield [_document(statement) for statement in batch]


def _readable() -> "Statement.objects.__class__":  # type: ignore[name-defined]
    return (
        Statement.objects.published()
        .select_related("speaker", "speaker_organization", "tenure__office", "meeting")
        .prefetch_related(
            "speaker__names",
            "addressees__person__names",
            "addressees__organization",
            "meeting__participants__person__names",
            "meeting__participants__organization",
            "topics__parent",
            "quotes__spans",
            "quotes__snapshot__article__source",
        )
        .defer("quotes__snapshot__raw", "quotes__snapshot__text")
    )
