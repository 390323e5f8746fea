"""Direct speech: whose words a quotation, a line of dialogue or an answer is said to be."""

import re

from quotes.extraction.candidates import Span
from quotes.extraction.marks import AROUND_WORDS
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.blocks import DASH, SHORTEST_ALONE, Block
from quotes.extraction.russian.frames import OWNERS, name_speaker, speaker_phrase
from quotes.extraction.russian.lexicon import Cue
from quotes.extraction.russian.phrases import Hit, Phrase, phrase_around, subject_of
from quotes.extraction.russian.reading import Found, Reading
from quotes.extraction.russian.roles import is_person_noun
from quotes.extraction.russian.seams import joins_halves

# A name alone attributes a quotation if no more words than this go with it.
LONGEST_NAME_ALONE = 12
WORD = re.compile(r"\w+")


def read_block(reading: Reading, number: int) -> None:
    """Find whose words the block of that number is; those it goes on with are read first."""
    if number in reading.by_block:
        return
    block = reading.doc.blocks[number]
    earlier = _other_half(reading, number, block)
    if earlier is not None:
        earlier.spans += block.parts
        reading.by_block[number] = earlier
        return
    found = (
        _attributed_inside(reading, block)
        or _after_cue_and_colon(reading, number, block)
        or _attributed_after(reading, number, block)
        or _after_bare_colon(reading, number, block)
        or _in_headline(reading, number, block)
        or _unattributed(reading, number, block)
    )
    if found is not None:
        reading.found.append(found)
        reading.by_block[number] = found


def _direct(reading: Reading, block: Block, rule: str, confidence: float, at: int, hit: Hit | None = None) -> Found:
    """The block as a statement, said in sentence `at`; the cue, if there is one, names the speaker."""
    found = Found(list(block.parts), "direct", rule, confidence - 0.05 * block.repaired, at, hit, at)
    if hit is not None:
        reading.used.add((at, hit.verb))
        name_speaker(reading, found)
    return found


def _other_half(reading: Reading, number: int, block: Block) -> Found | None:
    """`«А», — сказал он. — «Б»`: Б belongs to А."""
    earlier = reading.by_block.get(number - 1)
    if earlier is None or earlier.hit is None:
        return None
    between = reading.doc.text[reading.doc.blocks[number - 1].outer.end : block.outer.start]
    return earlier if joins_halves(between) else None


# Attributions


def _attributed_inside(reading: Reading, block: Block) -> Found | None:
    """`«А, — сказал он. — Б»`, `— А, — сказал он. — Б`."""
    for seam in block.seams:
        found = _by_words_after(reading, block, seam.start, seam.end, "direct.inside")
        if found is not None:
            return found
    return None


def _attributed_after(reading: Reading, number: int, block: Block) -> Found | None:
    """`«А», — сказал он`, `«А», сказал он`."""
    start = block.parts[-1].end if block.dialogue else block.outer.end
    end = reading.doc.sentences[reading.doc.sentence_at(block.outer.end - 1)].span.end
    following = reading.doc.blocks[number + 1 : number + 2]
    return _by_words_after(reading, block, start, min([end, *(one.outer.start for one in following)]), "direct.after")


def _by_words_after(reading: Reading, block: Block, start: int, end: int, rule: str) -> Found | None:
    at = reading.doc.sentence_at(start - 1)
    sentence = reading.doc.sentences[at]
    words = sentence.between(start, end)
    while words and not words[0].is_word:
        words = words[_length_of_mark(words) :]
    if not words:
        return None
    lead = reading.doc.text[start : words[0].span.start]
    dashed = any(mark in lead for mark in DASH) or rule == "direct.inside" or block.dialogue
    if not (dashed or "," in lead or not lead.strip()):
        return None
    hit = next(iter(_hits_between(reading, at, start, end)), None)
    if hit is not None and not _is_another_clause(sentence.words[words[0].index : hit.verb]):
        return _direct(reading, block, rule, 0.97 if dashed else 0.85, at, hit)
    return _by_unknown_verb(reading, block, at, words, rule) if dashed else None


def _length_of_mark(words: list[Word]) -> int:
    """How many words the mark takes that they begin with: a bracket takes what stands in it, too."""
    closes = next((at for at, word in enumerate(words) if word.text == ")"), 0) if words[0].text == "(" else 0
    return closes + 1


