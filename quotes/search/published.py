"""The one way to search: for the page, the API and everything after them."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

from quotes.models import Statement
from quotes.models.statement import StatementQuerySet
from quotes.search import query as queries
from quotes.search.counting import Counts
from quotes.search.finding import NO_FILTERS, Facet, Filters
from quotes.search.index import Index, Order, Page
from quotes.search.loosening import Looser, looser
from quotes.search.matching import Sought, all_sought, marks
from quotes.search.query import Query
from quotes.search.schema import SINGLE

# How often a page is filled up, where all that the index named is gone: it is far behind, or of another database.
MOST_ROUNDS = 50
LONGEST_KEY = 19  # digits
NOTHING_SINCE = "SELECT NOT EXISTS (SELECT FROM quotes_change WHERE (xid, seq) > (%s, %s))"
RETRY_SECONDS = 30  # what a reader is told to wait where there is no index

# Where an answer is counted while its rows are read: the index lets other threads run meanwhile.
_beside = ThreadPoolExecutor(thread_name_prefix="counting")

Shown = TypeVar("Shown")
# Statements by their numbers: those of the given ones that are published.
Read = Callable[[list[int]], Mapping[int, Shown]]


@dataclass(frozen=True)
class Found(Generic[Shown]):
    """Published statements that answer a query, in its order.

    `total` counts all that the index holds of them, `start` those on the pages before. `next` is to be given as `after` for
    the following ones, `previous` as `before` for those that went before (None: there are none). `in_label_only` are the
    numbers of those that answer only by their nickname, which is not verbatim. `facets` holds what was asked for.
    """

    query: Query
    statements: list[Shown]
    total: int
    next: str | None
    in_label_only: frozenset[int]
    previous: str | None = None
    start: int = 0
    facets: Mapping[Facet, Counts] = field(default_factory=dict)
    _marked: dict[str, list[tuple[int, int]]] = field(default_factory=dict, repr=False, compare=False)

    def highlight(self, text: str) -> list[tuple[int, int]]:
        """The ranges of `text`, code points, end exclusive, that the query looks for."""
        # A card looks for the words in the same text several times.
        if text not in self._marked:
            self._marked[text] = marks(text, self._sought)
        return self._marked[text]

    @cached_property
    def _sought(self) -> list[Sought]:
        return all_sought(self.query)


@cache
def index() -> Index:
    """The view of the index that this process keeps; it follows every commit and every rebuild by itself."""
    return Index(settings.SEARCH_INDEX_DIR)


def is_up_to_date() -> bool:
    """Whether the index has taken in every change that the record knows of: then what it counts is published.

    Raises IndexUnavailable while there is no index.
    """
    position = index().position()
    if position is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_SINCE, [position.xid, position.seq])
        return bool(cursor.fetchone()[0])


def records(rows: StatementQuerySet) -> Read[Statement]:
    """Reads published statements as records, with what is loaded in `rows`."""

    def read(numbers: list[int]) -> dict[int, Statement]:
        # Two queries: one of both takes PostgreSQL three times as long to plan as these two to answer.
        published = Statement.objects.published().filter(pk__in=numbers)
        return rows.in_bulk(list(published.values_list("pk", flat=True)))

    return read


def find(
    text: str,
    *,
    read: Read[Shown],
    order: Order = "newest",
    after: str | int | None = None,
    before: str | int | None = None,
    limit: int = 20,
    filters: Filters = NO_FILTERS,
    facets: Mapping[Facet, int] | None = None,
) -> Found[Shown]:
    """The published statements that answer what somebody typed; all of them where nothing was.

    The index names them, PostgreSQL has the last word: what is gone there since is left out, and the page filled up.
    `read` reads them, as `records` or as lists show them; an `after` or `before` that no page gave counts as none. `facets` says of what
    to count values, and how many of the first ones at most. Raises IndexUnavailable while there is no index.
    """
    query = queries.parse(text)
    if query.is_vain:
        return Found(query, [], 0, None, frozenset())
    counting = [_beside.submit(index().facets, query, part, filters) for part in _parted(query, facets or {})]
    gathered = _Gathering(query, order, limit, filters, read)
    gathered.gather(_key(after), _key(before))
    counted: dict[Facet, Counts] = {}
    for part in counting:
        counted |= part.result()
    return gathered.found(counted)


def _parted(query: Query, facets: Mapping[Facet, int]) -> list[Mapping[Facet, int]]:
    """Two halves that take about as long to count; fewer where there is nothing to part.

    What several words find is few, and finding it the most of the work: that is done once.
    """
    if len(query.clauses) > 1:
        return [facets] if facets else []
    alone = {facet: most for facet, most in facets.items() if facet in SINGLE}
    rest = {facet: most for facet, most in facets.items() if facet not in SINGLE}
    return [part for part in (alone, rest) if part]


def tally(wanted: Mapping[Facet, int], filters: Filters = NO_FILTERS, text: str = "") -> dict[Facet, Counts]:
    """How many published statements have which value of each facet, without reading any; for pages of records.

    `wanted` says how many of the first values of each. The values are the rows' numbers, the words of `kind` and
    `language`, years; of `speaker` those of `schema.person_code` and `schema.organization_code`.
    """
    return index().facets(queries.parse(text), wanted, filters)


def recall(query: Query, filters: Filters = NO_FILTERS, *, read: Read[Shown], limit: int = 3) -> list[Shown]:
    """Published statements that share most words with a quotation which somebody remembers wrongly, the likest first."""
    ids = index().alike(query, filters, limit=limit)
    present = read(ids)
    return [present[number] for number in ids if number in present]


def loosened(query: Query, filters: Filters = NO_FILTERS) -> list[Looser]:
    """What to ask instead of a query that found nothing; each finds something."""
    return looser(query, lambda other: index().count(other, filters), lambda other: index().occurs(other, filters))


class _Gathering(Generic[Shown]):
    """A page's statements, filled up where some that the index named are gone."""

    def __init__(self, query: Query, order: Order, limit: int, filters: Filters, read: Read[Shown]) -> None:
        self._query, self._order, self._limit, self._filters = query, order, limit, filters
        self._read = read
        self._start_over()

    def gather(self, after: int | None, before: int | None) -> None:
        """Reads the page after one key or before another. Where the latter would begin with the first statement, it is
        the first page, read forwards so that it is full.
        """
        for _round in range(MOST_ROUNDS):
            page = index().search(
                self._query, order=self._order, after=after, before=before, limit=self._missing, filters=self._filters
            )
            if before is not None and page.start == 0:
                if self._pages:
                    self._start_over()
                    after = before = None
                    continue
                before = None
            self._take(page, in_front=before is not None)
            key = page.next_after if before is None else page.previous_before
            if not self._missing or key is None:
                break
            after, before = (key, None) if before is None else (None, key)

    def found(self, facets: Mapping[Facet, Counts]) -> Found[Shown]:
        first, last = self._pages[0], self._pages[-1]
        return Found(
            self._query,
            self._statements,
            last.total - self._gone,
            None if last.next_after is None else str(last.next_after),
            frozenset(hit.id for page in self._pages for hit in page.hits if hit.in_label_only),
            None if first.previous_before is None else str(first.previous_before),
            first.start,
            facets,
        )

    @property
    def _missing(self) -> int:
        return self._limit - len(self._statements)

    def _start_over(self) -> None:
        self._pages: list[Page] = []
        self._statements: list[Shown] = []
        self._gone = 0

    def _take(self, page: Page, *, in_front: bool) -> None:
        present = self._read([hit.id for hit in page.hits])
        here = [present[hit.id] for hit in page.hits if hit.id in present]
        self._gone += len(page.hits) - len(present)
        if in_front:
            self._pages.insert(0, page)
            self._statements = here + self._statements
        else:
            self._pages.append(page)
            self._statements += here


def _key(given: str | int | None) -> int | None:
    text = "" if given is None else str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
