"""Whom a name in somebody's table means: people with a page, how likely, and what else is known of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.finding import every_word_in, fold
from people.likeness import likeness
from people.models import Person
from people.resembling import resembling
from quotes.models import Statement
from quotes.pages import visible

LOOKED_AT: Final = 25  # people with a page whose names sound alike, and as many whose names have the words
LONGEST_NAME: Final = 300  # code points that are read
NOT_THE_SAME: Final = 0.99  # likeness of what only sounds the same
LEAST: Final = 0.3  # likeness; below it is nobody's name
OF_NAME: Final = 0.7  # the share of the score that the name makes, where properties are given, too
NAMES: Final = ("name_ru", "name_be", "name_en", "names__text")

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Property:
    """Something known of a person: its name for readers, its values, and the texts that are compared with a given value."""

    name: Promise
    values: Callable[[Person], list[Value]]
    texts: Callable[[Person], Iterable[str]]


def _offices(person: Person) -> list[Value]:
    offices = {tenure.office.public_id: tenure.office.name for tenure in person.tenures.all()}
    return [{"id": public_id, "name": name} for public_id, name in offices.items()]


def _office_texts(person: Person) -> Iterable[str]:
    for tenure in person.tenures.all():
        yield from (tenure.office.public_id, *tenure.office.names_given, *tenure.office.epithets)


def _bodies(person: Person) -> list[Any]:
    return [tenure.office.organization for tenure in person.tenures.all() if tenure.office.organization]


def _organizations(person: Person) -> list[Value]:
    bodies = {body.public_id: body.name for body in _bodies(person)}
    return [{"id": public_id, "name": name} for public_id, name in bodies.items()]


def _organization_texts(person: Person) -> Iterable[str]:
    for body in _bodies(person):
        yield from (body.public_id, *body.names_given, *body.aliases)


def _names(person: Person) -> list[str]:
    return [*person.names_given, *(name.text for name in person.names.all())]


def _column(name: str) -> Property:
    def texts(person: Person) -> list[str]:
        return [text] if (text := getattr(person, name)) else []

    labels: dict[str, Promise] = {
        "name_ru": _("name in Russian"),
        "name_be": _("name in Belarusian"),
        "name_en": _("name in English"),
        "about": _("who this is"),
    }
    return Property(labels[name], lambda person: _texts(texts(person)), texts)


def _texts(texts: Iterable[str]) -> list[Value]:
    return [{"str": text} for text in texts]


PROPERTIES: Final[dict[str, Property]] = {
    "office": Property(pgettext_lazy("of a person", "offices"), _offices, _office_texts),
    "organization": Property(pgettext_lazy("of a person", "organizations"), _organizations, _organization_texts),
    **{name: _column(name) for name in ("name_ru", "name_be", "name_en", "about")},
    "other_names": Property(
        _("other names"),
        lambda person: _texts(name.text for name in person.names.all()),
        lambda person: [name.text for name in person.names.all()],
    ),
    "statements": Property(
        pgettext_lazy("of a person", "published statements"),
        lambda person: [{"int": person.statements_count}],  # type: ignore[attr-defined]  # known() counts them
        lambda person: [str(person.statements_count)],  # type: ignore[attr-defined]  # as above
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A name, and what else the table says of whoever it means: values by the properties' ids."""

    name: str
    properties: Sequence[tuple[str, Sequence[str]]] = field(default=())


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the name may mean.

    `score` is from 0 to 100; `name_likeness` from 0 to 1; `agreeing` is the share of the given properties that agree, None where none
    was given. `is_match`: the name is theirs to the letter («ё» as «е», words in any order), nobody else's here, and every
    given property agrees.
    """

    person: Person
    score: float
    name_likeness: float
    agreeing: float | None
    is_match: bool


def known(people: QuerySet[Person]) -> QuerySet[Person]:
    """With all that `PROPERTIES` tell."""
    published = Q(statements__in=Statement.objects.published())
    return people.prefetch_related("names", "tenures__office__organization").annotate(
        statements_count=Count("statements", filter=published, distinct=True)
    )


def candidates(asked: Asked, limit: int) -> list[Candidate]:
    """The likeliest first; equal ones in the order of their ids. Some ten queries, however many people there are."""
    name = asked.name[:LONGEST_NAME].strip()
    if not name:
        return []
    found = [one.record.pk for one in resembling(name, Person, among=visible.people(), at_most=LOOKED_AT)]
    named = visible.people().filter(every_word_in(name, *NAMES)).values_list("pk", flat=True)
    found += list(named.distinct().order_by("pk")[:LOOKED_AT])
    people = list(known(visible.people().filter(pk__in=found)))
    alike = _likenesses(name, people)
    exact = [person.pk for person in people if any(_words(each) == _words(name) for each in _names(person))]
    scored = []
    for person in people:
        if alike[person.pk] < LEAST:
            continue
        agreeing = _agreeing(asked, person)
        share = alike[person.pk] if agreeing is None else OF_NAME * alike[person.pk] + (1 - OF_NAME) * agreeing
        scored.append(
            Candidate(
                person,
                round(100 * share, 1),
                alike[person.pk],
                agreeing,
                exact == [person.pk] and agreeing in (None, 1),
            )
        )
    return sorted(scored, key=lambda one: (-one.score, one.person.public_id))[:limit]


def suggestions(prefix: str, start: int, most: int) -> list[Person]:
    """People whose names have the words that somebody has typed so far."""
    if not prefix.strip():
        return []
    named = visible.people().filter(every_word_in(prefix[:LONGEST_NAME], *NAMES)).values("pk")
    return list(visible.people().filter(pk__in=named)[start : start + most])


def _words(name: str) -> list[str]:
    return sorted(fold(name).casefold().replace(",", " ").split())


def _likenesses(name: str, people: Sequence[Person]) -> dict[int, float]:
    """How like the name is to the likest of each person's names; one query."""
    pairs = [(person.pk, text) for person in people for text in _names(person)]
    texts = [name, *(text for _pk, text in pairs)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name_sound(text) FROM unnest(%s::text[]) WITH ORDINALITY AS t(text, at) ORDER BY at", [texts]
        )
        sounds = [str(sound).split() for (sound,) in cursor.fetchall()]
    best = {person.pk: 0.0 for person in people}
    for (pk, text), sound in zip(pairs, sounds[1:], strict=True):
        same = 1.0 if _words(text) == _words(name) else min(likeness(sounds[0], sound), NOT_THE_SAME)
        best[pk] = max(best[pk], same)
    return best


def _agreeing(asked: Asked, person: Person) -> float | None:
    """The share of the given properties of which one value stands among the person's."""
    if not asked.properties:
        return None
    agree = [
        any(_says(text, value) for text in PROPERTIES[name].texts(person) for value in values)
        for name, values in asked.properties
        if name in PROPERTIES
    ]
    return sum(agree) / len(asked.properties)


def _says(text: str, value: str) -> bool:
    words = fold(value).casefold().split()
    return bool(words) and set(words) <= set(fold(text).casefold().split())
