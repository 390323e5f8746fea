"""Facets of a search as a reader sees them: names instead of numbers, links that choose and let go."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, pgettext_lazy

from articles.models import Source
from people.models import Meeting, Office, Organization, Person
from people.names import Trilingual
from quotes.models import Quote, Topic
from quotes.pages import visible
from quotes.pages.charts import BarChart, bar_chart, every_year
from quotes.pages.forms import Asked
from quotes.search.counting import Counts
from quotes.search.finding import FACETS, NO_FILTERS, Facet, Filters
from quotes.search.schema import is_organization_code, number_of_code, organization_code, person_code

TITLES: Final[dict[Facet, Promise]] = {
    "speaker": pgettext_lazy("facet", "Who"),
    "office": pgettext_lazy("facet", "Office then"),
    "meeting": pgettext_lazy("facet", "Occasion"),
    "source": pgettext_lazy("facet", "Source"),
    "topic": pgettext_lazy("facet", "Topic"),
    "kind": pgettext_lazy("facet", "Kind of speech"),
    "language": pgettext_lazy("facet", "Language of the quotation"),
    "year": pgettext_lazy("facet", "Year"),
}
MORE_VALUES: Final = pgettext_lazy("values", "More")
FEWER_VALUES: Final = pgettext_lazy("values", "Fewer")
FIRST: Final = 7  # values of a facet that are shown
MORE: Final = 100  # at most, when the reader asks for more
KINDS: Final[dict[Facet, type[Model]]] = {"office": Office, "meeting": Meeting, "source": Source, "topic": Topic}
YEAR: Final = re.compile(r"[12][0-9]{3}")
LANGUAGE: Final = re.compile(r"[a-z]{2}")

Value = int | str
Names = dict[Facet, dict[Value, "Named"]]


@dataclass(frozen=True, slots=True)
class Named:
    """A facet's value as the address has it, and what readers call it."""

    public: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, or to let go where it is chosen; `key` tells its link from all others of the page."""

    key: str
    name: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet's values with their counts; `other` leads to more of them, or back to few. Years come as a chart."""

    facet: Facet
    title: Promise
    choices: list[Choice]
    other: str = ""
    has_more: bool = False
    chart: BarChart | None = None

    @property
    def other_name(self) -> Promise:
        return MORE_VALUES if self.has_more else FEWER_VALUES


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; `address` is that of the search without it."""

    title: Promise
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is filtered by: the question with what is known of it, the filters, the names, and what is not known."""

    asked: Asked
    filters: Filters
    names: Names
    unknown: list[tuple[Promise, str]]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(TITLES[facet], named.name, self.asked.toggled(facet, named.public).address)
            for facet, values in self.names.items()
            for named in values.values()
        ]


def chosen(asked: Asked, *, is_up_to_date: bool = False) -> Chosen:
    """Looks up what the address filters by. Values that no published statement has are left out, and named as unknown.

    One query for each facet that is filtered by, three more for speakers; none for what is known of an index that
    `is_up_to_date`.
    """
    names: Names = {}
    unknown: list[tuple[Promise, str]] = []
    for facet, values in asked.chosen.items():
        known, strange = _known(facet, values, is_up_to_date=is_up_to_date)
        if known:
            names[facet] = known
        unknown += [(TITLES[facet], value) for value in strange]
    filters = NO_FILTERS
    for facet, known in names.items():
        filters = _filtered(filters, facet, known.keys())
    kept = {facet: tuple(named.public for named in known.values()) for facet, known in names.items()}
    return Chosen(replace(asked, chosen=kept), filters, names, unknown)


def wanted(asked: Asked) -> dict[Facet, int]:
    """How many values of each facet to count: one more than is shown, to know whether there are more."""
    return {facet: (MORE if facet in asked.more else FIRST) + 1 for facet in FACETS}


def shown(chosen: Chosen, counts: Mapping[Facet, Counts], total: int, *, is_up_to_date: bool) -> list[FacetShown]:
    """The facets that have something to choose, in the order of TITLES. A query for each kind of record.

    `is_up_to_date`: the index was, before it counted (see `visible.counted`).
    """
    facets = (_shown(chosen, facet, counts.get(facet, ()), is_up_to_date=is_up_to_date) for facet in TITLES)
    return [facet for facet in facets if _tells(facet, total)]


def _tells(facet: FacetShown, total: int) -> bool:
    """Whether choosing would change anything, or something is chosen."""
    choices = facet.choices
    if facet.chart:
        return True
    return len(choices) > 1 or any(choice.is_chosen or choice.count < total for choice in choices)


