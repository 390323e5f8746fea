"""The one way to search: for the page, the API and everything after them."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from quotes.models import Statement
from quotes.models.statement import StatementQuerySet
from quotes.search import query as queries
from quotes.search.finding import NO_FILTERS
from quotes.search.index import Filters, Hit, Index, Order, Page
from quotes.search.matching import matches
from quotes.search.query import Query

# How often a page is filled up, where all that the index named is gone: it is far behind, or of another database.
MOST_ROUNDS = 50
LONGEST_KEY = 19  # digits
RETRY_SECONDS = 30  # what a reader is told to wait where there is no index


@dataclass(frozen=True)
class Found:
    """Published statements that answer a query, in its order.

    `total` counts all that the index holds of them, `next` is to be given as `after` for the following ones (None: there
    are none), `in_label_only` are the numbers of those that answer only by their nickname, which is not verbatim.
    """

    query: Query
    statements: list[Statement]
    total: int
    next: str | None
    in_label_only: frozenset[int]
    _marked: dict[str, list[tuple[int, int]]] = field(default_factory=dict, repr=False, compare=False)

    def highlight(self, text: str) -> list[tuple[int, int]]:
        """The ranges of `text`, code points, end exclusive, that the query looks for."""
        # A card looks for the words in the same text several times.
        if text not in self._marked:
            self._marked[text] = matches(text, self.query)
        return self._marked[text]


@cache
def index() -> Index:
    """The view of the index that this process keeps; it follows every commit and every rebuild by itself."""
    return Index(settings.SEARCH_INDEX_DIR)


def find(
    text: str,
    *,
    order: Order = "newest",
    after: str | int | None = None,
    limit: int = 20,
    filters: Filters = NO_FILTERS,
    rows: StatementQuerySet | None = None,
) -> Found:
    """The published statements that answer what somebody typed; all of them where nothing was.

    The index names them, PostgreSQL has the last word: what is gone there since is left out, and the page filled up.
    `rows` says what is loaded with them; an `after` that no page gave counts as none. Raises IndexUnavailable while
    there is no index.
    """
    query = queries.parse(text)
    if query.is_vain:
        return Found(query, [], 0, None, frozenset())
    published = (Statement.objects.for_cards() if rows is None else rows) & Statement.objects.published()
    statements: list[Statement] = []
    hits: list[Hit] = []
    gone = 0
    page = Page((), _key(after), 0)
    for _round in range(MOST_ROUNDS):
        page = index().search(query, order=order, after=page.next_after, limit=limit - len(statements), filters=filters)
        present = published.in_bulk([hit.id for hit in page.hits])
        statements += [present[hit.id] for hit in page.hits if hit.id in present]
        gone += len(page.hits) - len(present)
        hits += page.hits
        if len(statements) == limit or page.next_after is None:
            break
    in_label_only = frozenset(hit.id for hit in hits if hit.in_label_only)
    following = None if page.next_after is None else str(page.next_after)
    return Found(query, statements, page.total - gone, following, in_label_only)


def _key(after: str | int | None) -> int | None:
    text = "" if after is None else str(after)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
