"""The second pair of eyes: submit, approve, send back. The database decides what is due; here it is asked."""

from django.contrib.auth.models import User

from quotes.models import Approval, Return, Revision, Statement
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


def submit(statement: Statement, *, by: User) -> Revision:
    """The statement's present state as a revision that waits for another person's consent. Raises Refused."""
    with refusals():
        # The database writes both the number and the content itself.
        revision = Revision.objects.create(statement=statement, submitted_by=by, number=0, content={})
    statement.refresh_from_db(fields=["current_revision"])
    revision.refresh_from_db()
    return revision


def approve(revision: Revision, *, by: User) -> Approval:
    """Consent to exactly this revision: the statement is public from now on. Raises Refused."""
    with refusals():
        return Approval.objects.create(revision=revision, approved_by=by)


def send_back(revision: Revision, comment: str, *, by: User) -> Return:
    """The revision goes back to its authors with what is to be done. Raises Refused."""
    with refusals():
        return Return.objects.create(revision=revision, returned_by=by, comment=comment)
