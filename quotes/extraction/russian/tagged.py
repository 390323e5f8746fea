"""What the tagger takes for names: which are none, and which it overlooks."""

import re
from collections import Counter
from collections.abc import Iterator

from quotes.extraction.russian.analysis import Name, lemma, parses
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.names import stem
from quotes.extraction.russian.roles import person_nouns, roles

# Before a title.
PREFIX = re.compile(r"^(?:экс|вице|ex)-")
# How the dictionary marks names.
NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")


def places(doc: Document) -> set[str]:
    """The stems of single words that the tagger takes for a place at least as often as for a person."""
    counts: Counter[str] = Counter()
    for name in doc.names:
        words = name.span.of(doc.text)
        if name.type in {"LOC", "PER"} and " " not in words:
            counts[stem(words)] += 1 if name.type == "LOC" else -1
    locations = {stem(one.span.of(doc.text)) for one in doc.names if one.type == "LOC"}
    return {one for one in locations if counts[one] >= 0}


def surnames(doc: Document) -> Iterator[str]:
    """The last words of the names that have several."""
    names = (one.span.of(doc.text).split() for one in doc.names if one.type == "PER")
    return (words[-1] for words in names if len(words) > 1)


def add_overlooked(doc: Document) -> None:
    """A surname that the text has told is a name everywhere: the tagger sees one sentence at a time."""
    told = {stem(one) for one in surnames(doc)}
    taken = {at for one in doc.names if one.type != "LOC" for at in (one.span.start, one.span.end - 1)}
    spans = [one.span for one in doc.names if one.type == "PER"]
    for sentence in doc.sentences:
        for word in sentence.words:
            if (
                not (word.text[:1].isupper() and word.text[1:].islower() and len(word.text) > 3)
                or word.span.start in taken
            ):
                continue
            if stem(word.text) in told and not any(one.overlaps(word.span) for one in spans):
                doc.names = [one for one in doc.names if not one.span.overlaps(word.span)]
                doc.names.append(Name(word.span, "PER"))
    doc.names.sort(key=lambda one: one.span.start)


def without_title(words: tuple[str, ...]) -> tuple[str, ...]:
    """«Экс-премьер Мерилов», «спикер Думы Мерилов», where the tagger takes more words for the name."""
    while len(words) > 1:
        noun = lemma(PREFIX.sub("", words[0].lower()), "NOUN")
        if noun not in person_nouns() and not roles().is_listed_body(noun):
            break
        words = words[1:]
    return words


def is_no_name(words: tuple[str, ...]) -> bool:
    """«Вице-министра», «Мажилис», «Ан-28», which the tagger takes for surnames."""
    if len(words) != 1:
        return False
    noun = lemma(PREFIX.sub("", words[0].lower()), "NOUN")
    if noun in person_nouns() or roles().is_listed_body(noun) or any(letter.isdigit() for letter in words[0]):
        return True
    return any("Anum" in str(one.tag) for one in parses(words[0].lower())[:1])


def is_common(doc: Document, name: Name, word: str) -> bool:
    """«Аппендицит», «Постановщица»: a noun of the dictionary's that is no name, at the beginning of a sentence."""
    if not doc.sentences or doc.sentences[doc.sentence_at(name.span.start)].span.start != name.span.start:
        return False
    tags = [str(one.tag) for one in parses(word.lower()) if one.is_known]
    return any("NOUN" in one and "sing,nomn" in one for one in tags) and not any(
        mark in one for one in tags for mark in NAMES
    )
