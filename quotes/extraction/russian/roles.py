"""The words by which Russian news call somebody they have named, read from `data/roles.ru.toml`."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quotes.extraction.countries import by_country
from quotes.extraction.data import load
from quotes.extraction.russian.analysis import Sentence, Word, parses

# What tells one post from another: «президент федерации тенниса».
SPECIFIES = {"amod", "nmod", "flat", "compound", "appos"}


@dataclass(frozen=True, slots=True)
class BodyNouns:
    """Words that take up a body, and which names such a body has (None: any), or can't have."""

    nouns: frozenset[str]
    names: re.Pattern[str] | None
    never: re.Pattern[str] | None

    def may_mean(self, name: str) -> bool:
        """Whether a body of that name, in lower case, can be meant."""
        if self.names is not None and self.names.search(name) is None:
            return False
        return self.never is None or self.never.search(name) is None


@dataclass(frozen=True, slots=True)
class Roles:
    """Role words as dictionary forms, in the sets that the data file explains."""

    groups: dict[tuple[str, ...], int]
    """The number of the group of words that can mean one person."""
    general: frozenset[str]
    anybody: frozenset[str]
    posts: frozenset[str]
    unnamed: frozenset[str]
    others: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    body_nouns: tuple[BodyNouns, ...]
    institutions: frozenset[str]
    institution_names: re.Pattern[str]
    general_plural: frozenset[str]

    def is_institution(self, noun: str) -> bool:
        """Whether a noun means a body that can speak: «полиция», «минтранс»."""
        return self.is_listed_body(noun) or self.institution_names.fullmatch(noun) is not None

    def is_listed_body(self, noun: str) -> bool:
        return noun in self.bodies or noun in self.institutions

    def may_mean(self, noun: str, name: str) -> bool:
        """Whether a word for a body («министерство») can mean the body of that name; any word not listed can."""
        lower = name.lower()
        return all(one.may_mean(lower) for one in self.body_nouns if noun in one.nouns)


@functools.cache
def roles() -> Roles:
    data = load("roles.ru.toml", without_yo=True)
    words = {key: frozenset(table["words"].split()) for key, table in data.items() if "words" in table}
    return Roles(
        groups={phrase: number for number, row in enumerate(data["same"]) for phrase in _phrases(row["words"])},
        body_nouns=tuple(map(_body_nouns, data["body_nouns"])),
        institution_names=re.compile("|".join(data["institutions"]["patterns"].split())),
        **words,
    )


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(phrase.split()) for phrase in text.split("|") if phrase.strip())


def _body_nouns(row: dict[str, Any]) -> BodyNouns:
    names, never = (re.compile(row[key]) if key in row else None for key in ("names", "never"))
    return BodyNouns(frozenset(row["words"].split()), names, never)


@functools.cache
def person_nouns() -> frozenset[str]:
    """All single words of the lists that mean a person."""
    single = {words[0] for words in roles().groups if len(words) == 1}
    return frozenset(single | roles().general | roles().unnamed)


def is_person_noun(word: Word) -> bool:
    """A word for a person: by its tags, or because the role lists or the dictionary know it."""
    return word.feats.get("Animacy") == "Anim" or word.lemma in person_nouns() or _is_animate(word.text.lower())


@functools.lru_cache(maxsize=10_000)
def _is_animate(word: str) -> bool:
    """By the dictionary: the tagger often takes a rare word for a thing («предпринимательница»)."""
    return any(
        one.is_known and "NOUN,anim" in str(one.tag) and "Name" not in str(one.tag) and "Surn" not in str(one.tag)
        for one in parses(word)
    )


def role_words(sentence: Sentence, head: Word, without: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """The lemmas of a role: its head, then what specifies it, in the order of the text.

    `without` are the indices of words that are no part of it, such as the name it stands with.
    """
    inside = {head.index}
    for _round in range(4):
        inside |= {
            word.index
            for word in sentence.words
            if word.head in inside
            and word.index not in without
            and word.rel in SPECIFIES
            and word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}
        }
    rest = sorted(inside - {head.index})
    return (head.lemma, *(sentence.words[index].lemma for index in rest))


def fit(asked: tuple[str, ...], role: tuple[str, ...]) -> float:
    """How well the words that name a speaker fit a role somebody was introduced in: 0 (not) to 0.92."""
    asked, role = by_country(asked), by_country(role)
    if asked == role:
        return 0.92
    countries = {one for one in asked if one.isupper()}, {one for one in role if one.isupper()}
    if all(countries) and not countries[0] & countries[1]:
        return 0.0
    if asked[0] == role[0]:
        if len(asked) == 1 or set(asked) <= set(role):
            return 0.88 if countries[1] and not countries[0] else 0.9
        return 0.75 if set(asked[1:]) & set(role[1:]) or len(role) == 1 else 0.66
    return 0.8 if _groups_of(asked) & _groups_of(role) else 0.0


def _groups_of(words: tuple[str, ...]) -> set[int]:
    """The groups of words for one role that the words fall under, whatever else they say."""
    rest = set(words[1:])
    return {number for phrase, number in roles().groups.items() if phrase[0] == words[0] and set(phrase[1:]) <= rest}
