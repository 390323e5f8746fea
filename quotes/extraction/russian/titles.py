"""The roles that stand with a name: «президент Беларуси X», «X, директор школы», «X стал министром»."""

from collections.abc import Iterator

from quotes.extraction.russian.analysis import Name, Sentence, Word
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.roles import is_person_noun, role_words

# How a name hangs on the noun it specifies.
APPOSED = {"appos", "flat", "flat:name", "nmod"}
# «X стал министром», «X назначен министром»; «X возглавляет министерство».
BECOMING = {"стать", "являться", "работать", "служить", "назначить", "избрать", "быть", "остаться", "оставаться", "утвердить"}  # fmt: skip
HEADING = {"возглавлять", "возглавить", "руководить"}
# How many words before a name its title may begin.
TITLE = 11
QUOTES = set('«»"“”„')


def roles_at(doc: Document, name: Name) -> Iterator[tuple[str, ...]]:
    """The roles that stand with a name: «президент Беларуси X», «X, директор школы»."""
    if not doc.sentences:
        return
    sentence, words = doc.words_in(name.span)
    if not words:
        return
    inside = frozenset(word.index for word in words)
    for word in words:
        for role in (
            *_roles_above(sentence, word, inside),
            *_roles_below(sentence, word, inside),
            *_roles_told(sentence, word),
        ):
            yield role_words(sentence, role, inside)
        if word.rel == "nsubj" and word.head >= 0 and sentence.words[word.head].lemma in HEADING:
            of = [
                child for child in sentence.children(word.head) if child.rel in {"obj", "obl"} and child.pos == "NOUN"
            ]
            yield from (("глава", *role_words(sentence, noun)) for noun in of[:1])
    yield from _title_before(sentence, words[0].index, words[0].feats.get("Case"))


def _roles_above(sentence: Sentence, word: Word, inside: frozenset[int]) -> Iterator[Word]:
    """The noun that a name specifies, and those coordinated with it: «тренер и директор клуба X»."""
    if word.head < 0 or word.head in inside or word.rel not in APPOSED:
        return
    head = sentence.words[word.head]
    if not _is_animate(head) or (word.rel == "nmod" and head.feats.get("Case") != word.feats.get("Case")):
        return
    yield head
    for other in sentence.children(head.index):
        if other.rel == "conj" and _is_animate(other) and not _has_own_name(sentence, other):
            yield other


def _has_own_name(sentence: Sentence, noun: Word) -> bool:
    return any(child.pos == "PROPN" and child.rel in APPOSED - {"nmod"} for child in sentence.children(noun.index))


def _roles_below(sentence: Sentence, word: Word, inside: frozenset[int]) -> Iterator[Word]:
    """«X, директор школы»."""
    for child in sentence.children(word.index):
        if child.index not in inside and child.rel == "appos" and child.pos == "NOUN":
            yield child


def _roles_told(sentence: Sentence, word: Word) -> Iterator[Word]:
    """«X — директор школы», «X стал директором школы»."""
    if word.head < 0 or word.rel not in {"nsubj", "nsubj:pass"}:
        return
    told = sentence.words[word.head]
    if told.pos == "NOUN" and is_person_noun(told) and told.feats.get("Case") in {"Nom", "Ins"}:
        yield told
    if told.lemma in BECOMING:
        for child in sentence.children(told.index):
            if child.pos == "NOUN" and child.feats.get("Case") == "Ins" and is_person_noun(child):
                yield child


def _is_animate(word: Word) -> bool:
    return word.pos == "NOUN" and word.feats.get("Animacy") == "Anim"


def _title_before(sentence: Sentence, end: int, case: str | None) -> Iterator[tuple[str, ...]]:
    """The run of nouns and adjectives that leads up to a name, from its first animate noun in the name's case."""
    first = None
    for at in range(end - 1, max(-1, end - TITLE - 1), -1):
        word = sentence.words[at]
        if word.text in QUOTES:
            # «аналитик "Образца" Инна Приметова»
            continue
        if word.text == "," and first is not None and all(one.pos == "ADJ" for one in sentence.words[at + 1 : first]):
            # «председатель жюри, польский критик Инна Приметова»
            yield from _title_before(sentence, at, case)
            break
        if not _is_of_title(word):
            break
        if word.pos == "NOUN" and is_person_noun(word) and word.feats.get("Case") == case:
            first = at
    if first is not None:
        rest = [word.lemma for word in sentence.words[first + 1 : end] if word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}]
        if first and sentence.words[first - 1].pos == "ADJ":
            rest.insert(0, sentence.words[first - 1].lemma)
        yield (sentence.words[first].lemma, *rest)


def _is_of_title(word: Word) -> bool:
    if word.text.lower() in {"с", "со", "к", "для", "о", "об"}:
        return False
    return word.pos in {"NOUN", "PROPN", "ADJ", "ADP", "DET"} or word.feats.get("VerbForm") == "Part"
