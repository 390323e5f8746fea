"""What pymorphy3's dictionary says of Russian words, for every part that asks: it is loaded once in a process."""

from functools import cache, lru_cache
from threading import Lock

from pymorphy3 import MorphAnalyzer

REMEMBERED_WORDS = 20_000

_asking = Lock()  # threads of a server share the dictionary


@lru_cache(maxsize=REMEMBERED_WORDS)
def normal_forms(word: str) -> frozenset[str]:
    """All that a lower-case word may be a form of, known or guessed, as the dictionary spells it («ё» may occur)."""
    with _asking:
        return frozenset(parse[2] for parse in _dictionary().parse(word))


@cache
def _dictionary() -> MorphAnalyzer:
    """Loaded at the first Russian word: 0.2 s and about 30 MB, for queries in web processes too."""
    return MorphAnalyzer(lang="ru", result_type=None)
