"""Reported speech: what a sentence reports, by the first rule that fits each of its cues; the rules for clauses."""

import re
from collections.abc import Callable

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.backward import points_back
from quotes.extraction.russian.clauses import FAR, HEARSAY, WH, complementiser, end_of_content, opening_as
from quotes.extraction.russian.frames import name_speaker, speaker_phrase
from quotes.extraction.russian.insertions import after_head, inserted
from quotes.extraction.russian.outlets import is_passed_on
from quotes.extraction.russian.phrases import Hit, is_negated, subject_of
from quotes.extraction.russian.reading import Found, Reading, made

OPENS_HEARSAY = re.compile(r"\s(?:мол|дескать),?(?=\s)")
# In characters: a shorter infinitive or clause after a colon is a phrase, not a statement.
SHORTEST = 12
# In characters: how far behind «назвал» what it is called may stand.
NAMING_FAR = 120


def read_sentence(reading: Reading, number: int) -> None:
    """Find what the sentence reports, by the first rule that fits each of its cues."""
    sentence = reading.doc.sentences[number]
    if not sentence.words or points_back(reading, number):
        return
    contents = [span for one in reading.found if _is_reported_in(one, number) for span in one.spans]
    for hit in reading.hits[number]:
        if any(sentence.words[hit.verb].span in span for span in contents):
            # Somebody's words within somebody's words are reported by the latter, not by the article.
            continue
        found = _reported(reading, number, hit)
        if found is not None:
            reading.used.add((number, hit.verb))
            name_speaker(reading, found)
            if not is_passed_on(sentence, found, reading.lexicon):
                contents += found.spans
            reading.found.append(found)


def _is_reported_in(found: Found, number: int) -> bool:
    return found.sentence == number and found.kind != "direct"


def _reported(reading: Reading, number: int, hit: Hit) -> Found | None:
    if hit.is_head:
        return after_head(reading, number, hit)
    if hit.cue.weak:
        return None
    # Beside a quotation of its own, a cue may still have a clause with «что».
    rules = RULES[:1] if (number, hit.verb) in reading.used else RULES
    for takes, rule in rules:
        found = rule(reading, number, hit) if takes in hit.cue.takes else None
        if found is not None:
            return found
    return None


# Clauses


