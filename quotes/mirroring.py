"""What a copy of the published statements has to take in, in the order in which it became true.

The table of changes is read as the search index reads it (`quotes.search.following`): by transaction, and only what is
older than every transaction still under way. So nothing that a slow transaction wrote is passed by.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from quotes.models import Statement
from quotes.search.following import LAST_SEQ, SETTLED, epoch

# Changes looked at in one go, and how often in one answer: most of a busy day's are of drafts, which nobody is told of.
BATCH = 2_000
ROUNDS = 10
# What is settled at this moment, and what no transaction of this history has been numbered with yet.
BOUNDS = f"SELECT {SETTLED} - 1, pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
NEXT = """
    SELECT xid, seq, statement_id FROM quotes_change
    WHERE (xid, seq) > (%s, %s) AND xid <= %s ORDER BY xid, seq LIMIT %s
"""
# A row is of no use once a later one says the same and may be read: whoever has not come to it will come to that one.
PRUNE = f"""
    DELETE FROM quotes_change WHERE seq IN (
        SELECT seq FROM (
            SELECT seq, row_number() OVER (PARTITION BY statement_id ORDER BY xid DESC, seq DESC) AS age
            FROM quotes_change WHERE xid < {SETTLED}
        ) AS numbered WHERE age > 1
    )
"""  # noqa: S608 - put together from constants


class AnotherHistory(Exception):  # noqa: N818 - an answer, told to the program that asked
    """The place lies in a history that this database does not have: it was restored from a backup since."""


@dataclass(frozen=True)
class Place:
    """Up to where a copy has followed: all up to the row `seq` of the transaction `xid`, in the history `epoch`.

    While a copy takes in what there was when it began, `walked` is the number of the last statement that it has.
    """

    epoch: str
    xid: int
    seq: int
    walked: int | None = None


@dataclass(frozen=True)
class Reached:
    """The statements that changed, each once; the place after them; whether more have changed already."""

    statements: list[int]
    place: Place
    more: bool


def history() -> str:
    """The name of the database's history, as it is told to programs."""
    return hashlib.sha256(epoch().encode()).hexdigest()[:16]


def here() -> Place:
    """The place from which a copy that begins now has to follow: what is read after this moment has all before it."""
    settled, _unknown = _bounds()
    return Place(history(), settled, LAST_SEQ)


def beginning() -> Place:
    """The place of a copy that has nothing yet: from it all statements are told first, then what has changed meanwhile."""
    return replace(here(), walked=0)


def changed_after(place: Place, at_most: int) -> Reached:
    """The statements, of those that were ever public, that may have changed after the place; bounded in all ways.

    There may be none though `more` is true: then many drafts have changed. Raises AnotherHistory.
    """
    settled, unknown = _bounds()
    if place.epoch != history() or place.xid >= unknown:
        raise AnotherHistory
    if place.walked is not None:
        return _walked(place, place.walked, at_most)
    found: dict[int, None] = {}
    for _round in range(ROUNDS):
        rows = _rows_after(place, settled)
        public = _ever_public(statement for _xid, _seq, statement in rows)
        for xid, seq, statement in rows:
            if statement in public and statement not in found:
                if len(found) == at_most:
                    return Reached(list(found), place, more=True)
                found[statement] = None
            place = Place(place.epoch, xid, seq)
        if len(rows) < BATCH:
            # All that is settled was read, rows of drafts too: nothing of them shows in the place.
            end = Place(place.epoch, settled, LAST_SEQ) if place.xid <= settled else place
            return Reached(list(found), end, more=False)
    return Reached(list(found), place, more=True)


def prune() -> int:
    """Deletes what later changes say again; how many rows. No follower misses anything, wherever it stands."""
    with connection.cursor() as cursor:
        cursor.execute(PRUNE)
        return int(cursor.rowcount)


def _walked(place: Place, after: int, at_most: int) -> Reached:
    """The published statements of the next numbers. What changes behind a walk is told once it is over: there is more."""
    public = Statement.objects.published().filter(pk__gt=after).order_by("pk")
    numbers = list(public.values_list("pk", flat=True)[: at_most + 1])
    walked = numbers[at_most - 1] if len(numbers) > at_most else None
    return Reached(numbers[:at_most], replace(place, walked=walked), more=True)


def _bounds() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS)
        settled, unknown = cursor.fetchone()
    return settled, unknown


def _rows_after(place: Place, settled: int) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [place.xid, place.seq, settled, BATCH])
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows


def _ever_public(statements: Iterable[int]) -> set[int]:
    return set(Statement.objects.ever_published().filter(pk__in=set(statements)).values_list("pk", flat=True))
