"""Persons whom a text introduces together: «депутаты Приметов и Мерилов»."""

from dataclasses import dataclass
from itertools import pairwise

from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.roles import is_person_noun, is_plural, role_words
from quotes.extraction.russian.titles import TITLE


@dataclass(slots=True)
class Group:
    """Persons whom the text introduces together: «депутаты Приметов и Мерилов»."""

    at: int
    role: tuple[str, ...]
    persons: list[Entity]


def groups(doc: Document, persons: list[Entity]) -> list[Group]:
    """The groups of the text, in order."""
    owner = {mention.span.start: one for one in persons for mention in one.mentions}
    names = [name for name in doc.names if name.span.start in owner]
    found: list[Group] = []
    for first, second in pairwise(names):
        if doc.text[first.span.end : second.span.start] != " и ":
            continue
        sentence, words = doc.words_in(first.span)
        role = _plural_title(sentence, words[0]) if words else None
        if role is not None:
            found.append(Group(first.span.start, role, [owner[first.span.start], owner[second.span.start]]))
    return found


def _plural_title(sentence: Sentence, name: Word) -> tuple[str, ...] | None:
    """«депутаты мажилиса» before a name."""
    for word in reversed(sentence.words[max(0, name.index - TITLE) : name.index]):
        if word.pos not in {"NOUN", "PROPN", "ADJ"}:
            break
        if is_person_noun(word) and is_plural(word):
            return role_words(sentence, word, frozenset({name.index}))
    return None
