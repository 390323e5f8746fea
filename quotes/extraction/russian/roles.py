"""The words by which Russian news call somebody they have named, read from `data/roles.ru.toml`."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from quotes.extraction.data import load
from quotes.extraction.russian.analysis import Sentence, Word, lemma, parses

# What tells one post from another: «президент федерации тенниса».
SPECIFIES = {"amod", "nmod", "flat", "compound", "appos"}


@dataclass(frozen=True, slots=True)
class BodyNouns:
    """Words that take up a body, and which names such a body has (None: any), or can't have."""

    words: frozenset[str]
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

    unnamed: frozenset[str]
    sources: frozenset[str]
    anybody: frozenset[str]
    others: frozenset[str]
    documents: frozenset[str]
    papers: frozenset[str]
    bodies: frozenset[str]
    body_nouns: tuple[BodyNouns, ...]
    body_adjectives: tuple[BodyNouns, ...]
    institutions: frozenset[str]
    institution_names: re.Pattern[str]
    general: frozenset[str]
    general_plural: frozenset[str]

    def is_institution(self, noun: str) -> bool:
        """Whether a noun means a body that can speak: «полиция», «минтранс»."""
        return self.is_listed_body(noun) or self.institution_names.fullmatch(noun) is not None

    def is_listed_body(self, noun: str) -> bool:
        return noun in self.bodies or noun in self.institutions

    def may_mean(self, noun: str, name: str, adjective: str = "") -> bool:
        """Whether a word for a body («министерство») can mean the body of that name; any word not listed can."""
        lower = name.lower()
        rows = [one for one in self.body_adjectives if adjective in one.words]
        rows = rows or [one for one in self.body_nouns if noun in one.words]
        return all(one.may_mean(lower) for one in rows)


@functools.cache
def roles() -> Roles:
    data = load("roles.ru.toml", without_yo=True)
    words = {key: frozenset(table["words"].split()) for key, table in data.items() if "words" in table}
    return Roles(
        body_nouns=tuple(map(_body_nouns, data["body_nouns"])),
        body_adjectives=tuple(map(_body_nouns, data["body_adjectives"])),
        institution_names=re.compile("|".join(data["institutions"]["patterns"].split())),
        **words,
    )


def _body_nouns(row: dict[str, Any]) -> BodyNouns:
    names, never = (re.compile(row[key]) if key in row else None for key in ("names", "never"))
    return BodyNouns(frozenset(row["words"].split()), names, never)


@functools.cache
def person_nouns() -> frozenset[str]:
    """All single words of the lists that mean a person."""
    phrases = (row["words"].split("|") for row in load("roles.ru.toml", without_yo=True)["kind"])
    return roles().unnamed | {one.strip() for row in phrases for one in row if " " not in one.strip()}


def is_person_noun(word: Word) -> bool:
    """A word for a person: by its tags, or because the role lists or the dictionary know it."""
    return word.feats.get("Animacy") == "Anim" or word.lemma in person_nouns() or _is_animate(word.text.lower())


def is_plural(word: Word) -> bool:
    """By its tags; or by its ending, where the tagger takes «мажилисменов» for a singular."""
    if word.feats.get("Number") == "Plur":
        return True
    return word.pos == "NOUN" and word.feats.get("Case") == "Gen" and word.text.lower().endswith(("ов", "ев"))


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
    # «потерпевшая», which the tagger takes for a participle.
    first = lemma(head.text.lower(), "NOUN") if head.pos == "VERB" else head.lemma
    return (first, *(sentence.words[index].lemma for index in rest))
