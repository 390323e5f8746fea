"""Where a reported clause begins, and where it ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.phrases import Hit, subject_of
from quotes.extraction.russian.reading import Reading

THAT = {"что", "чтобы", "будто", "якобы"}
# What passes words on beside «что», or instead of it: «говорит, мол, мост закроют».
HEARSAY = {"мол", "дескать"}
WH = {"кто", "кого", "кому", "чего", "чему", "чем", "когда", "где", "почему", "зачем", "сколько", "какой", "какая", "какие", "какое", "каким", "какими", "каких", "какую", "куда", "откуда", "насколько", "как", "каков", "какова", "каковы"}  # fmt: skip
# A clause that begins more than this many words after its cue belongs to another word; one with «что», so many more.
FAR, FARTHER = 14, 12
# «спросил, почему»: an interrogative farther from its cue is a relative word.
QUESTION_FAR = 4
# «сказал что мост закроют», where the comma was forgotten: so many words may stand between.
UNMARKED_FAR = 4
# Words between the start of a clause and its verb that go with the verb: adverbs, particles.
EDGE = 6
# In words: how far behind its conjunction a coordinated verb may stand.
LONGEST_PREDICATE = 8
# After so many words an inserted verb of saying at the end of a sentence is no mere credit.
LONGEST_CREDIT = 16
# What the tagger takes for adverbs at times.
CONJUNCTIONS = {"однако", "зато", "потому", "поэтому", "так"}
SEPARATORS = ",—–-"


def complementiser(sentence: Sentence, hit: Hit) -> tuple[int, str, float] | None:
    """Where the content begins (index of its first word), by which rule, how surely."""
    after = max(hit.verb, hit.last)
    words = sentence.words
    for word, following in zip(words[after + 1 : after + FAR + FARTHER], words[after + 2 :], strict=False):
        if word.text in ";:" or _takes_over(word, hit):
            return None
        opened = None
        if word.text == ",":
            opened = _after_that(words, following.index)
            if opened is None and word.index - after <= FAR:
                opened = _question(words, following.index, word.index - after, hit)
        elif word.pos == "SCONJ" and word.text.lower() == "что" and word.index - after <= UNMARKED_FAR:
            opened = _after_that(words, word.index) if _has_finite(words, word.index) else None
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
        opens = word.is_word or word.text in '«„“"'
        if opens and word.text.lower() not in THAT | HEARSAY | {"то"}:
            return word.index, "indirect.that", 0.93
    return None


def _question(words: list[Word], first: int, far: int, hit: Hit) -> tuple[int, str, float] | None:
    """`спросил, почему …`, `сомневается, изменилась ли …`; whoever explains why, only has that for a subject."""
    lower = words[first].text.lower()
    if lower in WH and (lower != "как" or _has_finite(words, first)) and far <= QUESTION_FAR and hit.cue.kind == "ask":
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


def end_of_content(reading: Reading, number: int, hit: Hit, first: int) -> int:
    """Where the content that begins with word `first` ends: with the sentence, or before something else begins.

    That is a predicate coordinated with the cue, the clause that the cue's own clause belongs to, another cue, a
    quotation after a colon.
    """
    sentence = reading.doc.sentences[number]
    ends = [sentence.span.end, *_other_cues(reading, number, hit, first), *_quotations(reading, sentence, first)]
    ends += _coordinated(sentence, hit, first)
    ends.append(_where_matrix_goes_on(sentence, hit, first))
    return min(ends)


def _coordinated(sentence: Sentence, hit: Hit, first: int) -> list[int]:
    """«сказал, что A, и ушёл»: by the syntax, or because the verb fits the cue and not the clause."""
    words = sentence.words
    for word in words[first + 1 :]:
        conjunction = _conjunction_before(words, word, first)
        if word.head == hit.verb and word.rel == "conj" and (word.is_finite or word.feats.get("VerbForm") == "Conv"):
            # Without a conjunction, the first verb is the clause's own: «говорит, мост закроют».
            first_of_all = conjunction is None and not any(map(_is_predicate, words[first : word.index]))
            cut = _left_edge(words, word.index, first)
            if cut > first and not first_of_all and _own_subject(sentence, word) is None:
                return [words[cut].span.start]
        if conjunction is not None and word.is_finite and _goes_with_cue(sentence, hit, words[first:conjunction], word):
            return [words[conjunction - (words[conjunction - 1].text == ",")].span.start]
    return []


def _start_of_clause(words: list[Word], index: int) -> int:
    """The index of the comma before a word."""
    return next((at for at in range(index - 1, 0, -1) if words[at].text == ","), 0)


def _answers(words: list[Word], verb: int) -> bool:
    """«…, на что тот ответил»: somebody else does, to what was said."""
    first = _start_of_clause(words, verb) + 1
    return words[first].pos == "ADP" and words[first + 1].text.lower() in {"что", "чего"}


def _conjunction_before(words: list[Word], verb: Word, floor: int) -> int | None:
    """The index of the conjunction that a predicate begins with."""
    for at in range(verb.index - 1, max(floor, verb.index - LONGEST_PREDICATE), -1):
        if words[at].pos == "CCONJ" or words[at].text.lower() in CONJUNCTIONS:
            return at
        if not words[at].is_word or words[at].is_finite:
            return None
    return None


def _goes_with_cue(sentence: Sentence, hit: Hit, clause: list[Word], verb: Word) -> bool:
    """Whether the speaker, and nobody in the clause, does what the verb behind a conjunction says."""
    cue, comma = sentence.words[hit.verb], clause[-1].text == ","
    if _own_subject(sentence, verb) is not None or not _have_one_form(cue, verb):
        return False
    if (
        comma
        and sentence.words[clause[-1].index + 1].text.lower() == "и"
        and sum(one.text == "," for one in clause) == 1
    ):
        # Two predicates of one subject have no comma between them, so it closes the clause with «что».
        return any(_is_predicate(one) for one in clause)
    predicates = [one for one in clause if _is_predicate(one) and one.rel not in {"acl:relcl", "acl"}]
    if not predicates:
        # «предложил закрыть мост и уехал»: what has no subject shares none.
        return any(one.feats.get("VerbForm") == "Inf" for one in clause)
    return not any(_may_share_subject(sentence, one, verb) for one in predicates)


def _is_predicate(word: Word) -> bool:
    return word.is_finite or (word.pos in {"VERB", "ADJ"} and word.feats.get("Variant") == "Short")


def _is_verbal(word: Word) -> bool:
    return _is_predicate(word) or word.feats.get("VerbForm") == "Inf"


def _have_one_form(one: Word, other: Word) -> bool:
    return all(
        one.feats.get(feature) == other.feats.get(feature) for feature in ("Tense", "Number", "Gender", "Person")
    )


def _may_share_subject(sentence: Sentence, predicate: Word, verb: Word) -> bool:
    """«Завод работает, но план не выполнил»; not «проект внесён, но раскрыть его отказались»."""
    subject = _own_subject(sentence, predicate)
    of = predicate if subject is None else subject
    number, gender = of.feats.get("Number"), of.feats.get("Gender")
    if subject is not None and any(one.rel == "conj" for one in sentence.children(subject.index)):
        number = "Plur"
    if number != verb.feats.get("Number"):
        return False
    return None in {gender, verb.feats.get("Gender")} or number == "Plur" or gender == verb.feats.get("Gender")


def _own_subject(sentence: Sentence, verb: Word) -> Word | None:
    subjects = (one for one in sentence.children(verb.index) if one.rel in {"nsubj", "nsubj:pass"})
    return next((one for one in subjects if one.feats.get("Case", "Nom") == "Nom"), None)


def _other_cues(reading: Reading, number: int, hit: Hit, first: int) -> Iterator[int]:
    """«сказал, что A, по данным Y», «…, передаёт ТАСС», «… и подчеркнул, что B»."""
    sentence = reading.doc.sentences[number]
    words = sentence.words
    for later in reading.hits[number]:
        if later.verb <= first or later.cue.weak:
            continue
        mark = words[later.verb - 1]
        interrupts = later.is_head or is_insertion(sentence, later)
        interrupted = interrupted_clause(words, mark.index, first) if interrupts else None
        if interrupted is not None:
            yield words[interrupted.comma].span.start
        elif _answers(words, later.verb):
            yield words[_start_of_clause(words, later.verb)].span.start
        elif later.is_head:
            if not mark.is_word and any(map(_is_verbal, words[first : later.verb])):
                yield mark.span.start
        elif is_credit(sentence, later) or _shares_subject(sentence, hit, later):
            yield words[_left_edge(words, later.verb, first)].span.start


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A clause that an insertion stands in, behind a whole one: the index of its comma, and of its first word."""

    comma: int
    first: int


