"""Russian personal names: which forms are one name, and how it reads in the nominative.

Surnames are told by their endings, not by a dictionary: the ones in the news are the ones no dictionary has
(«Эталоновым» → «эталоновое», says the best one).
"""

import functools
import re
from typing import Literal

from quotes.extraction.russian.analysis import parses

Gender = Literal["m", "f"]

# Surnames in -ов, -ев, -ин, -ын; then those that are adjectives.
POSSESSIVE = re.compile(r"(.{1,}(?:ов|ев|ёв|ин|ын))(?:а|у|ым|е|ой|ою|ы|ых|ыми)?")
ADJECTIVE_SURE = re.compile(r"(.{2,}(?:ск|цк))(?:ий|ой|ого|ому|им|ом|ая|ую|ие|их|ими)")
OBLIQUE = re.compile(r"(.{2,}?)(?:ого|ому|ый|(?<=н)ым|ая|ую|ами|ями|ом|ем|ём|ою|ею|ой|ей|ам|ям|а|я|у|ю|е|ы|и|ь|й|о)")
INDECLINABLE = re.compile(r".*(?:ко|о|и|у|ю|ых|их|э|ё|швили|ели|дзе)")


@functools.lru_cache(maxsize=20_000)
def stem(surname: str) -> str:
    """What all case forms of a surname share, in lower case; the same for man and woman."""
    word = re.sub(r"-(?:старш|младш)\w+$", "", surname.lower().replace("ё", "е"))
    for pattern in (ADJECTIVE_SURE, POSSESSIVE):
        match = pattern.fullmatch(word)
        if match:
            return match.group(1)
    if len(word) <= 4:
        return word
    match = OBLIQUE.fullmatch(word)
    return match.group(1) if match and len(match.group(1)) >= 3 else word


def same(one: str, other: str) -> bool:
    """Whether two surname forms can be of one surname."""
    if one.lower() == other.lower():
        return True
    first, second = stem(one), stem(other)
    if first == second:
        return True
    # «Мэй» declines, if at all, by what follows its stem.
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and longer[len(shorter) :] in _TAILS


_TAILS = {"а", "у", "е", "ом", "ой", "и", "ы", "я", "ю", "ь", "й"}


@functools.lru_cache(maxsize=20_000)
def gender_of_first_name(word: str) -> Gender | None:
    """By the dictionary of first names and patronymics; None for a name it does not know."""
    lower = word.lower()
    tags = [str(one.tag) for one in parses(lower) if one.is_known]
    tags = [tag for tag in tags if "Name" in tag or "Patr" in tag]
    for tag in sorted(tags, key=lambda tag: "nomn" not in tag):
        return "f" if "femn" in tag else "m" if "masc" in tag else None
    if re.search(r"(?:вич|вича|вичу|вичем|виче|оглы)$", lower):
        return "m"
    if re.search(r"(?:вна|вны|вне|вну|вной|кызы)$", lower):
        return "f"
    return None


def may_be_nominative(first_name: str) -> bool:
    """Whether a first name that the dictionary knows can stand in the nominative as it is."""
    return any(one.is_known and "Name" in str(one.tag) and "nomn" in str(one.tag) for one in parses(first_name.lower()))


def is_indeclinable(word: str) -> bool:
    """By its ending: «Эркки», «Лехто»."""
    return INDECLINABLE.fullmatch(word.lower()) is not None


def nominative(words: list[str], gender: Gender | None) -> list[str]:
    """A name given in another case, in the nominative; the last word is the surname."""
    gender = gender or next((found for word in words if (found := gender_of_first_name(word))), None) or "m"
    *first, last = words
    return [*(_first_name(word, gender) for word in first), _surname(last, gender)]


def _first_name(word: str, gender: Gender) -> str:
    if len(word) <= 2 or "." in word:
        return word
    for parse in parses(word.lower()):
        tag = str(parse.tag)
        if ("Name" in tag or "Patr" in tag) and parse.is_known and ("femn" in tag) == (gender == "f"):
            form = parse.inflect({"nomn", "sing"})
            if form is not None:
                return _cased(str(form.word), word)
    if gender == "m":
        match = re.fullmatch(r"(.{2,}?)(?:а|у|ом|ем|е)", word.lower())
        return _cased(match.group(1), word) if match else word
    for ending, instead in (("ой", "а"), ("ою", "а"), ("ей", "я"), ("ы", "а"), ("и", "я"), ("у", "а"), ("ю", "я")):
        if word.lower().endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + instead
    return word


def _surname(word: str, gender: Gender) -> str:
    lower = word.lower()
    adjective = ADJECTIVE_SURE.fullmatch(lower)
    if adjective:
        return _cased(adjective.group(1) + ("ая" if gender == "f" else "ий"), word)
    possessive = POSSESSIVE.fullmatch(lower)
    if possessive:
        return _cased(possessive.group(1) + ("а" if gender == "f" else ""), word)
    adjective = re.fullmatch(r"(.{2,})(?:ого|ому|ую|(?<=н)ым)", lower)
    if adjective:
        return _cased(adjective.group(1) + ("ая" if gender == "f" else "ый"), word)
    if gender == "f" or is_indeclinable(word) or len(lower) <= 4:
        return word
    match = re.fullmatch(r"(.{3,}?)(?:ом|ем|а|у|е|я|ю)", lower)
    return _cased(match.group(1), word) if match else word


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-")) if like[:1].isupper() else word
