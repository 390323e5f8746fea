"""A query and its filters → the tantivy query that means the same."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import tantivy
from tantivy import Occur

from quotes.search.matching import Sought, sought
from quotes.search.query import Query, Term
from quotes.search.schema import ID_BITS, PLACES, STATEMENT, organization_code, person_code

PLACE_WEIGHTS = {"words": 1.0, "label": 1.5, "names": 1.0}  # an editor's nickname says best what a statement is about


Facet = Literal["speaker", "office", "meeting", "source", "topic", "kind", "language", "year"]
# What statements are counted by, and the filter that it belongs to.
FACETS: Final[dict[Facet, str]] = {
    "speaker": "speakers",
    "office": "offices",
    "meeting": "meetings",
    "source": "sources",
    "topic": "topics",
    "kind": "kinds",
    "language": "languages",
    "year": "years",
}


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both included; open where there is none."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def __bool__(self) -> bool:
        return bool(self.first or self.last)

    @property
    def ordinals(self) -> tuple[int, int]:
        """The first one's, and that of the day after the last one."""
        first, last = self.first or datetime.date.min, self.last or datetime.date.max
        return first.toordinal(), last.toordinal() + 1


ANY_DAY = Days()


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of one kind are alternatives, different kinds must all hold; an empty kind filters nothing.

    Who speaks is one kind, `speakers` (people) and `organizations` together; `bodies` another: organizations that speak
    themselves, or in whose offices (`offices_of_bodies`) somebody speaks. `years` are those of the first day that a date
    may mean. `since` and `until` are days, both included; so are `published`, where the first days count that the dates of
    the articles may mean, and `approved`. A statement without a day is in no such range.
    """

    speakers: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    meetings: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    articles: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    since: datetime.date | None = None
    until: datetime.date | None = None
    ids: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    offices_of_bodies: frozenset[int] = frozenset()
    published: Days = ANY_DAY
    approved: Days = ANY_DAY

    @property
    def spoken(self) -> Days:
        return Days(self.since, self.until)

    def chosen(self, facet: Facet) -> frozenset[int] | frozenset[str]:
        """The values of a facet, as the index has them."""
        if facet == "speaker":
            return frozenset(map(person_code, self.speakers)) | frozenset(map(organization_code, self.organizations))
        values: frozenset[int] | frozenset[str] = getattr(self, FACETS[facet])
        return values

    def without(self, facet: Facet) -> "Filters":
        """The other filters."""
        if facet == "speaker":
            return replace(self, speakers=frozenset(), organizations=frozenset())
        return replace(self, **{FACETS[facet]: frozenset()})  # type: ignore[arg-type]


NO_FILTERS = Filters()


class Finder:
    """Builds queries over one index's schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def statements(self, query: Query, filters: Filters = NO_FILTERS, places: Sequence[str] = PLACES) -> tantivy.Query:
        """Statements that hold every clause in some of the `places`, nothing excluded in any, and pass the filters."""
        must = [self._clause(clause, places) for clause in query.clauses]
        must.extend(self._plain(condition) for condition in self._conditions(filters))
        # Excluding alone would find nothing, and must never find the follower's position.
        must = must or [self._plain(self._term("record", STATEMENT))]
        never = [self._plain(self._one(term, PLACES)) for term in query.excluded]
        return tantivy.Query.boolean_query(
            [(Occur.Must, part) for part in must] + [(Occur.MustNot, part) for part in never]
        )

    def plainly(self, query: Query, filters: Filters = NO_FILTERS) -> tantivy.Query:
        """The same statements for counting and for orders by date: without weights, which doubles the speed."""
        must = [_one_of([way for term in clause for way in self._ways(term)]) for clause in query.clauses]
        must.extend(self._conditions(filters))
        must = must or [self._term("record", STATEMENT)]
        never = [_one_of(list(self._ways(term))) for term in query.excluded]
        return tantivy.Query.boolean_query(
            [(Occur.Must, part) for part in must] + [(Occur.MustNot, part) for part in never]
        )

    def _ways(self, term: Term) -> Iterable[tantivy.Query]:
        """A term's one part in any form and place; where it has several, they must all be there."""
        parts = [list(self._ways_of(part)) for part in sought(term)]
        if len(parts) == 1:
            yield from parts[0]
        elif parts:
            yield tantivy.Query.boolean_query([(Occur.Must, _one_of(ways)) for ways in parts])

    def _ways_of(self, part: Sought) -> Iterable[tantivy.Query]:
        """Single terms, which are met twice as fast as a set of them."""
        for place in PLACES:
            yield from (self._term(place, form) for form in sorted(part.forms))
            if part.phrase:
                yield self._phrase(f"{place}_surface", part.phrase)

    def among(self, query: tantivy.Query, ids: Iterable[int]) -> tantivy.Query:
        """The query, for these statements only."""
        return query.and_must_match(self._plain(self._any("id", ids)))

    def having(self, query: tantivy.Query, field: str, value: int | str) -> tantivy.Query:
        """The query, for statements with this value in a field of numbers or marks."""
        return query.and_must_match(self._plain(self._term(field, value)))

    def among_values(self, query: tantivy.Query, field: str, values: Iterable[int | str]) -> tantivy.Query:
        """The query, for statements with one of these values."""
        return query.and_must_match(self._plain(self._any(field, values)))

    def beyond(
        self, query: tantivy.Query, key: int, *, older: bool, field: str = "key", days: int | None = None
    ) -> tantivy.Query:
        """The query, for statements after this key in the order of paging by the field; of so many days only, if given."""
        span = None if days is None else days << ID_BITS
        if older:
            keys = self._keys(None if span is None else max(key - span, 0), key, field)
        else:
            keys = self._keys(key + 1, None if span is None else key + 1 + span, field)
        return query.and_must_match(self._plain(keys))

    def _clause(self, clause: tuple[Term, ...], places: Sequence[str]) -> tantivy.Query:
        return _best([self._one(term, places) for term in clause])

    def _one(self, term: Term, places: Sequence[str]) -> tantivy.Query:
        parts = [self._sought(part, places) for part in sought(term)]
        return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])

    def word(self, part: Sought, places: Sequence[str] = PLACES) -> tantivy.Query:
        """Statements that hold the word in some of the places, weighed by the best of them."""
        return self._sought(part, places)

    def _sought(self, part: Sought, places: Sequence[str]) -> tantivy.Query:
        """The best of its places and forms counts: a word is not worth more for having many forms."""
        ways: list[tantivy.Query] = []
        for place in places:
            here = [self._term(place, form) for form in sorted(part.forms)]
            if part.phrase:
                here.append(self._phrase(f"{place}_surface", part.phrase))
            ways.append(tantivy.Query.boost_query(_best(here), PLACE_WEIGHTS[place]))
        return _best(ways)

    def _phrase(self, field: str, words: tuple[str, ...]) -> tantivy.Query:
        if len(words) == 1:
            return self._term(field, words[0])
        return tantivy.Query.phrase_query(self.schema, field, list(words))

    def _term(self, field: str, value: int | str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)

    def _conditions(self, filters: Filters) -> Iterable[tantivy.Query]:
        for facet in FACETS:
            if values := filters.chosen(facet):
                yield self._any(facet, values)
        if filters.articles:
            yield self._any("article", filters.articles)
        if filters.ids:
            yield self._any("id", filters.ids)
        if filters.bodies:
            themselves = self._any("speaker", map(organization_code, filters.bodies))
            yield _one_of([themselves, self._any("office", filters.offices_of_bodies)])
        yield from self._days(filters)

    def _days(self, filters: Filters) -> Iterable[tantivy.Query]:
        if filters.spoken:
            first, end = filters.spoken.ordinals
            yield self._keys(first << ID_BITS, end << ID_BITS)
        for field, days in (("published", filters.published), ("approved", filters.approved)):
            if days:
                yield self._keys(*days.ordinals, field)

    def _any(self, field: str, values: Iterable[int | str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self.schema, field, sorted(values, key=str))

    def _keys(self, first: int | None, end: int | None, field: str = "key") -> tantivy.Query:
        """Keys from `first`, before `end`; tantivy wants an open end called included."""
        return tantivy.Query.range_query(
            self.schema,
            field,
            tantivy.FieldType.Unsigned,
            lower_bound=first,
            upper_bound=end,
            include_upper=end is None,
        )

    def _plain(self, query: tantivy.Query) -> tantivy.Query:
        """A condition, which must not weigh in the order by relevance."""
        return tantivy.Query.const_score_query(query, 0.0)


def _one_of(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])


def _best(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)
