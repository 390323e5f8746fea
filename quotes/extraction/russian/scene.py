"""What a text has told so far: who is in it, who has spoken, whose words have been reported."""

from dataclasses import dataclass, field
from datetime import date

from quotes.extraction.candidates import Choice, Reason, Span
from quotes.extraction.russian.analysis import Sentence, Word, morphology, parses
from quotes.extraction.russian.entities import Entity, entities
from quotes.extraction.russian.groups import Group, groups
from quotes.extraction.russian.known import Known
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.names import Gender, is_indeclinable, may_be_nominative, nominative
from quotes.extraction.russian.phrases import Phrase
from quotes.extraction.russian.roles import is_person_noun

# Statements so far back that nobody is named in the one and acts in the next.
RECENT = 8
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


@dataclass(slots=True)
class Said:
    """A speaker as resolved so far, for what follows in the text."""

    choice: Choice
    at: int
    entity: Entity | None = None
    gender: Gender | None = None
    plural: bool = False
    role: tuple[str, ...] = ()
    """Of a person without a name, the lemmas of the words that tell of them."""


@dataclass(slots=True)
class Scene:
    """The state of a text while its statements are given their speakers, in order."""

    doc: Document
    known: Known
    lexicon: Lexicon
    published: date | None
    persons: list[Entity] = field(init=False)
    groups: list[Group] = field(init=False)
    said: list[Said] = field(default_factory=list)
    """Those who have spoken, if resolved above the threshold."""
    contents: list[Span] = field(default_factory=list)
    """The words reported so far: who is named in them does not act in the article."""

    def __post_init__(self) -> None:
        self.persons = entities(self.doc)
        self.groups = groups(self.doc, self.persons)

    def last(
        self, position: int, gender: Gender | None = None, *, plural: bool | None = None, persons: bool = False
    ) -> Said | None:
        """Who spoke last before a position, of those that agree."""
        for one in reversed(self.said):
            if one.at >= position:
                continue
            if gender and one.gender and one.gender != gender:
                continue
            if plural is not None and one.plural != plural:
                continue
            if persons and one.choice.type != "person" and not one.role:
                continue
            return one
        return None

    def text_of(self, sentence: Sentence, phrase: Phrase) -> str:
        return phrase.span(sentence).of(self.doc.text)

    def is_reported(self, word: Word) -> bool:
        """Whether a word stands in somebody's words, as far as those were reported lately."""
        return any(word.span in one for one in self.contents[-RECENT:])

    def is_in_speech(self, at: int) -> bool:
        """Whether a position lies in somebody's words: those reported lately, and quotations that stand as speech."""
        return self.is_quoted(at) or any(at in one for one in self.contents[-RECENT:])

    def is_quoted(self, at: int) -> bool:
        """Whether a position lies in a quotation that stands as speech."""
        return any(at in block.outer for block in self.doc.blocks_in(Span(at, at + 1)))

    def of_entity(self, entity: Entity, at: int, confidence: float, reason: Reason) -> Said:
        """A person of the text, tied to the registry where exactly one there can be meant."""
        fullest = max((one.words for one in entity.mentions), key=len)
        people = self.known.persons(fullest)
        if len(people) > 1 or len(fullest) == 1:
            # A surname alone is that of an office holder of the day, or of anybody.
            in_office = [one for one in people if self.known.holdings(one, self.published)]
            people = in_office if len(in_office) == 1 else []
        if len(people) == 1:
            person = people[0]
            by_surname = len(fullest) == 1
            unverified = by_surname and any(one.unverified for one in self.known.holdings(person, self.published))
            why = Reason("registry_surname" if by_surname else "registry_name", person.names[0])
            choice = Choice(person.names[0], person.key, "person", confidence, (reason, why), unverified)
        else:
            choice = Choice(entity.full_name(), None, "person", confidence, (reason,))
        return Said(choice, at, entity, entity.gender)

    def together(self, persons: list[Entity], at: int, confidence: float, code: str) -> Said:
        """Several who speak as one."""
        name = " и ".join(one.full_name() for one in persons)
        return Said(Choice(name, None, "group", confidence, (Reason(code, name),)), at, plural=True)

    def named(self, sentence: Sentence, phrase: Phrase) -> list[Entity]:
        """The persons whom the phrase names as the speaker; not those only mentioned in it (помощник Иванова)."""
        span = phrase.span(sentence)
        found: list[Entity] = []
        head = sentence.words[phrase.head]
        for name in self.doc.names_in(span):
            if name.type != "PER":
                continue
            words = [word for word in sentence.words if word.span.overlaps(name.span)]
            if words and _is_mentioned_only(sentence, head, words):
                continue
            entity = next((one for one in self.persons if any(m.span == name.span for m in one.mentions)), None)
            if entity and entity not in found and not _is_of_somebody(entity, name.span, head, words):
                found.append(entity)
        if len(found) > 1 and not _are_conjoined(sentence, phrase):
            standing = [one for one in found if any(m.span in span and m.is_nominative for m in one.mentions)]
            return (standing or found)[-1:]
        return found

    def nominative(self, sentence: Sentence, phrase: Phrase) -> str:
        """The phrase as printed, its head and what agrees with it put into the nominative."""
        head = sentence.words[phrase.head]
        if head.feats.get("Case") in {"Nom", None} or head.pos not in {"NOUN", "PROPN"} or head.text.isupper():
            return self.text_of(sentence, phrase)
        out, end = [], sentence.words[phrase.first].span.start
        for word in sentence.words[phrase.first : phrase.last + 1]:
            agrees = word.index == phrase.head or (word.head == phrase.head and word.rel == "amod")
            out += [self.doc.text[end : word.span.start], _inflected(word, head) if agrees else word.text]
            end = word.span.end
        return "".join(out)


