"""Where a reported clause begins, and where it ends."""

from collections.abc import Iterator

from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.phrases import Hit, subject_of
from quotes.extraction.russian.reading import Reading

THAT = {"что", "чтобы", "будто", "якобы"}
WH = {"кто", "кого", "кому", "чего", "чему", "чем", "когда", "где", "почему", "зачем", "сколько", "какой", "какая", "какие", "какое", "каким", "какими", "каких", "какую", "куда", "откуда", "насколько", "как", "каков", "какова", "каковы"}  # fmt: skip
# A clause that begins more than this many words after its cue belongs to another word; one with «что», so many more.
FAR, FARTHER = 14, 12
# «спросил, почему»: an interrogative farther from its cue is a relative word.
QUESTION_FAR = 4
# Words between the start of a clause and its verb that go with the verb: adverbs, particles.
EDGE = 6
# After so many words an inserted verb of saying at the end of a sentence is no mere credit.
LONGEST_CREDIT = 16
SEPARATORS = ",—–-"


def complementiser(sentence: Sentence, hit: Hit) -> tuple[int, str, float] | None:
    """Where the content begins (index of its first word), by which rule, how surely."""
    after = max(hit.verb, hit.last)
    words = sentence.words
    for word, following in zip(words[after + 1 : after + FAR + FARTHER], words[after + 2 :], strict=False):
        if word.text in ";:" or _takes_over(word, hit):
            return None
        if word.text != ",":
            continue
        opened = _after_that(words, following.index)
        if opened is None and word.index - after <= FAR:
            opened = _question(words, following.index, word.index - after)
        if opened is not None:
            return opened
    return None


def _after_that(words: list[Word], first: int) -> tuple[int, str, float] | None:
    """`…, что`, `…, то что`, `…, как что`."""
    lower = words[first].text.lower()
    twofold = lower in {"то", "как"} and first + 1 < len(words) and words[first + 1].text.lower() == "что"
    if lower not in THAT and not twofold:
        return None
    for word in words[first:]:
        if word.is_word and word.text.lower() not in THAT | {"то"}:
            return word.index, "indirect.that", 0.93
    return None


def _question(words: list[Word], first: int, far: int) -> tuple[int, str, float] | None:
    """`…, почему`, `…, изменилась ли`."""
    lower = words[first].text.lower()
    if lower in WH and (lower != "как" or _has_finite(words, first)) and far <= QUESTION_FAR:
        return first, "indirect.question", 0.6
    if any(word.text.lower() == "ли" for word in words[first + 1 : first + 3]):
        return first, "indirect.whether", 0.75
    return None


def _takes_over(word: Word, hit: Hit) -> bool:
    """A verb between the cue and the clause: the clause is that one's."""
    form = word.feats.get("VerbForm")
    if word.pos not in {"VERB", "AUX"} or word.rel in {"acl:relcl", "acl"}:
        return False
    return form in {"Fin", "Conv"} or (form == "Inf" and "infinitive" in hit.cue.takes)


def _has_finite(words: list[Word], start: int) -> bool:
    return any(word.is_finite for word in words[start : start + 12])


def end_of_content(reading: Reading, number: int, hit: Hit, first: int, *, coordinated: bool = True) -> int:
    """Where the content that begins with word `first` ends: with the sentence, or before something else begins.

    That is a verb coordinated with the cue (unless `coordinated` is false), the clause a gerund belongs to, another
    cue, a quotation after a colon.
    """
    sentence = reading.doc.sentences[number]
    ends = [sentence.span.end, *_other_cues(reading, number, hit, first), *_quotations(reading, sentence, first)]
    if coordinated:
        ends += _coordinated(sentence, hit, first)
    if sentence.words[hit.verb].feats.get("VerbForm") == "Conv":
        ends.append(_where_matrix_begins(sentence, hit, first))
    return min(ends)


def _coordinated(sentence: Sentence, hit: Hit, first: int) -> list[int]:
    """«сказал, что A, и ушёл»."""
    words = sentence.words
    for word in words[first + 1 :]:
        verbal = word.is_finite or word.feats.get("VerbForm") == "Conv"
        if word.head == hit.verb and word.rel == "conj" and verbal:
            cut = _left_edge(words, word.index, first)
            if cut > first:
                return [words[cut].span.start]
    return []


def _other_cues(reading: Reading, number: int, hit: Hit, first: int) -> Iterator[int]:
    """«сказал, что A, по данным Y», «…, передаёт ТАСС», «… и подчеркнул, что B»."""
    sentence = reading.doc.sentences[number]
    words = sentence.words
    for later in reading.hits[number]:
        if later.verb <= first:
            continue
        if later.is_head:
            if later.verb > first + 3 and not words[later.verb - 1].is_word:
                yield words[later.verb - 1].span.start
        elif is_credit(sentence, later) or _shares_subject(sentence, hit, later):
            yield words[_left_edge(words, later.verb, first)].span.start


def _quotations(reading: Reading, sentence: Sentence, first: int) -> Iterator[int]:
    for block in reading.doc.blocks_in(sentence.span):
        start = block.outer.start
        if start > sentence.words[first].span.start and reading.doc.text[:start].rstrip().endswith(":"):
            yield start


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
    while at - 1 > floor and words[at - 1].text not in SEPARATORS + ":;" and index - at < EDGE:
        at -= 1
        if words[at].pos == "CCONJ":
            break
    if at - 1 > floor and words[at - 1].text in SEPARATORS:
        at -= 1
    return at if words[at].text in SEPARATORS or words[at].pos == "CCONJ" or index - at < EDGE else index


def is_credit(sentence: Sentence, hit: Hit) -> bool:
    """`…, передаёт корреспондент БЕЛТА`: after a comma, to the end of the sentence, nothing reported after it."""
    words = sentence.words
    verb = words[hit.verb]
    before = words[hit.verb - 1].text if hit.verb else ""
    if before not in {",", "—", "–", "-"} or hit.cue.weak or "inserted" not in hit.cue.takes:
        return False
    rest = words[hit.verb + 1 :]
    if not verb.is_finite or verb.feats.get("Tense") == "Fut" or len(rest) > LONGEST_CREDIT:
        return False
    if any(word.is_finite for word in rest) or complementiser(sentence, hit) is not None:
        return False
    subject = subject_of(sentence, hit.verb)
    return subject is None or subject.first > hit.verb


def _shares_subject(sentence: Sentence, hit: Hit, later: Hit) -> bool:
    """«говорит он и подчёркивает, что …»: the later cue is coordinated with the first one, or its gerund."""
    word = sentence.words[later.verb]
    if word.feats.get("VerbForm") == "Conv":
        return word.head == hit.verb and complementiser(sentence, later) is not None
    return word.head == hit.verb and word.rel == "conj"
