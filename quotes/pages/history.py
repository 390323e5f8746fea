"""What became of a statement since it was published, as far as it is the public's: see docs/citing.md."""

import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from quotes.changes import parts_changed
from quotes.models import ErrorReport, Statement


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
    """The events, the first one first. Three queries."""
    approved = statement.revisions.filter(approval__isnull=False).order_by("number")
    told = list(approved.values_list("number", "approval__approved_at", "content"))
    if not told:
        return []
    number, first, _content = told[0]
    found = [Event(first, "published", number)]
    found += [
        Event(at, "revised", number, tuple(parts_changed(before, after)))
        for (_number, _at, before), (number, at, after) in pairwise(told)
    ]
    for withdrawal in statement.withdrawals.filter(withdrawn_at__gte=first):
        found.append(Event(withdrawal.withdrawn_at, "withdrawn", reason=withdrawal.reason))
        if withdrawal.restored_at:
            found.append(Event(withdrawal.restored_at, "restored", reason=withdrawal.restored_why))
    answered = ErrorReport.objects.filter(statement=statement).that_corrected()
    found += [Event(at, "corrected") for at in answered.values_list("answered_at", flat=True) if at]
    return sorted(found, key=lambda event: event.at)
