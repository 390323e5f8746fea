"""The published statements that answer a question, batch after batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from quotes.api.loading import with_all_parts
from quotes.models import Statement
from quotes.models.statement import StatementQuerySet
from quotes.search.finding import NO_FILTERS, Filters
from quotes.search.published import find, records

BATCH: Final = 250  # statements that are in memory at once


@dataclass(frozen=True, slots=True)
class Question:
    """What the search can be asked: words, and what to filter by."""

    words: str = ""
    filters: Filters = NO_FILTERS

    @property
    def is_everything(self) -> bool:
        return not self.words.strip() and self.filters == NO_FILTERS


def batches(question: Question, size: int = BATCH) -> Iterator[list[Statement]]:
    """The statements with all that is told of them, the newest first; never an empty batch.

    By keys, each batch after the last one of the batch before: what stays published meanwhile comes exactly once. Raises
    IndexUnavailable where it asks the index, which it does for words and filters alone.
    """
    return _everything(size) if question.is_everything else _found(question, size)


def _everything(size: int) -> Iterator[list[Statement]]:
    statements = Statement.objects.published().newest()
    batch = list(with_all_parts(statements)[:size])
    while batch:
        yield batch
        batch = list(with_all_parts(statements.older_than(batch[-1].sort_key))[:size])


def _found(question: Question, size: int) -> Iterator[list[Statement]]:
    after: str | None = None
    rows = cast("StatementQuerySet", with_all_parts(Statement.objects.all()))
    while True:
        found = find(question.words, read=records(rows), after=after, limit=size, filters=question.filters)
        if found.statements:
            yield found.statements
        if found.next is None:
            return
        after = found.next
