"""Lines that begin or end with who says them: headlines, and answers in interviews."""

import re

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Name, Sentence, Word, parses
from quotes.extraction.russian.outlets import is_outlet
from quotes.extraction.russian.phrases import phrase_around
from quotes.extraction.russian.reading import Reading, made
from quotes.extraction.russian.roles import is_person_noun, roles

SAYS = re.compile(r"[^\w\n«\"]*(?P<who>[^\n:«»\".!?]{3,60}):\s+(?P<what>\S[^\n]{11,})")
# `Завод откроют в срок — Приметов`
SAID = re.compile(r"(?P<what>[^\n]{12,})\s[—–-]\s(?P<who>[^\n:«».!?—–]{3,60})")
# More words than this are no name with its title.
LONGEST_TITLE = 8
MODALS = {"надо", "нужно", "можно", "нельзя", "нет"}
# The title and the line below it.
HEADLINES = 2


def read_headlines(reading: Reading) -> None:
    """`Приметов: завод откроют в срок`, `Завод откроют в срок — Приметов`; in an interview, each answer."""
    for number, line in enumerate(reading.doc.paragraphs):
        if reading.doc.blocks_in(line):
            continue
        match = SAYS.match(reading.doc.text, line.start, line.end)
        if match is not None:
            _read_line(reading, number, match)
        elif number < HEADLINES:
            match = SAID.fullmatch(reading.doc.text, line.start, line.end)
            if match is not None:
                _read_title(reading, match)


def _read_line(reading: Reading, number: int, match: re.Match[str]) -> None:
    who = Span(*match.span("who"))
    at = reading.doc.sentence_at(who.start)
    sentence = reading.doc.sentences[at]
    head = _speaker(reading, sentence, who, named=number >= HEADLINES)
    reported = any(one.sentence == at for one in reading.found)
    if head is None or reported or any(sentence.words[hit.verb].span in who for hit in reading.hits[at]):
        # «Приметов уверен: …» is a sentence that reports.
        return
    end = reading.doc.paragraphs[number].end if number else sentence.span.end
    rule = "indirect.headline" if number < HEADLINES else "indirect.interview"
    _add(reading, at, head, who, Span(match.start("what"), end), rule)


def _read_title(reading: Reading, match: re.Match[str]) -> None:
    who = Span(*match.span("who"))
    at = reading.doc.sentence_at(who.start)
    sentence = reading.doc.sentences[at]
    head = _speaker(reading, sentence, who, named=False)
    what = Span(max(match.start("what"), sentence.span.start), match.end("what"))
    if head is None or not _is_nominative(reading, sentence, head, who):
        return
    if any(word.is_finite or word.text.lower() in MODALS for word in sentence.between(what.start, what.end)):
        _add(reading, at, head, who, what, "indirect.headline")


def _is_nominative(reading: Reading, sentence: Sentence, head: Word, who: Span) -> bool:
    """«…представил нового министра — Ивана Приметова» has the name in another case."""
    names = [one.span for one in reading.doc.names_in(who) if one.type == "PER"]
    words = [head, *(word for span in names for word in sentence.between(span.start, span.end))]
    return all(_can_be_nominative(word) for word in words)


def _can_be_nominative(word: Word) -> bool:
    """By its tag or the dictionary: in a title the tagger often takes a nominative for an accusative."""
    return word.feats.get("Case") == "Nom" or any("nomn" in parse.tag for parse in parses(word.text.lower()))


def _speaker(reading: Reading, sentence: Sentence, who: Span, *, named: bool) -> Word | None:
    """The first word of the name in a title, or, unless it must be `named`, the head of a role or a body."""
    title = sentence.between(who.start, who.end)
    if not title or len(title) > LONGEST_TITLE or any(word.is_finite for word in title):
        return None
    names = reading.doc.names_in(who)
    for name in names:
        if name.span.end >= who.end - 1 and _is_persons(reading, name):
            return next((word for word in title if word.span.start >= name.span.start), title[-1])
    nouns = (word for word in title if word.pos in {"NOUN", "PROPN", "X"})
    head = next(filter(_can_be_nominative, nouns), None)
    if named or head is None or is_outlet(who.of(reading.doc.text).lower(), head.lemma, reading.lexicon):
        return None
    body = any(one.type == "ORG" and one.span.start <= head.span.start < one.span.end for one in names)
    return head if body or is_person_noun(head) or roles().is_institution(head.lemma) else None


def _is_persons(reading: Reading, name: Name) -> bool:
    """Whether a name is a person's: by the tagger, here or where the text below has it with more around it."""
    if name.type == "PER":
        return True
    text = reading.doc.text
    word = name.span.of(text)
    return any(one.type == "PER" and word in one.span.of(text) for one in reading.doc.names)


def _add(reading: Reading, at: int, head: Word, who: Span, what: Span, rule: str) -> None:
    found = made(reading, at, None, [(what.start, what.end)], rule, 0.8)
    if found is None:
        return
    found.phrase = phrase_around(reading.doc.sentences[at], head.index)
    found.mention = who
    reading.found.append(found)
