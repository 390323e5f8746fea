"""Whom an annotator may mean: people and bodies to choose the speaker of a quote from, told apart by what they were then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from articles.models import Article
from people.edtf import Edtf
from people.finding import every_word_in
from people.models import Organization, Participant, Person, Tenure
from quotes.models import Statement
from quotes.models.doubling import Reader

AT_MOST = 20
# Somebody found only by the office comes after those whose names have the words.
BY_OFFICE = 4
OFFICE_NAMES = (
    *("office__name_ru", "office__name_be", "office__name_en", "office__epithets"),
    *("office__organization__name_ru", "office__organization__name_be", "office__organization__name_en"),
    "office__organization__aliases",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to choose; `here` says that the article has words of theirs, or of somebody they met on that occasion."""

    record: Person | Organization
    here: bool
    closeness: int
    tenures: Sequence[Tenure] = ()


def speakers(text: str, user: Reader, article: Article | None = None, spoken: str | None = None) -> list[Choice]:
    """The first `AT_MOST` people and bodies that the typed words may mean, each person with the offices held then.

    Words are matched in any case form with names, and with the offices held on the date: `spoken`, else the article's,
    else today. Those of the article come first, as far as the user may see its quotes. Without words
    there are only those. Six queries at most.
    """
    days = _days(article, spoken)
    found = [
        *_of(Person.objects.current().named(text), article, text, user),
        *_of(Organization.objects.named(text), article, text, user),
    ]
    if text.strip() and len(found) < AT_MOST:
        found += _by_office(text, days, article, user, besides=[one.record.pk for one in found if _is_person(one)])
    found.sort(key=lambda choice: (not choice.here, choice.closeness, choice.record.name))
    return _with_tenures(found[:AT_MOST], days)


def _days(article: Article | None, spoken: str | None) -> tuple[date, date]:
    """From the first to the last day on which it may have been said."""
    known = spoken or (article.published if article else None)
    return (Edtf.of(known).first, Edtf.of(known).last) if known else (timezone.localdate(), timezone.localdate())


def _of(records: QuerySet[Any], article: Article | None, text: str, user: Reader) -> list[Choice]:
    rows = records.annotate(here=_here(records.model, article, user)).order_by("-here", *records.query.order_by)
    if not text.strip():
        rows = rows.filter(here=True)
    return [Choice(row, row.here, row.closeness) for row in rows[:AT_MOST]]


def _here(model: type[Model], article: Article | None, user: Reader) -> Any:
    """Whether a row of people or organizations has a part in what the article reports."""
    if article is None:
        return Value(False, BooleanField())
    statements = Statement.objects.visible_to(user).filter(quotes__snapshot__article=article)
    speaker, party = ("speaker", "person") if model is Person else ("speaker_organization", "organization")
    return Exists(statements.filter(Q((speaker, OuterRef("pk"))))) | Exists(
        Participant.objects.filter(Q((party, OuterRef("pk"))), meeting__in=statements.values("meeting"))
    )


def _by_office(
    text: str, days: tuple[date, date], article: Article | None, user: Reader, *, besides: Iterable[int]
) -> list[Choice]:
    holding = Tenure.objects.possibly_on(*days).filter(every_word_in(text, *OFFICE_NAMES))
    people = Person.objects.current().filter(pk__in=holding.values("person")).exclude(pk__in=besides)
    rows: QuerySet[Any] = people.annotate(here=_here(Person, article, user)).order_by(
        "-here", "name_ru", "name_en", "id"
    )
    return [Choice(row, row.here, BY_OFFICE) for row in rows[:AT_MOST]]


def _with_tenures(choices: list[Choice], days: tuple[date, date]) -> list[Choice]:
    people = [choice.record.pk for choice in choices if _is_person(choice)]
    held = Tenure.objects.possibly_on(*days).filter(person__in=people).select_related("office").order_by("pk")
    of: dict[int, list[Tenure]] = {}
    for tenure in held:
        of.setdefault(tenure.person_id, []).append(tenure)
    return [
        Choice(one.record, one.here, one.closeness, of.get(one.record.pk, [])) if _is_person(one) else one
        for one in choices
    ]


def _is_person(choice: Choice) -> bool:
    return isinstance(choice.record, Person)
