"""Sentences that say whose words the sentence before them is: «Об этом сказал X», «Так считает X»."""

from itertools import pairwise

from quotes.extraction.russian.analysis import Sentence, Word, lemmas
from quotes.extraction.russian.clauses import complementiser
from quotes.extraction.russian.datelines import after_dateline
from quotes.extraction.russian.frames import name_speaker
from quotes.extraction.russian.lexicon import Cue, Lexicon
from quotes.extraction.russian.phrases import Hit, is_negated, phrase_around
from quotes.extraction.russian.reading import Found, Reading, made


def points_back(reading: Reading, number: int) -> bool:
    """Whether the sentence is of that kind; if so, what stands before it is a statement now, or has its speaker."""
    sentence = reading.doc.sentences[number]
    opened = _opens_back(sentence, reading.lexicon)
    if opened is None or number == 0:
        return False
    hit = _cue(reading, number, opened)
    if hit is None or complementiser(sentence, hit) is not None or is_negated(sentence, hit):
        return False
    if any(one.sentence == number - 1 and one.kind != "direct" for one in reading.found):
        return True
    if not _tells_of_quotation(reading, number, hit):
        _take_sentence_before(reading, number, hit)
    return True


def _cue(reading: Reading, number: int, opened: int) -> Hit | None:
    for hit in reading.hits[number]:
        if hit.verb >= opened and not hit.is_head:
            if opened == 1 and (hit.verb > 1 or (number, hit.verb) in reading.used):
                # «Так, считает X, …», «Так сказал X: «…»»
                return None
            return hit if hit.cue.kind != "learn" else None
    if opened == 1:
        return None
    for word in reading.doc.sentences[number].words[opened:]:
        if word.is_finite and lemmas(word.text.lower()) & reading.lexicon.backward_verbs:
            return Hit(word.index, word.index, Cue("say"))
    return None


def _tells_of_quotation(reading: Reading, number: int, hit: Hit) -> bool:
    """Whether the sentence before holds a quotation that had no speaker till now."""
    blocks = reading.doc.blocks_in(reading.doc.sentences[number - 1].span)
    found = reading.by_block.get(reading.doc.blocks.index(blocks[-1])) if blocks else None
    if found is None or found.phrase is not None:
        return False
    found.hit, found.said_in, found.rule = hit, number, "direct.about_this"
    name_speaker(reading, found)
    return True


def _take_sentence_before(reading: Reading, number: int, hit: Hit) -> None:
    span = reading.doc.sentences[number - 1].span
    start = after_dateline(reading.doc.text, span.start, span.end)
    found = made(reading, number - 1, hit, [(start, span.end)], "indirect.about_this", 0.9)
    if found is None:
        return
    found.said_in = number
    name_speaker(reading, found)
    _by_reference(reading, found)
    reading.used.add((number, hit.verb))
    reading.found.append(found)


def _by_reference(reading: Reading, found: Found) -> None:
    """`Об этом сообщает ТАСС со ссылкой на МВД`: the ministry says it, the agency passes it on."""
    sentence = reading.doc.sentences[found.said_in]
    for link, on, noun in zip(sentence.words, sentence.words[1:], sentence.words[2:], strict=False):
        if link.lemma == "ссылка" and on.text == "на":
            nominal = (one.index for one in sentence.words[noun.index :] if one.pos in {"NOUN", "PROPN", "X"})
            found.name(sentence, phrase_around(sentence, next(nominal, noun.index)))
            return


def _opens_back(sentence: Sentence, lexicon: Lexicon) -> int | None:
    """The index after «об этом», «такое заявление» or «так», if the sentence opens with it."""
    words = [word for word in sentence.words if word.is_word][:4]
    if words and words[0].text.lower() in {"с", "со", "против"}:
        # «С такой оценкой согласился депутат»: somebody else's.
        return None
    if len(words) > 2 and words[0].text.lower() == "так" and words[1].index == 1 and words[1].is_finite:
        return 1
    for one, other in pairwise(words[:3]):
        if _form(one, other) in lexicon.backward or _has_lemmas(one, other, lexicon.backward_nouns):
            return other.index + 1
    return None


def _has_lemmas(one: Word, other: Word, phrases: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the words can be a phrase, whatever the tagger takes «соответствующее» for."""
    first = lemmas(one.text.lower())
    return any(phrase[0] in first and phrase[1] == other.lemma for phrase in phrases)


def _form(*words: Word) -> tuple[str, ...]:
    return tuple(word.text.lower().replace("ё", "е") for word in words)