def interrupted_clause(words: list[Word], mark: int, floor: int) -> Interrupted | None:
    """The clause that the insertion behind the mark stands in: «A, а деньги, утверждал он, будут».

    None, unless a whole clause comes before, and a conjunction or a relative pronoun between them.
    """
    if words[mark].is_word:
        return None
    comma = next(
        (at for at in range(mark - 1, floor, -1) if _is_predicate(words[at]) or words[at].text in ",;:—–"), floor
    )
    first = comma + 1
    if words[comma].text == "," and _opens_relative(words, first):
        return Interrupted(comma, first)
    if words[comma].text != "," or not any(map(_is_predicate, words[floor:comma])):
        return None
    while first < mark and (words[first].pos in {"CCONJ", "SCONJ"} or words[first].text.lower() in CONJUNCTIONS):
        first += 1
    return Interrupted(comma, first) if first > comma + 1 else None


def _opens_relative(words: list[Word], first: int) -> bool:
    return any(word.lemma == "который" for word in words[first : first + 2])


def opening_as(sentence: Sentence, hit: Hit) -> int | None:
    """The index of the «как» that begins an insertion with the cue: «как вчера сообщил X», «как X сообщил»."""
    words = sentence.words
    for at in range(hit.verb - 1, max(-1, hit.verb - FAR), -1):
        if words[at].text.lower() == "как":
            return at if at == 0 or not words[at - 1].is_word or words[at - 1].pos == "CCONJ" else None
        if not words[at].is_word or words[at].is_finite:
            return None
    return None


