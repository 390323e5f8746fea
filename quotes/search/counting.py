"""How many of the statements found have which speaker, office, source and so on: facets, with exact counts.

A facet's counts are those with all filters except its own, so that its other choices stay in sight. Facets without a
choice are counted in one request, each other one in its own.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar

import tantivy

from quotes.search.finding import Facet, Filters, Finder
from quotes.search.matching import Sought, sought
from quotes.search.query import Query
from quotes.search.schema import CROWDED, PLACES, POSITION, SINGLE, STATEMENT, TOGETHER, columns

Counts = tuple[tuple[int | str, int], ...]
Request = dict[str, Any]

# Values that each segment of the index hands over, to choose the first ones of. That so many are more than there are costs
# a millisecond or two; where there are more, what is left out makes a second request necessary, which finds all the
# statements again. Tantivy has no more than the second number.
SOME_VALUES: Final = 20_000
# Values of all segments together among which the first ones are looked for, as long as these can't be others.
LIKELY: Final = 100
MOST_VALUES: Final = 65_000
# Values that are brought together from several columns; there are far fewer topics than this, and hardly as many sources.
MOST_BROUGHT: Final = 5_000
EVERY: Final = 2_000  # what has no first ones: years, kinds, languages

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The answers given last, by what was asked: readers leaf through pages that share their counts."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, question: Hashable, find: Callable[[], Value]) -> Value:
        """The answer to the question, found anew where it is not remembered; two threads may both find it."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        answer = find()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


def count(searcher: tantivy.Searcher, wanted: tantivy.Query) -> int:
    """How many statements a query finds. As a sum of a column, which takes half as long as a search that counts."""
    return int(searcher.aggregate(wanted, {"keys": {"value_count": {"field": "key"}}})["keys"]["value"])


def surely_occurs(searcher: tantivy.Searcher, query: Query) -> bool:
    """Whether the query is one word, and more documents hold it than are deleted: those are still among its frequencies."""
    if len(query.clauses) != 1 or query.excluded:
        return False
    parts = [part for term in query.wanted for part in sought(term)]
    if len(parts) != 1:
        return False
    every = sum(searcher.doc_freq("record", record) for record in (STATEMENT, POSITION))
    deleted = every - searcher.num_docs
    return any(frequency > deleted for frequency in frequencies(searcher, parts[0], PLACES))


def frequencies(searcher: tantivy.Searcher, word: Sought, places: Iterable[str]) -> list[int]:
    """How many documents hold each of the word's forms in each of the places, those that are deleted among them."""
    return [searcher.doc_freq(place, form) for place in places for form in word.forms]


def facets(
    searcher: tantivy.Searcher, finder: Finder, query: Query, filters: Filters, wanted: Mapping[Facet, int]
) -> dict[Facet, Counts]:
    """(value, count) pairs of each facet, the highest counts first, as many as wanted; equal ones by value.

    What the filters choose is always among them, with 0 too. Years, kinds and languages come all.
    """
    free = [facet for facet in wanted if not filters.chosen(facet)]
    groups = [(filters, free), *((filters.without(facet), [facet]) for facet in wanted if facet not in free)]
    found: dict[Facet, Counts] = {}
    for narrowed, group in groups:
        if group:
            counting = _Counting(
                searcher, finder, finder.plainly(query, narrowed), {each: wanted[each] for each in group}
            )
            found |= {facet: counting.first(facet, filters) for facet in group}
    return found


