"""In which office somebody spoke: what the tenures say of the date, and whether the printed attribution agrees."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from people.date_telling import told, told_period
from people.edtf import Edtf
from people.finding import every_word_in
from people.models import Office, Person, Tenure
from quotes.extraction.registry import possible_days
from quotes.search.analysis import Token, analyse

TITLES = ("name_ru", "name_be", "name_en", "epithets")
# Letters from which on a word may be a title; «и», «он» name no office.
SHORTEST_TITLE = 4
WORDS_AT_MOST = 20
TENURES_TOLD = 4


@dataclass(frozen=True, slots=True)
class Then:
    """What a person held on a date: `tenures` that may cover it, the ones that certainly do first, and `warnings`.

    `chosen` is the one that leaves no choice: no other may cover the date.
    """

    tenures: Sequence[Tenure]
    certain: frozenset[int]
    warnings: Sequence[str]

    @property
    def chosen(self) -> Tenure | None:
        return self.tenures[0] if len(self.tenures) == 1 else None


def offices_on(person: Person, spoken: str, attribution: str = "") -> Then:
    """The offices in which the person may have spoken on `spoken`, an EDTF date, with what somebody should look at.

    The warnings are sentences: no office on record covers the date, several do, the one that does is not certain to, or
    the attribution as printed names another. Four queries at most.
    """
    date = Edtf.of(spoken)
    every = list(Tenure.objects.filter(person=person).select_related("office").order_by("pk"))
    possible = {one.pk for one in Tenure.objects.filter(person=person).possibly_on(date.first, date.last)}
    covering = Tenure.objects.filter(person=person).on(date.first) & Tenure.objects.on(date.last)
    certain = frozenset(covering.values_list("pk", flat=True)) & possible
    held = sorted((one for one in every if one.pk in possible), key=lambda one: (one.pk not in certain, one.pk))
    warnings = [*_about_the_date(every, held, certain, spoken), *_about_the_words(every, held, attribution)]
    return Then(held, certain, warnings)


class OfficesThen:
    """Which office people held on a date, where the tenures leave no choice. One query for all of them."""

    def __init__(self, people: Collection[Person]) -> None:
        self._held: dict[int, list[Tenure]] = defaultdict(list)
        for tenure in Tenure.objects.filter(person__in={person.pk for person in people}):
            self._held[tenure.person_id].append(tenure)

    def of(self, person: Person, spoken: str) -> Tenure | None:
        """The one that may cover the date, an EDTF string; None where there is none, or another."""
        date = Edtf.of(spoken)
        possible = []
        for tenure in self._held.get(person.pk, []):
            first, last = possible_days(tenure.start, tenure.end)
            if (first is None or first <= date.last) and (last is None or last >= date.first):
                possible.append(tenure)
        return possible[0] if len(possible) == 1 else None


def office_then(speaker: Person, spoken: str) -> Tenure | None:
    """The office in which somebody spoke on a date, where the tenures leave no choice: one that may cover it, no other."""
    return OfficesThen([speaker]).of(speaker, spoken)


def _about_the_date(
    every: Sequence[Tenure], held: Sequence[Tenure], certain: frozenset[int], spoken: str
) -> Iterator[str]:
    named = {"date": told(spoken), "offices": "; ".join(_told(one) for one in (held or every)[:TENURES_TOLD])}
    if every and not held:
        yield _("None of the offices on record covers %(date)s: %(offices)s.") % named
    elif len(held) > 1:
        yield (
            _("More than one office may be meant on %(date)s: %(offices)s. Choose the one in which it was said.")
            % named
        )
    elif held and held[0].pk not in certain:
        yield _("Whether the office was held on %(date)s is not certain: %(offices)s.") % named


def _about_the_words(every: Sequence[Tenure], held: Sequence[Tenure], attribution: str) -> Iterator[str]:
    """Where the attribution names offices, and none of them is one that was held then."""
    words = [token for token in analyse(attribution) if token.length == 1][:WORDS_AT_MOST] if every else []
    named = list(_named(words)) if words else []
    offices = {one.office_id for one in held}
    if not named or any(office in offices for _start, _end, found in named for office in found):
        return
    printed = attribution[words[named[0][0]].start : words[named[0][1] - 1].end]
    known = ", ".join(dict.fromkeys(one.office.name for one in held))
    if known:
        yield _("The attribution says “%(printed)s”, the office on record is: %(known)s.") % {
            "printed": printed,
            "known": known,
        }
    else:
        yield _("The attribution says “%(printed)s”; no such office of theirs is on record for that date.") % {
            "printed": printed
        }


def _named(words: Sequence[Token]) -> Iterator[tuple[int, int, set[int]]]:
    """The places in the attribution, as the first word and the one after the last, that are titles; of which offices.

    The longest title counts: of «премьер-министр» no «министр».
    """
    searched = [word.surface for word in words if len(word.surface) >= SHORTEST_TITLE]
    if not searched:
        return
    with_a_word = reduce(or_, (every_word_in(word, *TITLES) for word in searched), Q(pk__in=[]))
    places: dict[tuple[int, int], set[int]] = {}
    for office in Office.objects.filter(with_a_word):
        for title in [*office.names_given, *office.epithets]:
            for place in _places(_title(title), words):
                places.setdefault(place, set()).add(office.pk)
    taken: set[int] = set()
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place)):
        if taken.isdisjoint(range(start, end)):
            taken |= set(range(start, end))
            yield start, end, places[start, end]


def _title(title: str) -> list[Token]:
    """The title without the country or body that is named after it, which reports leave out."""
    tokens = [token for token in analyse(title) if token.length == 1]
    proper = (at for at, token in enumerate(tokens) if at and title[token.start].isupper())
    return tokens[: next(proper, None)]


def _places(title: Sequence[Token], words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for start in range(len(words) - len(title) + 1) if title else ():
        if all(not one.forms.isdisjoint(words[start + at].forms) for at, one in enumerate(title)):
            yield start, start + len(title)


def _told(tenure: Tenure) -> str:
    period = told_period(tenure.start, tenure.end)
    return f"{tenure.office.name} ({period})" if period else tenure.office.name
