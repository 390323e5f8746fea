"""Who only carries the words of others: agencies, papers, channels. Read from `[outlets]` of `data/cues.*.toml`."""

from dataclasses import dataclass
from functools import cache

from quotes.extraction.data import load


@dataclass(frozen=True, slots=True)
class Outlets:
    """Single words in lower case: what an outlet or its reporter is called, and the names of outlets."""

    nouns: frozenset[str]
    names: frozenset[str]


@cache
def outlets(language: str) -> Outlets:
    """The outlets of a language that has cues; in Russian without ё."""
    words = load(f"cues.{language}.toml", without_yo=language == "ru")["outlets"]
    return Outlets(frozenset(words["nouns"].split()), frozenset(words["names"].split()))
