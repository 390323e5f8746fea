"""Reported speech: what stands in clauses, around insertions, after infinitives and colons."""

import re
from collections.abc import Callable

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.backward import points_back
from quotes.extraction.russian.clauses import (
    FAR,
    HEARSAY,
    WH,
    complementiser,
    end_of_content,
    interrupted_clause,
    is_credit,
    is_insertion,
    is_question,
    opening_as,
)
from quotes.extraction.russian.datelines import after_dateline
from quotes.extraction.russian.frames import name_speaker, speaker_phrase
from quotes.extraction.russian.outlets import is_outlet, is_outlets_credit, is_passed_on
from quotes.extraction.russian.phrases import Hit, Phrase, is_negated, subject_of
from quotes.extraction.russian.reading import Found, Reading, made

# «О том, что завод закроют, сообщил директор».
FRONTED = re.compile(r"(?:О том|Про то),\s(?:что|как)\s|Что\s(?=[а-яё])")
OPENS_HEARSAY = re.compile(r"\s(?:мол|дескать),?(?=\s)")
# In characters: a shorter infinitive or clause after a colon is a phrase, not a statement.
SHORTEST = 12
WORD = re.compile(r"\w+")
# «По словам X» opens its sentence if no more than so many words stand before it.
OPENING = 3
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
            if not _is_passed_on(reading, number, found):
                contents += found.spans
            reading.found.append(found)


def _is_passed_on(reading: Reading, number: int, found: Found) -> bool:
    """Whether the speaker is a document or an outlet, so that those who speak in it are reported, too."""
    sentence, phrase = reading.doc.sentences[number], found.phrase
    if phrase is None or is_passed_on(sentence, found, reading.lexicon):
        return phrase is not None
    name = phrase.span(sentence).of(reading.doc.text).lower()
    return is_outlet(name, sentence.words[phrase.head].lemma, reading.lexicon)


def _is_reported_in(found: Found, number: int) -> bool:
    return found.sentence == number and found.kind != "direct"


def _reported(reading: Reading, number: int, hit: Hit) -> Found | None:
    if hit.is_head:
        return _after_head(reading, number, hit)
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


# Insertions


