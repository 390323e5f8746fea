"""The search index: one writer (the indexer), any number of readers (web processes), derived from PostgreSQL.

A reader looks at every search whether there is a newer commit, and opens the new generation after a rebuild. Nothing here
knows where documents come from: the indexer hands them over together with its position in the table of changes, and
both are committed at once, so after a crash it goes on exactly where the index stands.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock as ThreadLock
from typing import Literal

import tantivy

from quotes.search.counting import Counts, Remembered, count, facets, surely_occurs
from quotes.search.finding import NO_FILTERS, Facet, Filters, Finder
from quotes.search.generations import Folder, Generation, IndexLocked, IndexUnavailable, Lock, Mark
from quotes.search.query import Query
from quotes.search.recalling import alike
from quotes.search.schema import (
    PLACES,
    POSITION,
    SCHEMA_VERSION,
    VERSION,
    StatementDocument,
    fill_columns,
    tantivy_document,
    tantivy_schema,
)

# By the day said in two directions; "approved" is by what became public last, for those who follow a search.
Order = Literal["relevance", "newest", "oldest", "approved"]

MOST_HITS = 1_000  # one page at most
DEEPEST = 10_000  # hits that paging by relevance goes through; beyond them nobody reads, and a date order has no end
KEY_BITS = 64
# Where more are found than the first number, the next ones are looked for among those of so many days first: to put half
# of a million in order takes twice as long as to find which ones those are.
MANY = 50_000
DAYS_NEAR = 31
REMEMBERED_COUNTS = 256  # questions whose facets are kept until the next commit
REMEMBERED_TOTALS = 4_096
REMEMBERED_PAGES = 1_024
WRITER_MEMORY = 50_000_000  # bytes of documents that tantivy gathers before it writes a segment

__all__ = ["Filters", "Hit", "Index", "IndexLocked", "IndexUnavailable", "Page", "Position", "Writer"]


@dataclass(frozen=True, slots=True)
class Position:
    """How far the index follows the table of changes: the last row taken in, in order of (xid, seq).

    `epoch` names the history those numbers belong to: after the database was restored from a backup it must differ.
    """

    epoch: str
    xid: int
    seq: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found. `score` is None in a date order.

    `in_label_only`: without its label it would not have matched, so what was searched for is not all in the record's
    own words, and the page must say that the nickname is not verbatim.
    """

    id: int
    key: int
    score: float | None
    in_label_only: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, the exact number of all, and what to give for the pages around it.

    `next_after` is to be given as `after` for the next page, `previous_before` as `before` for the one before; None where
    there is none. `start` is the number of hits on the pages before.
    """

    hits: tuple[Hit, ...]
    next_after: int | None
    total: int
    previous_before: int | None = None
    start: int = 0


class Index:
    """One index folder, for reading from many threads and for writing by one process at a time.

    The folder need not exist: `rebuild` makes it.
    """

    def __init__(self, path: Path) -> None:
        self._folder = Folder(path)
        self._opening = ThreadLock()
        self._open: tuple[Generation, tantivy.Index] | None = None
        self._opened: Mark = None
        self._counted: Remembered[dict[Facet, Counts]] = Remembered(REMEMBERED_COUNTS)
        self._totals: Remembered[int] = Remembered(REMEMBERED_TOTALS)
        self._starts: Remembered[int] = Remembered(REMEMBERED_TOTALS)
        self._pages: Remembered[Page] = Remembered(REMEMBERED_PAGES)
        self._alike: Remembered[tuple[int, ...]] = Remembered(REMEMBERED_PAGES)

    def needs_rebuild(self) -> bool:
        """Whether the index is missing, broken, without a position, or made by another schema or analysis.

        Its files are opened anew: those that are open can still be read after they were deleted.
        """
        current = self._folder.current()
        if current is None or current.version != VERSION:
            return True
        with self._opening:
            self._open = None
        try:
            return self.position() is None
        except IndexUnavailable:
            return True

    def position(self) -> Position | None:
        """The position of the last commit; None where nothing was committed yet."""
        return _position(self._searcher())

    def mark(self) -> Mark:
        """What changes with every commit and every rebuild; None where there is no index."""
        return self._folder.mark(self._folder.current())

    def search(
        self,
        query: Query,
        *,
        order: Order = "relevance",
        after: int | None = None,
        before: int | None = None,
        limit: int = 20,
        filters: Filters = NO_FILTERS,
    ) -> Page:
        """The next statements that match, from the newest commit, or those before another page.

        `after` is another page's `next_after`, `before` its `previous_before`, for the same query and order; only one of
        them counts, `before`. Where fewer than `limit` stand before it, the first page is given, which is full. In the date
        orders these are keys of hits: such paging misses and repeats nothing, whatever is indexed meanwhile. By relevance
        they are numbers of hits, since scores are no stable place to go on from: each commit may change them all. A query
        that only excludes has no relevance and comes newest first. Pages are remembered until the next commit.
        """
        if not 1 <= limit <= MOST_HITS:
            raise ValueError(f"A page holds 1 to {MOST_HITS} hits; {limit} were asked for.")
        if any(key is not None and not 0 <= key < 1 << KEY_BITS for key in (after, before)):
            raise ValueError("No page of this search ends there: `after` and `before` must be a page's own.")
        mark = self.mark()
        question = _question(mark, query, filters, order, after, before, limit)
        return self._pages.get(question, lambda: self._page(mark, query, order, after, before, limit, filters))

    def _page(
        self,
        mark: Mark,
        query: Query,
        order: Order,
        after: int | None,
        before: int | None,
        limit: int,
        filters: Filters,
    ) -> Page:
        searcher = self._searcher()
        finder = Finder(tantivy_schema())

        def total() -> int:
            return self._how_many(mark, searcher, query, filters)

        def start_of(key: int, find: Callable[[], int]) -> int:
            return self._starts.get(_question(mark, query, filters, order, key), find)

        with _readable(self._folder.path):
            if order == "relevance" and query.clauses:
                wanted = finder.statements(query, filters)
                seen = (after or 0) if before is None else max(before - limit, 0)
                page = _by_relevance(searcher, wanted, seen, limit)
            elif order == "approved":
                page = _by_approval(searcher, finder, finder.plainly(query, filters), after, limit, total)
            else:
                wanted = finder.plainly(query, filters)
                page = _by_date(
                    searcher, finder, wanted, after, before, limit, total, start_of, newest_first=order != "oldest"
                )
            return _with_label_mark(page, searcher, finder, query, filters)

    def facets(self, query: Query, wanted: Mapping[Facet, int], filters: Filters = NO_FILTERS) -> dict[Facet, Counts]:
        """How many of the statements found have which value of each facet; see `counting.facets`.

        The value of a speaker is that of `person_code` or `organization_code`. Remembered until the next commit.
        """
        # Looked at before the commit is opened: what is found in a later one is kept under a mark that nobody sees again.
        mark = self.mark()
        searcher = self._searcher()
        finder = Finder(tantivy_schema())
        question = _question(mark, query, filters, *wanted.items())
        with _readable(self._folder.path):
            return self._counted.get(question, lambda: facets(searcher, finder, query, filters, wanted))

    def alike(self, query: Query, filters: Filters = NO_FILTERS, *, limit: int = 3) -> list[int]:
        """The ids of statements that somebody may mean who remembers their words wrongly; see `recalling.alike`."""
        mark = self.mark()
        searcher = self._searcher()

        def found() -> tuple[int, ...]:
            best = alike(searcher, Finder(tantivy_schema()), query, filters, limit)
            return tuple(_numbers(searcher, [address for address, _share in best])[0])

        with _readable(self._folder.path):
            return list(self._alike.get(_question(mark, query, filters, limit), found))

    def count(self, query: Query, filters: Filters = NO_FILTERS) -> int:
        """How many statements match."""
        mark = self.mark()
        searcher = self._searcher()
        with _readable(self._folder.path):
            return self._how_many(mark, searcher, query, filters)

    def occurs(self, query: Query, filters: Filters = NO_FILTERS) -> bool:
        """Whether any statement matches: for one word that many hold, told without looking for them."""
        mark = self.mark()
        searcher = self._searcher()
        with _readable(self._folder.path):
            if filters == NO_FILTERS and surely_occurs(searcher, query):
                return True
            return self._how_many(mark, searcher, query, filters) > 0

    @contextmanager
    def writer(self) -> Iterator["Writer"]:
        """Write to the index in use. IndexLocked: another one writes; IndexUnavailable: it must be rebuilt first."""
        with self._alone() as lock:
            current = self._folder.current()
            if current is None or self.needs_rebuild():
                raise IndexUnavailable(f"The search index in {self._folder.path} must be rebuilt before it can follow.")
            with _opened(self._folder, current, lock) as writer:
                yield writer

    @contextmanager
    def rebuild(self) -> Iterator["Writer"]:
        """Fill a new index, which takes the old one's place when the block ends well; until then the old one answers.

        The documents may come in several calls of `add` and `replace`; the last one's position counts.
        """
        with self._alone() as lock:
            with _readable(self._folder.path):
                generation = self._folder.start(VERSION)
                tantivy.Index(tantivy_schema(), path=str(self._folder.of(generation)))
            try:
                with _opened(self._folder, generation, lock, in_use=False) as writer:
                    yield writer
                    if writer.position() is None:
                        raise IndexUnavailable("A rebuild must commit a position, even where there is no statement.")
                with _readable(self._folder.path):
                    self._folder.use(generation)
            except BaseException:
                self._folder.discard(generation)
                raise
            with _readable(self._folder.path):
                self._folder.sweep()

    def _how_many(self, mark: Mark, searcher: tantivy.Searcher, query: Query, filters: Filters) -> int:
        """How many match, remembered until the next commit; `mark` was looked at before the searcher was opened."""
        question = _question(mark, query, filters)
        return self._totals.get(question, lambda: count(searcher, Finder(tantivy_schema()).plainly(query, filters)))

    @contextmanager
    def _alone(self) -> Iterator[Lock]:
        """Hold the writer's lock over a folder without leftovers."""
        with ExitStack() as stack:
            with _readable(self._folder.path):
                lock = stack.enter_context(self._folder.locked())
                self._folder.sweep()
            yield lock

    def _searcher(self) -> tantivy.Searcher:
        """The newest commit. Tried again where a rebuild took the index away between looking and opening."""
        for _ in range(2):
            with suppress(ValueError, OSError):
                return self._newest()
        with _readable(self._folder.path):
            return self._newest()

    def _newest(self) -> tantivy.Searcher:
        current = self._folder.current()
        if current is None:
            raise IndexUnavailable(f"There is no search index in {self._folder.path} yet: start the indexer, or wait.")
        if current.schema != str(SCHEMA_VERSION):
            raise IndexUnavailable(
                f"The search index in {self._folder.path} was made by another version: restart this process, or wait for"
                " the indexer to rebuild it."
            )
        mark = self._folder.mark(current)  # before it is opened, so that a later commit is opened anew, not overlooked
        with self._opening:
            if self._open is None or self._open[0] != current:
                self._open = current, _tantivy_index(self._folder.of(current))
                self._opened = None
            index = self._open[1]
            if mark is None or mark != self._opened:
                try:
                    index.reload()
                except ValueError:
                    self._open = None
                    raise
                self._opened = mark
            return index.searcher()


