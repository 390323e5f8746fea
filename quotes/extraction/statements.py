"""Statements in a laid-out Russian text: which words are reported, by which cue, and where the speaker is named.

Each rule gives `Found`s; who the speaker is, `speakers.py` decides afterwards.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.analysis import Sentence, Word, lemmas
from quotes.extraction.candidates import Kind, Span
from quotes.extraction.entities import is_person_noun, roles
from quotes.extraction.layout import DASH, Block, Document
from quotes.extraction.lexicon import Cue, Lexicon
from quotes.extraction.phrases import Hit, Phrase, hits, is_negated, phrase_around, subject_of

THAT = {"что", "чтобы", "будто", "якобы"}
WH = {"кто", "кого", "кому", "чего", "чему", "чем", "когда", "где", "почему", "зачем", "сколько", "какой", "какая", "какие", "какое", "каким", "какими", "каких", "какую", "куда", "откуда", "насколько", "как", "каков", "какова", "каковы"}  # fmt: skip
# A clause that begins more than this many words after its cue belongs to another word.
FAR = 14
TRIMMED = " \t\n\u00a0,;:.—–-"
DATELINE = re.compile(
    r"(?:[^\n.]{0,40}\d{1,2}\s[а-яё]{3,8}[^\n]{0,24}?)?[/(]?\s?(?:ТАСС|INTERFAX(?:\.RU)?|Интерфакс|РИА Новости|БЕЛТА|БелТА|REGNUM|"
    r"Sputnik|РБК|Reuters|Казинформ|КАЗИНФОРМ|[A-Z]{4,}(?:\.[A-Z]{2,3})?)\s?[/)]?\s?[.—–-]?\s+(?=[А-ЯЁ«\"])|"
    r"[А-ЯЁ-]{3,}(?:\s[А-ЯЁ-]{3,})?,\s\d{1,2}\s[а-яё]{3,8}\.?\s?[—–-]?\s+(?:[А-ЯЁ][А-ЯЁа-яё./ ]{2,20}[.—–-]\s+)?"
)


# «О том, что завод закроют, сообщил директор».
FRONTED = re.compile(r"(?:О том|Про то),\s(?:что|как)\s|Что\s(?=[а-яё])")


@dataclass(slots=True)
class Found:
    """A statement before its speaker is known. `phrase` names the speaker in sentence `said_in`, if anything does."""

    spans: list[Span]
    kind: Kind
    rule: str
    confidence: float
    sentence: int
    hit: Hit | None = None
    said_in: int = -1
    phrase: Phrase | None = None
    follows: "Found | None" = None
    """Without an attribution of its own: whoever said this goes on."""
    cue: Span | None = None
    mention: Span | None = None

    @property
    def start(self) -> int:
        return self.spans[0].start


@dataclass(slots=True)
class Reading:
    """The state of one pass over a document."""

    doc: Document
    lexicon: Lexicon
    found: list[Found] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    by_block: dict[int, Found] = field(default_factory=dict)
    hits: list[list[Hit]] = field(default_factory=list)

    def text(self, span: Span) -> str:
        return span.of(self.doc.text)


def statements(doc: Document, lexicon: Lexicon) -> list[Found]:
    """All statements the rules find, in the order of the text."""
    reading = Reading(doc, lexicon, hits=[hits(one, lexicon) for one in doc.sentences])
    for number, block in enumerate(doc.blocks):
        _read_block(reading, number, block)
    _read_headlines(reading)
    for number in range(len(doc.sentences)):
        _read_sentence(reading, number)
    found = [one for one in reading.found if one.spans]
    found.sort(key=lambda one: one.start)
    return found


# Direct speech


def _read_block(reading: Reading, number: int, block: Block) -> None:
    if number in reading.by_block:
        return
    earlier = _split_partner(reading, number, block)
    if earlier is not None:
        earlier.spans += block.parts
        reading.by_block[number] = earlier
        return
    found = (
        _attributed_inside(reading, block)
        or _attributed_after(reading, number, block)
        or _attributed_before(reading, number, block)
        or _in_headline(reading, number, block)
        or _unattributed(reading, number, block)
    )
    if found is not None:
        reading.found.append(found)
        reading.by_block[number] = found


def _direct(reading: Reading, block: Block, rule: str, confidence: float, at: int, hit: Hit | None) -> Found:
    found = Found(list(block.parts), "direct", rule, confidence - 0.05 * block.repaired, at, hit, at)
    if hit is not None:
        reading.used.add((at, hit.verb))
        _name_speaker(reading, found)
    return found


def _name_speaker(reading: Reading, found: Found) -> None:
    """The cue's span, and the phrase that names who speaks, by the frame of the cue."""
    sentence, hit = reading.doc.sentences[found.said_in], found.hit
    if hit is None:
        return
    found.cue = hit.span(sentence)
    until = None
    if found.kind != "direct" and found.said_in == found.sentence:
        until = next((word.index for word in sentence.words if word.span.start >= found.start), None)
    found.phrase = _speaker_phrase(reading, sentence, hit, until)
    if found.phrase is not None:
        found.mention = found.phrase.span(sentence)


def _speaker_phrase(reading: Reading, sentence: Sentence, hit: Hit, until: int | None = None) -> Phrase | None:
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


def _is_body(reading: Reading, sentence: Sentence, noun: Word, phrase: Phrase) -> bool:
    if roles().is_institution(noun.lemma) or noun.pos in {"PROPN", "X"} or noun.text.isupper():
        return True
    return any(
        one.type == "ORG" and one.span.start <= noun.span.start < one.span.end + 2
        for one in reading.doc.names_in(phrase.span(sentence))
    )