class _Counting:
    """The counts of some facets among the statements of one query."""

    def __init__(
        self, searcher: tantivy.Searcher, finder: Finder, among: tantivy.Query, wanted: Mapping[Facet, int]
    ) -> None:
        self._searcher, self._finder, self._among, self._wanted = searcher, finder, among, wanted
        request: Request = {}
        for facet, most in wanted.items():
            request |= _request(facet, most)
        self._answer: dict[str, Any] = searcher.aggregate(among, request)

    def first(self, facet: Facet, filters: Filters) -> Counts:
        counts, is_cut = self._counts(facet)
        best = sorted(counts.items(), key=_place)
        if facet not in TOGETHER and facet != "year":
            best = best[: self._wanted[facet]]
        if is_cut:
            best = [(value, self._count_of(facet, value)) for value, _count in best]
        known = {value for value, _count in best}
        missing = [value for value in filters.chosen(facet) if value not in known]
        best += [(value, self._count_of(facet, value)) for value in missing]
        return tuple(sorted(best, key=_place))

    def _counts(self, facet: Facet) -> tuple[Counter[int | str], bool]:
        """All that was counted, and whether a sum of several columns may lack a part."""
        if facet in TOGETHER:
            apart: Counter[int | str] = Counter()
            for together, number in self._buckets(TOGETHER[facet]):
                apart.update(dict.fromkeys(str(together).split(), number))
            return apart, False
        if facet in SINGLE:
            return Counter({value: number for value, number in self._single(facet).items() if value}), False
        sums: Counter[int | str] = Counter()
        for column in columns(facet):
            sums.update({value: number for value, number in self._buckets(column) if value})
        is_cut = any(self._answer[column]["sum_other_doc_count"] for column in columns(facet))
        if self._searcher.doc_freq(CROWDED, facet):
            crowded = self._finder.having(self._among, CROWDED, facet)
            answer = self._searcher.aggregate(crowded, {facet: _terms(facet, MOST_BROUGHT)})
            sums.update(_pairs(answer[facet]))
            is_cut = is_cut or bool(answer[facet]["sum_other_doc_count"])
        return sums, is_cut

    def _single(self, facet: Facet) -> dict[int | str, int]:
        """The first values with their exact counts, told from the others that a segment kept for itself by their bound."""
        answer = self._answer[facet]
        bound = answer["doc_count_error_upper_bound"]
        if not bound:
            return _pairs(answer)
        # What was counted is the least that a value can have, and with the bound the most.
        counted = {value: number for value, number in _pairs(answer).items() if value}
        least = sorted(counted.values(), reverse=True)[: self._wanted[facet]][-1]
        likely = [value for value, number in counted.items() if number + bound >= least]
        if len(likely) < len(counted) or not answer["sum_other_doc_count"]:
            return self._ask(self._finder.among_values(self._among, facet, likely), facet, len(likely))
        return self._ask(self._among, facet, self._wanted[facet] + 1, MOST_VALUES)

    def _ask(self, among: tantivy.Query, field: str, size: int, of_segment: int = 0) -> dict[int | str, int]:
        return _pairs(self._searcher.aggregate(among, {field: _terms(field, size, of_segment)})[field])

    def _buckets(self, column: str) -> list[tuple[int | str, int]]:
        return list(_pairs(self._answer[column]).items())

    def _count_of(self, facet: Facet, value: int | str) -> int:
        return count(self._searcher, self._finder.having(self._among, facet, value))


def _place(pair: tuple[int | str, int]) -> tuple[int, int | str]:
    return -pair[1], pair[0]


def _request(facet: Facet, most: int) -> Request:
    if facet in TOGETHER:
        return {TOGETHER[facet]: _terms(TOGETHER[facet], EVERY)}
    if facet in SINGLE:
        return {facet: _terms(facet, EVERY if facet == "year" else max(most + 1, LIKELY))}
    return {column: _terms(column, MOST_BROUGHT) for column in columns(facet)}


def _terms(field: str, size: int, of_segment: int = 0) -> Request:
    return {"terms": {"field": field, "size": size, "segment_size": max(size, of_segment or SOME_VALUES)}}


def _pairs(answer: dict[str, Any]) -> dict[int | str, int]:
    return {
        bucket["key"] if isinstance(bucket["key"], str) else int(bucket["key"]): int(bucket["doc_count"])
        for bucket in answer["buckets"]
    }
