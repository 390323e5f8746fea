"""A query that finds nothing → queries like it that ask for less, the closest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from quotes.search.query import Query, Term

MOST_TRIED = 8  # clauses that are left out one by one
MOST_OFFERED = 4


class Way(Enum):
    """What is asked less."""

    WITHOUT = "without"  # what `left_out` names
    WORDS_APART = "words apart"  # the words of phrases, wherever they stand
    NOTHING_EXCLUDED = "nothing excluded"
    ANY = "any"  # any of the words


@dataclass(frozen=True, slots=True)
class Looser:
    """A query that asks for less, how many statements answer it, and what became of the words that were left out."""

    way: Way
    query: Query
    total: int
    left_out: tuple[str, ...] = ()


def looser(query: Query, count: Callable[[Query], int], occurs: Callable[[Query], bool]) -> list[Looser]:
    """Queries that do find something, MOST_OFFERED at most.

    `count` tells how many statements a query finds, `occurs`, which is asked more often, whether it finds any.

    Words that occur nowhere are left out first; only where there are none, each other one is.
    """
    offered: dict[str, Looser] = {}
    for way, looser_query, left_out in _ways(query, occurs):
        text = str(looser_query)
        if text not in offered and text != str(query) and (total := count(looser_query)):
            offered[text] = Looser(way, looser_query, total, left_out)
        if len(offered) == MOST_OFFERED:
            break
    return list(offered.values())


def _ways(query: Query, occurs: Callable[[Query], bool]) -> Iterator[tuple[Way, Query, tuple[str, ...]]]:
    query = replace(query, dropped=())
    apart = _apart(query)
    for one in dict.fromkeys((query, apart)):
        unknown = [clause for clause in one.clauses if not occurs(Query((clause,)))]
        if unknown and len(unknown) < len(one.clauses):
            yield Way.WITHOUT, _without(one, *unknown), tuple(" OR ".join(map(str, clause)) for clause in unknown)
    if apart != query:
        yield Way.WORDS_APART, apart, ()
    if query.excluded:
        yield Way.NOTHING_EXCLUDED, replace(query, excluded=()), ()
    if len(apart.clauses) > 2:
        for clause in apart.clauses[:MOST_TRIED]:
            yield Way.WITHOUT, _without(apart, clause), (" OR ".join(map(str, clause)),)
    if len(apart.clauses) > 1:
        yield Way.ANY, Query((apart.wanted,), apart.excluded), ()


def _without(query: Query, *clauses: tuple[Term, ...]) -> Query:
    return replace(query, clauses=tuple(clause for clause in query.clauses if clause not in clauses))


def _apart(query: Query) -> Query:
    """The same with the words of phrases on their own. A phrase that is one of several choices stays."""
    clauses: list[tuple[Term, ...]] = []
    for clause in query.clauses:
        if len(clause) == 1 and clause[0].is_phrase:
            clauses += [(Term(word),) for word in clause[0].text.split() if any(map(str.isalnum, word))]
        else:
            clauses.append(clause)
    return replace(query, clauses=tuple(dict.fromkeys(clauses)))