def _clause(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`сказал, что …`, `спросила, изменилась ли …`, `спросил, почему …`."""
    sentence = reading.doc.sentences[number]
    opened = complementiser(sentence, hit)
    if opened is None:
        return None
    first, rule, confidence = opened
    if opening_as(sentence, hit) is not None:
        # «Как доложил мэр, засеяно 34 процента, что много».
        return None
    if rule != "indirect.that" and sentence.words[hit.verb].feats.get("VerbForm") in {"Conv", "Inf"}:
        return None
    if is_negated(sentence, hit) and hit.cue.kind not in {"think", "deny"}:
        return None
    if any(word.text.lower() == "если" for word in sentence.children(hit.verb)):
        return None
    start = sentence.words[first].span.start
    return made(reading, number, hit, [(start, end_of_content(reading, number, hit, first))], rule, confidence)


def _colon(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`Он пояснил: …` without quotation marks."""
    sentence = reading.doc.sentences[number]
    following = sentence.words[hit.last + 1 :]
    mark = next((word for word in following if word.is_finite or word.text == ":"), None)
    if mark is None or mark.text != ":" or is_negated(sentence, hit):
        return None
    if sentence.words[hit.verb].feats.get("VerbForm") == "Conv":
        # «Оценки оспаривают, ссылаясь на отчёт: в нём другие числа»
        return None
    if hit.cue.kind == "assess" and sentence.words[mark.index - 1].text.lower() != "так":
        # «Его называли коротким: он занял минуту» gives the writer's reason.
        return None
    if mark.span.end >= sentence.span.end or not reading.doc.text[mark.span.end].isspace():
        # «прокомментировал счёт (1:3)»
        return None
    opening = OPENS_HEARSAY.match(reading.doc.text, mark.span.end, sentence.span.end)
    rest = Span(opening.end() if opening is not None else mark.span.end, sentence.span.end)
    if _has_cue_of_its_own(reading, number, mark) or reading.doc.blocks_in(rest) or len(rest) < SHORTEST:
        return None
    return made(reading, number, hit, [(rest.start, rest.end)], "indirect.colon", 0.8)


def _has_cue_of_its_own(reading: Reading, number: int, colon: Word) -> bool:
    """«отверг обвинения: по его словам, …», «спокойны: там ждут, что …»: the latter says it."""
    sentence = reading.doc.sentences[number]
    return any(
        (one.is_head and one.verb - colon.index <= 2) or complementiser(sentence, one) is not None
        for one in reading.hits[number]
        if one.verb > colon.index
    )


def _without_conjunction(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`Главврач говорит, больных выпишут завтра`: a clause of its own right after the cue or its subject."""
    sentence = reading.doc.sentences[number]
    words = sentence.words
    phrase = speaker_phrase(reading, sentence, hit)
    last = max(hit.last, hit.verb, phrase.last if phrase is not None and phrase.first > hit.verb else -1)
    if phrase is None or is_negated(sentence, hit) or last + 3 >= len(words) or words[last + 1].text != ",":
        return None
    if opening_as(sentence, hit) is not None:
        return None
    if (hit.verb and words[hit.verb - 1].text in ",—–-") or words[hit.verb].feats.get("VerbForm") != "Fin":
        return None
    first = last + 2
    if words[first].text.lower() in HEARSAY and words[first + 1].text == ",":
        first += 2
    if not _is_clause(sentence, first):
        return None
    end = end_of_content(reading, number, hit, first)
    return made(reading, number, hit, [(words[first].span.start, end)], "indirect.no_conjunction", 0.7)


def _is_clause(sentence: Sentence, first: int) -> bool:
    """Whether the words from `first` to the next comma are a clause that hangs on nothing."""
    words = sentence.words
    if first + 1 >= len(words) or words[first].pos in {"SCONJ", "CCONJ", "VERB"}:
        return False
    if any(word.text.lower() in WH or word.lemma == "который" for word in words[first : first + 2]):
        return False
    comma = next((word.index for word in words[first:] if word.text == ","), len(words))
    clause = words[first:comma]
    verb = next((word for word in clause if word.is_finite), None)
    if verb is None or any(word.feats.get("VerbForm") == "Conv" for word in clause):
        return False
    return subject_of(sentence, verb.index) is not None or verb.feats.get("Number") == "Plur"


def _infinitive(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`предложили ввести …`, `пообещал построить …`."""
    sentence = reading.doc.sentences[number]
    if complementiser(sentence, hit) is not None:
        return None
    near = sentence.words[hit.last + 1 : hit.last + FAR]
    verb = next((word for word in near if word.feats.get("VerbForm") == "Inf" and word.head == hit.verb), None)
    if verb is None:
        return None
    # «просит не верить слухам»: without its «не» the statement says the contrary.
    first = verb.index - 1 if sentence.words[verb.index - 1].text.lower() == "не" else verb.index
    start, end = sentence.words[first].span.start, end_of_content(reading, number, hit, verb.index)
    return made(reading, number, hit, [(start, end)], "indirect.infinitive", 0.6) if end - start >= SHORTEST else None


def _naming(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`назвал происходящее «полным хаосом»`."""
    sentence, text = reading.doc.sentences[number], reading.doc.text
    start = sentence.words[hit.last].span.end
    for one in reading.doc.quotations:
        if not start <= one.outer.start < sentence.span.end:
            continue
        between = text[start : one.outer.start]
        words = one.inner.of(text)
        if len(between) > NAMING_FAR or "." in between or not words[:1].islower():
            continue
        if " " not in words.strip():
            # One word in marks is a term or a smile, not words that somebody is held to.
            return None
        return made(reading, number, hit, [(start, one.outer.end)], "mixed.naming", 0.65)
    return None


Rule = Callable[[Reading, int, Hit], Found | None]
# What a cue must take for a rule, in the order they are tried.
RULES: tuple[tuple[str, Rule], ...] = (
    ("clause", _clause),
    ("inserted", inserted),
    ("infinitive", _infinitive),
    ("naming", _naming),
    ("clause", _colon),
    ("clause", _without_conjunction),
)
