"""Who is named in a text: persons with all their mentions, and the roles the text gives them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Name, Sentence, Word, lemma, parses
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.names import Gender, gender_of_first_name, nominative, same, stem
from quotes.extraction.russian.roles import is_person_noun, is_plural, person_nouns, role_words, roles

# How a name hangs on the noun it specifies.
APPOSED = {"appos", "flat", "flat:name", "nmod"}

# «X стал министром», «X назначен министром»; «X возглавляет министерство».
BECOMING = {"стать", "являться", "работать", "служить", "назначить", "избрать", "быть", "остаться", "оставаться", "утвердить"}  # fmt: skip
# How many words before a name its title may begin.
TITLE = 11
HEADING = {"возглавлять", "возглавить", "руководить"}


@dataclass(slots=True)
class Mention:
    """A name where it stands: its words without titles before them."""

    span: Span
    words: tuple[str, ...]
    is_nominative: bool


@dataclass(slots=True, eq=False)
class Entity:
    """A person as the text names them."""

    mentions: list[Mention] = field(default_factory=list)
    signs: dict[Gender, int] = field(default_factory=lambda: {"m": 0, "f": 0})
    """What speaks for a man and for a woman: first names, the words for them, the verbs of which they are subject."""
    roles: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Where in the text, and the lemmas of the role: («президент», «беларусь»)."""
    names: set[tuple[str, ...]] = field(default_factory=set)
    """The words of all mentions."""

    @property
    def gender(self) -> Gender | None:
        if self.signs["m"] == self.signs["f"]:
            return None
        return "m" if self.signs["m"] > self.signs["f"] else "f"

    @property
    def first(self) -> int:
        return self.mentions[0].span.start

    def full_name(self) -> str:
        """The fullest name the text gives, in the nominative."""
        most = max(min(len(one.words), 3) for one in self.mentions)
        fullest = [one for one in self.mentions if min(len(one.words), 3) == most]
        # «Валерий Николаевич» tells less than «Валерий Приметов», in whatever case that stands.
        fullest = [one for one in fullest if not _is_patronymic(one.words[-1])] or fullest
        standing = [one for one in fullest if one.is_nominative]
        if standing:
            return " ".join(standing[0].words)
        return " ".join(nominative(list(fullest[0].words), self.gender))

    def nearest_before(self, position: int) -> int:
        """Where this person is last named before a position; -1 if not."""
        return max((one.span.start for one in self.mentions if one.span.start < position), default=-1)


def entities(doc: Document) -> list[Entity]:
    """The persons of the text in order of their first mention; `doc.names` gets the surnames the tagger overlooked."""
    _add_overlooked(doc)
    found: list[Entity] = []
    places = _places(doc)
    for name in doc.names:
        if name.type != "PER" or stem(name.span.of(doc.text)) in places:
            continue
        words = _without_title(tuple(re.sub(r"\(.*", "", name.span.of(doc.text)).strip("«»\"' ").split()))
        if not words or not words[-1][:1].isalpha() or _is_no_name(words):
            continue
        mention = Mention(name.span, words, _is_nominative(doc, name))
        entity = _named_already(found, words)
        if entity is None:
            entity = Entity()
            found.append(entity)
        entity.mentions.append(mention)
        entity.names.add(words)
        for gender, weight in _signs_of_gender(doc, mention):
            entity.signs[gender] += weight
        entity.roles += [(name.span.start, role) for role in dict.fromkeys(_roles_at(doc, name))]
    return found


@dataclass(slots=True)
class Group:
    """Persons whom the text introduces together: «депутаты Приметов и Мерилов»."""

    at: int
    role: tuple[str, ...]
    persons: list[Entity]


def groups(doc: Document, persons: list[Entity]) -> list[Group]:
    """The groups of the text, in order."""
    owner = {mention.span.start: one for one in persons for mention in one.mentions}
    names = [name for name in doc.names if name.span.start in owner]
    found: list[Group] = []
    for first, second in pairwise(names):
        if doc.text[first.span.end : second.span.start] != " и ":
            continue
        sentence, words = _words(doc, first.span)
        role = _plural_title(sentence, words[0]) if words else None
        if role is not None:
            found.append(Group(first.span.start, role, [owner[first.span.start], owner[second.span.start]]))
    return found


