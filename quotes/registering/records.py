"""Bodies, people and offices: found by their keys, else by their names, and made where they are missing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from people.finding import fold
from people.models import Office, Organization, Person, PersonName
from quotes.extraction.registry_files import BodyRow, Names, OfficeRow, PersonRow
from quotes.registering.loaded import Loaded, deleted_keys, of_users

Record = TypeVar("Record", Person, Office, Organization)
Row = TypeVar("Row", PersonRow, OfficeRow, BodyRow)
WORDS_OF_A_FULL_NAME = 2


@dataclass(frozen=True, slots=True)
class Called:
    """What something is named, and what else it is called; as it is compared, in small letters."""

    names: set[str]
    also: set[str]
    country: str

    @classmethod
    def of(cls, names: Iterable[str], also: Iterable[str] = (), country: str = "") -> "Called":
        return cls(set(map(_plain, names)), set(map(_plain, also)), country)


@dataclass(frozen=True, slots=True)
class Matched(Generic[Record, Row]):
    """The records that stand for rows, by the rows' keys; and the rows for which one has to be made."""

    found: dict[str, Record]
    missing: list[Row]


class Directory(Generic[Record]):
    """Records by what they are called."""

    def __init__(self, records: Iterable[tuple[Record, Called]]) -> None:
        self.by_name: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self.by_other_name: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record, called in records:
            for name in called.names:
                self.by_name[called.country, name].append(record)
            for name in called.also:
                self.by_other_name[called.country, name].append(record)

    def bearers(self, called: Called) -> list[Record]:
        """The records of the same country of which one bears a name that the other is known by."""
        named = [record for name in called.names | called.also for record in self.by_name[called.country, name]]
        named += [record for name in called.names for record in self.by_other_name[called.country, name]]
        return list({record.pk: record for record in named}.values())


def _matched(
    model: type[Record],
    rows: Sequence[Row],
    records: Iterable[tuple[Record, Called]],
    row_called: Callable[[Row], Called],
    loaded: Loaded,
) -> Matched[Record, Row]:
    """Rows and records brought together; a record that is found by its name gets the row's key, to be known by it."""
    records = list(records)
    found = {record.registry_key: record for record, _called in records if record.registry_key}
    directory = Directory((record, called) for record, called in records if not record.registry_key)
    bearers = {row.key: directory.bearers(row_called(row)) for row in rows if row.key not in found}
    claims = Counter(record.pk for meant in bearers.values() for record in meant)
    gone = deleted_keys(model, bearers.keys())
    missing, adopted = [], []
    for row in rows:
        match bearers.get(row.key):
            case None:
                continue
            case [one] if claims[one.pk] == 1:
                one.registry_key = row.key
                adopted.append(one)
            case [] if row.key in gone:
                loaded.remarks.append(_("%(name)s: deleted here, and stays so.") % {"name": row.name.ru})
            case []:
                missing.append(row)
            case _several:
                sentence = _("%(name)s: several records may be meant, so nothing was loaded for this one.")
                loaded.remarks.append(sentence % {"name": row.name.ru})
    model._default_manager.bulk_update(adopted, ["registry_key"])
    return Matched(found | {str(record.registry_key): record for record in adopted}, missing)


def load_bodies(rows: Sequence[BodyRow], loaded: Loaded) -> dict[str, Organization]:
    """The organizations behind the rows, by the rows' keys."""
    matched = _matched(
        Organization,
        rows,
        ((body, Called.of(body.names_given, body.aliases, body.country)) for body in Organization.objects.all()),
        lambda row: Called.of(row.name, row.aliases, row.country),
        loaded,
    )
    fresh = [
        Organization(**_names(row.name), aliases=list(row.aliases), country=row.country, registry_key=row.key)
        for row in matched.missing
    ]
    return matched.found | _made(Organization, fresh, loaded)


def load_people(rows: Sequence[PersonRow], loaded: Loaded) -> dict[str, Person]:
    """The persons behind the rows, by the rows' keys; of a merged one the person that stands."""
    matched = _matched(
        Person,
        rows,
        (
            (person, Called.of(_full((*person.names_given, *(name.text for name in person.names.all())))))
            # A merged record is known by its key alone: its names are those of the one that stands.
            for person in Person.objects.filter(Q(merged_into=None) | ~Q(registry_key=None)).prefetch_related("names")
        ),
        lambda row: Called.of(_full((*row.name, *row.aliases))),
        loaded,
    )
    fresh = [Person(**_names(row.name), gender=row.gender, registry_key=row.key) for row in matched.missing]
    made = _made(Person, fresh, loaded)
    PersonName.objects.bulk_create(
        PersonName(person=made[row.key], text=alias) for row in matched.missing for alias in row.aliases
    )
    standing = Person.objects.in_bulk({person.merged_into_id for person in matched.found.values()} - {None})
    return {
        key: standing[person.merged_into_id] if person.merged_into_id else person
        for key, person in (matched.found | made).items()
    }


def load_offices(rows: Sequence[OfficeRow], bodies: dict[str, Organization], loaded: Loaded) -> dict[str, Office]:
    """The offices behind the rows, by the rows' keys, with the registry's epithets where no user has changed them."""
    matched = _matched(
        Office,
        rows,
        ((office, Called.of(office.names_given, office.epithets, office.country)) for office in Office.objects.all()),
        lambda row: Called.of(row.name, row.epithets, row.country),
        loaded,
    )
    _renew_epithets(rows, matched.found, loaded)
    fresh = [
        Office(
            **_names(row.name),
            organization=bodies.get(row.body),
            country=row.country,
            epithets=list(row.epithets),
            single_seat=row.single_seat,
            registry_key=row.key,
        )
        for row in matched.missing
    ]
    return matched.found | _made(Office, fresh, loaded)


def _renew_epithets(rows: Sequence[OfficeRow], found: dict[str, Office], loaded: Loaded) -> None:
    theirs = of_users(Office, [office.pk for office in found.values()], ["epithets"])
    changed = []
    for row in rows:
        office = found.get(row.key)
        if office is not None and office.pk not in theirs and office.epithets != list(row.epithets):
            office.epithets = list(row.epithets)
            changed.append(office)
    Office.objects.bulk_update(changed, ["epithets"])
    loaded.corrected[Office] += len(changed)


def _made(model: type[Record], fresh: list[Record], loaded: Loaded) -> dict[str, Record]:
    loaded.made[model] += len(fresh)
    return {str(record.registry_key): record for record in model._default_manager.bulk_create(fresh)}


def _names(name: Names) -> dict[str, str]:
    return {"name_ru": name.ru, "name_be": name.be, "name_en": name.en}


def _full(names: Iterable[str]) -> list[str]:
    """The names that tell who it is: not a surname alone."""
    return [name for name in names if len(name.split()) >= WORDS_OF_A_FULL_NAME]


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())
