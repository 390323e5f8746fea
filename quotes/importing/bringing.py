"""A sheet's rows become drafts: all that were promised, or none."""

from collections.abc import Collection, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import OuterRef, Subquery

from articles.ingest import ingest, pasted
from articles.models import Snapshot
from articles.refusals import NotTakenIn
from people.acting import acting
from people.models import Organization, Person
from people.names import LANGUAGES
from quotes.holding import OfficesThen
from quotes.importing.archive import batches
from quotes.importing.entries import Entry, Status
from quotes.importing.planning import Plan, plain, plan
from quotes.importing.sheets import Sheet
from quotes.models import Quote, Span, Statement
from quotes.refusals import refusals


class NotBroughtIn(Exception):  # noqa: N818 - the name says what happened
    """Nothing was written. `code`: refused_rows, unknown_speakers, nothing_new, or changed (something else would happen
    now than what was shown).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def bring_in(
    sheet: Sheet, *, by: AbstractBaseUser, seen: str, new_people: Collection[str], may_take_in: bool
) -> list[Statement]:
    """The drafts made of the rows, in their order, with articles and people that are new; all in one transaction.

    `seen` is the fingerprint of the plan that somebody read; `new_people` are names to make records for. One sheet is
    brought in at a time, and nobody adds quotes to its texts meanwhile. Raises `NotBroughtIn`, or Refused where a rule
    forbids it; then nothing is written.
    """
    with acting(by):
        _alone()
        planned = plan(sheet, may_take_in=may_take_in, lock=True)
        if planned.fingerprint != seen:
            raise NotBroughtIn("changed")
        _check(planned, new_people)
        if planned.archive.to_take_in:
            _take_in(planned, by)
            planned = plan(sheet, may_take_in=may_take_in, lock=True)
            # A text that is taken in is read as it was when it was tried; if not, what was shown is not what would be.
            if planned.fingerprint != seen:
                raise NotBroughtIn("changed")
        return _write(planned)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('bring in a sheet', 0))")


def _check(planned: Plan, new_people: Collection[str]) -> None:
    counts = planned.counts
    if counts[Status.REFUSED]:
        raise NotBroughtIn("refused_rows")
    if not planned.fresh:
        raise NotBroughtIn("nothing_new")
    if not planned.new_people.keys() <= set(new_people):
        raise NotBroughtIn("unknown_speakers")


def _take_in(planned: Plan, by: AbstractBaseUser) -> None:
    """The articles of which a row becomes a draft."""
    to_take_in = planned.archive.to_take_in
    for address in dict.fromkeys(entry.address for entry in planned.fresh if entry.address in to_take_in):
        one = to_take_in[address]
        try:
            ingest(
                pasted(one.given),
                method=Snapshot.Method.PASTE,
                by=by,
                address=one.address,
                published=one.published,
                published_known="publication" if one.published else "",
            )
        except NotTakenIn as refusal:
            raise NotBroughtIn("changed") from refusal


def _write(planned: Plan) -> list[Statement]:
    """Statements, quotes and spans of all rows, a few statements of SQL for each kind of row."""
    fresh = planned.fresh
    with refusals():
        made = _new_people(planned)
        offices = OfficesThen([speaker for entry in fresh if isinstance(speaker := _speaker(entry, made), Person)])
        statements = [_statement(entry, _speaker(entry, made), offices) for entry in fresh]
        Statement.objects.bulk_create(statements, batch_size=1000)
        quotes = [_quote(entry, statement) for entry, statement in zip(fresh, statements, strict=True)]
        Quote.objects.bulk_create(quotes, batch_size=1000)
        Span.objects.bulk_create(
            (
                Span(quote=quote, start=anchor.start, end=anchor.end, exact=anchor.exact)
                for entry, quote in zip(fresh, quotes, strict=True)
                for anchor in entry.anchors
            ),
            batch_size=1000,
        )
        _lead(statements)
        link = Statement.topics.through
        link._default_manager.bulk_create(
            [
                link(statement=statement, topic=topic)
                for entry, statement in zip(fresh, statements, strict=True)
                for topic in {topic.pk: topic for topic in entry.topics}.values()
            ],
            batch_size=1000,
        )
    return statements


def _lead(statements: Sequence[Statement]) -> None:
    """Each statement's only quote leads it."""
    own = Quote.objects.filter(statement=OuterRef("pk")).values("pk")[:1]
    for batch in batches(statements):
        Statement.objects.filter(pk__in=[statement.pk for statement in batch]).update(lead=Subquery(own))


def _new_people(planned: Plan) -> dict[str, Person]:
    """Records for the names that nobody on record has, each in the language of the first article that gives it."""
    named = planned.new_people
    people = [Person(**{f"name_{_language(entries[0])}": " ".join(name.split())}) for name, entries in named.items()]
    Person.objects.bulk_create(people)
    return {plain(name): person for name, person in zip(named, people, strict=True)}


def _language(entry: Entry) -> str:
    language = entry.article.language if entry.article else ""
    return language if language in LANGUAGES else LANGUAGES[0]


def _speaker(entry: Entry, made: dict[str, Person]) -> Person | Organization | None:
    return made[plain(entry.name)] if entry.is_of_somebody_new else entry.speaker


def _statement(entry: Entry, speaker: Person | Organization | None, offices: OfficesThen) -> Statement:
    person = speaker if isinstance(speaker, Person) else None
    return Statement(
        speaker=person,
        speaker_organization=speaker if isinstance(speaker, Organization) else None,
        speaker_not_identified=entry.is_not_identified,
        tenure=offices.of(person, entry.spoken) if person and entry.spoken else None,
        spoken=entry.spoken,
        spoken_known=entry.known,
        spoken_evidence=entry.values.get("spoken_evidence", "") if entry.spoken else "",
        meeting=entry.meeting,
        occasion_not_named=entry.is_not_named,
        label=entry.values.get("label", ""),
    )


def _quote(entry: Entry, statement: Statement) -> Quote:
    start, end = entry.passage or (None, None)
    assert entry.snapshot is not None  # noqa: S101 - what is planned with a lock has its snapshot
    return Quote(
        statement=statement,
        snapshot=entry.snapshot,
        kind=entry.kind,
        language=entry.snapshot.article.language or "ru",
        attribution=entry.values.get("attribution", ""),
        passage_start=start,
        passage_end=end,
    )
