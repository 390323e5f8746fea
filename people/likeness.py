"""How likely two names are of one person or body, by how they sound (`name_sound` of the database)."""

import re
from collections.abc import Sequence
from typing import Final

# The endings of case forms and of feminine surnames, as they sound: «ого», «ами», «ый»; after three letters at least.
_ENDING: Final = re.compile(
    r"(?<=\w{3})(?:aha|eha|imi|ami|emi|amu|emu|ii|ai|ei|ae|ee|uu|au|eu|ie|im|am|em|ih|ah|eh|a|e|i|u)$"
)
# From here on a word is no initial.
WHOLE_WORD: Final = 3
# In words this long one letter may differ by a slip.
SHORTEST_SLIPPED: Final = 4

SAME, ANOTHER_FORM, INITIAL, SLIP = 1.0, 0.95, 0.8, 0.75
# The longer name says more: a patronymic, another first name, a country.
SAYS_MORE: Final = 0.9


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """From 0 to 1: how alike two names are, each given as its words' sounds in any order.

    1 is the same words; a case form, an initial, a slip of one letter, and words that only one name has make it less.
    It is 0 where each has a word that the other contradicts («Иван Лесной», «Пётр Лесной»), or initials alone agree.
    """
    shorter, longer = sorted((list(one), list(other)), key=len)
    # Whole words choose before initials, which would take the first that comes.
    pairs = []
    for word in sorted(shorter, key=len, reverse=True):
        best = max(longer, key=lambda candidate: _alike(word, candidate), default="")
        if not best or not _alike(word, best):
            return 0.0
        longer.remove(best)
        pairs.append((_alike(word, best), min(len(word), len(best))))
    if not any(length >= WHOLE_WORD for _score, length in pairs):
        return 0.0
    return sum(score for score, _length in pairs) / len(pairs) * (SAYS_MORE if longer else 1.0)


def _alike(word: str, other: str) -> float:
    if word == other:
        return SAME
    if 1 in (len(word), len(other)):
        return INITIAL if word[0] == other[0] else 0.0
    bases = _base(word), _base(other)
    if bases[0] == bases[1]:
        return ANOTHER_FORM
    slipped = (
        min(len(one), len(two)) >= SHORTEST_SLIPPED and _is_a_slip(one, two) for one, two in ((word, other), bases)
    )
    return SLIP if any(slipped) else 0.0


def _base(word: str) -> str:
    return _ENDING.sub("", word)


def _is_a_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, or in another's place, or two neighbours exchanged, make the one the other."""
    shorter, longer = sorted((one, other), key=len)
    start = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    if len(longer) > len(shorter):
        return shorter[start:] == longer[start + 1 :]
    exchanged = shorter[start + 1 : start + 2] + shorter[start : start + 1] + shorter[start + 2 :]
    return longer[start + 1 :] == shorter[start + 1 :] or longer[start:] == exchanged
