"""Belarusian personal names in the nominative, told by their endings and a list of first names."""

import functools

from quotes.extraction.belarusian.spelling import key
from quotes.extraction.data import load
from quotes.extraction.surface.people import Gender


@functools.cache
def _first_names() -> dict[str, str]:
    data = load("names.be.toml")
    return {key(name): name for name in (*data["female"].split(), *data["male"].split())}


def nominative(words: tuple[str, ...], gender: Gender | None) -> tuple[str, ...] | None:
    """A name of several words in the nominative; None where the rules can't tell."""
    if len(words) < 2 or gender is None:
        return None
    surname = words[-1]
    first = _first_names().get(key(words[0]))
    if gender == "m" and surname.endswith(("ага", "яга")):
        # "Яна" and "Алеся" are names of women, too.
        first = next((one for one in _men() if key(one) == key(words[0]) or one == words[0].lower()[:-1]), first)
    if first is None:
        return None
    if words[0].lower() == first:
        return words
    for ending, masculine, feminine in _SURNAMES:
        if surname.endswith(ending):
            shown = masculine if gender == "m" else feminine
            if shown is None:
                return None
            whole = surname[: len(surname) - len(ending)] + shown
            return (first.capitalize(), *words[1:-1], whole)
    return None


@functools.cache
def _men() -> tuple[str, ...]:
    return tuple(load("names.be.toml")["male"].split())


# Genitive ending: masculine, feminine nominative.
_SURNAMES: tuple[tuple[str, str | None, str | None], ...] = (
    ("скага", "скі", None), ("цкага", "цкі", None), ("кага", "кі", None), ("ага", "ы", None), ("яга", "і", None),
    ("ава", "аў", None), ("ова", "оў", None), ("ева", "еў", None), ("ёва", "ёў", None), ("авай", None, "ава"), ("овай", None, "ова"),
    ("евай", None, "ева"), ("ёвай", None, "ёва"), ("інай", None, "іна"), ("ынай", None, "ына"), ("скай", None, "ская"),
    ("цкай", None, "цкая"), ("кай", None, "кая"), ("ай", None, "ая"), ("іча", "іч", None), ("ыча", "ыч", None), ("іна", "ін", None),
    ("ына", "ын", None), ("енкі", "енка", "енка"), ("анкі", "анка", "анка"), ("ука", "ук", None), ("юка", "юк", None),
    ("іка", "ік", None), ("ка", "к", None), ("іч", "іч", "іч"), ("ук", "ук", "ук"), ("юк", "юк", "юк"),
)  # fmt: skip
