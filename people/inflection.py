"""What the case forms of a name have in common, in Russian and Belarusian: «Токаевым», «Токаева» → «Токаев».

The names in the news are the ones no dictionary has, so most is done by endings: a name is compared by what is left
without one. The dictionary adds what endings can't tell («Львом», «Павлом»). Words are in lower case, «ё» written «е»,
«ў» written «у», without apostrophes.
"""

import re
from typing import Final

from people.belarusian import HARDENED
from people.morphology import normal_forms

SHORTEST_STEM: Final = 2  # «Цоя»
# From here on a «в» that ends a stem is written «ў» at a word's end in Belarusian («Токаевым», «Токаеў»).
V_BECOMES_U: Final = 3
CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")

# fmt: off
ENDINGS: Final = (
    # Nouns, Russian and Belarusian
    "а", "я", "у", "ю", "е", "ы", "и", "і", "ь", "й", "о", "ом", "ем", "ам", "ям", "ой", "ою", "ей", "ею", "ай", "аю",
    "яй", "яю", "ами", "ями", "амі", "ямі", "ах", "ях", "ьей", "ией",
    # Adjectives
    "ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ая", "яя", "ую", "юю", "ые", "ие", "ых", "их", "ыми", "ими",
    "ага", "яга", "ога", "ега", "аму", "яму", "ім", "ыя", "ія", "іх", "ымі", "імі",
)
# fmt: on
# A surname as it is; the dictionary takes it for the plural of a first name («Иванов»).
SURNAME: Final = re.compile(".+(?:ов|ев|ин|ын)")
_ENDING: Final = f"(?:{'|'.join(sorted(ENDINGS, key=len, reverse=True))})?"


def stems(word: str) -> frozenset[str]:
    """What the word's other forms may begin with, before an ending: the word itself is one of them."""
    if not CYRILLIC.fullmatch(word):
        return frozenset({word})
    known = () if SURNAME.fullmatch(word) else normal_forms(word)
    whole = {word, *(form.replace("ё", "е") for form in known)}
    cut = {stem for form in whole for stem in _cut(form)}
    return frozenset(whole | cut | {other for stem in cut | whole for other in _otherwise(stem)})


def pattern(word: str) -> str:
    """A regular expression, as PostgreSQL reads them, for any form of the word, standing as a word of its own."""
    return rf"\m(?:{'|'.join(sorted(stems(word)))}){_ENDING if CYRILLIC.fullmatch(word) else ''}\M"


def _cut(word: str) -> set[str]:
    return {
        word[: -len(ending)] for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
    }


def _otherwise(stem: str) -> set[str]:
    """How the stem is written before other endings in Belarusian: «ў» for «в», «к» and «г» for what softened."""
    spelled = set()
    if len(stem) > V_BECOMES_U and stem[-1] in "ву":
        spelled.add(stem[:-1] + ("у" if stem[-1] == "в" else "в"))
    for soft, hard in HARDENED.items():
        if stem.endswith(soft) and len(stem) - len(soft) >= SHORTEST_STEM:
            spelled |= {stem.removesuffix(soft) + letter for letter in hard}
    return spelled
