"""Who is meant by the name in a row: a person or an organization on record, found by id, name, alias or another form."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from people.finding import fold
from people.models import Organization, Person
from quotes.search.analysis import analyse

Speaker = Person | Organization

# Of those who only share a surname, how many are told of.
NEAR_AT_MOST = 5


class How(Enum):
    """By what a speaker was found, the surest first."""

    ID = "id"
    NAME = "name"
    ALIAS = "alias"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Match:
    """`found` are those meant: one, or several who must be told apart. Where there is none, `near` share the surname."""

    found: tuple[Speaker, ...] = ()
    how: How | None = None
    near: tuple[Speaker, ...] = ()

    @property
    def speaker(self) -> Speaker | None:
        """The one who is meant; None for nobody, and for several."""
        return self.found[0] if len(self.found) == 1 else None


class Directory:
    """Everybody on record, by what they are called. Four queries, however many they are."""

    def __init__(self) -> None:
        self._by_id: dict[str, Speaker] = {}
        self._by: dict[How, dict[str, list[Speaker]]] = {how: defaultdict(list) for how in (How.NAME, How.ALIAS)}
        self._by_form: dict[str, set[Speaker]] = defaultdict(set)
        self._words: dict[Speaker, list[tuple[frozenset[str], ...]]] = defaultdict(list)
        self._is_analysed = False
        self._met: dict[str, Match] = {}
        for person in Person.objects.current().prefetch_related("names"):
            self._take(person, person.names_given, [name.text for name in person.names.all()])
        for body in Organization.objects.all():
            self._take(body, body.names_given, body.aliases)
        for merged in Person.objects.exclude(merged_into=None).select_related("merged_into"):
            if merged.merged_into:
                self._by_id[merged.public_id] = merged.merged_into

    def match(self, typed: str) -> Match:
        """Who is meant. A surer way of finding leaves the others aside; the same text is looked up once."""
        key = _plain(typed)
        if key not in self._met:
            self._met[key] = self._match(typed.strip(), key)
        return self._met[key]

    def _take(self, record: Speaker, names: Iterable[str], aliases: Iterable[str]) -> None:
        self._by_id[record.public_id] = record
        for how, called in ((How.NAME, names), (How.ALIAS, aliases)):
            for name in set(map(_plain, called)):
                self._by[how][name].append(record)

    def _match(self, typed: str, key: str) -> Match:
        if record := self._by_id.get(typed):
            return Match((record,), How.ID)
        for how, called in self._by.items():
            if found := called.get(key):
                return Match(_in_order(found), how)
        self._analyse()
        words = _forms(typed)
        if not words:
            return Match()
        bearing = [self._bearers(forms) for forms in words]
        found = [one for one in set.intersection(*bearing) if any(_same(words, name) for name in self._words[one])]
        if found:
            return Match(_in_order(found), How.FORM)
        # The surname stands last or, in lists, first.
        near = _in_order(bearing[-1] | bearing[0])[:NEAR_AT_MOST] if len(words) > 1 else _in_order(bearing[0])
        return Match(near=near[:NEAR_AT_MOST])

    def _bearers(self, forms: frozenset[str]) -> set[Speaker]:
        return set().union(*(self._by_form.get(form, set()) for form in forms))

    def _analyse(self) -> None:
        """Forms of all names, which are needed only where a name is not found as it is."""
        if self._is_analysed:
            return
        self._is_analysed = True
        for called in self._by.values():
            for name, records in called.items():
                words = _forms(name)
                for record in records:
                    self._words[record].append(words)
                    for forms in words:
                        for form in forms:
                            self._by_form[form].add(record)


def _same(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Whether two names are the same words in other forms, or with the surname first."""
    if len(one) != len(other):
        return False
    return any(
        all(mine & theirs for mine, theirs in zip(one, order, strict=True))
        for order in (other, [*other[1:], other[0]], [other[-1], *other[:-1]])
    )


def _forms(name: str) -> tuple[frozenset[str], ...]:
    return tuple(token.forms for token in analyse(name) if token.length == 1)


def _in_order(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    different = {(type(one).__name__, one.pk): one for one in speakers}
    return tuple(different[key] for key in sorted(different, reverse=True))


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())