class Writer:
    """Puts documents in and takes them out; made by `Index.writer` and `Index.rebuild`."""

    def __init__(self, folder: Folder, generation: Generation, lock: Lock, *, in_use: bool) -> None:
        self._folder, self._generation, self._lock, self._in_use = folder, generation, lock, in_use
        self._index = _tantivy_index(folder.of(generation))
        self._schema = tantivy_schema()
        self._tantivy = self._index.writer(heap_size=WRITER_MEMORY, num_threads=1)

    def position(self) -> Position | None:
        """The position of the last commit; None before the first."""
        with _readable(self._folder.path):
            self._index.reload()
            return _position(self._index.searcher())

    def add(self, documents: Iterable[StatementDocument]) -> None:
        """Put in documents of which the index holds none with their ids; the next `replace` commits them."""
        with _readable(self._folder.path):
            for document in documents:
                self._tantivy.add_document(tantivy_document(document))

    def replace(self, documents: Iterable[StatementDocument], deleted_ids: Iterable[int], position: Position) -> None:
        """Put these documents in place of those with their ids, take out the deleted, move the position: one commit.

        Of two documents with one id the later counts, and a document counts more than its deletion. Where anything
        fails, nothing is changed. IndexUnavailable: the folder was deleted or replaced meanwhile; rebuild.
        """
        self._check_place()
        added = [(document.id, tantivy_document(document)) for document in documents]
        try:
            with _readable(self._folder.path):
                self._write(added, deleted_ids, position)
        except BaseException:
            with suppress(ValueError):  # after some failures tantivy's writer is dead and holds nothing to undo
                self._tantivy.rollback()
            raise

    def _write(self, added: list[tuple[int, tantivy.Document]], deleted_ids: Iterable[int], position: Position) -> None:
        for deleted in deleted_ids:
            self._delete("id", deleted)
        for number, document in added:
            self._delete("id", number)
            self._tantivy.add_document(document)
        self._delete("record", POSITION)
        self._tantivy.add_document(_position_document(position))
        self._check_place()
        self._tantivy.commit()

    def close(self) -> None:
        """Let merges finish and release tantivy's own lock."""
        with _readable(self._folder.path):
            self._tantivy.wait_merging_threads()

    def _delete(self, field: str, value: int | str) -> None:
        """By query: by term, tantivy 0.27 looks for a signed number, finds none in an unsigned field, and is silent."""
        self._tantivy.delete_documents_by_query(tantivy.Query.term_query(self._schema, field, value, "basic"))

    def _check_place(self) -> None:
        """A commit into a folder that was taken away would vanish without a word."""
        replaced = self._in_use and self._folder.current() != self._generation
        if replaced or not self._lock.holds or not (self._folder.of(self._generation) / "meta.json").exists():
            raise IndexUnavailable(f"The search index in {self._folder.path} was deleted or replaced: rebuild it.")


