"""Belarusian words as the rules compare them: both spellings alike, and all forms of a noun or a name by one key."""

import functools
import re

# «сьцьвярджае», «намесьнік» of the classical spelling: «сцвярджае», «намеснік».
SOFTENED = re.compile(r"ь(?=[бвгджзйклмнпрстфхцчш])")
_ENDINGS = """
ага яга ога аму яму ому ымі імі амі ямі ую юю ай яй ей эй ой ою аю яю ам ям ом ём ем эм ым ім ых іх ая яя ае яе ыя ія ыі іі
а я у ю ы і е э ь й о ё
"""
# The longer ones first.
ENDINGS = sorted(_ENDINGS.split(), key=len, reverse=True)


def plain(word: str) -> str:
    """The word in lower case, without the soft signs that only the classical spelling writes."""
    return SOFTENED.sub("", word.lower().replace("’", "'"))


def words(text: str) -> frozenset[str]:
    return frozenset(map(plain, text.split()))


def keys(text: str) -> frozenset[str]:
    return frozenset(map(key, text.split()))


@functools.lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """What the forms of a name or a noun share: `Прыкладны`, `Прыкладнага`; `Іваноў`, `Іванова`."""
    word = plain(word).rstrip(".")
    if word.endswith("ў"):
        word = word[:-1] + "в"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    while len(word) > 3 and word[-1] in "аеёіоуыэюяйь":
        word = word[:-1]
    return word
