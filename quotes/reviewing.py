"""The second pair of eyes: submit, approve, send back. The database decides what is due; here it is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Snapshot
from quotes.models import Approval, Opening, Quote, Return, Revision, Seen, Statement
from quotes.refusals import SENTENCES, refusals


def lacking(statement: Statement) -> list[str]:
    """What the statement still needs before it can be submitted, as sentences in the reader's language.

    The database's trigger `revision_holds_content` has the last word; a test holds the two equal.
    """
    lead = statement.lead
    named = statement.speaker_id or statement.speaker_organization_id
    lacks = {
        "statement_has_lead_quote": lead is None,
        "statement_has_speaker": not named
        and not (statement.speaker_not_identified and lead is not None and lead.attribution.strip()),
        "statement_has_spoken_date": statement.spoken is None,
        "statement_has_occasion": statement.meeting_id is None and not statement.occasion_not_named,
    }
    return [str(SENTENCES[rule]) for rule, missing in lacks.items() if missing]


def submit(statement: Statement, *, by: User, note: str = "") -> Revision:
    """The statement's present state as a revision that waits for another person's consent. Raises Refused.

    `note` tells the reviewer what the author wants them to know, or answers what was returned.
    """
    with refusals():
        # The database writes both the number and the content itself.
        revision = Revision.objects.create(statement=statement, submitted_by=by, number=0, content={}, note=note)
    statement.refresh_from_db(fields=["current_revision"])
    revision.refresh_from_db()
    return revision


def approve(revision: Revision, *, by: User) -> Approval:
    """Consent to exactly this revision: the statement is public from now on. Raises Refused."""
    with refusals():
        return Approval.objects.create(revision=revision, approved_by=by)


@dataclass(frozen=True, slots=True)
class Point:
    """Words of a snapshot: from code point `start` of its text to `end`, the end exclusive."""

    snapshot: Snapshot
    start: int
    end: int


def send_back(revision: Revision, comment: str, *, by: User, field: str = "", point: Point | None = None) -> Return:
    """The revision goes back to its authors with what is to be done, and about which words or field. Raises Refused."""
    pointing = {"snapshot": point.snapshot, "span_start": point.start, "span_end": point.end} if point else {}
    with refusals():
        return Return.objects.create(revision=revision, returned_by=by, comment=comment, field=field, **pointing)


def open_for(statement: Statement, user: User) -> Opening | None:
    """Notes that the user reads what waits for review; who else has been at it, if somebody was there first."""
    others = Opening.objects.lasting().exclude(user=user).select_related("user")
    if there := others.filter(statement=statement).first():
        return there
    Opening.objects.update_or_create(statement=statement, defaults={"user": user, "since": timezone.now()})
    return None


def note_seen(statement: Statement, *, by: User) -> None:
    """The user has looked at all that others have changed in the statement up to now."""
    Seen.objects.bulk_create(
        (Seen(revision=revision, user=by) for revision in statement.revisions.not_seen_by(by.pk)),
        ignore_conflicts=True,
    )


def point_at(words: str, quotes: Sequence[Quote]) -> Point | None:
    """Where the words stand in a text of one of the quotes: inside the quote if they do, else as near to it as can be."""
    found = []
    for quote in quotes:
        near = min((span.start for span in quote.spans.all()), default=0)
        for at in re.finditer(re.escape(words), quote.snapshot.text) if words else ():
            inside = any(span.start <= at.start() and at.end() <= span.end for span in quote.spans.all())
            found.append((not inside, abs(at.start() - near), at.span(), quote.snapshot))
    if not found:
        return None
    _inside, _distance, (start, end), snapshot = min(found, key=lambda one: one[:2])
    return Point(snapshot, start, end)
