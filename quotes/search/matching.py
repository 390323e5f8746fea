"""Where a query's words stand in a text: the one meaning of "matches" that the index and the marked page share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quotes.search.analysis import Token, analyse, having
from quotes.search.query import Query, Term

REMEMBERED_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Sought:
    """Something a text may hold: a word that has one of `forms`, or else the surface forms `phrase`, side by side.

    Either may be empty. A word made of several («пресс-служба») has both: found whole in any form, or as its parts.
    """

    forms: frozenset[str]
    phrase: tuple[str, ...]


def sought(term: Term, language: str | None = None) -> tuple[Sought, ...]:
    """What a text must hold, all of it, to match the term; nothing for a term without a word."""
    tokens = analyse(term.text, language)
    words = tuple(token.surface for token in tokens if token.length == 1)
    if term.is_phrase:
        return (Sought(frozenset(), words),) if words else ()
    return tuple(_sought_word(token, words) for token in _outermost(tokens))


def words_of(query: Query) -> list[Sought]:
    """All words that a query wants, those of its phrases one by one, each once, in the order typed."""
    found: dict[frozenset[str], Sought] = {}
    for term in query.wanted:
        for part in sought(Term(term.text)):
            found.setdefault(part.forms, part)
    return list(found.values())


def matches(text: str, query: Query, language: str | None = None) -> list[tuple[int, int]]:
    """The ranges of `text` to mark for a query: code points, end exclusive, in order, not touching one another.

    A phrase is marked as one range, a word alone; excluded terms are not marked. The caller escapes what it prints.
    """
    return marks(text, all_sought(query), language)


def all_sought(query: Query) -> list[Sought]:
    """What `matches` marks; for `marks`, to look for it in one text after another."""
    return [part for term in query.wanted for part in sought(term)]


def marks(text: str, everything: Iterable[Sought], language: str | None = None) -> list[tuple[int, int]]:
    """As `matches`, for anything sought."""
    everything = list(everything)
    if not everything or not text:
        return []
    forms = frozenset[str]().union(*(part.forms for part in everything))
    found = list(having(forms, text, language)) if forms else []
    if phrases := {part.phrase for part in everything if part.phrase}:
        words = [token for token in analyse(text, language) if token.length == 1]
        for phrase in phrases:
            found.extend(_phrase_ranges(words, phrase))
    return list(_united(found))


def is_in(name: str, everything: Iterable[Sought]) -> bool:
    """Whether a name holds any of it: what `marks` tells, sooner, since the same names are asked for again and again."""
    words = _words_of_name(name)
    return any(
        not part.forms.isdisjoint(words.forms) or (part.phrase and any(_phrase_ranges(words.tokens, part.phrase)))
        for part in everything
    )


@dataclass(frozen=True, slots=True)
class _Words:
    forms: frozenset[str]
    tokens: list[Token]


@lru_cache(maxsize=REMEMBERED_NAMES)
def _words_of_name(name: str) -> _Words:
    tokens = analyse(name)
    forms = frozenset[str]().union(*(token.forms for token in tokens))
    return _Words(forms, [token for token in tokens if token.length == 1])


def other_forms(term: Term) -> list[str]:
    """The dictionary forms that a word is also searched by, other than itself: «стали» by «сталь» and «стать»."""
    if term.is_phrase:
        return []
    return sorted(
        form
        for token in _outermost(analyse(term.text))
        for form in token.forms
        if form != token.surface and ":" not in form and not any(map(str.isdigit, form))
    )


def _sought_word(token: Token, words: tuple[str, ...]) -> Sought:
    parts = words[token.position : token.position + token.length]
    return Sought(token.forms, parts if token.length > 1 else ())


def _outermost(tokens: list[Token]) -> Iterator[Token]:
    """The tokens that are not parts of the whole before them."""
    covered = 0
    for token in tokens:
        if token.position >= covered:
            covered = token.position + token.length
            yield token


def _phrase_ranges(words: list[Token], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for at in range(len(words) - len(phrase) + 1):
        window = words[at : at + len(phrase)]
        if all(word.surface == surface for word, surface in zip(window, phrase, strict=True)):
            yield window[0].start, window[-1].end


def _united(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same code points in ranges that neither overlap nor touch."""
    current: tuple[int, int] | None = None
    for start, end in sorted(ranges):
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
