"""Which words of a sentence name the speaker of a cue, by the frame of the cue."""

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.phrases import Hit, Phrase, phrase_around, subject_of
from quotes.extraction.russian.reading import Found, Reading
from quotes.extraction.russian.roles import roles

# How many words from the cue the body or document may stand in which something is said.
PLACE_FAR = 14
# «В полиции, по данным агентства, сообщили», «сообщили агентству в полиции»: so many words before and after the cue.
BEFORE, AFTER = 12, 6
# In characters: a title that the parser lost hold of ends with a name at most so far on.
LONGEST_TITLE = 90
# Words that may stand between «по словам» and the noun of the speaker: «по словам первого из них».
MODIFIERS = 4
# How far behind «цитирует» the one who is cited may stand.
CITED_FAR = 13
# «По данным на 1 марта», «по информации о погоде»: nobody speaks.
OF_WHAT = {"на", "о", "об", "от", "за", "до"}
OPENING = '«"“„'
OWNERS = {"его", "ее", "её", "их"}


def name_speaker(reading: Reading, found: Found) -> None:
    """Fill in the cue's span, and the phrase that names who speaks, by the frame of the cue."""
    sentence, hit = reading.doc.sentences[found.said_in], found.hit
    if hit is None:
        return
    found.cue = hit.span(sentence)
    until = None
    if found.kind != "direct" and found.said_in == found.sentence:
        until = next((word.index for word in sentence.words if word.span.start >= found.start), None)
    found.name(sentence, speaker_phrase(reading, sentence, hit, until))


def speaker_phrase(reading: Reading, sentence: Sentence, hit: Hit, until: int | None = None) -> Phrase | None:
    """Where the frame of the cue has its speaker; `until` is the index of the first word of what is said."""
    if hit.is_head:
        return _with_name(reading, sentence, _genitive_after(sentence, hit))
    if hit.cue.speaker == "place":
        return _place(sentence, hit)
    if hit.cue.speaker == "object":
        return _cited(sentence, hit)
    if sentence.words[hit.verb].feats.get("Number") == "Plur":
        found = _told_somewhere(reading, sentence, hit, until)
        if found is not None:
            return found
    return _with_name(reading, sentence, subject_of(sentence, hit.verb, until=until))


def _told_somewhere(reading: Reading, sentence: Sentence, hit: Hit, until: int | None) -> Phrase | None:
    """«В полиции напомнили», «сообщили в пресс-службе»: a plural without a subject, and the body it happened in."""
    high = until if until is not None and until > hit.verb else len(sentence.words)
    if any(word.head == hit.verb and word.rel.startswith("nsubj") for word in sentence.words[:high]):
        return None
    after = sentence.words[hit.verb + 1 : min(high, hit.verb + 1 + AFTER)]
    before = sentence.words[max(0, hit.verb - BEFORE) : hit.verb]
    for word in (*after, *reversed(before)):
        if word.text.lower() not in {"в", "во", "на"} or word.head < 0:
            continue
        noun = sentence.words[word.head]
        near = sentence.words[hit.verb + 1 : word.index] if word.index > hit.verb else [noun]
        governed = noun.head == hit.verb or all(one.pos == "ADV" for one in near)
        if noun.pos in {"NOUN", "PROPN", "X"} and noun.feats.get("Case", "Loc") == "Loc" and governed:
            phrase = phrase_around(sentence, noun.index)
            if _is_body(reading, sentence, noun, phrase):
                return _without_preposition(phrase, word)
    return None


def _without_preposition(phrase: Phrase, preposition: Word) -> Phrase:
    return Phrase(phrase.head, max(phrase.first, preposition.index + 1), phrase.last)


def _is_body(reading: Reading, sentence: Sentence, noun: Word, phrase: Phrase) -> bool:
    if roles().is_institution(noun.lemma) or noun.pos in {"PROPN", "X"} or noun.text.isupper():
        return True
    return any(
        one.type == "ORG" and one.span.start <= noun.span.start < one.span.end + 2
        for one in reading.doc.names_in(phrase.span(sentence))
    )