def _plural_title(sentence: Sentence, name: Word) -> tuple[str, ...] | None:
    """«депутаты мажилиса» before a name."""
    for word in reversed(sentence.words[max(0, name.index - TITLE) : name.index]):
        if word.pos not in {"NOUN", "PROPN", "ADJ"}:
            break
        if is_person_noun(word) and is_plural(word):
            return role_words(sentence, word, frozenset({name.index}))
    return None


def _places(doc: Document) -> set[str]:
    """The stems of single words that the tagger takes for a place at least as often as for a person."""
    counts: Counter[str] = Counter()
    for name in doc.names:
        words = name.span.of(doc.text)
        if name.type in {"LOC", "PER"} and " " not in words:
            counts[stem(words)] += 1 if name.type == "LOC" else -1
    locations = {stem(one.span.of(doc.text)) for one in doc.names if one.type == "LOC"}
    return {one for one in locations if counts[one] >= 0}


def _add_overlooked(doc: Document) -> None:
    """A surname that the text has told is a name everywhere: the tagger sees one sentence at a time."""
    surnames = {
        stem(one.span.of(doc.text).split()[-1])
        for one in doc.names
        if one.type == "PER" and " " in one.span.of(doc.text)
    }
    taken = {at for one in doc.names if one.type != "LOC" for at in (one.span.start, one.span.end - 1)}
    spans = [one.span for one in doc.names if one.type == "PER"]
    for sentence in doc.sentences:
        for word in sentence.words:
            if (
                not (word.text[:1].isupper() and word.text[1:].islower() and len(word.text) > 3)
                or word.span.start in taken
            ):
                continue
            if stem(word.text) in surnames and not any(one.overlaps(word.span) for one in spans):
                doc.names = [one for one in doc.names if not one.span.overlaps(word.span)]
                doc.names.append(Name(word.span, "PER"))
    doc.names.sort(key=lambda one: one.span.start)


def _without_title(words: tuple[str, ...]) -> tuple[str, ...]:
    """«Экс-премьер Мерилов», «спикер Думы Мерилов», where the tagger takes more words for the name."""
    while len(words) > 1:
        noun = lemma(re.sub(r"^(?:экс|вице|ex)-", "", words[0].lower()), "NOUN")
        if noun not in person_nouns() and not roles().is_listed_body(noun):
            break
        words = words[1:]
    return words


def _is_no_name(words: tuple[str, ...]) -> bool:
    """«Премьер-министр», «Мажилис», «Ан-28», which the tagger takes for surnames."""
    if len(words) != 1:
        return False
    noun = lemma(words[0].lower(), "NOUN")
    if noun in person_nouns() or roles().is_listed_body(noun) or any(letter.isdigit() for letter in words[0]):
        return True
    return any("Anum" in str(one.tag) for one in parses(words[0].lower())[:1])


def _named_already(found: list[Entity], words: tuple[str, ...]) -> Entity | None:
    """The person of whom these words are a name: same surname, first names that do not contradict; named last."""
    fitting = [
        entity
        for entity in found
        if any(_one_person(one, words) for one in entity.names)
        and not (len(words) > 1 and any(_is_another(one, words) for one in entity.names))
    ]
    return max(fitting, key=lambda one: one.mentions[-1].span.start, default=None)


def _one_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == 1 and len(other) > 1:
        return any(same(one[0], word) for word in (other[-1],)) or (
            same(one[0], other[0]) and len(other) == 2 and _is_first_name(one[0])
        )
    if len(other) == 1 and len(one) > 1:
        return _one_person(other, one)
    if len(one) == 1:
        return same(one[0], other[0])
    if same(one[-1], other[-1]):
        return _first_names_agree(one[0], other[0])
    # «Ольга Павловна» takes up «Ольга Образцова».
    return same(one[0], other[0]) and (_is_patronymic(one[-1]) or _is_patronymic(other[-1]))


