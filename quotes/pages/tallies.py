"""How many published statements there are of what: by year, by speaker, topic, occasion, source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Model
from django.db.models.functions import ExtractYear
from django.http import HttpRequest

from articles.models import Source
from people.models import Meeting, Person
from quotes.models import Quote, Statement, Topic
from quotes.models.statement import StatementQuerySet
from quotes.pages.charts import BarChart, bar_chart, every_year
from quotes.templatetags.links import to

MOST = 8  # rows of a tally; the rest is a search away

RECORDS: Final[Mapping[str, type[Person | Meeting | Source | Topic]]] = {
    "speaker": Person,
    "meeting": Meeting,
    "source": Source,
    "topic": Topic,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A record, how many statements are of it, and the search that shows just these."""

    record: Any
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Tallies:
    """What is told beside a list of statements; a part where nothing is to be told is empty, and false.

    `address` is the search among them.
    """

    address: str
    total: int
    years: BarChart
    rows: Mapping[str, list[Row]]


def tallies(request: HttpRequest, *kinds: str, **of: Model) -> Tallies:
    """Counts of the statements `of` all these records (speaker, meeting, source, topic), by year and by these `kinds`.

    Each leads to the search for the same in the reader's language; the most frequent come first.
    """
    statements = _statements(of)
    asked = {name: record.public_id for name, record in of.items()}  # type: ignore[attr-defined]

    def search(**more: object) -> str:
        return to({"request": request}, "search", **asked, **more)

    years = dict(
        statements.exclude(spoken=None)
        .annotate(year=ExtractYear("spoken_range__startswith"))
        .order_by()
        .values_list("year")
        .annotate(Count("pk"))
    )
    rows = {}
    for kind in kinds:
        counted = _counted(kind, statements)
        records = RECORDS[kind]._default_manager.in_bulk([number for number, _count in counted])
        rows[kind] = [
            Row(records[number], count, search(**{kind: records[number].public_id})) for number, count in counted
        ]
    return Tallies(
        address=search(),
        total=statements.count(),
        years=bar_chart(every_year(years), lambda year: search(year=year)),
        rows=rows,
    )


def _statements(of: Mapping[str, Any]) -> StatementQuerySet:
    statements = Statement.objects.published()
    for name, record in of.items():
        if name == "topic":
            statements = statements.on(record)
        elif name == "source":
            quotes = Quote.objects.filter(snapshot__article__source=record)
            statements = statements.filter(pk__in=quotes.values("statement"))
        else:
            statements = statements.filter(**{name: record})
    return statements


def _counted(kind: str, statements: StatementQuerySet) -> list[tuple[int, int]]:
    column = {"topic": "topics", "source": "quotes__snapshot__article__source"}.get(kind, kind)
    counted = (
        statements.annotate(of=F(column))
        .exclude(of=None)
        .order_by()
        .values_list("of")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-count", "of")
    )
    return list(counted[:MOST])
