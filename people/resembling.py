"""Which people or bodies on record a new one may be: asked before a second record of the same is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import add, or_
from typing import Any

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from people.likeness import likeness
from people.models import Organization, Person, PersonName

AT_MOST = 8
# Rows looked at closely; those that have most of the words in common come first.
LOOKED_AT = 200
# The share of a word's groups of three letters that a slip of one letter leaves.
ENOUGH_IN_COMMON = "0.45"
# Letters of a sound that are worth looking for; an initial stands in half of all names.
WORTH_LOOKING = 3
LONGEST_NAME = 300
WORDS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A record that may be the same, by its name `by`; `likeness` is 1 where the words are."""

    record: Person | Organization
    by: str
    likeness: float


class NameSound(Func):
    """How up to three names sound, roughly, each on a line of its own."""

    function = "name_sound"
    output_field = TextField()


class Lines(Func):
    """The texts of an array, each on a line of its own."""

    function = "array_to_string"
    template = "%(function)s(%(expressions)s, E'\\n')"
    output_field = TextField()


def resembling(
    name: str,
    model: type[Person] | type[Organization],
    besides: int | None = None,
    among: QuerySet[Person] | None = None,
    at_most: int = AT_MOST,
) -> list[Resemblance]:
    """The records, other than that with the number `besides`, that the name may mean, the likeliest first.

    Found are the same words in another order or case form, initials, other languages and spellings, and slips of one
    letter. People are looked for `among` these, else among all on record. Five queries, however many there are.
    """
    words = _sound(name)
    asked = [word for word in words if len(word) >= WORTH_LOOKING]
    best: dict[int, tuple[float, str]] = {}
    for number, text, sound in _names(asked, model, among) if asked else ():
        alike = likeness(words, sound.split())
        if number != besides and alike > best.get(number, (0.0, ""))[0]:
            best[number] = (alike, text)
    first = sorted(best, key=lambda number: (-best[number][0], number))[:at_most]
    records: dict[int, Any] = model._default_manager.in_bulk(first)
    return [Resemblance(records[number], best[number][1], best[number][0]) for number in first if number in records]


def _sound(name: str) -> list[str]:
    """The words of the name as they sound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_sound(%s)", [name.replace("\0", "")[:LONGEST_NAME]])
        return str(cursor.fetchone()[0]).split()[:WORDS_AT_MOST]


def _names(
    words: Sequence[str], model: type[Person] | type[Organization], among: QuerySet[Person] | None
) -> Iterator[tuple[int, str, str]]:
    """Number, name and sound of names that sound somewhat like one of the words."""
    own = NameSound("name_ru", "name_be", "name_en")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [ENOUGH_IN_COMMON])
        if model is Person:
            current = Person.objects.current() if among is None else among
            people = _alike(current, own, words).values_list("pk", *OWN, "sound")
            others = _alike(PersonName.objects.filter(person__in=current), NameSound("text"), words)
            found = chain(people, others.values_list("person_id", "text", "sound"))
        else:
            bodies = _alike(Organization.objects.all(), own, words).values_list("pk", *OWN, "sound")
            known_as = Organization.objects.annotate(lines=Lines("aliases"))
            others = _alike(known_as, NameSound("lines"), words).values_list("pk", "lines", "sound")
            found = chain(bodies, others)
        rows = list(found)
    for number, *texts, sounds in rows:
        # The sounds have lines of their own for names that are not given.
        for text, sound in zip("\n".join(texts).split("\n"), sounds.split("\n"), strict=False):
            yield number, text, sound


OWN = ("name_ru", "name_be", "name_en")


def _alike(rows: QuerySet[Any], sound: NameSound, words: Sequence[str]) -> QuerySet[Any]:
    """The rows whose sound has something in common with one of the words; those with most in common come first."""
    alike = reduce(or_, (Q(TrigramWordSimilar(sound, Value(word))) for word in words))
    shared = reduce(add, (TrigramWordSimilarity(word, F("sound")) for word in words))
    found: QuerySet[Any] = rows.filter(alike).annotate(sound=sound).order_by(-shared, "pk")[:LOOKED_AT]
    return found
