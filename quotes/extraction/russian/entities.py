"""Who is named in a text: persons with all their mentions, and the roles the text gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import Name, Word
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.names import Gender, gender_of_first_name, nominative, same, stem
from quotes.extraction.russian.namesakes import is_another, is_patronymic, one_person
from quotes.extraction.russian.tagged import add_overlooked, is_common, is_no_name, places, surnames, without_title
from quotes.extraction.russian.titles import APPOSED, roles_at


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
        fullest = [one for one in fullest if not is_patronymic(one.words[-1])] or fullest
        standing = [one for one in fullest if one.is_nominative]
        if standing:
            return " ".join(standing[0].words)
        words = nominative(list(fullest[0].words), self.gender)
        # «Эркки Примету» is whom the text calls «Примета», which the ending alone doesn't tell.
        own = (one.words[0] for one in self.mentions if one.is_nominative and len(one.words) == 1)
        if words[-1] == fullest[0].words[-1]:
            words[-1] = next((one for one in own if same(one, words[-1])), words[-1])
        return " ".join(words)

    def nearest_before(self, position: int) -> int:
        """Where this person is last named before a position; -1 if not."""
        return max((one.span.start for one in self.mentions if one.span.start < position), default=-1)


def entities(doc: Document) -> list[Entity]:
    """The persons of the text in order of their first mention; `doc.names` gets the surnames the tagger overlooked."""
    add_overlooked(doc)
    found: list[Entity] = []
    of_places = places(doc)
    of_persons = {stem(one) for one in surnames(doc)}
    for name in doc.names:
        if name.type != "PER" or stem(name.span.of(doc.text)) in of_places:
            continue
        words = without_title(tuple(re.sub(r"\(.*", "", name.span.of(doc.text)).strip("«»\"' ").split()))
        if not words or not words[-1][:1].isalpha() or is_no_name(words):
            continue
        if len(words) == 1 and stem(words[0]) not in of_persons and is_common(doc, name, words[0]):
            continue
        mention = Mention(name.span, words, _is_nominative(doc, name))
        entity = _named_already(found, words, _gender_of_verb(doc, name))
        if entity is None:
            entity = Entity()
            found.append(entity)
        entity.mentions.append(mention)
        entity.names.add(words)
        for gender, weight in _signs_of_gender(doc, mention):
            entity.signs[gender] += weight
        entity.roles += [(name.span.start, role) for role in dict.fromkeys(roles_at(doc, name))]
    for entity in found:
        _correct_cases(entity)
    return found


def _correct_cases(entity: Entity) -> None:
    """«Друг Мэрила» is no Мэрил, where the text calls him «Джон Мэрил» elsewhere, whatever case the tagger sees."""
    standing = {one.words[-1] for one in entity.mentions if one.is_nominative and len(one.words) > 1}
    for one in entity.mentions:
        is_other_form = len(one.words) == 1 and one.words[0] not in standing
        if one.is_nominative and is_other_form and any(stem(one.words[0]) == stem(known) for known in standing):
            one.is_nominative = False
            entity.roles = [(at, role) for at, role in entity.roles if at != one.span.start]


def _named_already(found: list[Entity], words: tuple[str, ...], gender: Gender | None) -> Entity | None:
    """The person of whom these words are a name: same surname, first names that do not contradict; named last."""
    fitting = [
        entity
        for entity in found
        if any(one_person(one, words) for one in entity.names)
        and not (len(words) > 1 and any(is_another(one, words) for one in entity.names))
    ]
    fitting = [one for one in fitting if gender and one.gender == gender] or fitting
    return max(fitting, key=lambda one: one.mentions[-1].span.start, default=None)


def _gender_of_verb(doc: Document, name: Name) -> Gender | None:
    """«Приметова решила»: by the verb of which the name is the subject."""
    for word in doc.words_in(name.span)[1] if doc.sentences else ():
        head = doc.sentences[doc.sentence_at(name.span.start)].words[word.head] if word.head >= 0 else None
        if word.rel == "nsubj" and head is not None and head.is_finite:
            gender = head.feats.get("Gender")
            return "f" if gender == "Fem" else "m" if gender == "Masc" else None
    return None


def _is_nominative(doc: Document, name: Name) -> bool:
    if not doc.sentences:
        return False
    _sentence, words = doc.words_in(name.span)
    cases = {word.feats.get("Case") for word in words if word.pos in {"PROPN", "NOUN", "ADJ"}}
    return bool(cases) and cases <= {"Nom", None} and "Nom" in cases


def _signs_of_gender(doc: Document, mention: Mention) -> Iterator[tuple[Gender, int]]:
    given = next((found for one in mention.words[:-1] or mention.words if (found := gender_of_first_name(one))), None)
    if given:
        yield given, 3
    if not doc.sentences:
        return
    sentence, words = doc.words_in(mention.span)
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
