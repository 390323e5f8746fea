"""What statements can be filtered by, and the rows that pass: the same `Filters` for the index and for the database."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Source
from people.models import Meeting, Office, Organization, Person
from quotes.api.asking import Asked, Parameter, choices, day, id_list, patterns
from quotes.models import Quote, Statement, Topic
from quotes.search.finding import ANY_DAY, NO_FILTERS, Days, Filters
from quotes.search.schema import ID_BITS

IDS: Final = id_list("id", _("Ids of the records themselves, to read several at once."))
SPEAKER: Final = id_list("speaker", _("Who spoke: ids of people, or of organizations that speak themselves."))
OFFICE: Final = id_list("office", _("Offices in which the speaker spoke."))
ORGANIZATION: Final = id_list(
    "organization", _("Organizations that speak themselves, or in one of whose offices somebody speaks.")
)
MEETING: Final = id_list("meeting", _("Occasions."))
SOURCE: Final = id_list("source", _("Sources that report it."))
ARTICLE: Final = id_list("article", _("Articles that report it."))
TOPIC: Final = id_list("topic", _("Topics, each with its narrower ones."))
KIND: Final = choices("kind", _("Kinds of speech."), Quote.Kind.values)
LANGUAGES: Final = patterns(
    "language", _("Languages of the quotes, as two letters: ru, be, en."), "[a-z]{2,3}", "ru,be"
)
YEAR: Final = patterns("year", _("Years in which it was said."), "[12][0-9]{3}", "2024,2025")


def range_of(name: str, first: Promise, last: Promise) -> tuple[Parameter, Parameter]:
    """Two parameters for the days from one to another, both included."""
    return day(f"{name}_from", first), day(f"{name}_to", last)


# An imprecise date counts in one place only, that of the lists' own order: ranges that follow each other give each
# statement once.
SPOKEN: Final = range_of(
    "spoken",
    _("Said on this day or later. A date that is known to the month or the year alone counts as its first day."),
    _("Said on this day or earlier. A date that is known to the month or the year alone counts as its first day."),
)
PUBLISHED: Final = range_of(
    "published",
    _("Reported by an article of this day or later; an imprecise date counts as its first day."),
    _("Reported by an article of this day or earlier; an imprecise date counts as its first day."),
)
APPROVED: Final = range_of(
    "approved",
    _("Made public here, in its present words, on this day or later."),
    _("Made public here, in its present words, on this day or earlier."),
)
OF_STATEMENTS: Final = (
    *(SPEAKER, OFFICE, ORGANIZATION, MEETING, SOURCE, ARTICLE, TOPIC, KIND, LANGUAGES, YEAR),
    *(*SPOKEN, *PUBLISHED, *APPROVED),
)


class NothingPublic(Exception):  # noqa: N818 - the name says what happened
    """A filter names records of which none is in the record: nothing passes it."""


def numbers_of(model: type[Model], public_ids: Iterable[str]) -> frozenset[int]:
    """The numbers of the rows with these public ids; that of whoever took a merged person's record over."""
    rows = model._default_manager.filter(public_id__in=list(public_ids))
    if model is not Person:
        return frozenset(rows.values_list("pk", flat=True))
    return frozenset(into or pk for pk, into in rows.values_list("pk", "merged_into"))


def found(model: type[Model], asked: Asked, name: str) -> frozenset[int]:
    """As `numbers_of`, of a parameter's values. Raises NothingPublic where there are values and no rows."""
    numbers = numbers_of(model, asked.many(name))
    if name in asked and not numbers:
        raise NothingPublic
    return numbers


def days(asked: Asked, name: str) -> Days:
    return Days(asked.get(f"{name}_from"), asked.get(f"{name}_to"))


