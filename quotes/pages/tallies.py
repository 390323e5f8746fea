"""How many published statements there are of what: by year, by speaker, topic, occasion, source.

Counted in the search index, the one place that can do it at once among any number of statements. It is a second behind the
record at most; while it is rebuilt there are no counts, and pages do without.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from django.db.models import Model
from django.http import HttpRequest

from articles.models import Source
from people.models import Meeting, Person
from quotes.models import Topic
from quotes.pages import visible
from quotes.pages.charts import BarChart, bar_chart, every_year
from quotes.search.finding import NO_FILTERS, Facet, Filters
from quotes.search.index import IndexUnavailable
from quotes.search.published import index, is_up_to_date, tally
from quotes.search.query import Query
from quotes.search.schema import person_code
from quotes.templatetags.links import to

MOST = 8  # rows of a tally; the rest is a search away
# As many are asked for, since bodies that speak have no page and are left out here.
ASKED = 2 * MOST

# Records that have pages of their own, by what they are in the search.
RECORDS: Final[Mapping[Facet, type[Model]]] = {"speaker": Person, "meeting": Meeting, "source": Source, "topic": Topic}
EVERYTHING: Final = Query()


class Record(Protocol):
    """A person, an occasion, a source or a topic."""

    pk: Any
    public_id: Any


@dataclass(frozen=True, slots=True)
class Row:
    """A record, how many statements are of it, and the search that shows just these.

    `is_within`: a topic that is counted in its broader one, too, which stands above it.
    """

    record: Any
    count: int
    address: str
    is_within: bool = False


@dataclass(frozen=True, slots=True)
class Tallies:
    """What is told beside a list of statements; a part where nothing is to be told is empty, and false.

    `address` is the search among them; `total` is None while nobody can count.
    """

    address: str
    total: int | None
    years: BarChart
    rows: Mapping[Facet, list[Row]]


def tallies(request: HttpRequest, *kinds: Facet, **of: Record) -> Tallies:
    """Counts of the statements `of` all these records (speaker, meeting, source, topic), by year and by these `kinds`.

    Each leads to the search for the same in the reader's language; the most frequent come first. One query for each kind.
    """
    asked = {name: record.public_id for name, record in of.items()}

    def search(**more: object) -> str:
        return to({"request": request}, "search", **asked, **more)

    filters = filtered(**of)
    try:
        current = is_up_to_date()  # before it counts: what changes meanwhile has not been looked at yet
        counted = tally(dict.fromkeys(("year", *kinds), ASKED), filters)
        total = index().count(EVERYTHING, filters)
    except IndexUnavailable:
        return Tallies(search(), None, bar_chart([]), {})
    years = {int(year): count for year, count in counted["year"]}
    return Tallies(
        address=search(),
        total=total,
        years=bar_chart(every_year(years), lambda year: search(year=year)),
        rows={kind: _rows(kind, counted[kind], search, is_up_to_date=current) for kind in kinds},
    )


def filtered(**of: Record) -> Filters:
    """What the search is told to find the statements of all these records."""
    chosen = {f"{name}s": frozenset([record.pk]) for name, record in of.items()}
    return replace(NO_FILTERS, **chosen)  # type: ignore[arg-type]  # of numbers, all four of them


def _rows(
    kind: Facet, counts: tuple[tuple[int | str, int], ...], search: Callable[..., str], *, is_up_to_date: bool
) -> list[Row]:
    named = visible.counted(RECORDS[kind], _numbers(kind, counts), is_up_to_date=is_up_to_date)
    records = {_value(kind, record): record for record in named.values()}
    found = [(records[value], count) for value, count in counts if value in records]
    rows = [Row(record, count, search(**{kind: record.public_id})) for record, count in found[:MOST]]
    return _as_tree(rows) if kind == "topic" else rows


def _as_tree(rows: list[Row]) -> list[Row]:
    """Topics, each narrower one below its broader one where that stands here, too."""
    shown = {row.record.pk for row in rows}
    tree: list[Row] = []
    for row in rows:
        if row.record.parent_id not in shown:
            narrower = [replace(one, is_within=True) for one in rows if one.record.parent_id == row.record.pk]
            tree += [row, *narrower]
    return tree


def _value(kind: Facet, record: Model) -> int:
    """What the index calls the record."""
    return person_code(record.pk) if kind == "speaker" else int(record.pk)


def _numbers(kind: Facet, counts: tuple[tuple[int | str, int], ...]) -> list[int]:
    """The numbers of the rows that the index speaks of."""
    values = [int(value) for value, _count in counts]
    if kind != "speaker":
        return values
    return [value >> 1 for value in values if value == person_code(value >> 1)]
