"""A quotation that somebody remembers wrongly → the statements that have most of its words in common with it.

Each word weighs as much as it is rare (the probabilistic idf of BM25), so that what counts is «миллиард» and not «который».
A statement is worth offering where the words it shares weigh at least half of what all words weigh.
"""

import math
from collections.abc import Sequence
from typing import Final

import tantivy
from tantivy import Occur

from quotes.search.counting import frequencies
from quotes.search.finding import Filters, Finder
from quotes.search.matching import Sought, words_of
from quotes.search.query import Query

FEWEST_WORDS: Final = 3  # what is shorter is a question, no quotation
MOST_WORDS: Final = 24  # as many as a score can tell apart, see `_held`
ENOUGH: Final = 0.5  # of the weight
LEAST_SHARED: Final = 2  # words
LOOKED_AT: Final = 50  # statements that are compared closely
PLACES: Final = ("words", "label")


def alike(
    searcher: tantivy.Searcher, finder: Finder, query: Query, filters: Filters, most: int
) -> list[tuple[tantivy.DocAddress, float]]:
    """The documents that share most with the words of the query, whatever their order, and how much; the best first.

    None for a query of fewer than FEWEST_WORDS words. Excluded words and filters hold.
    """
    words = words_of(query)[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return []
    weights = _weights(searcher, words)
    if not any(weights):
        return []
    total = sum(weights)
    candidates = _candidates(searcher, finder, _telling(words, weights, total), query, filters)
    shares: dict[Key, float] = {}
    for at, held in _held(searcher, finder, words, candidates).items():
        share = sum(weight for place, weight in enumerate(weights) if held >> place & 1) / total
        if share >= ENOUGH and held.bit_count() >= LEAST_SHARED:
            shares[at] = share
    # Equal ones stay in the order of BM25.
    good = sorted((at for at in candidates if at in shares), key=lambda at: -shares[at])
    return [(candidates[at], shares[at]) for at in good[:most]]


Key = tuple[int, int]


def _key(address: tantivy.DocAddress) -> Key:
    return address.segment_ord, address.doc


def _weights(searcher: tantivy.Searcher, words: Sequence[Sought]) -> list[float]:
    """A word that occurs nowhere is the wrong one, and nobody knows how rare the right one is.

    So it weighs something between the rarest of all and the average of the others.
    """
    most_frequent = [max(frequencies(searcher, word, PLACES), default=0) for word in words]
    known = [_weight(searcher.num_docs, frequency) for frequency in most_frequent if frequency]
    if not known:
        return [0.0] * len(words)
    unknown = (_weight(searcher.num_docs, 0) + sum(known) / len(known)) / 2
    weights = iter(known)
    return [next(weights) if frequency else unknown for frequency in most_frequent]


def _weight(documents: int, frequency: int) -> float:
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _telling(words: Sequence[Sought], weights: Sequence[float], total: float) -> list[Sought]:
    """The rarest words, so many that the others together weigh too little: who has none of these is not alike."""
    chosen: list[Sought] = []
    left = total
    for weight, at in sorted(((weight, at) for at, weight in enumerate(weights)), reverse=True):
        if left < ENOUGH * total:
            break
        chosen.append(words[at])
        left -= weight
    return chosen


def _candidates(
    searcher: tantivy.Searcher, finder: Finder, words: Sequence[Sought], query: Query, filters: Filters
) -> dict[Key, tantivy.DocAddress]:
    any_of = tantivy.Query.boolean_query([(Occur.Should, finder.word(word, PLACES)) for word in words])
    rest = finder.plainly(Query((), query.excluded), filters)
    wanted = any_of.and_must_match(tantivy.Query.const_score_query(rest, 0.0))
    return {_key(address): address for _score, address in searcher.search(wanted, limit=LOOKED_AT).hits}


def _held(
    searcher: tantivy.Searcher,
    finder: Finder,
    words: Sequence[Sought],
    candidates: dict[Key, tantivy.DocAddress],
) -> dict[Key, int]:
    """Which of the words each candidate holds: bit n for the n-th one. All at once, each word weighing its own bit.

    A score is a float32, which has every whole number below 2**24 exactly: a bit for each of MOST_WORDS.
    """
    ids = _ids(searcher, candidates)
    if not ids:
        return {}
    bits = [
        (Occur.Should, tantivy.Query.const_score_query(finder.word(word, PLACES), float(1 << place)))
        for place, word in enumerate(words)
    ]
    hits = searcher.search(finder.among(tantivy.Query.boolean_query(bits), ids), limit=len(ids), count=False).hits
    return {_key(address): int(score) for score, address in hits}


def _ids(searcher: tantivy.Searcher, candidates: dict[Key, tantivy.DocAddress]) -> list[int]:
    ids = searcher.fast_field_values("id", list(candidates.values()))
    return [int(number) for number in ids if number is not None]