def again(earlier: Said, at: int, factor: float, code: str) -> Said:
    """The same speaker once more: no surer than the link to the earlier statement, nor than that one's speaker."""
    choice = earlier.choice
    reasons = (Reason(code), *choice.reasons)
    confidence = min(choice.confidence, factor)
    once_more = Choice(choice.name, choice.key, choice.type, confidence, reasons, choice.unverified)
    return Said(once_more, at, earlier.entity, earlier.gender, earlier.plural, earlier.role)


def _is_mentioned_only(sentence: Sentence, head: Word, words: list[Word]) -> bool:
    """«помощник Иванова», «канцелярия премьер-министра Иванова»: the name belongs to somebody inside the phrase."""
    if any(word.index == head.index for word in words):
        return False
    case, wanted = words[0].feats.get("Case"), head.feats.get("Case")
    apposed = words[0].head == head.index and words[0].rel in {"appos", "flat", "flat:name"}
    # «Завлит театра Инесса Гольц»: of a rare word the tagger doesn't know the case.
    if apposed and (case in {wanted, "Nom"} or all(is_indeclinable(word.text) for word in words)):
        return False
    if not is_person_noun(head):
        return True
    between = sentence.words[head.index + 1 : words[0].index] if head.index < words[0].index else []
    inner = [word for word in between if word.pos == "NOUN" and is_person_noun(word)]
    if inner and words[0].rel != "conj" and inner[-1].rel not in {"appos", "conj"}:
        return wanted != "Nom" or case != "Nom"
    if len(words) > 1 and may_be_nominative(words[0].text):
        return False
    return wanted == "Nom" and case == "Gen" and not words[-1].text.isupper()


def _is_of_somebody(entity: Entity, span: Span, head: Word, words: list[Word]) -> bool:
    """«Друг Мэрила»: the tagger takes a name for one in the nominative that isn't."""
    in_nominative = next(one.is_nominative for one in entity.mentions if one.span == span)
    return not in_nominative and len(words) == 1 and head is not words[0] and words[0].feats.get("Case") == "Nom"


def _are_conjoined(sentence: Sentence, phrase: Phrase) -> bool:
    words = sentence.words[phrase.first : phrase.last + 1]
    return any(word.text.lower() in {"и", "а"} for word in words) and any(word.rel == "conj" for word in words)


def _inflected(word: Word, head: Word) -> str:
    """A word of a phrase in the nominative, in the number and gender of the phrase's head."""
    before, hyphen, last = word.text.rpartition("-")
    number = {"Sing": "sing", "Plur": "plur"}.get(word.feats.get("Number", ""), "sing")
    wanted = {"nomn", number}
    if word is not head and number == "sing":
        wanted |= {GENDERS[gender] for gender in [head.feats.get("Gender", "")] if gender in GENDERS}
    if last[:1].isupper() and not morphology().word_is_known(last.lower()):
        return before + hyphen + nominative([last], "m")[0] if word.feats.get("Gender") == "Masc" else word.text
    for parse in parses(last.lower()):
        form = parse.inflect(wanted)
        if form is not None and (hyphen or word.lemma == str(parse.normal_form).replace("ё", "е")):
            shown = str(form.word)
            return before + hyphen + (shown.capitalize() if last[:1].isupper() else shown)
    return word.text
