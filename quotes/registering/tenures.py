"""Who held what: written where it goes with what is here, corrected where no user has touched it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from people.date_telling import told_period
from people.edtf import OPEN, Edtf
from people.models import Office, Person, Tenure
from quotes.extraction.registry_files import TenureRow
from quotes.registering.loaded import Loaded, deleted_keys, of_users

# A range of days as the database gives it: a bound may be None, for none.
Days = Any
OF_A_TENURE = ("start", "start_known", "end", "end_known", "evidence", "unverified")


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


def load_tenures(
    rows: Sequence[TenureRow], people: dict[str, Person], offices: dict[str, Office], loaded: Loaded
) -> None:
    """Writes the rows whose person and office are here, if they go with the tenures that are here and with each other."""
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
    theirs = of_users(Tenure, [tenure.pk for tenure in (*by_key.values(), *lost)], OF_A_TENURE)
    gone = deleted_keys(Tenure, keys - by_key.keys())
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
            "SELECT certain_period(starts, ends) FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY"
            " AS given (starts, ends, number) ORDER BY number",
            [[row.start for row in rows], [row.end for row in rows]],
        )
        return [days for (days,) in cursor.fetchall()]


def _overlap(one: Days, other: Days) -> bool:
    if one.isempty or other.isempty:
        return False
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Days, other: Days) -> bool:
    return one.lower is None or other.upper is None or bool(one.lower < other.upper)