def _told_somewhere(reading: Reading, sentence: Sentence, hit: Hit, until: int | None) -> Phrase | None:
    """«В полиции напомнили», «сообщили в пресс-службе»: a plural without a subject, and the body it happened in."""
    high = until if until is not None and until > hit.verb else len(sentence.words)
    for word in sentence.words[:high]:
        if word.head == hit.verb and word.rel.startswith("nsubj"):
            return None
    near = [
        *sentence.words[hit.verb + 1 : min(high, hit.verb + 7)],
        *reversed(sentence.words[max(0, hit.verb - 12) : hit.verb]),
    ]
    for word in near:
        if word.text.lower() in {"в", "во", "на"} and word.head >= 0:
            noun = sentence.words[word.head]
            if noun.pos in {"NOUN", "PROPN", "X"} and noun.feats.get("Case", "Loc") == "Loc" and noun.head == hit.verb:
                phrase = phrase_around(sentence, noun.index)
                if not _is_body(reading, sentence, noun, phrase):
                    continue
                return Phrase(phrase.head, max(phrase.first, word.index + 1), phrase.last)
    return None


def _with_name(reading: Reading, sentence: Sentence, phrase: Phrase | None) -> Phrase | None:
    """The phrase drawn out to the name that ends it, where the parser lost the thread of a long title."""
    if phrase is None or sentence.words[phrase.head].pos != "NOUN":
        return phrase
    start = sentence.words[phrase.last].span.end
    for name in reading.doc.names_in(Span(sentence.words[phrase.first].span.start, min(sentence.span.end, start + 90))):
        if name.type != "PER" or name.span.start < start:
            continue
        between = _gap_words(sentence, start, name.span.start)
        if any(_breaks_title(word) for word in between):
            break
        last = [word for word in sentence.words if word.span.overlaps(name.span)]
        if last and sentence.words[phrase.head].feats.get("Animacy") == "Anim":
            return Phrase(phrase.head, phrase.first, last[-1].index)
    return phrase


def _breaks_title(word: Word) -> bool:
    if word.pos == "ADP":
        return word.text.lower() not in {"из", "по", "при", "от"}
    return (
        not word.is_word
        or word.pos in {"AUX", "CCONJ"}
        or (word.pos == "VERB" and word.feats.get("VerbForm") != "Part")
    )


