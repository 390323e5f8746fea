"""Loading a starter registry: who held which office. What researchers entered or changed wins over its rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from people.date_telling import told_period
from people.edtf import OPEN, Edtf
from people.finding import fold
from people.models import HistoryEntry, Office, Organization, Person, PersonName, Tenure
from quotes.extraction.registry_files import BodyRow, Names, OfficeRow, PersonRow, Rows, TenureRow

Record = TypeVar("Record", Person, Office, Organization)
Row = TypeVar("Row", PersonRow, OfficeRow, BodyRow)
# A range of days as the database gives it: a bound may be None, for none.
Days = Any
OF_A_TENURE = ("start", "start_known", "end", "end_known", "evidence", "unverified")
WORDS_OF_A_FULL_NAME = 2


@dataclass(slots=True)
class Loaded:
    """How many records of each kind a load has made and corrected; what it left out and why, in the reader's language."""

    made: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    corrected: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def register(rows: Rows) -> Loaded:
    """Bring the rows in, all or nothing. What is here already is found by its key, else by its names, and taken as it is.

    A second load makes nothing new. A tenure that the registry words differently now is corrected where no user has
    changed it, and so are an office's epithets; everything else that is here stays as it is, and what was deleted here
    stays away. A tenure that does not go with one that is here is left out.
    """
    with connection.cursor() as cursor:
        # Whoever wrote a tenure between our look and our writing would meet ours in the exclusion constraint.
        cursor.execute(
            "LOCK TABLE people_person, people_personname, people_organization, people_office, people_tenure"
            " IN SHARE ROW EXCLUSIVE MODE"
        )
    loaded = Loaded()
    bodies = _bodies(rows.bodies, loaded)
    people = _people(rows.people, loaded)
    offices = _offices(rows.offices, bodies, loaded)
    _tenures(rows.tenures, people, offices, loaded)
    return loaded


# -- bodies, people, offices


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
    gone = _deleted(model, bearers.keys())
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


def _bodies(rows: Sequence[BodyRow], loaded: Loaded) -> dict[str, Organization]:
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


def _people(rows: Sequence[PersonRow], loaded: Loaded) -> dict[str, Person]:
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


def _offices(rows: Sequence[OfficeRow], bodies: dict[str, Organization], loaded: Loaded) -> dict[str, Office]:
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
    theirs = _of_users(Office, [office.pk for office in found.values()], ["epithets"])
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


# -- tenures


@dataclass(frozen=True, slots=True)
class Held:
    """A tenure as it stands or shall stand: who holds what, from when to when; `certain` are the days that are sure."""

    person: Person
    office: Office
    start: str | None
    end: str | None
    certain: Days

    def __str__(self) -> str:
        parts = (self.person.name, self.office.name, told_period(self.start, self.end))
        return ", ".join(part for part in parts if part)

    def is_in_the_way_of(self, other: "Held") -> bool:
        """Whether there can't be both: two on one seat, or one person's term told twice."""
        if self.office.pk != other.office.pk:
            return False
        return self.is_same_term(other) or (self.office.single_seat and _overlap(self.certain, other.certain))

    def is_same_term(self, other: "Held") -> bool:
        """Whether both tell of one person in one office, and not of a term and a later one."""
        if (self.person.pk, self.office.pk) != (other.person.pk, other.office.pk):
            return False
        return self.start == other.start or not (self.may_end_before(other) or other.may_end_before(self))

    def may_end_before(self, other: "Held") -> bool:
        """Whether the dates allow that this one ended when the other had not begun, or on that day."""
        if not self.end or self.end == OPEN or not other.start:
            return False
        return Edtf(self.end).first <= Edtf(other.start).last


@dataclass(frozen=True, slots=True)
class Wish:
    """A row that is not in the database as it stands in the registry; `tenure` is the one it would correct."""

    row: TenureRow
    held: Held
    tenure: Tenure | None = None


def _tenures(rows: Sequence[TenureRow], people: dict[str, Person], offices: dict[str, Office], loaded: Loaded) -> None:
    rows = [row for row in rows if row.person in people and row.office in offices]
    standing = list(Tenure.objects.filter(office__in=offices.values()).select_related("person", "office"))
    wishes = _wishes(rows, people, offices, standing, loaded)
    corrections = [wish for wish in wishes if wish.tenure is not None]
    held = _granted_corrections(corrections, standing, loaded)
    fresh = []
    for wish in wishes:
        if wish.tenure is None and not _refused(wish, held, loaded):
            held.append(wish.held)
            fresh.append(_written(Tenure(person=wish.held.person, office=wish.held.office), wish.row))
    Tenure.objects.bulk_create(fresh)
    loaded.made[Tenure] += len(fresh)


def _wishes(
    rows: Sequence[TenureRow],
    people: dict[str, Person],
    offices: dict[str, Office],
    standing: list[Tenure],
    loaded: Loaded,
) -> list[Wish]:
    """The rows that are missing or worded differently, without those that users have changed or deleted."""
    keys = {row.key for row in rows}
    by_key = {tenure.registry_key: tenure for tenure in Tenure.objects.filter(registry_key__in=keys)}
    # A start that was corrected in the file is another key; the tenure is known by its person and office then.
    lost = [one for one in standing if one.registry_key and one.registry_key not in keys]
    theirs = _of_users(Tenure, [tenure.pk for tenure in (*by_key.values(), *lost)], OF_A_TENURE)
    gone = _deleted(Tenure, keys - by_key.keys())
    wishes = []
    for row, certain in zip(rows, _certain_days(rows), strict=True):
        held = Held(people[row.person], offices[row.office], row.start, row.end, certain)
        tenure = by_key.get(row.key) or next((one for one in lost if _held(one).is_same_term(held)), None)
        lost = [one for one in lost if one is not tenure]
        if tenure is None and row.key in gone:
            loaded.remarks.append(_("%(tenure)s: deleted here, and stays so.") % {"tenure": held})
        elif tenure is None or (tenure.pk not in theirs and _is_of(tenure, held) and not _says(tenure, row)):
            wishes.append(Wish(row, held, tenure))
    return wishes


