"""A statement of the data files, written down and brought to its state as people would do it."""

from collections.abc import Mapping

from articles.models import Snapshot
from people.acting import acting
from quotes.annotating import write_quote
from quotes.demo.accounts import Desk
from quotes.demo.catalogue import Catalogue, party
from quotes.demo.files import Marking, Said
from quotes.demo.words import WordsError, find, find_passage
from quotes.models import Addressee, Quote, Statement
from quotes.reviewing import approve, send_back, submit
from quotes.withdrawing import withdraw

# Each state is reached through the ones before it.
SUBMITTED = (Statement.State.SUBMITTED, Statement.State.RETURNED, Statement.State.PUBLISHED, Statement.State.WITHDRAWN)
APPROVED = (Statement.State.PUBLISHED, Statement.State.WITHDRAWN)


def write(said: Said, desk: Desk, catalogue: Catalogue, snapshots: Mapping[str, Snapshot]) -> Statement:
    """The statement with its quotes, addressees and topics, in the state that the data file names.

    The annotator writes and submits it, the reviewer approves or returns it, the editor withdraws it. `snapshots` are
    found by their article's key. Raises WordsError where the words are not found, Refused where a rule forbids it.
    """
    statement = _statement(said, catalogue)
    with acting(desk.annotator):
        for marking in said.quotes:
            _write_quote(statement, said, marking, snapshots[marking.article])
        for table in said.addressees:
            Addressee.objects.create(statement=statement, **party(catalogue, table))
        statement.topics.add(*(catalogue.topics[key] for key in said.topics))
    _bring_to_state(statement, said, desk)
    return statement


def _statement(said: Said, catalogue: Catalogue) -> Statement:
    return Statement(
        speaker=catalogue.people[said.speaker] if said.speaker else None,
        speaker_organization=(
            catalogue.organizations[said.speaker_organization] if said.speaker_organization else None
        ),
        speaker_not_identified=said.speaker_not_identified,
        tenure=catalogue.tenures[said.tenure] if said.tenure else None,
        spoken=said.spoken or None,
        spoken_known=said.spoken_known,
        spoken_evidence=said.spoken_evidence,
        meeting=catalogue.meetings[said.meeting] if said.meeting else None,
        occasion_not_named=said.occasion_not_named,
        label=said.label,
    )


def _write_quote(statement: Statement, said: Said, marking: Marking, snapshot: Snapshot) -> None:
    body = snapshot.body_start, snapshot.body_end
    try:
        anchors = [find(snapshot.text, body, words) for words in marking.spans]
        passage_start, passage_end = find_passage(anchors, marking.passage)
    except WordsError as error:
        msg = f"{said.key} in {marking.article}: {error}"
        raise WordsError(msg) from error
    quote = Quote(
        snapshot=snapshot,
        kind=marking.kind,
        language=snapshot.article.language,
        attribution=marking.attribution,
        passage_start=passage_start,
        passage_end=passage_end,
    )
    write_quote(statement, quote, anchors)


def _bring_to_state(statement: Statement, said: Said, desk: Desk) -> None:
    if said.state not in SUBMITTED:
        return
    with acting(desk.annotator):
        revision = submit(statement, by=desk.annotator)
    with acting(desk.reviewer):
        if said.state == Statement.State.RETURNED:
            send_back(revision, said.comment, by=desk.reviewer)
        elif said.state in APPROVED:
            approve(revision, by=desk.reviewer)
    if said.state == Statement.State.WITHDRAWN:
        with acting(desk.editor):
            withdraw(statement, said.comment, by=desk.editor)