def _inserted(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`A, сообщил X.`, `A, отмечает X, B.`, `Как сообщил X, A.`"""
    sentence = reading.doc.sentences[number]
    words = sentence.words
    conjunction = opening_as(sentence, hit)
    as_word, opening = conjunction is not None, _opening(sentence, hit) if conjunction is None else conjunction
    if not _opens_insertion(sentence, hit, opening, as_word=as_word):
        return None
    phrase = speaker_phrase(reading, sentence, hit)
    if not _may_speak(sentence, hit, phrase, as_word=as_word) or is_outlets_credit(
        sentence, hit, phrase, reading.lexicon
    ):
        return None
    last = max(hit.last, hit.verb, phrase.last if phrase is not None and phrase.first >= hit.verb else -1)
    close = _insertion_ends(sentence, last, as_word=as_word)
    if any(word.is_finite for word in words[hit.verb + 1 : close]):
        return None
    start, end = _start_of_interrupted(reading, number, opening, close), words[opening].span.start
    if any(block.outer.start < end for block in reading.doc.blocks_in(Span(start, end))):
        return None
    start = after_dateline(reading.doc.text, start, end)
    fronted = FRONTED.match(reading.doc.text, start, end)
    ranges = _with_words(
        reading, [(fronted.end() if fronted else start, end), (_start_after(sentence, close), sentence.span.end)]
    )
    ranges = _without_credit(reading, number, hit, ranges)
    if sum(_is_within(word, ranges) for word in words if word.is_word) < 2:
        return None
    rule = "indirect.as_said" if as_word else "indirect.inserted"
    return made(reading, number, hit, ranges, rule, 0.85)


def _opens_insertion(sentence: Sentence, hit: Hit, opening: int, *, as_word: bool) -> bool:
    """Whether a finite cue, or the «как» before it, follows a comma or a dash; «как» may open the sentence, too."""
    words = sentence.words
    verb = words[hit.verb]
    if (not verb.is_finite and verb.feats.get("Variant") != "Short") or verb.feats.get("Tense") == "Fut":
        return False
    if as_word:
        return opening == 0 or not words[opening - 1].is_word
    return opening > 0 and words[opening - 1].text in {",", "—", "–", "-"} and not is_question(sentence, hit)


def _opening(sentence: Sentence, hit: Hit) -> int:
    """The index of the first word of an insertion: of the cue, or of «об этом» and «так» before it."""
    words = sentence.words
    if hit.verb > 1 and words[hit.verb - 1].text.lower() == "так":
        return hit.verb - 1
    for at in range(hit.verb - 1, max(-1, hit.verb - FAR), -1):
        if not words[at].is_word:
            break
        if words[at].text.lower() == "об" and words[at + 1].text.lower() == "этом":
            return at
    return hit.verb


def _may_speak(sentence: Sentence, hit: Hit, phrase: Phrase | None, *, as_word: bool) -> bool:
    if as_word:
        # «Как сообщалось»: by this very outlet, earlier.
        return phrase is not None or hit.cue.speaker != "place"
    if phrase is None:
        # «…, подчеркнули там»: in the body that the text has told of.
        there = any(word.text.lower() in {"там", "здесь"} for word in sentence.words[hit.last + 1 : hit.last + 3])
        return hit.cue.speaker != "subject" or (there and sentence.words[hit.verb].feats.get("Number") == "Plur")
    # «Минздрав, в свою очередь, рекомендует»: the comma closes something else.
    return phrase.first >= hit.verb


def _insertion_ends(sentence: Sentence, last: int, *, as_word: bool) -> int:
    """The index of the comma that ends an insertion; the number of words, if the sentence ends with it."""
    close = _mark_after(sentence, last)
    if close is None:
        return last + 1 if as_word else len(sentence.words)
    return close


def _mark_after(sentence: Sentence, last: int) -> int | None:
    """The mark that closes what names the speaker, with the clauses that tell of him: «X, который уехал, …»."""
    words = sentence.words
    close = next((at for at in range(last + 1, len(words)) if words[at].text in {",", "—", "–", ":"}), None)
    while close is not None and close + 1 < len(words) and _tells_of_speaker(words, close + 1):
        close = next((at for at in range(close + 2, len(words)) if words[at].text in {",", "—", "–"}), None)
    return close


def _tells_of_speaker(words: list[Word], first: int) -> bool:
    """Whether a relative clause, a participle or a gerund begins with that word, or with the one after it."""
    one, other = words[first], words[min(first + 1, len(words) - 1)]
    if one.lemma == "который" or (other.lemma == "который" and (one.pos == "ADP" or other.feats.get("Case") == "Gen")):
        return True
    if one.pos == "ADJ" and one.feats.get("Case") == "Gen" and other.pos == "ADP":
        # «источников, знакомых с текстом, …»
        return True
    form = one.feats.get("VerbForm")
    return form == "Conv" or (form == "Part" and one.feats.get("Variant") != "Short")


def _start_of_interrupted(reading: Reading, number: int, opening: int, close: int) -> int:
    """Where the words begin that an insertion interrupts: with its sentence, or the clause behind a whole one."""
    sentence = reading.doc.sentences[number]
    if opening == 0 or close >= len(sentence.words) - 1:
        return sentence.span.start
    clause = interrupted_clause(sentence.words, opening - 1, 0)
    return sentence.span.start if clause is None else sentence.words[clause.first].span.start


def _start_after(sentence: Sentence, index: int) -> int:
    """Where the text goes on from a word: behind a mark, at a word, at the end where no word follows."""
    rest = sentence.words[index:]
    if not any(word.is_word for word in rest):
        return sentence.span.end
    return rest[0].span.start if rest[0].is_word else rest[0].span.end


def _with_words(reading: Reading, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those ranges that are more than marks and a «кроме того»."""
    words = (" ".join(WORD.findall(reading.doc.text[start:end].lower())) for start, end in ranges)
    said = [one != "" and one not in reading.lexicon.connectives for one in words]
    return [one for one, is_said in zip(ranges, said, strict=True) if is_said]


def _is_within(word: Word, ranges: list[tuple[int, int]]) -> bool:
    return any(start <= word.span.start < end for start, end in ranges)


# «По словам»


def _after_head(reading: Reading, number: int, hit: Hit) -> Found | None:
    """`По словам X, A.`, `A, по словам X, B.`, `A, по данным X.`"""
    sentence = reading.doc.sentences[number]
    phrase = speaker_phrase(reading, sentence, hit)
    if phrase is None:
        return None
    if _reports_quotation(reading, number, hit):
        return None
    low, high = min(hit.verb, hit.last), max(hit.verb, hit.last)
    after_mark = low > 0 and not sentence.words[low - 1].is_word
    close = _head_ends(sentence, low, max(high, phrase.last), after_mark=after_mark)
    if close is None:
        return None
    start = max(_end_of_earlier(reading, number, low), _start_of_interrupted(reading, number, low, close))
    before = (start, sentence.words[low].span.start)
    ranges = _with_words(reading, [before, (_start_of_rest(sentence, close), sentence.span.end)])
    opens = (low <= OPENING and not after_mark) or sentence.words[low - 1].text == ":"
    if len(ranges) > 1 and opens:
        ranges = ranges[1:]
    ranges = _without_credit(reading, number, hit, ranges)
    blocks = reading.doc.blocks_in(sentence.span)
    if blocks and (number, hit.verb) in reading.used:
        # «По словам X, A: «Б»»
        said = blocks[0].outer.start
        ranges = [(start, min(end, said)) for start, end in ranges if start < said]
    return made(reading, number, hit, ranges, "indirect.according_to", 0.9)


def _reports_quotation(reading: Reading, number: int, hit: Hit) -> bool:
    """Whether the sentence is there for a quotation of its own, and reports nothing in a clause beside it."""
    sentence = reading.doc.sentences[number]
    blocks = reading.doc.blocks_in(sentence.span)
    if not blocks or not any((number, one.verb) in reading.used for one in reading.hits[number]):
        return False
    told = sentence.between(sentence.words[hit.last].span.end, blocks[0].outer.start)
    return (number, hit.verb) not in reading.used or not any(word.is_finite for word in told)


def _head_ends(sentence: Sentence, low: int, last: int, *, after_mark: bool) -> int | None:
    """The index where «по словам X» ends; None if it belongs to something else in the middle of the sentence."""
    words = sentence.words
    close = _mark_after(sentence, last)
    if close is None:
        return last + 1 if low <= OPENING and not after_mark else len(words)
    if low <= OPENING and close - last > 10:
        return last + 1
    return None if low > 6 and not after_mark else close


def _start_of_rest(sentence: Sentence, close: int) -> int:
    if close >= len(sentence.words):
        return sentence.span.end
    word = sentence.words[close]
    return word.span.start if word.is_word else word.span.end


def _end_of_earlier(reading: Reading, number: int, index: int) -> int:
    """Where the last statement of the sentence that lies before a word ends, else where the sentence begins."""
    sentence = reading.doc.sentences[number]
    ends = [one.spans[-1].end for one in reading.found if one.sentence == number]
    return max([sentence.span.start, *(end for end in ends if end <= sentence.words[index].span.start)])


def _without_credit(reading: Reading, number: int, hit: Hit, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut before `…, передаёт ТАСС`, and before what a second `по данным Y` or `утверждал он` speaks for."""
    sentence = reading.doc.sentences[number]
    words = sentence.words
    for other in reading.hits[number]:
        if other.verb < hit.verb:
            if other.is_head:
                ranges = [(start, end) for start, end in ranges if start > words[other.verb].span.start]
            continue
        mark = words[other.verb - 1]
        if other.verb == hit.verb or mark.is_word:
            continue
        inserted = other.is_head or is_insertion(sentence, other)
        interrupted = interrupted_clause(words, mark.index, hit.last) if inserted else None
        if interrupted is not None:
            mark = words[interrupted.comma]
        if other.is_head or interrupted is not None or is_credit(sentence, other):
            ranges = [(start, min(end, mark.span.start)) for start, end in ranges if start < mark.span.start]
    return ranges


Rule = Callable[[Reading, int, Hit], Found | None]
# What a cue must take for a rule, in the order they are tried.
RULES: tuple[tuple[str, Rule], ...] = (
    ("clause", _clause),
    ("inserted", _inserted),
    ("infinitive", _infinitive),
    ("naming", _naming),
    ("clause", _colon),
    ("clause", _without_conjunction),
)
