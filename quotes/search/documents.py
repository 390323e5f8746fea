"""Rows → what the index keeps of published statements."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from articles.models import Snapshot
from people.edtf import Edtf
from people.names import LANGUAGES, Trilingual
from quotes.models import Quote, Statement
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


def _readable() -> QuerySet[Statement]:
    """What this reads is what the triggers `changes` watch: a table added here needs one there."""
    snapshots = Prefetch("quotes__snapshot", Snapshot.objects.light().select_related("article__source"))
    return (
        Statement.objects.published()
        .select_related("speaker", "speaker_organization", "tenure__office", "meeting", "current_revision__approval")
        .defer("current_revision__content")
        .prefetch_related("speaker__names", "addressees__person__names", "addressees__organization", "topics__parent")
        .prefetch_related("quotes__spans", snapshots)
    )


def _document(statement: Statement) -> StatementDocument:
    quotes = list(statement.quotes.all())
    approval = statement.current_revision.approval if statement.current_revision else None
    topics = {topic for each in statement.topics.all() for topic in (each, each.parent) if topic}
    return StatementDocument(
        id=statement.pk,
        day=Edtf.of(statement.spoken).first if statement.spoken else None,
        words=tuple(Wording(span.exact, quote.language) for quote in quotes for span in quote.spans.all()),
        label=(Wording(statement.label),) if statement.label else (),
        names=tuple(_names(statement, quotes)),
        speaker=statement.speaker_id,
        organization=statement.speaker_organization_id,
        office=statement.tenure.office_id if statement.tenure else None,
        meeting=statement.meeting_id,
        sources=tuple(quote.snapshot.article.source_id for quote in quotes),
        articles=tuple(quote.snapshot.article_id for quote in quotes),
        topics=tuple(topic.pk for topic in topics),
        kinds=tuple(quote.kind for quote in quotes),
        languages=tuple(quote.language for quote in quotes),
        approval=approval.pk if approval else 0,
        approved=timezone.localdate(approval.approved_at) if approval else None,
        published=tuple(_first_days([quote.snapshot.article.published for quote in quotes])),
    )


def _first_days(dates: Iterable[str | None]) -> Iterator[datetime.date]:
    return (Edtf.of(date).first for date in dates if date)


def _names(statement: Statement, quotes: list[Quote]) -> Iterator[Wording]:
    """All else than its words by which people look for a statement."""
    yield from (Wording(quote.attribution, quote.language) for quote in quotes if quote.attribution)
    named: list[Trilingual | None] = [statement.speaker, statement.speaker_organization, statement.meeting]
    named.append(statement.tenure.office if statement.tenure else None)
    if statement.tenure:
        yield from (Wording(epithet) for epithet in statement.tenure.office.epithets)
    for addressee in statement.addressees.all():
        named += [addressee.person, addressee.organization]
        if addressee.in_words:
            yield Wording(addressee.in_words)
    named += [quote.snapshot.article.source for quote in quotes]
    named += statement.topics.all()
    for record in named:
        yield from _names_of(record)
    people = [statement.speaker, *(addressee.person for addressee in statement.addressees.all())]
    for person in filter(None, people):
        yield from (Wording(name.text, name.language or None) for name in person.names.all())


def _names_of(record: Trilingual | None) -> Iterator[Wording]:
    for language in LANGUAGES:
        if name := getattr(record, f"name_{language}", ""):
            yield Wording(name, language)