def _shown(chosen: Chosen, facet: Facet, counts: Counts, *, is_up_to_date: bool) -> FacetShown:
    most = MORE if facet in chosen.asked.more else FIRST
    names = dict(chosen.names.get(facet, {}))
    kept = _shortened(counts, most, names.keys()) if facet in {"speaker", *KINDS} else counts
    names |= named(facet, [value for value, _count in kept if value not in names], is_up_to_date=is_up_to_date)
    choices = [
        Choice(
            f"f-{facet}-{names[value].public}",
            names[value].name,
            count,
            chosen.asked.toggled(facet, names[value].public).address,
            value in chosen.names.get(facet, {}),
        )
        for value, count in kept
        if value in names
    ]
    if facet == "year":
        return FacetShown(facet, TITLES[facet], choices, chart=_chart(chosen, counts))
    choices.sort(key=lambda choice: (not choice.is_chosen, -choice.count, choice.name.casefold()))
    has_more = len(kept) < len(counts)
    other = chosen.asked.showing_more(facet).address if has_more or facet in chosen.asked.more else ""
    return FacetShown(facet, TITLES[facet], choices, other, has_more and facet not in chosen.asked.more)


def _shortened(counts: Counts, most: int, always: Collection[Value]) -> Counts:
    return tuple(pair for at, pair in enumerate(counts) if at < most or pair[0] in always)


def _chart(chosen: Chosen, counts: Counts) -> BarChart:
    years = {int(year): count for year, count in counts}
    picked = {int(year) for year in chosen.names.get("year", {})}
    return bar_chart(every_year(years), lambda year: chosen.asked.toggled("year", str(year)).address, picked)


def _filtered(filters: Filters, facet: Facet, values: Iterable[Value]) -> Filters:
    values = frozenset(values)
    if facet == "speaker":
        numbers = [int(value) for value in values]
        return replace(
            filters,
            speakers=frozenset(number_of_code(each) for each in numbers if not is_organization_code(each)),
            organizations=frozenset(number_of_code(each) for each in numbers if is_organization_code(each)),
        )
    return replace(filters, **{FACETS[facet]: values})  # type: ignore[arg-type]


def _known(facet: Facet, values: Iterable[str], *, is_up_to_date: bool) -> tuple[dict[Value, Named], list[str]]:
    """The values that mean something, under the numbers that the index has for them, and those that don't."""
    if facet in ("kind", "language", "year"):
        known = {_of_word(facet, value): _word(facet, value) for value in values if _is_word(facet, value)}
        return known, [value for value in values if not _is_word(facet, value)]
    ids = [value.lower() for value in values if value.isascii()]
    records = _records(facet, ids, is_up_to_date=is_up_to_date)
    found = {record.public_id for record in records.values()}
    if facet == "speaker" and (missing := [each for each in ids if each not in found]):
        merged = visible.people().filter(merged_from__public_id__in=missing).distinct()
        records |= {person_code(person.pk): person for person in merged}
        taken = visible.people().filter(merged_from__public_id__in=missing)
        found |= set(taken.values_list("merged_from__public_id", flat=True))
    strange = [value for value in values if value.lower() not in found]
    return {code: _record(record) for code, record in records.items()}, strange


def named(facet: Facet, values: Collection[Value], *, is_up_to_date: bool) -> dict[Value, Named]:
    """What readers call values that the index has counted; records without a published statement are not there."""
    if facet in ("kind", "language", "year"):
        return {value: _word(facet, str(value)) for value in values}

    def found(kind: type[Model], numbers: list[int]) -> dict[int, Any]:
        return visible.counted(kind, numbers, is_up_to_date=is_up_to_date)

    numbers = [int(value) for value in values]
    if facet != "speaker":
        return {pk: _record(record) for pk, record in found(KINDS[facet], numbers).items()}
    people = [number_of_code(each) for each in numbers if not is_organization_code(each)]
    bodies = [number_of_code(each) for each in numbers if is_organization_code(each)]
    speakers = _people(found(Person, people).values()) | _bodies(found(Organization, bodies).values())
    return {code: _record(record) for code, record in speakers.items()}


def _records(facet: Facet, public_ids: Collection[str], *, is_up_to_date: bool) -> dict[Value, Any]:
    def called(kind: type[Model]) -> list[Any]:
        return visible.called(kind, public_ids, is_up_to_date=is_up_to_date)

    if facet == "speaker":
        return _people(called(Person)) | _bodies(called(Organization))
    return {record.pk: record for record in called(KINDS[facet])}


def _people(rows: Iterable[Any]) -> dict[Value, Any]:
    return {person_code(person.pk): person for person in rows}


def _bodies(rows: Iterable[Any]) -> dict[Value, Any]:
    return {organization_code(body.pk): body for body in rows}


def _record(record: Any) -> Named:
    named: Trilingual = record
    return Named(record.public_id, named.name)


def _is_word(facet: Facet, value: str) -> bool:
    if facet == "kind":
        return value in Quote.Kind.values
    return bool((YEAR if facet == "year" else LANGUAGE).fullmatch(value))


def _of_word(facet: Facet, value: str) -> Value:
    return int(value) if facet == "year" else value


def _word(facet: Facet, value: str) -> Named:
    if facet == "kind" and value in Quote.Kind.values:
        return Named(value, capfirst(str(Quote.Kind(value).label)))
    return Named(value, _language(value) if facet == "language" else value)


def _language(code: str) -> str:
    try:
        return capfirst(str(get_language_info(code)["name_translated"]))
    except KeyError:
        return code