def _is_another(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names that can't be of one person: «Иван Приметов», «Пётр Приметов»."""
    if len(one) < 2 or same(one[0], other[-1]) or same(other[0], one[-1]):
        return False
    return not _first_names_agree(one[0], other[0]) and not _is_patronymic(one[-1]) and not _is_patronymic(other[-1])


def _is_first_name(word: str) -> bool:
    return gender_of_first_name(word) is not None


def _is_patronymic(word: str) -> bool:
    return stem(word).endswith(("ович", "евич", "ич", "овн", "евн", "ичн"))


def _first_names_agree(one: str, other: str) -> bool:
    one, other = one.lower().strip("."), other.lower().strip(".")
    return one[0] == other[0] and (min(len(one), len(other)) <= 2 or same(one, other) or one[:3] == other[:3])


def _words(doc: Document, span: Span) -> tuple[Sentence, list[Word]]:
    sentence = doc.sentences[doc.sentence_at(span.start)]
    return sentence, [word for word in sentence.words if word.span.overlaps(span)]


def _is_nominative(doc: Document, name: Name) -> bool:
    if not doc.sentences:
        return False
    _sentence, words = _words(doc, name.span)
    cases = {word.feats.get("Case") for word in words if word.pos in {"PROPN", "NOUN", "ADJ"}}
    return bool(cases) and cases <= {"Nom", None} and "Nom" in cases


def _signs_of_gender(doc: Document, mention: Mention) -> Iterator[tuple[Gender, int]]:
    given = next((found for one in mention.words[:-1] or mention.words if (found := gender_of_first_name(one))), None)
    if given:
        yield given, 3
    if not doc.sentences:
        return
    sentence, words = _words(doc, mention.span)
    for word in words:
        head = sentence.words[word.head] if word.head >= 0 else None
        if head is None or head in words or head.feats.get("Gender") not in {"Masc", "Fem"}:
            continue
        if word.rel == "nsubj" and head.is_finite:
            yield ("f" if head.feats["Gender"] == "Fem" else "m"), 1
        elif head.feats["Gender"] == "Fem" and _is_person_beside(head, word):
            yield "f", 2


def _is_person_beside(head: Word, name: Word) -> bool:
    """A noun for a person that a name specifies, in the same case: «директора школы Образцову»."""
    return (
        head.pos == "NOUN"
        and head.feats.get("Animacy") == "Anim"
        and head.feats.get("Case") == name.feats.get("Case")
        and name.rel in APPOSED
    )


def _roles_at(doc: Document, name: Name) -> Iterator[tuple[str, ...]]:
    """The roles that stand with a name: «президент Беларуси X», «X, директор школы»."""
    if not doc.sentences:
        return
    sentence, words = _words(doc, name.span)
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
    yield from _title_before(sentence, words[0])


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


def _title_before(sentence: Sentence, name: Word) -> Iterator[tuple[str, ...]]:
    """The run of nouns and adjectives that leads up to a name, from its first animate noun in the name's case."""
    case, first = name.feats.get("Case"), None
    for at in range(name.index - 1, max(-1, name.index - TITLE - 1), -1):
        word = sentence.words[at]
        if word.pos not in {"NOUN", "PROPN", "ADJ", "ADP", "DET"} and word.feats.get("VerbForm") != "Part":
            break
        if word.text.lower() in {"с", "со", "к", "для", "о", "об"}:
            break
        if word.pos == "NOUN" and is_person_noun(word) and word.feats.get("Case") == case:
            first = at
    if first is not None:
        rest = [
            word.lemma
            for word in sentence.words[first + 1 : name.index]
            if word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}
        ]
        if first and sentence.words[first - 1].pos == "ADJ":
            rest.insert(0, sentence.words[first - 1].lemma)
        yield (sentence.words[first].lemma, *rest)