def filters(asked: Asked) -> Filters:
    """What statements are filtered by. A query for each kind of records. Raises NothingPublic, as `found` does."""
    organizations = numbers_of(Organization, asked.many("speaker"))
    speakers = numbers_of(Person, asked.many("speaker"))
    if "speaker" in asked and not (speakers or organizations):
        raise NothingPublic
    bodies = found(Organization, asked, "organization")
    offices = Office.objects.filter(organization__in=bodies).values_list("pk", flat=True) if bodies else ()
    return Filters(
        speakers=speakers,
        organizations=organizations,
        offices=found(Office, asked, "office"),
        meetings=found(Meeting, asked, "meeting"),
        sources=found(Source, asked, "source"),
        articles=found(Article, asked, "article"),
        topics=found(Topic, asked, "topic"),
        kinds=frozenset(asked.many("kind")),
        languages=frozenset(asked.many("language")),
        years=frozenset(map(int, asked.many("year"))),
        since=asked.get("spoken_from"),
        until=asked.get("spoken_to"),
        ids=found(Statement, asked, "id"),
        bodies=bodies,
        offices_of_bodies=frozenset(offices),
        published=days(asked, "published"),
        approved=days(asked, "approved"),
    )


# The same filters as conditions of the database


def passing(chosen: Filters) -> Q:
    """The condition that a statement passes the filters, as `Finder` asks it of the index."""
    # Each may hold of another wording.
    worded = [Q(pk__in=Quote.objects.filter(each).values("statement")) for each in _of_wording(chosen) if each]
    return reduce(and_, [*worded, *_of_statement(chosen)], Q())


def passing_quotes(chosen: Filters) -> Q:
    """The condition that a quote passes what is asked of wordings, and its statement all else."""
    nothing: frozenset[Any] = frozenset()
    rest = replace(chosen, kinds=nothing, languages=nothing, articles=nothing, sources=nothing, published=ANY_DAY)
    said = Q(statement__in=statements_passing(rest)) if rest != NO_FILTERS else Q()
    return reduce(and_, _of_wording(chosen), said)


def statements_passing(chosen: Filters) -> QuerySet[Statement]:
    """The published ones."""
    return Statement.objects.published().filter(passing(chosen))


def _of_wording(chosen: Filters) -> Iterable[Q]:
    yield _if(chosen.kinds, "kind__in")
    yield _if(chosen.languages, "language__in")
    yield _if(chosen.articles, "snapshot__article__in")
    yield _if(chosen.sources, "snapshot__article__source__in")
    yield published_on("snapshot__article__published_range", chosen.published)


def _of_statement(chosen: Filters) -> Iterable[Q]:
    yield _any_of(_if(chosen.speakers, "speaker__in"), _if(chosen.organizations, "speaker_organization__in"))
    yield _any_of(_if(chosen.bodies, "speaker_organization__in"), _if(chosen.offices_of_bodies, "tenure__office__in"))
    yield _if(chosen.offices, "tenure__office__in")
    yield _if(chosen.meetings, "meeting__in")
    yield _if(chosen.ids, "pk__in")
    yield _any_of(*(_said(Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31))) for year in chosen.years))
    yield _said(chosen.spoken)
    yield _approved(chosen.approved)
    if chosen.topics:
        having = Statement.topics.through._default_manager
        under = Q(topic__in=chosen.topics) | Q(topic__parent__in=chosen.topics)
        yield Q(pk__in=having.filter(under).values("statement"))


def _if(values: frozenset[Any], lookup: str) -> Q:
    return Q((lookup, sorted(values))) if values else Q()


def _any_of(*conditions: Q) -> Q:
    return reduce(or_, filter(None, conditions), Q())


def _said(chosen: Days) -> Q:
    """By the key that orders statements, whose upper part is the day."""
    if not chosen:
        return Q()
    first, end = chosen.ordinals
    return Q(sort_key__gte=first << ID_BITS, sort_key__lt=end << ID_BITS)


def published_on(field: str, chosen: Days) -> Q:
    condition = Q()
    if chosen.first:
        condition &= Q((f"{field}__startswith__gte", chosen.first))
    if chosen.last:
        condition &= Q((f"{field}__startswith__lte", chosen.last))
    return condition


def _approved(chosen: Days) -> Q:
    """By the site's own calendar, in which the answers tell the time, too."""
    field = "current_revision__approval__approved_at"
    condition = Q()
    if chosen.first:
        condition &= Q((f"{field}__gte", _midnight(chosen.first)))
    if chosen.last and chosen.last < datetime.date.max:
        condition &= Q((f"{field}__lt", _midnight(chosen.last + datetime.timedelta(days=1))))
    return condition


def _midnight(when: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(when, datetime.time.min))
