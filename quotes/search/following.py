"""The indexer: keeps the index equal to what is published, by following the table of changes.

A row is read once every transaction that might still write before it is over (`pg_snapshot_xmin`), in the order of
(xid, seq); so nothing is skipped, however long a transaction took. The place reached is committed together with the
documents.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from quotes.search.documents import documents, every_document
from quotes.search.index import Index, IndexUnavailable, Position, Writer

LAST_SEQ = 2**63 - 1
BATCH = 1_000  # changes taken in at once

# Which history the numbers of transactions belong to: another cluster, another database, or the same one after a
# recovery to a point in time counts anew.
EPOCH = """
    SELECT format('%s-%s-%s', (SELECT system_identifier FROM pg_control_system()),
                  (SELECT timeline_id FROM pg_control_checkpoint()),
                  (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
SETTLED = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
CHANGES = f"""
    SELECT xid, seq, statement_id FROM quotes_change
    WHERE (xid, seq) > (%s, %s) AND xid < {SETTLED}
    ORDER BY xid, seq LIMIT %s
"""  # noqa: S608 - put together from constants

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """What one look at the table of changes brought."""

    changes: int
    position: Position


def epoch() -> str:
    """The name of the database's history."""
    return str(_row(EPOCH)[0])


def rebuild(index: Index) -> int:
    """Fills a new index from the database and puts it in the old one's place; how many statements it holds."""
    # Whatever a transaction does that is not over at this moment is followed afterwards; all others are seen below.
    start = Position(epoch(), int(_row(f"SELECT {SETTLED}")[0]) - 1, LAST_SEQ)
    count = 0
    with index.rebuild() as writer:
        for batch in every_document():
            writer.add(batch)
            count += len(batch)
        writer.replace([], [], start)
    return count


def catch_up(writer: Writer, position: Position) -> Step:
    """Takes in the changes after `position`, at most BATCH of them, in one commit."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [position.xid, position.seq, BATCH])
        rows = cursor.fetchall()
    if not rows:
        return Step(0, position)
    reached = Position(position.epoch, rows[-1][0], rows[-1][1])
    changed = {statement_id for _xid, _seq, statement_id in rows}
    present = documents(changed)
    writer.replace(present, changed - {document.id for document in present}, reached)
    return Step(len(rows), reached)


def follow(index: Index, *, pause: Callable[[], bool]) -> None:
    """Keeps the index up to date until `pause`, called whenever there is nothing to do, says True.

    Rebuilds it first where it is missing, broken, made by another version or of another database. Raises IndexLocked
    where another process writes, and IndexUnavailable where the index was taken away meanwhile: call it again then.
    """
    if index.needs_rebuild() or not _is_of(index, epoch()):
        log.info("rebuilding the search index")
        log.info("the search index is rebuilt: %s statements", rebuild(index))
    with index.writer() as writer:
        position = writer.position()
        if position is None:
            raise IndexUnavailable("The index has no position.")
        while True:
            step = catch_up(writer, position)
            position = step.position
            if step.changes:
                continue
            if pause():
                return
            if index.needs_rebuild():
                raise IndexUnavailable("The search index was deleted.")


def _is_of(index: Index, current: str) -> bool:
    position = index.position()
    return position is not None and position.epoch == current


def _row(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
