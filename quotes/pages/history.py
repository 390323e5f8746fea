"""What became of a statement since it was published, as far as it is the public's: see docs/citing.md."""

import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.db import connection

from quotes.changes import parts_changed
from quotes.models import Statement

# What is asked for every page of a statement is one query. A withdrawal from before it was public is nobody's business.
TOLD = """
WITH approved AS (
    SELECT approved_at AS at, number, content FROM quotes_revision r JOIN quotes_approval a ON a.revision_id = r.id
    WHERE r.statement_id = %(statement)s ORDER BY number
), withdrawal AS (
    SELECT * FROM quotes_withdrawal
    WHERE statement_id = %(statement)s AND withdrawn_at >= (SELECT min(at) FROM approved)
)
SELECT 'approved', at, number, content::json, '' FROM approved
UNION ALL SELECT 'withdrawn', withdrawn_at, 0, NULL, reason FROM withdrawal
UNION ALL SELECT 'restored', restored_at, 0, NULL, restored_why FROM withdrawal WHERE restored_at IS NOT NULL
UNION ALL SELECT 'corrected', answered_at, 0, NULL, '' FROM quotes_errorreport
    WHERE statement_id = %(statement)s AND decision = 'corrected' AND answered_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when; of a revision its number and what changed in it; of a withdrawal why.

    Nobody's name, no earlier wording, and nothing of what was not published.
    """

    at: datetime.datetime
    kind: Literal["published", "revised", "withdrawn", "restored", "corrected"]
    number: int = 0
    changed: tuple[str, ...] = ()
    reason: str = ""


def public_history(statement: Statement) -> list[Event]:
    """The events, the first one first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, {"statement": statement.pk})
        rows = cursor.fetchall()
    approved = [(number, at, content) for kind, at, number, content, _reason in rows if kind == "approved"]
    if not approved:
        return []
    number, first, _content = approved[0]
    found = [Event(first, "published", number)]
    found += [
        Event(at, "revised", number, tuple(parts_changed(before, after)))
        for (_number, _at, before), (number, at, after) in pairwise(approved)
    ]
    found += [Event(at, kind, reason=reason) for kind, at, _number, _content, reason in rows if kind != "approved"]
    return sorted(found, key=lambda event: event.at)