def _hits_between(reading: Reading, at: int, start: int, end: int) -> list[Hit]:
    words = reading.doc.sentences[at].words
    return [one for one in reading.hits[at] if words[one.verb].span.start >= start and words[one.last].span.end <= end]


def _is_another_clause(words: list[Word]) -> bool:
    """A finite verb of another kind comes before the cue: the words are no attribution."""
    return len(words) > 2 and any(word.is_finite for word in words)


def _by_unknown_verb(reading: Reading, block: Block, at: int, words: list[Word], rule: str) -> Found | None:
    """`— вздыхает он` with a verb no lexicon knows, or `— Ольга Образцова` with none at all."""
    sentence = reading.doc.sentences[at]
    for word in words[:4]:
        if word.is_finite and word.feats.get("Person") not in {"1", "2"}:
            subject = subject_of(sentence, word.index)
            if subject is not None and words[0].index <= subject.first:
                hit = Hit(word.index, word.index, Cue("say"))
                return _direct(reading, block, f"{rule}.unknown_verb", 0.8, at, hit)
    named = [one for one in reading.doc.names_in(Span(words[0].span.start, words[-1].span.end)) if one.type == "PER"]
    if not named or len(words) > LONGEST_NAME_ALONE or any(word.is_finite for word in words):
        return None
    found = _direct(reading, block, f"{rule}.name_alone", 0.75, at)
    head = next((one for one in words if one.span.start >= named[0].span.start), words[0])
    found.phrase, found.mention = phrase_around(sentence, head.index), named[0].span
    return found


def _after_cue_and_colon(reading: Reading, number: int, block: Block) -> Found | None:
    """`Он сказал: «А»`, also where «А» is a paragraph of its own; a credit behind it only passes it on."""
    place = _sentence_before_colon(reading, number, block)
    if place is None:
        return None
    at, floor = place
    hits = _hits_between(reading, at, floor, block.outer.start)
    # «По словам мэра, мост закроют: «А»»: what closes is a cue only where nothing else is.
    hits = [hit for hit in hits if not hit.cue.weak] or hits
    return _direct(reading, block, "direct.colon", 0.95, at, hits[-1]) if hits else None


def _after_bare_colon(reading: Reading, number: int, block: Block) -> Found | None:
    """`Имя: «А»`"""
    place = _sentence_before_colon(reading, number, block)
    if place is None:
        return None
    at, floor = place
    found = _direct(reading, block, "direct.colon.no_cue", 0.7, at)
    found.name(reading.doc.sentences[at], _before_bare_colon(reading.doc.sentences[at], floor, block.outer.start))
    return found


def _sentence_before_colon(reading: Reading, number: int, block: Block) -> tuple[int, int] | None:
    """The number of the sentence that ends with a colon in front of the block, and where its narration begins."""
    doc = reading.doc
    at = doc.sentence_at(block.outer.start)
    earlier = doc.blocks[number - 1].outer.end if number else 0
    floor = max(doc.sentences[at].span.start, earlier)
    lead = doc.text[floor : block.outer.start].rstrip()
    if not lead.strip(AROUND_WORDS + '«"„'):
        if at == 0 or (number and earlier > doc.sentences[at].span.start - 3):
            return None
        at -= 1
        floor, lead = doc.sentences[at].span.start, doc.text[: block.outer.start].rstrip()
    return (at, floor) if lead.endswith(":") else None


def _before_bare_colon(sentence: Sentence, start: int, end: int) -> Phrase | None:
    """«Имя: «…»», «Его ответ: «…»», or a verb that is no cue before the colon: its subject speaks."""
    words = sentence.between(start, end)
    verbs = [word for word in words if word.is_finite]
    if verbs:
        subject = subject_of(sentence, verbs[-1].index)
        return subject if subject is not None and _can_speak(sentence, subject, {"PROPN", "PRON"}) else None
    noun = next((word for word in words if word.feats.get("Case") == "Nom" and word.pos in {"NOUN", "PROPN"}), None)
    if noun is not None and (is_person_noun(noun) or noun.pos == "PROPN"):
        return phrase_around(sentence, noun.index)
    owner = next((word.index for word in words if word.text.lower() in OWNERS), None)
    return Phrase(owner, owner, owner) if owner is not None else None


def _can_speak(sentence: Sentence, phrase: Phrase, others: set[str]) -> bool:
    """Whether a phrase means a person, or its head is of one of the parts of speech."""
    head = sentence.words[phrase.head]
    return is_person_noun(head) or head.pos in others


# Without an attribution