def _genitive_after(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«по словам министра», «по его словам», «согласно отчёту»."""
    low, high = min(hit.verb, hit.last), max(hit.verb, hit.last)
    for word in sentence.words[low + 1 : high]:
        if word.text.lower() in {"его", "ее", "её", "их"} or word.pos in {"DET"}:
            return Phrase(word.index, word.index, word.index)
        if word.feats.get("Case") == "Gen" and word.pos in {"NOUN", "PROPN"}:
            return phrase_around(sentence, word.index)
    after = high + 1
    while (
        after < len(sentence.words) and sentence.words[after].pos in {"ADP", "ADJ", "DET", "NUM"} and after <= high + 4
    ):
        after += 1
    if (
        after < len(sentence.words)
        and sentence.words[after].is_word
        and sentence.words[after].pos in {"NOUN", "PROPN", "X", "PRON", "VERB"}
    ):
        phrase = phrase_around(sentence, _head_of_run(sentence, after, high))
        return Phrase(phrase.head, max(high + 1, phrase.first), max(phrase.last, after))
    return None


def _head_of_run(sentence: Sentence, index: int, floor: int) -> int:
    at = index
    for _step in range(5):
        word = sentence.words[at]
        if (
            word.head <= floor
            or word.head < 0
            or word.rel not in {"appos", "flat", "flat:name", "amod", "nmod"}
            or word.head > at + 4
        ):
            break
        at = word.head
    return at


def _place(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«говорится в сообщении ведомства»; «сообщили в министерстве» comes here, too."""
    for word in [*sentence.words[hit.last + 1 :], *reversed(sentence.words[: hit.verb])]:
        if word.text.lower() in {"в", "во", "на", "из"} and word.head >= 0:
            noun = sentence.words[word.head]
            if (
                noun.pos in {"NOUN", "PROPN", "X"}
                and word.index < noun.index
                and abs(noun.index - hit.verb) < FAR
                and noun.head == hit.verb
            ):
                phrase = phrase_around(sentence, noun.index)
                return Phrase(phrase.head, max(phrase.first, word.index + 1), phrase.last)
    return None


def _cited(sentence: Sentence, hit: Hit) -> Phrase | None:
    """«цитирует РБК белорусского лидера», «приводит слова министра»: the one in the accusative or genitive."""
    after = max(hit.verb, hit.last)
    for word in sentence.words[after + 1 : after + 14]:
        if not word.is_word and word.text not in '«»"':
            break
        if word.pos not in {"NOUN", "PROPN", "PRON"} or word.feats.get("Case") not in {"Gen", "Acc"}:
            continue
        if word.feats.get("Animacy") == "Anim" or word.pos == "PRON" or after != hit.verb:
            return phrase_around(sentence, word.index)
    return None


def _gap_words(sentence: Sentence, start: int, end: int) -> list[Word]:
    return [word for word in sentence.words if word.span.start >= start and word.span.end <= end]


def _first_hit(reading: Reading, at: int, start: int, end: int, *, last: bool = False) -> Hit | None:
    sentence = reading.doc.sentences[at]
    inside = [
        one
        for one in reading.hits[at]
        if sentence.words[one.verb].span.start >= start and sentence.words[one.last].span.end <= end
    ]
    if not inside:
        return None
    return inside[-1] if last else inside[0]


def _attributed_inside(reading: Reading, block: Block) -> Found | None:
    if not block.is_split:
        return None
    start, end = block.parts[0].end, block.parts[1].start
    return _by_words_after(reading, block, start, end, "direct.inside")


def _attributed_after(reading: Reading, number: int, block: Block) -> Found | None:
    start = block.outer.end if not block.dialogue else block.parts[-1].end
    blocks = reading.doc.blocks
    at = reading.doc.sentence_at(block.outer.end - 1)
    end = reading.doc.sentences[at].span.end
    if number + 1 < len(blocks):
        end = min(end, blocks[number + 1].outer.start)
    return _by_words_after(reading, block, start, end, "direct.after")


def _by_words_after(reading: Reading, block: Block, start: int, end: int, rule: str) -> Found | None:
    at = reading.doc.sentence_at(start - 1)
    sentence = reading.doc.sentences[at]
    words = _gap_words(sentence, start, end)
    while words and not words[0].is_word:
        words = words[1:]
    lead = reading.doc.text[start : words[0].span.start] if words else ""
    dashed = any(mark in lead for mark in DASH) or rule == "direct.inside" or block.dialogue
    if not words or not (dashed or "," in lead or not lead.strip()):
        return None
    hit = _first_hit(reading, at, start, end)
    if hit is not None and not _clause_between(sentence, words[0].index, hit.verb):
        return _direct(reading, block, rule, 0.97 if dashed else 0.85, at, hit)
    if not dashed:
        return None
    return _by_unknown_verb(reading, block, at, words, rule)


def _clause_between(sentence: Sentence, first: int, verb: int) -> bool:
    """A finite verb of another kind comes before the cue: the words are no attribution."""
    return any(word.is_finite for word in sentence.words[first:verb]) and verb - first > 2


def _by_unknown_verb(reading: Reading, block: Block, at: int, words: list[Word], rule: str) -> Found | None:
    """«— вздохнул он» with a verb no lexicon knows, or «— Любовь Дергачёва» with none at all."""
    sentence = reading.doc.sentences[at]
    for word in words[:4]:
        if word.is_finite and word.feats.get("Person") not in {"1", "2"}:
            subject = subject_of(sentence, word.index)
            if subject is not None and words[0].index <= subject.first:
                hit = Hit(word.index, word.index, Cue("say"))
                return _direct(reading, block, f"{rule}.unknown_verb", 0.8, at, hit)
    named = [one for one in reading.doc.names_in(Span(words[0].span.start, words[-1].span.end)) if one.type == "PER"]
    if named and len(words) <= 12 and not any(word.is_finite for word in words):
        found = _direct(reading, block, f"{rule}.name_alone", 0.75, at, None)
        head = next((one for one in words if one.span.start >= named[0].span.start), words[0])
        found.phrase = phrase_around(sentence, head.index)
        found.mention = named[0].span
        return found
    return None


def _attributed_before(reading: Reading, number: int, block: Block) -> Found | None:
    doc = reading.doc
    at = doc.sentence_at(block.outer.start)
    sentence = doc.sentences[at]
    floor = max(sentence.span.start, doc.blocks[number - 1].outer.end if number else 0)
    lead = doc.text[floor : block.outer.start].rstrip()
    if not lead.strip(TRIMMED + '«"„'):
        if number and doc.blocks[number - 1].outer.end > sentence.span.start - 3:
            return None
        at -= 1
        if at < 0 or not doc.text[: block.outer.start].rstrip().endswith(":"):
            return None
        sentence = doc.sentences[at]
        floor, lead = sentence.span.start, ":"
    if not lead.endswith(":"):
        return None
    hit = _first_hit(reading, at, floor, sentence.span.end, last=True)
    if hit is not None and sentence.words[hit.verb].span.start < block.outer.start:
        return _direct(reading, block, "direct.colon", 0.95, at, hit)
    return _after_bare_colon(reading, block, at, floor)


def _after_bare_colon(reading: Reading, block: Block, at: int, floor: int) -> Found | None:
    """«Имя: «…»», or a verb that is no cue before the colon: its subject speaks."""
    sentence = reading.doc.sentences[at]
    words = _gap_words(sentence, floor, max(block.outer.start, floor))
    found = _direct(reading, block, "direct.colon.no_cue", 0.7, at, None)
    verbs = [word for word in words if word.is_finite]
    if verbs:
        subject = subject_of(sentence, verbs[-1].index)
        if subject is not None and (
            is_person_noun(sentence.words[subject.head]) or sentence.words[subject.head].pos in {"PROPN", "PRON"}
        ):
            found.phrase = subject
    else:
        noun = next((word for word in words if word.feats.get("Case") == "Nom" and word.pos in {"NOUN", "PROPN"}), None)
        if noun is not None and (is_person_noun(noun) or noun.pos == "PROPN"):
            found.phrase = phrase_around(sentence, noun.index)
        elif (
            owner := next((word for word in words if word.text.lower() in {"его", "ее", "её", "их"}), None)
        ) is not None:
            found.phrase = Phrase(owner.index, owner.index, owner.index)
    if found.phrase is not None:
        found.mention = found.phrase.span(sentence)
    return found


def _in_headline(reading: Reading, number: int, block: Block) -> Found | None:
    """`«Уйти — самое лёгкое»: министр ответила на вопрос`: whose words these are, the text says where it repeats them."""
    text = reading.doc.text
    if text[block.outer.end : block.outer.end + 1] != ":":
        return None
    at = reading.doc.sentence_at(block.outer.end - 1)
    found = _direct(reading, block, "direct.headline", 0.8, at, None)
    words = _bare(block.parts[0].of(text))
    for later, other in enumerate(reading.doc.blocks[number + 1 :], number + 1):
        if any(words in _bare(part.of(text)) for part in other.parts):
            _read_block(reading, later, other)
            found.follows = reading.by_block.get(later)
            return found
    sentence = reading.doc.sentences[at]
    verb = next((word for word in sentence.words if word.is_finite), None)
    subject = subject_of(sentence, verb.index) if verb is not None else None
    if subject is not None and (
        is_person_noun(sentence.words[subject.head]) or sentence.words[subject.head].pos == "PROPN"
    ):
        found.phrase, found.mention = subject, subject.span(sentence)
    return found


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _split_partner(reading: Reading, number: int, block: Block) -> Found | None:
    """`«А», — сказал он. — «Б»`: Б belongs to А."""
    earlier = reading.by_block.get(number - 1)
    if number == 0 or earlier is None or earlier.hit is None:
        return None
    between = reading.doc.text[reading.doc.blocks[number - 1].outer.end : block.outer.start]
    if len(between) > 300 or "\n" in between:
        return None
    if re.search(r"[.,;:]\s?[—–-]\s*$", between) and re.match(r"\s?[,.!?…]?\s?[—–-]", between):
        return earlier
    return None


def _unattributed(reading: Reading, number: int, block: Block) -> Found | None:
    """A quotation without a word of its own about who said it: the one before goes on, or the sentence before tells."""
    doc = reading.doc
    words = len(re.findall(r"\w+", " ".join(one.of(doc.text) for one in block.parts)))
    if block.dialogue:
        return _answer(reading, number, block)
    if words < 4:
        return None
    at = doc.sentence_at(block.outer.start)
    found = _direct(reading, block, "direct.alone", 0.6, at, None)
    previous = reading.by_block.get(number - 1)
    paragraph = doc.paragraph_of(block.outer.start)
    before = at - 1 if doc.sentences[at].span.start >= block.outer.start - 2 else at
    same = before >= 0 and doc.paragraph_of(doc.sentences[before].span.start) == paragraph
    if same and reading.hits[before]:
        found.said_in, hit = before, reading.hits[before][0]
        found.phrase = _speaker_phrase(reading, doc.sentences[before], hit)
        found.mention = found.phrase.span(doc.sentences[before]) if found.phrase else None
        return found
    actor = _actor(reading, before) if same else None
    if actor is not None:
        found.said_in, found.phrase, found.mention = before, actor, actor.span(doc.sentences[before])
        return found
    if previous is not None and doc.paragraph_of(doc.blocks[number - 1].outer.end - 1) >= paragraph - 1:
        found.follows = previous
        found.rule = "direct.goes_on"
        return found
    found.confidence = 0.4
    return found


def _actor(reading: Reading, number: int) -> Phrase | None:
    """The person of whom a sentence tells: «Сварщик чинит крышу сам. «Звонил на горячую линию…»»."""
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
    found = _direct(reading, block, "direct.interview", 0.7, doc.sentence_at(block.outer.start), None)
    near = [at for at in (number - 1, number + 1, number + 2) if 0 <= at < len(doc.blocks) and doc.blocks[at].dialogue]
    for at in near:
        low, high = sorted((block.outer.start, doc.blocks[at].outer.start))
        if any(
            not doc.text[line.start : line.end].startswith(tuple(DASH))
            for line in doc.paragraphs
            if low < line.start < high
        ):
            continue
        if at > number and not doc.blocks[at].is_split:
            continue
        if (
            at == number - 1
            and not doc.text[: block.outer.start].rstrip().endswith("?")
            and number >= 2
            and doc.blocks[number - 2].dialogue
        ):
            at = number - 2
        if at > number:
            _read_block(reading, at, doc.blocks[at])
        if at in reading.by_block:
            found.follows = reading.by_block[at]
            break
    return found


# Reported speech


def _read_sentence(reading: Reading, number: int) -> None:
    sentence = reading.doc.sentences[number]
    if not sentence.words:
        return
    if _points_back(reading, number):
        return
    contents: list[Span] = [
        span for one in reading.found if one.sentence == number and one.kind != "direct" for span in one.spans
    ]
    for hit in reading.hits[number]:
        if any(sentence.words[hit.verb].span in span for span in contents):
            # Somebody's words within somebody's words are reported by the latter, not by the article.
            continue
        for found in _reported(reading, number, sentence, hit):
            reading.used.add((number, hit.verb))
            _name_speaker(reading, found)
            if not _is_passed_on(sentence, found, reading.lexicon):
                contents += found.spans
            reading.found.append(found)
            break


def _is_passed_on(sentence: Sentence, found: Found, lexicon: Lexicon) -> bool:
    """A document or an outlet only carries what somebody else says in it."""
    if found.phrase is None:
        return False
    return sentence.words[found.phrase.head].lemma in roles().documents | lexicon.outlet_nouns


def _reported(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    direct = (number, hit.verb) in reading.used
    if hit.is_head:
        yield from _after_head(reading, number, sentence, hit)
        return
    if hit.cue.weak:
        return
    if "clause" in hit.cue.takes:
        yield from _clause(reading, number, sentence, hit)
    if direct:
        return
    if "inserted" in hit.cue.takes:
        yield from _inserted(reading, number, sentence, hit)
    if "infinitive" in hit.cue.takes:
        yield from _infinitive(reading, number, sentence, hit)
    if "naming" in hit.cue.takes:
        yield from _naming(reading, number, sentence, hit)
    if "clause" in hit.cue.takes:
        yield from _colon(reading, number, sentence, hit)
        yield from _without_conjunction(reading, number, sentence, hit)


def _made(
    reading: Reading, number: int, hit: Hit | None, ranges: list[tuple[int, int]], rule: str, confidence: float
) -> Iterator[Found]:
    """A statement of these ranges, trimmed; its kind by the quotations inside. None, if nothing is left."""
    text = reading.doc.text
    spans = [span for start, end in ranges if (span := _trimmed(text, start, end)) is not None]
    if not spans or sum(len(one) for one in spans) < 4:
        return
    kind: Kind = "indirect"
    inside = [one for one in reading.doc.quotations if any(one.outer in span for span in spans)]
    for one in inside:
        if len(spans) == 1 and len(one.inner) >= len(spans[0]) - 4 and len(one.inner) > 0:
            yield Found([_trimmed_inner(text, one.inner)], "direct", f"{rule}.quoted", confidence, number, hit, number)
            return
        if one.inner.of(text)[:1].islower():
            kind = "mixed"
    yield Found(spans, kind, rule, confidence, number, hit, number)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in TRIMMED:
        start += 1
    while end > start and (text[end - 1] in TRIMMED or unicodedata.category(text[end - 1]) == "So"):
        end -= 1
    return Span(start, end) if end > start else None


def _trimmed_inner(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _clause(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`сказал, что …`, `спросила, изменилась ли …`, `ответил на вопрос, почему …`."""
    opened = _complementiser(sentence, hit)
    if opened is None:
        return
    first, rule, confidence = opened
    if rule != "indirect.that" and sentence.words[hit.verb].feats.get("VerbForm") in {"Conv", "Inf"}:
        return
    if is_negated(sentence, hit) and hit.cue.kind not in {"think", "deny"}:
        return
    start = sentence.words[first].span.start
    end = _end_of_content(reading, number, sentence, hit, first)
    yield from _made(reading, number, hit, [(start, end)], rule, confidence)


def _complementiser(sentence: Sentence, hit: Hit) -> tuple[int, str, float] | None:
    """Where the content begins (index of its first word), by which rule, how surely."""
    after = max(hit.verb, hit.last)
    words = sentence.words
    for comma in range(after + 1, min(len(words) - 1, after + FAR + 12)):
        word = words[comma]
        if word.text in ";:" or _takes_over(word, hit):
            return None
        if word.text != ",":
            continue
        following = words[comma + 1]
        lower = following.text.lower()
        if lower in THAT or (
            lower in {"то", "как"} and comma + 2 < len(words) and words[comma + 2].text.lower() == "что"
        ):
            return _after_that(words, comma + 1)
        if comma - after > FAR:
            continue
        if lower in WH and (lower != "как" or _has_finite(words, comma + 1)) and comma - after <= 4:
            return comma + 1, "indirect.question", 0.6
        if any(words[at].text.lower() == "ли" for at in range(comma + 2, min(len(words), comma + 4))):
            return comma + 1, "indirect.whether", 0.75
    return None


def _after_that(words: list[Word], first: int) -> tuple[int, str, float] | None:
    at = first
    while at < len(words) and (words[at].text.lower() in THAT | {"то"} or not words[at].is_word):
        at += 1
    return (at, "indirect.that", 0.93) if at < len(words) else None


def _takes_over(word: Word, hit: Hit) -> bool:
    """A verb between the cue and the clause: the clause is that one's."""
    form = word.feats.get("VerbForm")
    if word.pos not in {"VERB", "AUX"} or word.rel in {"acl:relcl", "acl"}:
        return False
    return form in {"Fin", "Conv"} or (form == "Inf" and "infinitive" in hit.cue.takes)


def _has_finite(words: list[Word], start: int) -> bool:
    return any(word.is_finite for word in words[start : start + 12])


def _end_of_content(
    reading: Reading, number: int, sentence: Sentence, hit: Hit, first: int, *, coordinated: bool = True
) -> int:
    """Where the content ends: with the sentence, before a verb coordinated with the cue, a credit, a quotation."""
    words = sentence.words
    end = sentence.span.end
    for word in words[first + 1 :]:
        if (
            coordinated
            and word.head == hit.verb
            and word.rel == "conj"
            and (word.is_finite or word.feats.get("VerbForm") == "Conv")
        ):
            cut = _left_edge(words, word.index, first)
            if cut > first:
                end = min(end, words[cut].span.start)
                break
    if words[hit.verb].feats.get("VerbForm") == "Conv":
        end = min(end, _where_matrix_begins(sentence, hit, first))
    for later in reading.hits[number]:
        if later.verb <= first:
            continue
        if later.is_head:
            if later.verb > first + 3 and not words[later.verb - 1].is_word:
                end = min(end, words[later.verb - 1].span.start)
            continue
        if _is_credit(sentence, later) or _shares_subject(sentence, hit, later):
            cut = _left_edge(words, later.verb, first)
            end = min(end, words[cut].span.start)
    for block in reading.doc.blocks_in(sentence.span):
        if block.outer.start > words[first].span.start and reading.doc.text[: block.outer.start].rstrip().endswith(":"):
            end = min(end, block.outer.start)
    return end


def _where_matrix_begins(sentence: Sentence, hit: Hit, first: int) -> int:
    """«Отметив, что A, министр ушёл»: the comma before the clause that the gerund belongs to."""
    words = sentence.words
    main = words[hit.verb].head
    if main <= first:
        return sentence.span.end
    subject = subject_of(sentence, main)
    begins = min(main, subject.first) if subject is not None and subject.first > first else main
    comma = next((at for at in range(begins - 1, first, -1) if words[at].text == ","), None)
    return words[comma].span.start if comma is not None else sentence.span.end


def _left_edge(words: list[Word], index: int, floor: int) -> int:
    """The conjunction or comma before a verb (and its adverbs) that begins something else."""
    at = index
    while at - 1 > floor and words[at - 1].text not in ",—–-:;" and index - at < 6:
        if words[at - 1].pos == "CCONJ":
            at -= 1
            break
        at -= 1
    if at - 1 > floor and words[at - 1].text in ",—–-":
        at -= 1
    return at if words[at].text in ",—–-" or words[at].pos == "CCONJ" or index - at < 6 else index


def _is_credit(sentence: Sentence, hit: Hit) -> bool:
    """`…, передаёт корреспондент БЕЛТА`: after a comma, to the end of the sentence, nothing reported after it."""
    words = sentence.words
    before = words[hit.verb - 1].text if hit.verb else ""
    if before not in {",", "—", "–", "-"} or hit.cue.weak or "inserted" not in hit.cue.takes:
        return False
    if words[hit.verb].feats.get("Tense") == "Fut":
        return False
    if _complementiser(sentence, hit) is not None:
        return False
    rest = words[hit.verb + 1 :]
    if not words[hit.verb].is_finite or len(rest) > 16 or any(word.is_finite for word in rest):
        return False
    subject = subject_of(sentence, hit.verb)
    return subject is None or subject.first > hit.verb


def _shares_subject(sentence: Sentence, hit: Hit, later: Hit) -> bool:
    """«говорит он и подчёркивает, что …»: the later cue is coordinated with the first one, or its gerund."""
    word = sentence.words[later.verb]
    if word.feats.get("VerbForm") == "Conv":
        return word.head == hit.verb and _complementiser(sentence, later) is not None
    return word.head == hit.verb and word.rel == "conj"


def _inserted(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`A, сообщил X.`, `A, отмечает X, B.`, `Как сообщил X, A.`"""
    words = sentence.words
    opening = hit.verb
    as_word = opening > 0 and words[opening - 1].text.lower() == "как"
    at = opening - 1 if as_word else opening
    if as_word and at > 0 and words[at - 1].is_word:
        return
    if not as_word and (at == 0 or words[at - 1].text not in {",", "—", "–", "-"}):
        return
    if not words[hit.verb].is_finite and words[hit.verb].feats.get("Variant") != "Short":
        return
    phrase = _speaker_phrase(reading, sentence, hit)
    if not as_word and (phrase.first < hit.verb if phrase is not None else hit.cue.speaker == "subject"):
        # «Минздрав, в свою очередь, рекомендует»: the comma closes something else.
        return
    if as_word and phrase is None and hit.cue.speaker == "place":
        # «Как сообщалось»: by this very outlet, earlier.
        return
    if _is_outlets_credit(sentence, hit, phrase, reading.lexicon):
        return
    last = max([hit.last, hit.verb, *([phrase.last] if phrase is not None and phrase.first >= hit.verb else [])])
    close = _insertion_ends(words, last, as_word)
    if close is None:
        return
    if any(word.is_finite for word in words[hit.verb + 1 : close]):
        return
    before = (sentence.span.start, words[at].span.start)
    after = (
        words[close].span.end if close < len(words) and not words[close].is_word else _start_of(words, close, sentence),
        sentence.span.end,
    )
    if close >= len(words) or not any(word.is_word for word in words[close:]):
        after = (sentence.span.end, sentence.span.end)
    if any(block.outer.start < words[at].span.start for block in reading.doc.blocks_in(Span(*before))):
        return
    start = before[0] + _dateline(reading.doc.text, before[0], before[1])
    fronted = FRONTED.match(reading.doc.text, start, before[1])
    ranges = [(fronted.end() if fronted else start, before[1]), after]
    ranges = [(a, b) for a, b in ranges if sum(map(str.isalpha, reading.doc.text[a:b])) > 3]
    if ranges:
        rule = "indirect.as_said" if as_word else "indirect.inserted"
        if not _has_clause(reading, ranges, sentence):
            return
        yield from _made(reading, number, hit, ranges, rule, 0.85)


CREDITS = {"передавать", "передать", "сообщать", "сообщить", "писать", "информировать"}


def _is_outlets_credit(sentence: Sentence, hit: Hit, phrase: Phrase | None, lexicon: Lexicon) -> bool:
    """`…, передаёт корреспондент БЕЛТА`: the outlet carries the words, and nobody is held to them."""
    if phrase is None or sentence.words[hit.verb].lemma not in CREDITS:
        return False
    if hit.verb and sentence.words[hit.verb - 1].text.lower() == "как":
        return False
    text = " ".join(word.text for word in sentence.words[phrase.first : phrase.last + 1]).lower()
    return is_outlet(text, sentence.words[phrase.head].lemma, lexicon)


def is_outlet(text: str, head: str, lexicon: Lexicon) -> bool:
    """Whether a phrase in lower case names an agency, a paper, a channel or its correspondent."""
    if head == "пресс-служба":
        return False
    return head in lexicon.outlet_nouns or any(one in text for one in lexicon.outlet_names if len(one) > 2)


def _start_of(words: list[Word], index: int, sentence: Sentence) -> int:
    return words[index].span.start if index < len(words) else sentence.span.end


def _has_clause(reading: Reading, ranges: list[tuple[int, int]], sentence: Sentence) -> bool:
    return sum(word.is_word for word in sentence.words if any(a <= word.span.start < b for a, b in ranges)) >= 2


def _insertion_ends(words: list[Word], last: int, as_word: bool) -> int | None:
    """The index of the comma that ends an insertion; the number of words, if the sentence ends with it."""
    for index in range(last + 1, len(words)):
        if words[index].text in {",", "—", "–", ":"}:
            return index
    if as_word:
        return last + 1
    return len(words)


def _dateline(text: str, start: int, end: int) -> int:
    match = DATELINE.match(text, start, min(end, start + 120))
    return match.end() - start if match else 0


def _after_head(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`По словам X, A.`, `A, по словам X, B.`, `A, по данным X.`"""
    words = sentence.words
    phrase = _speaker_phrase(reading, sentence, hit)
    low, high = min(hit.verb, hit.last), max(hit.verb, hit.last)
    last = max(high, phrase.last if phrase else high)
    if phrase is None:
        return
    close = next((at for at in range(last + 1, len(words)) if words[at].text in {",", "—", "–"}), None)
    opened_by_comma = low > 0 and not words[low - 1].is_word
    if close is None and not opened_by_comma:
        close = last + 1 if low <= 3 else len(words)
    elif close is not None and close - last > 10 and low <= 3:
        close = last + 1
    elif close is not None and not opened_by_comma and low > 6:
        return
    close = len(words) if close is None else close
    after_start = (
        words[close].span.end if close < len(words) and not words[close].is_word else _start_of(words, close, sentence)
    )
    said = [
        one.spans[-1].end
        for one in reading.found
        if one.sentence == number and one.spans[-1].end <= words[low].span.start
    ]
    before = (max([sentence.span.start, *said]), words[low].span.start)
    ranges = [before, (after_start, sentence.span.end)]
    ranges = [(a, b) for a, b in ranges if sum(map(str.isalpha, reading.doc.text[a:b])) > 3]
    if len(ranges) > 1 and (low <= 3 and not opened_by_comma or words[low - 1].text == ":"):
        ranges = ranges[1:]
    blocks = reading.doc.blocks_in(sentence.span)
    if blocks and any((number, one.verb) in reading.used for one in reading.hits[number]):
        return
    ranges = _without_credit(reading, number, sentence, hit, ranges)
    yield from _made(reading, number, hit, ranges, "indirect.according_to", 0.9)


def _without_credit(
    reading: Reading, number: int, sentence: Sentence, hit: Hit, ranges: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Cut before `…, передаёт ТАСС`, and before a second `по данным Y`, which speaks for what follows it."""
    for later in reading.hits[number]:
        if later.verb <= hit.verb:
            if later.is_head and later.verb < hit.verb:
                ranges = [(a, b) for a, b in ranges if a > sentence.words[hit.verb].span.start]
            continue
        if sentence.words[later.verb - 1].is_word or not (later.is_head or _is_credit(sentence, later)):
            continue
        cut = sentence.words[later.verb - 1].span.start
        ranges = [(a, min(b, cut)) for a, b in ranges if a < cut]
    return ranges


def _infinitive(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`предложили ввести …`, `пообещал построить …`."""
    if _complementiser(sentence, hit) is not None:
        return
    words = sentence.words
    for word in words[hit.last + 1 : hit.last + FAR]:
        if word.feats.get("VerbForm") == "Inf" and word.head == hit.verb:
            end = _end_of_content(reading, number, sentence, hit, word.index)
            first = word.index
            if end - word.span.start < 12:
                return
            yield from _made(reading, number, hit, [(words[first].span.start, end)], "indirect.infinitive", 0.6)
            return


def _naming(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`назвал происходящее «полным хаосом»`."""
    start = sentence.words[hit.last].span.end
    for one in reading.doc.quotations:
        if one.outer.start >= sentence.span.end:
            break
        between = reading.doc.text[start : one.outer.start]
        if (
            one.outer.start < start
            or len(between) > 120
            or "." in between
            or not one.inner.of(reading.doc.text)[:1].islower()
        ):
            continue
        if " " not in one.inner.of(reading.doc.text).strip():
            # One word in marks is a term or a smile, not words that somebody is held to.
            return
        yield from _made(reading, number, hit, [(start, one.outer.end)], "mixed.naming", 0.65)
        return


def _colon(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`Он пояснил: …` without quotation marks."""
    if is_negated(sentence, hit):
        return
    for word in sentence.words[hit.last + 1 :]:
        if word.is_finite:
            return
        if word.text == ":":
            rest = Span(word.span.end, sentence.span.end)
            if any(
                one.verb > word.index and (one.is_head and one.verb - word.index <= 2 or _complementiser(sentence, one))
                for one in reading.hits[number]
            ):
                # «отверг обвинения: по его словам, …», «спокойны: там ждут, что …»: the latter says it.
                return
            if reading.doc.blocks_in(rest) or len(rest) < 12:
                return
            yield from _made(reading, number, hit, [(rest.start, rest.end)], "indirect.colon", 0.8)
            return


def _without_conjunction(reading: Reading, number: int, sentence: Sentence, hit: Hit) -> Iterator[Found]:
    """`Главврач говорит, больных выпишут завтра`: a clause of its own right after the cue or its subject."""
    words = sentence.words
    phrase = _speaker_phrase(reading, sentence, hit)
    last = max(hit.last, hit.verb, phrase.last if phrase is not None and phrase.first > hit.verb else -1)
    if phrase is None or is_negated(sentence, hit) or last + 4 >= len(words) or words[last + 1].text != ",":
        return
    if hit.verb and words[hit.verb - 1].text in ",—–-" or words[hit.verb].feats.get("VerbForm") != "Fin":
        return
    following = words[last + 2 :]
    if following[0].pos in {"SCONJ", "CCONJ", "VERB", "ADP"} or following[0].text.lower() in WH | {
        "который",
        "которая",
        "которые",
    }:
        return
    comma = next((word.index for word in following if word.text == ","), len(words))
    clause = words[last + 2 : comma]
    verb = next((word for word in clause if word.is_finite), None)
    if verb is None or any(word.feats.get("VerbForm") == "Conv" for word in clause):
        return
    if subject_of(sentence, verb.index) is None and verb.feats.get("Number") != "Plur":
        return
    end = _end_of_content(reading, number, sentence, hit, following[0].index, coordinated=False)
    yield from _made(reading, number, hit, [(following[0].span.start, end)], "indirect.no_conjunction", 0.7)


def _points_back(reading: Reading, number: int) -> bool:
    """`A. Об этом сказал X.`: what X said is the sentence before. Whether the sentence is of that kind."""
    sentence = reading.doc.sentences[number]
    opened = _opens_back(sentence, reading.lexicon)
    if opened is None or number == 0:
        return False
    hit = next((one for one in reading.hits[number] if not one.is_head and one.verb >= opened), None)
    if hit is None:
        verb = next(
            (
                word
                for word in sentence.words[opened:]
                if word.is_finite and lemmas(word.text.lower()) & reading.lexicon.backward_verbs
            ),
            None,
        )
        hit = Hit(verb.index, verb.index, Cue("say")) if verb is not None else None
    if hit is None or _complementiser(sentence, hit) is not None:
        return False
    earlier = reading.doc.sentences[number - 1]
    if any(one.sentence == number - 1 for one in reading.found if one.kind != "direct"):
        return True
    text = reading.doc.text
    start = earlier.span.start + _dateline(text, earlier.span.start, earlier.span.end)
    blocks = reading.doc.blocks_in(earlier.span)
    if blocks and reading.by_block.get(reading.doc.blocks.index(blocks[-1])) is not None:
        found = reading.by_block[reading.doc.blocks.index(blocks[-1])]
        if found.phrase is None:
            found.hit, found.said_in, found.rule = hit, number, "direct.about_this"
            _name_speaker(reading, found)
            return True
    for found in _made(reading, number - 1, hit, [(start, earlier.span.end)], "indirect.about_this", 0.9):
        found.said_in = number
        _name_speaker(reading, found)
        _by_reference(reading, found)
        reading.used.add((number, hit.verb))
        reading.found.append(found)
    return True


def _by_reference(reading: Reading, found: Found) -> None:
    """`Об этом сообщает ТАСС со ссылкой на МВД`: the ministry says it, the agency passes it on."""
    sentence = reading.doc.sentences[found.said_in]
    for word in sentence.words:
        if (
            word.lemma == "ссылка"
            and word.index + 2 < len(sentence.words)
            and sentence.words[word.index + 1].text == "на"
        ):
            noun = sentence.words[word.index + 2]
            at = next(
                (one.index for one in sentence.words[noun.index :] if one.pos in {"NOUN", "PROPN", "X"}), noun.index
            )
            found.phrase = phrase_around(sentence, at)
            found.mention = found.phrase.span(sentence)
            return


def _opens_back(sentence: Sentence, lexicon: Lexicon) -> int | None:
    """The index after «об этом», «такое заявление», if the sentence opens with it."""
    words = [word for word in sentence.words if word.is_word][:4]
    for first in range(min(2, len(words))):
        pair = tuple(_simple(word) for word in words[first : first + 2])
        if len(pair) == 2 and (
            pair in _ABOUT or any(_fits(words[first : first + 2], one) for one in lexicon.backward_nouns)
        ):
            return words[first + 1].index + 1
    return None


_ABOUT = {("об", "этом"), ("о", "чем"), ("о", "этом"), ("об", "том"), ("о", "том")} - {("о", "том"), ("об", "том")}


def _simple(word: Word) -> str:
    return word.text.lower().replace("ё", "е")


def _fits(words: list[Word], wanted: tuple[str, ...]) -> bool:
    return all(one.lemma == lemma for one, lemma in zip(words, wanted, strict=True))


# Headlines and interviews


SAYS = re.compile(r"(?P<who>[^\n:«»\".!?]{3,60}):\s+(?P<what>\S[^\n]{11,})")


def _read_headlines(reading: Reading) -> None:
    """`Лукашенко: миллиард окажется смешным`; in an interview, each answer."""
    for number, line in enumerate(reading.doc.paragraphs):
        match = SAYS.match(reading.doc.text, line.start, line.end)
        if match is None or reading.doc.blocks_in(line):
            continue
        who = Span(*match.span("who"))
        named = [one for one in reading.doc.names_in(who) if one.type == "PER" and one.span.end >= who.end - 1]
        at = reading.doc.sentence_at(line.start)
        sentence = reading.doc.sentences[at]
        before = [word for word in sentence.words if word.span.end <= who.end]
        if not named or not before or len(before) > 8 or any(word.is_finite for word in before):
            continue
        if any(one.sentence == at for one in reading.found):
            continue
        start = match.start("what")
        end = line.end if number else sentence.span.end
        for found in _made(
            reading, at, None, [(start, end)], "indirect.headline" if number < 2 else "indirect.interview", 0.8
        ):
            head = next((word for word in before if word.span.start >= named[0].span.start), before[-1])
            found.phrase = phrase_around(sentence, head.index)
            found.mention = named[0].span
            reading.found.append(found)