def _with_name(reading: Reading, sentence: Sentence, phrase: Phrase | None) -> Phrase | None:
    """The phrase drawn out to the name that ends it, where the parser lost the thread of a long title."""
    if phrase is None or sentence.words[phrase.head].pos != "NOUN":
        return phrase
    start = sentence.words[phrase.last].span.end
    reach = Span(sentence.words[phrase.first].span.start, min(sentence.span.end, start + LONGEST_TITLE))
    for name in reading.doc.names_in(reach):
        if name.type != "PER" or name.span.start < start:
            continue
        if any(_breaks_title(word) for word in sentence.between(start, name.span.start)):
            break
        last = [word for word in sentence.words if word.span.overlaps(name.span)]
        if last and sentence.words[phrase.head].feats.get("Animacy") == "Anim":
            return Phrase(phrase.head, phrase.first, last[-1].index)
    return phrase


def _breaks_title(word: Word) -> bool:
    if word.pos == "ADP":
        return word.text.lower() not in {"из", "по", "при", "от"}
    if word.pos == "VERB":
        return word.feats.get("VerbForm") != "Part"
    return not word.is_word or word.pos in {"AUX", "CCONJ"}


def _genitive_after(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«по словам министра», «по его словам», «согласно отчёту»."""
    low, high = min(hit.verb, hit.last), max(hit.verb, hit.last)
    for word in sentence.words[low + 1 : high]:
        if word.text.lower() in OWNERS or word.pos == "DET":
            return Phrase(word.index, word.index, word.index)
        if word.feats.get("Case") == "Gen" and word.pos in {"NOUN", "PROPN"}:
            return phrase_around(sentence, word.index)
    return _genitive_behind(sentence, high)


def _genitive_behind(sentence: Sentence, cue: int) -> Phrase | None:
    modifiers = 0
    following = sentence.words[cue + 1 :]
    if following and following[0].text in OPENING:
        # «по данным «Горводоканала»»
        following = following[1:]
    if following and following[0].text.lower() in OF_WHAT:
        return None
    for word in following:
        if word.pos in {"ADP", "ADJ", "DET", "NUM"} and modifiers < MODIFIERS:
            modifiers += 1
            continue
        if word.pos not in {"NOUN", "PROPN", "X", "PRON", "VERB"}:
            return None
        phrase = phrase_around(sentence, _head_of_run(sentence, word.index, cue))
        return Phrase(phrase.head, max(cue + 1, phrase.first), max(phrase.last, word.index))
    return None


def _head_of_run(sentence: Sentence, index: int, floor: int) -> int:
    """The head of the phrase that a noun opens: «лидера партии Образцова» hangs on its last word at times."""
    at = index
    for _step in range(5):
        word = sentence.words[at]
        specifies = word.rel in {"appos", "flat", "flat:name", "amod", "nmod"}
        if not specifies or not floor < word.head <= at + 4:
            break
        at = word.head
    return at


def _place(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«говорится в сообщении ведомства», «из отчёта следует»."""
    for word in (*sentence.words[hit.last + 1 :], *reversed(sentence.words[: hit.verb])):
        if word.text.lower() not in {"в", "во", "на", "из"} or word.head < 0:
            continue
        noun = sentence.words[word.head]
        near = word.index < noun.index and abs(noun.index - hit.verb) < PLACE_FAR
        if near and noun.pos in {"NOUN", "PROPN", "X"} and noun.head == hit.verb:
            return _without_preposition(phrase_around(sentence, noun.index), word)
    return None


def _cited(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«цитирует РБК белорусского лидера», «приводит слова министра»: the one in the accusative or genitive."""
    after = max(hit.verb, hit.last)
    for word in sentence.words[after + 1 : after + 1 + CITED_FAR]:
        if not word.is_word and word.text not in '«»"':
            break
        if word.pos not in {"NOUN", "PROPN", "PRON"} or word.feats.get("Case") not in {"Gen", "Acc"}:
            continue
        if word.feats.get("Animacy") == "Anim" or word.pos == "PRON" or after != hit.verb:
            return phrase_around(sentence, word.index)
    return None