@contextmanager
def _opened(folder: Folder, generation: Generation, lock: Lock, *, in_use: bool = True) -> Iterator[Writer]:
    with _readable(folder.path):
        writer = Writer(folder, generation, lock, in_use=in_use)
    try:
        yield writer
    finally:
        writer.close()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tantivy tells every trouble with its files by ValueError."""
    try:
        yield
    except (ValueError, OSError) as trouble:
        raise IndexUnavailable(f"The search index in {path} can't be read ({trouble}): rebuild it.") from trouble


def _question(mark: Mark, query: Query, filters: Filters, *more: Hashable) -> Hashable:
    """What an answer is remembered by: what was dropped of the query changes nothing."""
    return mark, query.clauses, query.excluded, filters, *more


def _tantivy_index(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    # Reloaded at each search instead: no thread that watches the folder, and a search sees every commit before it.
    index.config_reader(reload_policy="manual")
    return index


def _by_relevance(searcher: tantivy.Searcher, wanted: tantivy.Query, seen: int, limit: int) -> Page:
    """Equal scores stand in tantivy's own order, which is the same as long as nothing is committed."""
    asked = min(limit, DEEPEST - seen)
    if asked <= 0:
        return Page((), None, count(searcher, wanted), previous_before=min(seen, DEEPEST), start=seen)
    result = searcher.search(wanted, limit=asked, offset=seen)
    ids, keys = _numbers(searcher, [address for _, address in result.hits])
    scores = [float(score) for score, _ in result.hits]
    hits = tuple(Hit(*values, in_label_only=False) for values in zip(ids, keys, scores, strict=True))
    total = _total(result)
    following = seen + len(hits)
    next_after = following if hits and following < min(total, DEEPEST) else None
    return Page(hits, next_after, total, previous_before=min(seen, total) or None, start=seen)


