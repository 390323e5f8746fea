"""Who and what has a public page: records with a published statement, and no others.

A name may still be printed elsewhere, as a published statement's addressee; then it is no link.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.models import Article, Snapshot, Source
from articles.models.snapshot import SnapshotQuerySet
from people.models import Meeting, Office, Organization, Person, Tenure
from people.names import LANGUAGES
from quotes.models import Quote, Statement, Topic
from quotes.models.quote import QuoteQuerySet
from quotes.search.generations import Mark
from quotes.search.published import index

AMONG: Final = "SELECT pk FROM ({shown}) AS shown WHERE pk = ANY (%s)"


def people() -> QuerySet[Person]:
    """People who made a published statement."""
    return Person.objects.current().filter(_published(speaker=OuterRef("pk")))


def person(public_id: str) -> Person:
    """Who has that id, or took over the record that had it. Raises Http404 for who made no published statement."""
    record = get_object_or_404(Person.objects.select_related("merged_into"), public_id=public_id)
    shown = record.merged_into or record
    if not Statement.objects.by(shown).published().exists():
        raise Http404
    return shown


def organizations() -> QuerySet[Organization]:
    """Bodies that made a published statement themselves; they have no page yet, but can be filtered by."""
    return Organization.objects.filter(_published(speaker_organization=OuterRef("pk")))


def offices() -> QuerySet[Office]:
    """Offices in which published statements were made; they have no page either."""
    spoken_in = Tenure.objects.filter(_published(tenure=OuterRef("pk")), office=OuterRef("pk"))
    return Office.objects.filter(Exists(spoken_in))


def tenures() -> QuerySet[Tenure]:
    """The offices that people with a page have held, as it tells them."""
    return Tenure.objects.filter(person__in=people())


def held_offices() -> QuerySet[Office]:
    """The offices of such tenures."""
    return Office.objects.filter(Exists(tenures().filter(office=OuterRef("pk"))))


def named_organizations() -> QuerySet[Organization]:
    """Bodies that made a published statement, and those that such offices belong to."""
    return Organization.objects.filter(
        _published(speaker_organization=OuterRef("pk")) | Q(Exists(held_offices().filter(organization=OuterRef("pk"))))
    )


def meetings() -> QuerySet[Meeting]:
    """Occasions of published statements."""
    return Meeting.objects.filter(_published(meeting=OuterRef("pk")))


def quotes() -> QuoteQuerySet:
    """Quotes of published statements."""
    return Quote.objects.filter(statement__in=Statement.objects.published())


def articles() -> QuerySet[Article]:
    """Articles that report a published statement."""
    return Article.objects.filter(Exists(quotes().filter(snapshot__article=OuterRef("pk"))))


def snapshots() -> SnapshotQuerySet:
    """Texts in which such quotes stand."""
    return Snapshot.objects.filter(Exists(quotes().filter(snapshot=OuterRef("pk"))))


def sources() -> QuerySet[Source]:
    """Sources of such articles."""
    return Source.objects.filter(Exists(quotes().filter(snapshot__article__source=OuterRef("pk"))))


def topics() -> QuerySet[Topic]:
    """Topics, and the broader topics above them, that published statements have."""
    # Each by an index of its own: one condition with OR would look through all statements for a topic that has few.
    return Topic.objects.filter(_published(topics=OuterRef("pk")) | _published(topics__parent=OuterRef("pk")))


PUBLIC: Final[dict[type[Model], Callable[[], QuerySet[Any]]]] = {
    Statement: Statement.objects.published,
    Person: people,
    Organization: organizations,
    Office: offices,
    Meeting: meetings,
    Source: sources,
    Topic: topics,
}


def counted(kind: type[Model], numbers: Collection[int], *, is_up_to_date: bool) -> dict[int, Any]:
    """Records of a kind by their numbers, with their names, for those that the search index has counted.

    Whether they still have a published statement is asked of the record only where the index lags. Else what was read is
    remembered until the index takes in the next change: a record that is named otherwise changes all its statements.
    """
    if not is_up_to_date:
        return _named(PUBLIC[kind](), numbers)
    known = _remembered(index().mark())
    if missing := [number for number in numbers if (kind, number) not in known]:
        for number, record in _named(kind._default_manager.all(), missing).items():
            known[kind, number] = record
    return {number: known[kind, number] for number in numbers if (kind, number) in known}


def called(kind: type[Model], public_ids: Collection[str], *, is_up_to_date: bool) -> list[Any]:
    """Records of a kind that have a published statement, by their public ids; remembered as `counted` does."""
    if not is_up_to_date:
        return list(PUBLIC[kind]().filter(public_id__in=public_ids))
    known = _remembered(index().mark())
    if missing := [public_id for public_id in public_ids if (kind, public_id) not in known]:
        for record in PUBLIC[kind]().filter(public_id__in=missing):
            known[kind, record.public_id] = record
    return [known[kind, public_id] for public_id in public_ids if (kind, public_id) in known]


def _named(rows: QuerySet[Any], numbers: Collection[int]) -> dict[int, Any]:
    parent = ["parent"] if rows.model is Topic else []
    return rows.only("public_id", *(f"name_{language}" for language in LANGUAGES), *parent).in_bulk(numbers)


@lru_cache(maxsize=1)
def _remembered(_mark: Mark) -> dict[tuple[type[Model], int | str], Any]:
    """What is known of records, by number and by id, since this commit of the index: of public ones at most."""
    return {}


def among(kind: type[Model], numbers: Collection[int]) -> frozenset[int]:
    """Which of these records of a kind have a published statement; one query."""
    if not numbers:
        return frozenset()
    shown, parameters = written(kind)
    with connection.cursor() as cursor:
        cursor.execute(AMONG.format(shown=shown), [*parameters, list(numbers)])
        return frozenset(number for (number,) in cursor.fetchall())


@cache
def written(kind: type[Model]) -> tuple[str, tuple[Any, ...]]:
    """The numbers of a kind's public records as SQL, and its parameters: writing it takes longer than answering it."""
    return PUBLIC[kind]().order_by().values("pk").query.sql_with_params()


def linked(people_named: Iterable[Person | None]) -> frozenset[int]:
    """Which of these people have a page, as the numbers of their records; one query."""
    return among(Person, {person.pk for person in people_named if person})


def _published(**lookups: OuterRef) -> Q:
    """Whether there is a published statement: NULL where there is none, so never to be negated.

    A value and no EXISTS, which PostgreSQL makes a join of: for two people it then gathers all that both have said.
    """
    found = Statement.objects.published().filter(**lookups).order_by().values_list(Value(True))[:1]
    return Q(Subquery(found, output_field=BooleanField()))