def is_insertion(sentence: Sentence, hit: Hit) -> bool:
    """`…, утверждал он, …`: a finite cue behind a mark, with its subject behind it."""
    words = sentence.words
    verb = words[hit.verb]
    told = verb.is_finite or verb.feats.get("Variant") == "Short"
    if not told or hit.verb == 0 or words[hit.verb - 1].text not in SEPARATORS or "inserted" not in hit.cue.takes:
        return False
    subject = subject_of(sentence, hit.verb)
    if subject is None or subject.first < hit.verb or is_question(sentence, hit):
        return False
    return complementiser(sentence, hit) is None


def is_question(sentence: Sentence, hit: Hit) -> bool:
    """`верит ли он`"""
    return any(word.text.lower() == "ли" for word in sentence.words[hit.verb + 1 : hit.verb + 2])


def _quotations(reading: Reading, sentence: Sentence, first: int) -> Iterator[int]:
    for block in reading.doc.blocks_in(sentence.span):
        start = block.outer.start
        if start > sentence.words[first].span.start and reading.doc.text[:start].rstrip().endswith(":"):
            yield start


def _where_matrix_goes_on(sentence: Sentence, hit: Hit, first: int) -> int:
    """The comma before the clause that the cue's own belongs to.

    «Отметив, что A, министр ушёл», «Когда он сказал, что A, все ушли», «Министр, который сказал, что A, ушёл».
    """
    words = sentence.words
    cue = words[hit.verb]
    main = cue.head
    if cue.rel == "acl:relcl" and main >= 0:
        main = words[main].head
    elif cue.feats.get("VerbForm") != "Conv" and cue.rel != "advcl":
        return sentence.span.end
    if main < 0 and cue.rel == "advcl":
        # The parser saw no main clause; it comes behind the first that has a verb.
        main = _verb_of_next_clause(words, first)
    if main <= first:
        return sentence.span.end
    subject = subject_of(sentence, main)
    begins = min(main, subject.first) if subject is not None and subject.first > first else main
    comma = next((at for at in range(begins - 1, first, -1) if words[at].text == ","), None)
    return words[comma].span.start if comma is not None else sentence.span.end


def _verb_of_next_clause(words: list[Word], first: int) -> int:
    verb = next((word.index for word in words[first:] if _is_predicate(word)), len(words))
    comma = next((word.index for word in words[verb:] if word.text == ","), len(words))
    return next((word.index for word in words[comma:] if word.is_finite), -1)


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
    return word.head == hit.verb and word.rel == "conj" and _own_subject(sentence, word) is None