def _by_date(
    searcher: tantivy.Searcher,
    finder: Finder,
    wanted: tantivy.Query,
    after: int | None,
    before: int | None,
    limit: int,
    every: Callable[[], int],
    start_of: Callable[[int, Callable[[], int]], int],
    *,
    newest_first: bool,
) -> Page:
    """The page after one key, or before another; how many stand on the other side of it is what is left of `every`.

    `start_of` remembers how many stand before the page after a key: whoever turns it knows from the one before.
    """
    if before is not None:
        page = _before(searcher, finder, wanted, before, limit, every, newest_first=newest_first)
        if page is not None:
            return page
        after = None
    order = tantivy.Order.Desc if newest_first else tantivy.Order.Asc
    if after is None:
        result = searcher.search(wanted, limit=limit + 1, order_by_field="key", order=order)
        total, start = _total(result), 0
    else:
        total = every()
        rest = finder.beyond(wanted, after, older=newest_first)
        start = start_of(after, lambda: total - count(searcher, rest))
        near = finder.beyond(wanted, after, older=newest_first, days=DAYS_NEAR)
        for among in (near, rest) if total > MANY else (rest,):
            result = searcher.search(among, limit=limit + 1, count=False, order_by_field="key", order=order)
            if len(result.hits) > limit:
                break
    hits = _dated(searcher, result, limit)
    next_after = hits[-1].key if len(result.hits) > limit else None
    if next_after is not None:
        start_of(next_after, lambda: start + len(hits))
    previous = (hits[0].key if hits else after) if start else None
    return Page(hits, next_after, total, previous, start)