def _in_headline(reading: Reading, number: int, block: Block) -> Found | None:
    """`«Мы готовы»: министр ответила на вопрос`: whose words these are, the text says where it repeats them."""
    text = reading.doc.text
    if text[block.outer.end : block.outer.end + 1] != ":":
        return None
    at = reading.doc.sentence_at(block.outer.end - 1)
    found = _direct(reading, block, "direct.headline", 0.8, at)
    words = _bare(block.parts[0].of(text))
    for later, other in enumerate(reading.doc.blocks[number + 1 :], number + 1):
        if any(words in _bare(part.of(text)) for part in other.parts):
            read_block(reading, later)
            found.follows = reading.by_block.get(later)
            return found
    sentence = reading.doc.sentences[at]
    verb = next((word for word in sentence.words if word.is_finite), None)
    subject = subject_of(sentence, verb.index) if verb is not None else None
    if subject is not None and _can_speak(sentence, subject, {"PROPN"}):
        found.name(sentence, subject)
    return found


def _bare(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _unattributed(reading: Reading, number: int, block: Block) -> Found | None:
    """A quotation without a word of its own about who said it: the sentence before tells, or the one before goes on."""
    doc = reading.doc
    if block.dialogue:
        return _answer(reading, number, block)
    previous = reading.by_block.get(number - 1)
    between = doc.text[doc.blocks[number - 1].outer.end : block.outer.start] if previous is not None else "\n"
    if "\n" in between and sum(len(WORD.findall(one.of(doc.text))) for one in block.parts) < SHORTEST_ALONE:
        return None
    at = doc.sentence_at(block.outer.start)
    found = _direct(reading, block, "direct.alone", 0.6, at)
    before = at - 1 if doc.sentences[at].span.start >= block.outer.start - 2 else at
    paragraph = doc.paragraph_of(block.outer.start)
    if before >= 0 and doc.paragraph_of(doc.sentences[before].span.start) == paragraph:
        sentence = doc.sentences[before]
        cues = reading.hits[before]
        told = speaker_phrase(reading, sentence, cues[0]) if cues else _actor(reading, before)
        if cues or told is not None:
            found.said_in = before
            found.name(sentence, told)
            return found
    if previous is not None and doc.paragraph_of(doc.blocks[number - 1].outer.end - 1) >= paragraph - 1:
        found.follows, found.rule = previous, "direct.goes_on"
    else:
        found.confidence = 0.4
    return found


def _actor(reading: Reading, number: int) -> Phrase | None:
    """The person of whom a sentence tells: `Приметов чинит крышу сам. «Звонил, никто не приехал»`."""
    sentence = reading.doc.sentences[number]
    for word in sentence.words:
        if word.rel == "nsubj" and word.head >= 0 and sentence.words[word.head].rel == "root":
            phrase = phrase_around(sentence, word.index)
            named = any(one.type == "PER" for one in reading.doc.names_in(phrase.span(sentence)))
            return phrase if named or word.text.lower() in {"он", "она"} else None
    return None


def _answer(reading: Reading, number: int, block: Block) -> Found:
    """An answer in an interview: of whoever answered before, or answers next with an attribution."""
    doc = reading.doc
    found = _direct(reading, block, "direct.interview", 0.7, doc.sentence_at(block.outer.start))
    for near in (number - 1, number + 1, number + 2):
        if not 0 <= near < len(doc.blocks) or not _is_in_dialogue(reading, block, doc.blocks[near]):
            continue
        if near > number and not doc.blocks[near].is_split:
            continue
        of_answer = _turn_before(reading, number, block) if near < number else near
        if near > number:
            read_block(reading, near)
        if of_answer in reading.by_block:
            found.follows = reading.by_block[of_answer]
            break
    return found


def _is_in_dialogue(reading: Reading, block: Block, other: Block) -> bool:
    """Whether nothing but lines of dialogue stands between two of them."""
    low, high = sorted((block.outer.start, other.outer.start))
    between = (one for one in reading.doc.paragraphs if low < one.start < high)
    return other.dialogue and all(one.of(reading.doc.text).startswith(tuple(DASH)) for one in between)


def _turn_before(reading: Reading, number: int, block: Block) -> int:
    """The number of the block before; if two take turns and nobody has asked, of the one before that."""
    doc = reading.doc
    asked = doc.text[: block.outer.start].rstrip().endswith("?")
    return number - 2 if not asked and number >= 2 and doc.blocks[number - 2].dialogue else number - 1
