"""Who could be meant: persons, offices, who held them when, and bodies. Pure: knows no Django, no text.

Made from a starter registry's files here, and from the database's rows in `quotes.known`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from people.edtf import OPEN, Edtf
from quotes.extraction.registry_files import TenureRow, read_rows


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """`names` begin with the usual ones; `gender` is `m`, `f`, or None where it is not known."""

    key: str
    names: tuple[str, ...]
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """`titles` are its names in all languages; `epithets` what else the press calls its holder.

    `country` is two capital letters (ISO 3166) or empty; `body` the key of the body it belongs to, or empty.
    """

    key: str
    country: str
    titles: tuple[str, ...]
    epithets: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class KnownBody:
    """An organization that may speak; `names` begin with the full ones. `country` may be empty."""

    key: str
    names: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person held an office, possibly from `first` to `last` (both inclusive; None: no limit is known).

    These are the days that the dates do not rule out, so on the day of a change both holders may be meant.
    """

    person: str
    office: str
    first: date | None
    last: date | None
    unverified: bool = False

    def may_cover(self, day: date) -> bool:
        """Whether the dates leave it open that the person held the office on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Registry:
    """Everybody and everything that is known, in a fixed order; keys are unique in each of the first three."""

    people: tuple[KnownPerson, ...] = ()
    offices: tuple[KnownOffice, ...] = ()
    bodies: tuple[KnownBody, ...] = ()
    holdings: tuple[Holding, ...] = ()
    _person: dict[str, KnownPerson] = field(init=False, repr=False, compare=False)
    _office: dict[str, KnownOffice] = field(init=False, repr=False, compare=False)
    _of_office: dict[str, list[Holding]] = field(init=False, repr=False, compare=False)
    _of_person: dict[str, list[Holding]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_office, of_person = defaultdict(list), defaultdict(list)
        for holding in self.holdings:
            of_office[holding.office].append(holding)
            of_person[holding.person].append(holding)
        # A frozen class sets what it derives by itself in this way only.
        object.__setattr__(self, "_person", {person.key: person for person in self.people})
        object.__setattr__(self, "_office", {office.key: office for office in self.offices})
        object.__setattr__(self, "_of_office", dict(of_office))
        object.__setattr__(self, "_of_person", dict(of_person))

    @classmethod
    def read(cls, *paths: Path) -> "Registry":
        """The registry of the files and folders, or of the shipped files where none is named.

        Raises BadRegistry (quotes.extraction.registry_files), which names the file, the row and the field.
        """
        rows = read_rows(*paths)
        return cls(
            people=tuple(KnownPerson(row.key, (*row.name, *row.aliases), row.gender or None) for row in rows.people),
            offices=tuple(
                KnownOffice(row.key, row.country, tuple(row.name), row.epithets, row.body) for row in rows.offices
            ),
            bodies=tuple(KnownBody(row.key, (*row.name, *row.aliases), row.country) for row in rows.bodies),
            holdings=tuple(_holding(row) for row in rows.tenures),
        )

    def person(self, key: str) -> KnownPerson:
        """The person of that key; KeyError if there is none."""
        return self._person[key]

    def office(self, key: str) -> KnownOffice:
        """The office of that key; KeyError if there is none."""
        return self._office[key]

    def holders(self, office: str, day: date | None = None) -> list[Holding]:
        """Who may have held the office on that day, or at any time; none for an office that is not known."""
        return [one for one in self._of_office.get(office, []) if day is None or one.may_cover(day)]

    def offices_of(self, person: str, day: date | None = None) -> list[Holding]:
        """What the person may have held on that day, or at any time; nothing for one who is not known."""
        return [one for one in self._of_person.get(person, []) if day is None or one.may_cover(day)]


def _holding(row: TenureRow) -> Holding:
    first, last = possible_days(row.start, row.end)
    return Holding(row.person, row.office, first, last, row.unverified)


def possible_days(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """The first and the last day that two EDTF dates do not rule out; None where there is no such limit."""
    return Edtf(start).first if start else None, Edtf(end).last if end and end != OPEN else None