def _by_approval(
    searcher: tantivy.Searcher,
    finder: Finder,
    wanted: tantivy.Query,
    after: int | None,
    limit: int,
    every: Callable[[], int],
) -> Page:
    """The next ones in the order of approval; there is no way back, for nobody pages through it."""
    rest = wanted if after is None else finder.beyond(wanted, after, older=True, field="approval")
    result = searcher.search(rest, limit=limit + 1, order_by_field="approval", order=tantivy.Order.Desc)
    pairs = zip(*_numbers(searcher, [address for _, address in result.hits[:limit]], "approval"), strict=True)
    hits = tuple(Hit(*pair, score=None, in_label_only=False) for pair in pairs)
    total = _total(result) if after is None else every()
    return Page(hits, hits[-1].key if len(result.hits) > limit else None, total)


def _before(
    searcher: tantivy.Searcher,
    finder: Finder,
    wanted: tantivy.Query,
    before: int,
    limit: int,
    every: Callable[[], int],
    *,
    newest_first: bool,
) -> Page | None:
    """The page that ends before the key; None where no whole page does."""
    rest = finder.beyond(wanted, before, older=not newest_first)
    order = tantivy.Order.Asc if newest_first else tantivy.Order.Desc
    result = searcher.search(rest, limit=limit + 1, order_by_field="key", order=order)
    if len(result.hits) < limit:
        return None
    hits = _dated(searcher, result, limit)[::-1]
    total = every()
    start = _total(result) - len(hits)
    follows = start + len(hits) < total
    return Page(hits, hits[-1].key if follows else None, total, hits[0].key if start else None, start)


def _dated(searcher: tantivy.Searcher, result: tantivy.SearchResult, limit: int) -> tuple[Hit, ...]:
    pairs = zip(*_numbers(searcher, [address for _, address in result.hits[:limit]]), strict=True)
    return tuple(Hit(*pair, score=None, in_label_only=False) for pair in pairs)


def _with_label_mark(page: Page, searcher: tantivy.Searcher, finder: Finder, query: Query, filters: Filters) -> Page:
    """Search the page's hits again without their labels: those that are gone were found by the label alone."""
    if not page.hits or not query.clauses:
        return page
    ids = {hit.id for hit in page.hits}
    # Few statements have a label: mostly none of these has any of the words in it, which is soon told.
    in_labels = finder.among(finder.statements(Query((query.wanted,)), places=["label"]), ids)
    if not searcher.search(in_labels, limit=1, count=False).hits:
        return page
    elsewhere = finder.statements(query, filters, [place for place in PLACES if place != "label"])
    kept = searcher.search(finder.among(elsewhere, ids), limit=len(ids))
    kept_ids = set(_numbers(searcher, [address for _, address in kept.hits])[0])
    hits = tuple(Hit(hit.id, hit.key, hit.score, hit.id not in kept_ids) for hit in page.hits)
    return replace(page, hits=hits)


def _numbers(
    searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress], key: str = "key"
) -> tuple[list[int], list[int]]:
    """Ids of documents, and the keys by which they are sorted."""
    ids, keys = (searcher.fast_field_values(field, addresses) for field in ("id", key))
    return [int(value) for value in ids if value is not None], [int(value) for value in keys if value is not None]


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # there, but missing in tantivy's stubs


def _position(searcher: tantivy.Searcher) -> Position | None:
    found = searcher.search(tantivy.Query.term_query(tantivy_schema(), "record", POSITION, "basic"), limit=1)
    if not found.hits:
        return None
    kept = searcher.doc(found.hits[0][1]).get_first("position")
    return Position(**json.loads(str(kept)))


def _position_document(position: Position) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("record", POSITION)
    fill_columns(document)
    document.add_text("position", json.dumps(asdict(position)))
    return document
