"""Who is named in a text: persons with all their mentions, and the roles the text gives them."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.analysis import Name, Sentence, Word, lemma, morphology
from quotes.extraction.candidates import Span
from quotes.extraction.layout import Document
from quotes.extraction.lexicon import DATA, load
from quotes.extraction.names import Gender, gender_of_first_name, nominative, same, stem


@dataclass(slots=True)
class Mention:
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
        fullest.sort(key=lambda one: _is_patronymic(one.words[-1]))
        standing = [one for one in fullest if one.is_nominative]
        if standing:
            return " ".join(standing[0].words)
        return " ".join(nominative(list(fullest[0].words), self.gender))

    def nearest_before(self, position: int) -> int:
        """Where this person is last named before a position; -1 if not."""
        return max((one.span.start for one in self.mentions if one.span.start < position), default=-1)


@dataclass(frozen=True, slots=True)
class Roles:
    """Role words from `data/roles.ru.toml`, as lemmas."""

    groups: dict[tuple[str, ...], int]
    general: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    institutions: frozenset[str]
    general_plural: frozenset[str]
    patterns: re.Pattern[str]

    def is_institution(self, lemma: str) -> bool:
        """Whether a noun means a body that can speak: «полиция», «минтранс»."""
        return lemma in self.bodies or lemma in self.institutions or self.patterns.fullmatch(lemma) is not None


@functools.cache
def roles() -> Roles:
    data = load(DATA / "roles.ru.toml")
    groups = {
        tuple(phrase.split()): number
        for number, row in enumerate(data["same"])
        for phrase in row["words"].split("|")
        if phrase.strip()
    }
    listed = (
        frozenset(data[key]["words"].split())
        for key in ("general", "unnamed", "documents", "bodies", "institutions", "general_plural")
    )
    return Roles(groups, *listed, re.compile("|".join(data["institutions"]["patterns"].split())))


def entities(doc: Document) -> list[Entity]:
    """The persons of the text in order of their first mention; `doc.names` gets the surnames the tagger overlooked."""
    _add_overlooked(doc)
    found: list[Entity] = []
    for name in doc.names:
        if name.type != "PER":
            continue
        words = _without_title(tuple(re.sub(r"\(.*", "", name.span.of(doc.text)).strip("«»\"' ").split()))
        if not words or not words[-1][:1].isalpha() or _is_role_word(words):
            continue
        mention = Mention(name.span, words, _is_nominative(doc, name))
        entity = _known(found, words)
        if entity is None:
            entity = Entity()
            found.append(entity)
        entity.mentions.append(mention)
        for gender, weight in _signs_of_gender(doc, mention):
            entity.signs[gender] += weight
        for role in _roles_at(doc, name):
            entity.roles.append((name.span.start, role))
    return found


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
    """«Экс-премьер Казначеев», which the tagger takes for a name of two words."""
    while len(words) > 1 and lemma(re.sub(r"^(?:экс|вице|ex)-", "", words[0].lower()), "NOUN") in person_nouns():
        words = words[1:]
    return words


def _is_role_word(words: tuple[str, ...]) -> bool:
    """«Премьер-министр» with a capital letter, which the tagger takes for a surname."""
    if len(words) != 1:
        return False
    parses = morphology().parse(words[0].lower())
    return (lemma(words[0].lower(), "NOUN"),) in roles().groups or "Anum" in str(parses[0].tag)


def _known(found: list[Entity], words: tuple[str, ...]) -> Entity | None:
    """The person of whom these words are a name: same surname, first names that do not contradict; named last."""
    fitting = [
        entity
        for entity in found
        if any(_one_person(one.words, words) for one in entity.mentions)
        and not (len(words) > 1 and any(_is_another(one.words, words) for one in entity.mentions))
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
    # «Алла Николаевна» takes up «Алла Дробинская».
    return same(one[0], other[0]) and (_is_patronymic(one[-1]) or _is_patronymic(other[-1]))


def _is_another(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names that can't be of one person: «Григоре Казначеев», «Ион Казначеев»."""
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
    for word in mention.words[:-1] or mention.words:
        gender = gender_of_first_name(word)
        if gender:
            yield gender, 3
            break
    if not doc.sentences:
        return
    sentence, words = _words(doc, mention.span)
    for word in words:
        head = sentence.words[word.head] if word.head >= 0 else None
        if head is None or head in words:
            continue
        gender = "f" if head.feats.get("Gender") == "Fem" else "m"
        if word.rel == "nsubj" and head.is_finite and head.feats.get("Gender") in {"Masc", "Fem"}:
            yield gender, 1
        elif head.pos == "NOUN" and head.feats.get("Gender") == "Fem" and head.feats.get("Animacy") == "Anim":
            if head.feats.get("Case") == word.feats.get("Case") and word.rel in {"appos", "flat", "flat:name", "nmod"}:
                yield "f", 2


def _roles_at(doc: Document, name: Name) -> Iterator[tuple[str, ...]]:
    """The roles that stand with a name: «президент Беларуси X», «X, директор школы»."""
    if not doc.sentences:
        return
    sentence, words = _words(doc, name.span)
    if not words:
        return
    inside = {word.index for word in words}
    for word in words:
        if word.head >= 0 and word.head not in inside and word.rel in {"appos", "flat", "flat:name", "nmod"}:
            head = sentence.words[word.head]
            if (
                head.pos == "NOUN"
                and head.feats.get("Animacy") == "Anim"
                and (word.rel != "nmod" or head.feats.get("Case") == word.feats.get("Case"))
            ):
                yield role_words(sentence, head, inside)
                for other in sentence.children(head.index):
                    if other.rel == "conj" and other.pos == "NOUN" and other.feats.get("Animacy") == "Anim":
                        yield role_words(sentence, other, inside)
        for child in sentence.children(word.index):
            if child.index not in inside and child.rel in {"appos"} and child.pos == "NOUN":
                yield role_words(sentence, child, inside)
    yield from _title_before(sentence, words[0])


def _title_before(sentence: Sentence, name: Word) -> Iterator[tuple[str, ...]]:
    """The run of nouns and adjectives that leads up to a name, from its first animate noun in the name's case."""
    case, first = name.feats.get("Case"), None
    for at in range(name.index - 1, max(-1, name.index - 12), -1):
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


def is_person_noun(word: Word) -> bool:
    """A word for a person: by its tags, or because the role lists know it."""
    return word.feats.get("Animacy") == "Anim" or word.lemma in person_nouns() or is_animate(word.text.lower())


@functools.lru_cache(maxsize=10_000)
def is_animate(word: str) -> bool:
    """By the dictionary: the tagger often takes a rare word for a thing («предпринимательница»)."""
    return any(
        one.is_known and "NOUN,anim" in str(one.tag) and "Name" not in str(one.tag) and "Surn" not in str(one.tag)
        for one in morphology().parse(word)
    )


@functools.cache
def person_nouns() -> frozenset[str]:
    single = {words[0] for words in roles().groups if len(words) == 1}
    return frozenset(single | roles().general | roles().unnamed)


def role_words(sentence: Sentence, head: Word, without: set[int]) -> tuple[str, ...]:
    """The lemmas of a role: its head, then what specifies it, in the order of the text."""
    inside = {head.index}
    for _round in range(4):
        inside |= {
            word.index
            for word in sentence.words
            if word.head in inside
            and word.index not in without
            and word.rel in {"amod", "nmod", "flat", "compound", "appos"}
            and word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}
        }
    rest = sorted(inside - {head.index})
    return (head.lemma, *(sentence.words[index].lemma for index in rest))