def _granted_corrections(corrections: list[Wish], standing: list[Tenure], loaded: Loaded) -> list[Held]:
    """Write the corrections that go with what stands, and with each other; all that stands afterwards."""
    granted = list(corrections)
    while True:
        corrected = {wish.tenure.pk for wish in granted if wish.tenure}
        held = [_held(tenure) for tenure in standing if tenure.pk not in corrected]
        refused = next(
            (
                wish
                for wish in granted
                if any(one.is_in_the_way_of(wish.held) for one in (*held, *_others(granted, wish)))
            ),
            None,
        )
        if refused is None:
            break
        granted.remove(refused)
    for wish in corrections:
        if wish not in granted:
            _refused(wish, [*held, *(one.held for one in granted)], loaded)
    tenures = [_written(wish.tenure, wish.row) for wish in granted if wish.tenure]
    # Two that change places must not meet on the way.
    Tenure.objects.filter(pk__in=[tenure.pk for tenure in tenures]).update(
        start=None, start_known="", end=None, end_known=""
    )
    Tenure.objects.bulk_update(tenures, [*OF_A_TENURE, "registry_key"])
    loaded.corrected[Tenure] += len(tenures)
    return [*held, *(wish.held for wish in granted)]


def _others(wishes: Iterable[Wish], than: Wish) -> list[Held]:
    return [wish.held for wish in wishes if wish is not than]


def _refused(wish: Wish, held: Iterable[Held], loaded: Loaded) -> bool:
    """Whether something stands in the way; a remark says what, if it is not the very same."""
    other = next((one for one in held if one.is_in_the_way_of(wish.held)), None)
    if other is None:
        return False
    if not (other.is_same_term(wish.held) and (other.start, other.end) == (wish.held.start, wish.held.end)):
        sentence = _("%(tenure)s: not loaded, since it does not go with what is here (%(other)s).")
        loaded.remarks.append(sentence % {"tenure": wish.held, "other": other})
    return True


def _is_of(tenure: Tenure, held: Held) -> bool:
    return (tenure.person_id, tenure.office_id) == (held.person.pk, held.office.pk)


def _says(tenure: Tenure, row: TenureRow) -> bool:
    """Whether the tenure says what the row says."""
    return all(getattr(tenure, name) == value for name, value in _columns(row).items())


def _written(tenure: Tenure, row: TenureRow) -> Tenure:
    for name, value in _columns(row).items():
        setattr(tenure, name, value)
    return tenure


def _columns(row: TenureRow) -> dict[str, Any]:
    return {
        "start": row.start,
        "start_known": "other" if row.start else "",
        "end": row.end,
        "end_known": "other" if row.end and row.end != OPEN else "",
        "evidence": ", ".join(row.references),
        "unverified": row.unverified,
        "registry_key": row.key,
    }


def _held(tenure: Tenure) -> Held:
    return Held(tenure.person, tenure.office, tenure.start, tenure.end, tenure.certain)


def _certain_days(rows: Sequence[TenureRow]) -> list[Days]:
    """The days each row is sure of, as the database reckons them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT certain_period(starts, ends) FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (starts, ends, number) ORDER BY number",
            [[row.start for row in rows], [row.end for row in rows]],
        )
        return [days for (days,) in cursor.fetchall()]


def _overlap(one: Days, other: Days) -> bool:
    if one.isempty or other.isempty:
        return False
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Days, other: Days) -> bool:
    return one.lower is None or other.upper is None or bool(one.lower < other.upper)


# -- what users did


def _of_users(model: type[Model], keys: Collection[int], fields: Sequence[str]) -> set[int]:
    """Those of the rows that somebody made here, or whose fields a user has changed."""
    made_here = Q(action=HistoryEntry.Action.INSERT) & (Q(after__registry_key=None) | ~Q(after__has_key="registry_key"))
    changed = Q(action=HistoryEntry.Action.UPDATE, user__isnull=False, after__has_any_keys=fields)
    entries = HistoryEntry.objects.filter(made_here | changed, table_name=model._meta.db_table, row_id__in=keys)
    return set(entries.values_list("row_id", flat=True))


def _deleted(model: type[Model], keys: Collection[str]) -> set[str]:
    """Those of the registry's keys whose record was here and has been deleted."""
    entries = HistoryEntry.objects.filter(
        table_name=model._meta.db_table, action=HistoryEntry.Action.DELETE, before__registry_key__in=list(keys)
    )
    return set(entries.values_list("before__registry_key", flat=True))


# -- words


def _names(name: Names) -> dict[str, str]:
    return {"name_ru": name.ru, "name_be": name.be, "name_en": name.en}


def _full(names: Iterable[str]) -> list[str]:
    """The names that tell who it is: not a surname alone."""
    return [name for name in names if len(name.split()) >= WORDS_OF_A_FULL_NAME]


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())
