"""What the cues of languages that are read off the surface have in common: where they stand, and several words as one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from quotes.extraction.candidates import Span
from quotes.extraction.surface.layout import Sentence, Token

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: tokens `first` to before `end`."""

    first: int
    end: int

    def span(self, sentence: Sentence) -> Span:
        return sentence.range(self.first, self.end)


OneHit = TypeVar("OneHit", bound=Hit)


def cues_in(tokens: list[Token], at: Callable[[int], OneHit | None]) -> list[OneHit]:
    """What `at` finds at the words of a sentence, each behind the end of the one before."""
    found: list[OneHit] = []
    for number, token in enumerate(tokens):
        if token.is_word and not (found and number < found[-1].end) and (hit := at(number)) is not None:
            found.append(hit)
    return found


class Phrases(Generic[Meaning]):
    """Phrases of one word or more, each with what it means; of two that fit, the longer one is found."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}

    def __iter__(self) -> Iterator[str]:
        """The words that phrases begin with."""
        return iter(self._by_first)

    def add(self, words: tuple[str, ...], meaning: Meaning) -> None:
        first, *rest = words
        options = self._by_first.setdefault(first, [])
        options.append((tuple(rest), meaning))
        options.sort(key=lambda one: -len(one[0]))

    def at(self, tokens: list[Token], at: int, first: str | None = None) -> tuple[int, Meaning] | None:
        """The token after the phrase that begins at a token, and its meaning; `first` stands in for that token's word."""
        for rest, meaning in self._by_first.get(tokens[at].lower if first is None else first, ()):
            end = at + 1 + len(rest)
            if tuple(one.lower for one in tokens[at + 1 : end]) == rest:
                return end, meaning
        return None


def phrases_of(text: str) -> Iterator[tuple[str, ...]]:
    """The phrases of a data file, where `|` stands between them."""
    return (tuple(phrase.split()) for phrase in text.split("|") if phrase.strip())
