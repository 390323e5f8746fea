"""Phrases in a parsed Russian sentence: noun phrases, subjects, and the words that report."""

from dataclasses import dataclass

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.lexicon import Cue, Lexicon

# What belongs to a noun phrase; clauses, insertions and verbs' own complements do not.
INSIDE = {"amod", "nmod", "appos", "flat", "flat:name", "flat:foreign", "det", "case", "nummod", "nummod:gov", "compound", "fixed", "nummod:entity"}  # fmt: skip
NOMINAL = {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"}
# How many words to the right and to the left of a verb its subject is looked for by agreement.
RIGHT, LEFT = 16, 25
# How far behind its first word a phrase of several may end: «выразил при этом твёрдую уверенность».
REACH = 5
# What «по словам» can't have within: «в марте внесли представление».
NO_MODIFIER = {"NOUN", "PROPN", "VERB", "AUX", "ADP"}
STARTERS = {"начать", "стать", "решить", "поспешить", "попытаться", "успеть", "мочь", "хотеть", "принуть", "вынудить", "привыкнуть", "продолжить", "продолжать"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head word and its words' indices in the sentence."""

    head: int
    first: int
    last: int

    def span(self, sentence: Sentence) -> Span:
        return Span(sentence.words[self.first].span.start, sentence.words[self.last].span.end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of saying in its sentence. `last` is the index of the last word of the cue itself."""

    verb: int
    last: int
    cue: Cue
    is_head: bool = False
    """«по словам»: the speaker follows in the genitive."""

    def span(self, sentence: Sentence) -> Span:
        low, high = min(self.verb, self.last), max(self.verb, self.last)
        return Span(sentence.words[low].span.start, sentence.words[high].span.end)


def hits(sentence: Sentence, lexicon: Lexicon) -> list[Hit]:
    """The words of saying in a sentence, in order."""
    found = []
    for word in sentence.words:
        hit = _hit(sentence, word, lexicon)
        if hit is not None:
            found.append(hit)
    return found


def _hit(sentence: Sentence, word: Word, lexicon: Lexicon) -> Hit | None:
    head = _head_hit(sentence, word, lexicon)
    if head is not None:
        return head
    if _is_of_the_clause_before(sentence, word):
        return None
    text = word.text.lower()
    if text in lexicon.passives:
        return Hit(word.index, word.index, lexicon.passives[text])
    if word.pos in {"ADJ", "VERB"} and word.feats.get("Variant") == "Short":
        cue = lexicon.adjectives.get(word.lemma) or lexicon.adjectives.get(_full(text))
        return Hit(word.index, word.index, cue) if cue else None
    return _verb_hit(sentence, word, lexicon)


def _verb_hit(sentence: Sentence, word: Word, lexicon: Lexicon) -> Hit | None:
    if word.pos not in {"VERB", "AUX"} or not _is_told(sentence, word):
        return None
    form = word.lemma
    for rest, cue in lexicon.phrases.get(form, ()):
        last = _rest_of_phrase(sentence, word.index, rest)
        if last is not None:
            return Hit(word.index, last, cue)
    alone = lexicon.verbs.get(form)
    return Hit(word.index, word.index, alone) if alone else None


def _is_of_the_clause_before(sentence: Sentence, word: Word) -> bool:
    """«…, что предполагает, что …»: what speaks is the clause before, so nobody does."""
    return any(
        child.rel == "nsubj" and child.text.lower() in {"что", "это"} and child.index < word.index
        for child in sentence.children(word.index)
    )


def _full(short: str) -> str:
    """«уверена» → «уверенный», for short forms that the dictionary files elsewhere."""
    for ending in ("ы", "а", "о", ""):
        if short.endswith(ending):
            stem = short[: len(short) - len(ending)] if ending else short
            return stem + ("ный" if stem.endswith("н") and not stem.endswith("нн") else "ый")
    return short


def _is_told(sentence: Sentence, word: Word) -> bool:
    """A verb that tells what somebody did: finite or a gerund; an infinitive only after «начал» and the like."""
    form = word.feats.get("VerbForm")
    if form in {"Fin", "Conv"}:
        return word.feats.get("Person") not in {"1", "2"} and word.feats.get("Mood") != "Imp"
    if form == "Inf" and word.head >= 0:
        return sentence.words[word.head].lemma in STARTERS
    return False


def _head_hit(sentence: Sentence, word: Word, lexicon: Lexicon) -> Hit | None:
    lower = word.text.lower()
    for words in lexicon.heads.get(lower) or lexicon.heads.get(word.lemma) or ():
        if len(words) == 1:
            return Hit(word.index, word.index, _HEAD, is_head=True)
        last = _rest_of_phrase(sentence, word.index, words[1:], reach=3)
        if last is not None and all(map(_may_modify, sentence.words[word.index + 1 : last])):
            return Hit(word.index, last, _HEAD, is_head=True)
    return None


def _may_modify(word: Word) -> bool:
    return word.pos not in NO_MODIFIER or word.feats.get("VerbForm") == "Part"


_HEAD = Cue("say", frozenset({"inserted"}))


def _rest_of_phrase(sentence: Sentence, first: int, rest: tuple[str, ...], reach: int = REACH) -> int | None:
    at = first
    for wanted in rest:
        for word in sentence.words[at + 1 : at + 1 + reach]:
            if not word.is_word:
                return None
            if word.lemma == wanted or word.text.lower() == wanted:
                at = word.index
                break
        else:
            return None
    return at


def is_negated(sentence: Sentence, hit: Hit) -> bool:
    return hit.verb > 0 and sentence.words[hit.verb - 1].text.lower() in {"не", "ни"}


# Noun phrases


def phrase_around(sentence: Sentence, head: int, *, conjoined: bool = True) -> Phrase:
    """The noun phrase of a head: what hangs on it and belongs to it, as one run of words."""
    inside = _members(sentence, head, conjoined)
    first = last = head
    while first - 1 in inside or _glue(sentence, first - 1, inside, -1):
        first -= 1
    while last + 1 in inside or _glue(sentence, last + 1, inside, +1):
        last += 1
    while last > head and not _closes_phrase(sentence, last):
        last -= 1
    while first < head and not _opens_phrase(sentence, first):
        first += 1
    return Phrase(head, first, last)


def _members(sentence: Sentence, head: int, conjoined: bool) -> set[int]:
    inside = {head}
    changed = True
    while changed:
        changed = False
        for word in sentence.words:
            if word.index not in inside and word.head in inside and _belongs(sentence, word, conjoined):
                inside.add(word.index)
                changed = True
    return inside


def _belongs(sentence: Sentence, word: Word, conjoined: bool) -> bool:
    if word.rel in INSIDE:
        return word.pos != "VERB" or (word.feats.get("VerbForm") == "Part" and abs(word.index - word.head) == 1)
    if word.rel == "conj":
        return conjoined and word.pos in {"NOUN", "PROPN"}
    return word.rel == "cc" and conjoined and word.head >= 0 and sentence.words[word.head].rel == "conj"


def _glue(sentence: Sentence, index: int, inside: set[int], step: int) -> bool:
    """Quotation marks and brackets inside a phrase, as in «ООО «Ромашка»»; one comma before an apposition."""
    if not 0 <= index < len(sentence.words):
        return False
    word = sentence.words[index]
    if word.text in '«»"“”„()':
        return any(index + step * far in inside for far in (1, 2, 3))
    return (
        word.text == ","
        and index + step in inside
        and sentence.words[max(index, index + step)].rel in {"appos", "conj"}
    )


def _closes_phrase(sentence: Sentence, index: int) -> bool:
    text = sentence.words[index].text
    return text not in ",(«„—–-" and sentence.words[index].pos not in {"CCONJ", "ADP"}


def _opens_phrase(sentence: Sentence, index: int) -> bool:
    return sentence.words[index].text not in ",)»“—–-" and sentence.words[index].pos not in {"CCONJ"}


def subject_of(sentence: Sentence, verb: int, *, until: int | None = None, depth: int = 0) -> Phrase | None:
    """Who does what the verb says: by syntax, else by agreement to the right, then to the left.

    `until` is the index of the first word of what is said, where the speaker can't be.
    """
    word = sentence.words[verb]
    until = len(sentence.words) if until is None or until <= verb else until
    own = _own_subject(sentence, word)
    if own is not None and own < until:
        return phrase_around(sentence, own)
    shared = _shared_subject(sentence, word, until, depth)
    if shared is not None:
        return shared
    if word.feats.get("VerbForm") in {"Conv", "Inf"}:
        return None
    near = _nominative(sentence, word, range(verb + 1, min(until, verb + RIGHT)))
    if near is None:
        near = _nominative(sentence, word, range(verb - 1, max(-1, verb - LEFT), -1))
    if near is not None:
        return phrase_around(sentence, near)
    before = sentence.words[verb - 1] if verb else None
    if before is not None and before.pos == "PROPN" and before.text.isupper():
        # An abbreviation has no cases to tell it by: «в ответ ЕС пообещал».
        return Phrase(before.index, before.index, before.index)
    return None


def _shared_subject(sentence: Sentence, word: Word, until: int, depth: int) -> Phrase | None:
    """That of the verb which a gerund, an infinitive or a coordinated verb goes with."""
    if word.feats.get("VerbForm") not in {"Conv", "Inf"} and word.rel not in {"conj", "advcl", "xcomp"}:
        return None
    head = _governor(sentence, word)
    if head is None or head >= until or depth >= 4:
        return None
    return subject_of(sentence, head, until=until, depth=depth + 1)


def _own_subject(sentence: Sentence, word: Word) -> int | None:
    found = [
        child.index
        for child in sentence.children(word.index)
        if child.rel in {"nsubj", "nsubj:pass"} and child.pos in NOMINAL and child.text.lower() not in _RELATIVE
    ]
    # «Мастеров, жалуется он, не осталось»: of two, the one that follows an inserted verb.
    inserted = word.index > 0 and sentence.words[word.index - 1].text in ",—–-"
    return next((at for at in found if inserted and at > word.index), found[0]) if found else None


_RELATIVE = {"что", "который", "которая", "которое", "которые", "это", "кто", "все", "всё"}


def _governor(sentence: Sentence, word: Word) -> int | None:
    """The verb whose subject a gerund, an infinitive or a coordinated verb shares."""
    at = word.head
    for _step in range(6):
        if at < 0:
            break
        head = sentence.words[at]
        if head.pos in {"VERB", "AUX", "ADJ"}:
            return at
        at = head.head
    for other in sentence.words:
        if other.is_finite and other.index != word.index and other.rel in {"root", "conj"}:
            return other.index
    return None


def _nominative(sentence: Sentence, verb: Word, places: range) -> int | None:
    brackets = 0
    for index in places:
        word = sentence.words[index]
        brackets += (word.text in "()") and (1 if word.text == "()"[places.step < 0] else -1)
        if brackets > 0:
            # «Мельчакова (… — Прим. ИА), напротив, считает»
            continue
        if word.is_finite or word.text in ";:":
            return None
        if word.pos not in {"NOUN", "PROPN", "PRON"} or word.feats.get("Case") != "Nom":
            continue
        if word.text.lower() not in _RELATIVE and _agree(verb, word):
            return _top(sentence, index)
    return None


def _top(sentence: Sentence, index: int) -> int:
    """The head of the phrase that a nominative belongs to."""
    at = index
    for _step in range(6):
        word = sentence.words[at]
        if word.rel not in {"appos", "flat", "flat:name"} or word.head < 0:
            break
        if sentence.words[word.head].feats.get("Case") != "Nom":
            break
        at = word.head
    return at


def _agree(verb: Word, noun: Word) -> bool:
    for feature in ("Number", "Gender"):
        one, other = verb.feats.get(feature), noun.feats.get(feature)
        if one and other and one != other and not (feature == "Gender" and _title_of_either(noun)):
            return False
    return True


def _title_of_either(noun: Word) -> bool:
    """«министр заявила»: the noun is masculine, the minister may not be."""
    return noun.pos == "NOUN" and noun.feats.get("Gender") == "Masc" and noun.feats.get("Animacy") == "Anim"
