"""Who said it: from the words that name the speaker to a person of the text or the registry, or to nobody.

Below the threshold nobody is named, and those who came into question are listed: a wrong name costs more than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from quotes.extraction.analysis import Sentence, Word, lemma, morphology
from quotes.extraction.candidates import Choice, Reason, Span, SpeakerType
from quotes.extraction.countries import by_country
from quotes.extraction.entities import Entity, entities, is_person_noun, person_nouns, role_words, roles
from quotes.extraction.known import Known
from quotes.extraction.layout import Document
from quotes.extraction.lexicon import Lexicon
from quotes.extraction.names import Gender, may_be_nominative, nominative
from quotes.extraction.phrases import Phrase, phrase_around
from quotes.extraction.statements import Found, is_outlet

THRESHOLD = 0.6
# Nobody who was named: «другой чиновник», «один из депутатов».
OTHERS = {"другой", "один", "некий", "неназванный", "некоторый", "анонимный", "второй", "третий"}
# Words for anybody.
PLAIN = {"мужчина", "женщина", "девушка", "парень", "политик", "спикер", "собеседница", "автор"}
# Words for one post, which whoever holds another one does not hold.
POSTS = {"губернатор", "мэр", "министр", "президент", "премьер", "премьер-министр", "посол", "судья", "прокурор", "адвокат", "тренер", "врач", "депутат"}  # fmt: skip
HE, SHE, THEY = {"он", "его", "ему", "им", "нем", "нём", "него"}, {"она", "ее", "её", "ей", "ней", "нее"}, {"они", "их"}
# How many sentences back a pronoun may look.
PRONOUN_REACH = 5


@dataclass(slots=True)
class Said:
    """A speaker as resolved so far, for what follows in the text."""

    choice: Choice
    at: int
    entity: Entity | None = None
    gender: Gender | None = None
    plural: bool = False


@dataclass
class Speakers:
    """Resolves the statements of one text in their order."""

    doc: Document
    known: Known
    lexicon: Lexicon
    published: date | None
    persons: list[Entity] = field(init=False)
    said: list[Said] = field(default_factory=list)
    by_found: dict[int, Said] = field(default_factory=dict)
    contents: list[Span] = field(default_factory=list)
    """The words reported so far: who is named in them does not act in the article."""

    def __post_init__(self) -> None:
        self.persons = entities(self.doc)

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """Who may have said it, likeliest first."""
        ways = self._ways(found)
        self.contents += found.spans
        if ways:
            best = max(ways, key=lambda one: one.choice.confidence)
            best.at = found.mention.start if found.mention else found.start
            self.by_found[id(found)] = best
            if best.choice.confidence >= THRESHOLD:
                self.said.append(best)
        unique: dict[tuple[str, str | None], Choice] = {}
        for one in sorted(ways, key=lambda one: -one.choice.confidence):
            unique.setdefault((one.choice.name, one.choice.key), one.choice)
        return tuple(unique.values())

    def _ways(self, found: Found) -> list[Said]:
        if found.follows is not None:
            if id(found.follows) not in self.by_found and found.follows is not found:
                self.choices(found.follows)
            earlier = self.by_found.get(id(found.follows))
            return [self._again(earlier, found.start, 0.8, "goes_on")] if earlier else []
        if found.rule == "direct.interview" and found.phrase is None:
            return self._interviewed(found)
        if found.phrase is None or found.said_in < 0:
            return self._unnamed(found)
        sentence = self.doc.sentences[found.said_in]
        return self._of_phrase(sentence, found.phrase, found)

    def _interviewed(self, found: Found) -> list[Said]:
        """The one person named before the first question."""
        before = [one for one in self.persons if one.mentions[0].span.start < found.start]
        sure = 0.66 if len(before) == 1 else 0.5
        return [self._of_entity(one, found.start, sure, Reason("interviewed")) for one in before[:3]]

    def _again(self, earlier: Said, at: int, factor: float, code: str) -> Said:
        """The same speaker once more: no surer than the link to the earlier statement, nor than that one's speaker."""
        choice = earlier.choice
        again = Choice(
            choice.name,
            choice.key,
            choice.type,
            min(choice.confidence, factor),
            (Reason(code), *choice.reasons),
            choice.unverified,
        )
        return Said(again, at, earlier.entity, earlier.gender, earlier.plural)

    def _unnamed(self, found: Found) -> list[Said]:
        last = self._last(found.start)
        if last is not None and self._is_plural(found) and last.choice.type == "person":
            # «Там добавили»: several, or a body; not the one who spoke.
            body = self._last_body(found.start, outlets=True)
            return [self._again(body, found.start, 0.66, "body_of_last")] if body else []
        return [self._again(last, found.start, 0.8 if found.hit else 0.7, "said_last")] if last else []

    def _is_plural(self, found: Found) -> bool:
        if found.hit is None or found.said_in < 0:
            return False
        return self.doc.sentences[found.said_in].words[found.hit.verb].feats.get("Number") == "Plur"

    def _last(
        self, position: int, gender: Gender | None = None, *, plural: bool | None = None, persons: bool = False
    ) -> Said | None:
        for one in reversed(self.said):
            if one.at >= position:
                continue
            if gender and one.gender and one.gender != gender:
                continue
            if plural is not None and one.plural != plural:
                continue
            if persons and one.choice.type not in {"person", "unknown"}:
                continue
            return one
        return None

    # By the words that name the speaker

    def _of_phrase(self, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
        head = sentence.words[phrase.head]
        span = phrase.span(sentence)
        named = self._named(sentence, phrase)
        if named:
            return [self._person(named, span.start, found)]
        lower = head.text.lower()
        if lower in HE | SHE | THEY:
            return self._pronoun(sentence, head, found)
        if lower in {"тот", "та", "те", "кто", "другой", "другая", "другие"}:
            return []
        if is_person_noun(head) or head.pos == "ADJ":
            return self._role(sentence, phrase, found)
        return self._body(sentence, phrase, found)

    def _named(self, sentence: Sentence, phrase: Phrase) -> list[Entity]:
        """The persons whom the phrase names as the speaker; not those only mentioned in it (помощник Иванова)."""
        span = phrase.span(sentence)
        found = []
        head = sentence.words[phrase.head]
        for name in self.doc.names_in(span):
            if name.type != "PER":
                continue
            words = [word for word in sentence.words if word.span.overlaps(name.span)]
            if words and self._is_mentioned_only(sentence, head, words):
                continue
            entity = next((one for one in self.persons if any(m.span == name.span for m in one.mentions)), None)
            if entity and entity not in found:
                found.append(entity)
        if len(found) > 1 and not self._are_conjoined(sentence, phrase):
            standing = [one for one in found if any(m.span in span and m.is_nominative for m in one.mentions)]
            return (standing or found)[-1:]
        return found

    def _is_mentioned_only(self, sentence: Sentence, head: Word, words: list[Word]) -> bool:
        """«помощник Иванова», «канцелярия премьер-министра Иванова»: the name belongs to somebody inside the phrase."""
        if any(word.index == head.index for word in words):
            return False
        case, wanted = words[0].feats.get("Case"), head.feats.get("Case")
        if words[0].head == head.index and words[0].rel in {"appos", "flat", "flat:name"} and case == wanted:
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

    def _are_conjoined(self, sentence: Sentence, phrase: Phrase) -> bool:
        return any(
            sentence.words[at].text.lower() in {"и", "а"} for at in range(phrase.first, phrase.last + 1)
        ) and any(sentence.words[at].rel == "conj" for at in range(phrase.first, phrase.last + 1))

    def _person(self, named: list[Entity], at: int, found: Found) -> Said:
        if len(named) > 1:
            name = " и ".join(one.full_name() for one in named)
            return Said(
                Choice(name, None, "group", 0.85, (Reason("named_together", name),)), at, None, None, plural=True
            )
        return self._of_entity(
            named[0], at, 0.95, Reason("named", found.mention.of(self.doc.text) if found.mention else "")
        )

    def _of_entity(self, entity: Entity, at: int, confidence: float, reason: Reason) -> Said:
        """A person of the text, tied to the registry where exactly one there can be meant."""
        fullest = max((one.words for one in entity.mentions), key=len)
        people = self.known.persons(fullest)
        day = self.published
        if len(people) > 1 or len(fullest) == 1:
            # A surname alone is that of an office holder of the day, or of anybody.
            in_office = [one for one in people if self.known.holdings(one, day)]
            people = in_office if len(in_office) == 1 else []
        if len(people) == 1:
            person = people[0]
            unverified = len(fullest) == 1 and any(one.unverified for one in self.known.holdings(person, day))
            code = "registry_name" if len(fullest) > 1 else "registry_surname"
            choice = Choice(
                person.names[0], person.key, "person", confidence, (reason, Reason(code, person.names[0])), unverified
            )
        else:
            choice = Choice(entity.full_name(), None, "person", confidence, (reason,))
        return Said(choice, at, entity, entity.gender)

    # Pronouns

    def _pronoun(self, sentence: Sentence, head: Word, found: Found) -> list[Said]:
        lower = head.text.lower()
        plural = lower in THEY
        gender: Gender | None = None if plural else "f" if lower in SHE else "m"
        if plural:
            last = self._last(found.start, plural=True)
            told = self._plural_subject(sentence)
            if told is not None and (last is None or told.at > last.at):
                return [told]
            return [self._again(last, found.start, 0.85, "pronoun")] if last else []
        ways = self._antecedents(sentence, head, gender)
        return ways or self._first_person(found, gender)

    def _antecedents(self, sentence: Sentence, head: Word, gender: Gender | None) -> list[Said]:
        """Who «он» may be: whoever spoke or acted last, then whoever was named, of that gender; likeliest first."""
        number = self.doc.sentence_at(sentence.span.start)
        weighed: dict[str, tuple[float, Said]] = {}
        for weight, said in (
            *self._told_before(number, head, gender),
            *self._named_before(number, head, gender),
            *self._said_before(number, head, gender),
        ):
            name = said.choice.name
            if name not in weighed or weighed[name][0] < weight:
                weighed[name] = (weight, said)
        ranked = sorted(weighed.values(), key=lambda one: -one[0])
        if not ranked:
            return []
        best, said = ranked[0]
        rivals = [other for weight, other in ranked[1:4] if weight > best - 0.3]
        sure = 0.88 if not rivals else 0.8
        return [
            self._again(said, head.span.start, sure, "pronoun"),
            *(self._again(other, head.span.start, 0.5, "also_possible") for other in rivals),
        ]

    def _weight(self, base: float, sentences: int, gender: Gender | None, known: Gender | None) -> float:
        return base - 0.12 * sentences + (0.06 if gender == known else 0)

    def _told_before(self, number: int, head: Word, gender: Gender | None) -> Iterator[tuple[float, Said]]:
        """Subjects of this sentence before the pronoun, and of those before it."""
        for step in range(min(PRONOUN_REACH, number + 1)):
            earlier = self.doc.sentences[number - step]
            limit = head.span.start if step == 0 else earlier.span.end
            for word in earlier.words:
                if word.rel not in {"nsubj", "nsubj:pass"} or word.span.end > limit or self._is_reported(word):
                    continue
                said = self._as_person(earlier, word, gender)
                if said is not None:
                    main = word.head < 0 or earlier.words[word.head].rel in {"root", "conj"}
                    yield self._weight(1.0 if main else 0.9, step, gender, said.gender), said

    def _named_before(self, number: int, head: Word, gender: Gender | None) -> Iterator[tuple[float, Said]]:
        """Persons named in another part of the sentence: «вызвали медсестру Шевель»."""
        for entity in self.persons:
            at = entity.nearest_before(head.span.start)
            if at < 0 or entity.gender not in {gender, None}:
                continue
            step = number - self.doc.sentence_at(at)
            if step <= 2 and not any(
                at in one
                for one in (*self.contents[-8:], *(block.outer for block in self.doc.blocks_in(Span(at, at + 1))))
            ):
                yield (
                    self._weight(0.72, step, gender, entity.gender),
                    self._of_entity(entity, at, 0.88, Reason("pronoun")),
                )

    def _said_before(self, number: int, head: Word, gender: Gender | None) -> Iterator[tuple[float, Said]]:
        last = self._last(head.span.start, gender, persons=True)
        if last is not None:
            step = min(4, number - self.doc.sentence_at(last.at))
            yield self._weight(1.02, step, gender, last.gender or (last.entity.gender if last.entity else None)), last

    def _plural_subject(self, sentence: Sentence) -> Said | None:
        """The people of whom the sentence before tells."""
        number = self.doc.sentence_at(sentence.span.start)
        if number == 0:
            return None
        earlier = self.doc.sentences[number - 1]
        for word in earlier.words:
            if word.rel == "nsubj" and word.feats.get("Number") == "Plur" and is_person_noun(word):
                text = phrase_around(earlier, word.index).span(earlier).of(self.doc.text)
                choice = Choice(text, None, "group", 0.7, (Reason("pronoun", text),))
                return Said(choice, word.span.start, None, None, plural=True)
        return None

    def _first_person(self, found: Found, gender: Gender | None) -> list[Said]:
        """A headline begins with «он»: whoever of that gender the text names first."""
        if self.doc.paragraph_of(found.start) > 1:
            return []
        fitting = [one for one in self.persons if one.gender in {gender, None}]
        entity = next((one for one in fitting if one.mentions[0].is_nominative), next(iter(fitting), None))
        return [self._of_entity(entity, found.start, 0.65, Reason("pronoun_first"))] if entity else []

    def _is_reported(self, word: Word) -> bool:
        return any(word.span in one for one in self.contents[-8:])

    def _as_person(self, sentence: Sentence, word: Word, gender: Gender | None) -> Said | None:
        phrase = phrase_around(sentence, word.index, conjoined=False)
        named = self._named(sentence, phrase)
        if named:
            if named[0].gender not in {gender, None}:
                return None
            said = self._of_entity(
                named[0], word.span.start, 0.88, Reason("pronoun", phrase.span(sentence).of(self.doc.text))
            )
            return said
        if word.pos == "NOUN" and word.feats.get("Animacy") == "Anim" and word.feats.get("Number") == "Sing":
            if (
                gender
                and word.feats.get("Gender") not in {None, "Fem" if gender == "f" else "Masc"}
                and word.feats.get("Gender") != "Masc"
            ):
                return None
            for said in self._role_of(sentence, phrase, word.span.start):
                if (
                    said.choice.confidence >= THRESHOLD
                    and said.gender in {gender, None}
                    and said.choice.type == "person"
                ):
                    return self._again(said, word.span.start, 0.95, "pronoun")
            if sentence.words[word.head].pos == "VERB" if word.head >= 0 else False:
                text = self._nominative(sentence, phrase)
                return Said(
                    Choice(text, None, "unknown", 0.62, (Reason("pronoun", text),)), word.span.start, None, gender
                )
        return None

    # Roles

    def _role(self, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
        head = sentence.words[phrase.head]
        ways = self._role_of(sentence, phrase, found.mention.start if found.mention else found.start)
        if ways and ways[0].choice.confidence >= THRESHOLD:
            return ways
        text = self._nominative(sentence, phrase)
        plural = head.feats.get("Number") == "Plur"
        if plural and phrase.first == phrase.last:
            last = self._last(found.start, plural=True)
            if (
                last is not None
                and head.lemma not in roles().general_plural
                and not _fit((head.lemma,), (lemma(last.choice.name.split()[0].lower(), "NOUN"),))
            ):
                last = None
            ways += [self._again(last, found.start, 0.75, "role_of_last")] if last else []
        if plural or self._is_unnamed(head, phrase) or not ways or ways[0].choice.confidence < THRESHOLD:
            kind: SpeakerType = "group" if plural else "unknown"
            ways.append(
                Said(
                    Choice(text, None, kind, 0.61, (Reason("as_printed", text),)),
                    found.start,
                    None,
                    self._gender_of(sentence, head),
                    plural,
                )
            )
            ways.sort(key=lambda one: -one.choice.confidence)
        return ways

    def _is_unnamed(self, head: Word, phrase: Phrase) -> bool:
        """«источник», «собеседник агентства»; but «собеседник» alone is whoever is being spoken to."""
        bare = phrase.first == phrase.last and head.lemma in roles().general
        return head.lemma in roles().unnamed and not bare

    def _role_of(self, sentence: Sentence, phrase: Phrase, position: int) -> list[Said]:
        head = sentence.words[phrase.head]
        words = role_words(sentence, head, set())
        if head.feats.get("Number") == "Plur" or any(word in OTHERS for word in words):
            return []
        gender = self._gender_of(sentence, head)
        kin = any(
            sentence.words[at].text.lower() in {"его", "ее", "её", "их"} for at in range(phrase.first, phrase.last + 1)
        )
        ways = [
            *self._role_in_text(words, position, gender),
            *self._role_in_registry(words, position),
        ]
        if not self._is_unnamed(head, phrase) and not kin:
            spoke = self._who_spoke_last(words, position, gender)
            acted = self._who_acted_last(sentence, head, gender)
            last = self._last(position, gender, persons=True)
            if acted and last is not None and acted[0].at < last.at:
                acted = []
            if acted and spoke:
                spoke = (
                    [self._again(spoke[0], position, 0.55, "also_possible")]
                    if spoke[0].choice.name != acted[0].choice.name
                    else []
                )
            ways += [*acted, *spoke] or self._only_person(position, gender)
        ways.sort(key=lambda one: -one.choice.confidence)
        return ways

    def _gender_of(self, sentence: Sentence, noun: Word) -> Gender | None:
        """By the verb («министр заявила»), else by a noun that only women are called by («избранница»)."""
        verb = sentence.words[noun.head].feats.get("Gender") if noun.head >= 0 and noun.rel == "nsubj" else None
        if verb in {"Fem", "Masc"}:
            return "f" if verb == "Fem" else "m"
        return "f" if noun.feats.get("Gender") == "Fem" else None

    def _role_in_text(self, words: tuple[str, ...], position: int, gender: Gender | None) -> list[Said]:
        """Somebody the text introduced in this role, or in one that means the same."""
        best: list[tuple[float, int, Entity, str]] = []
        for entity in self.persons:
            if (
                gender == "f"
                and entity.gender == "m"
                or (gender == "m" and entity.gender == "f" and words[0] != "глава")
            ):
                continue
            for at, role in entity.roles:
                score = _fit(words, role)
                if score:
                    score += self._has_spoken(entity, position) - (0.05 if at > position else 0)
                    best.append(
                        (min(0.95, score), -abs(position - entity.nearest_before(position)), entity, " ".join(role))
                    )
        if not best:
            return []
        best.sort(key=lambda one: (-one[0], -one[1]))
        score, _near, entity, role = best[0]
        rivals = {id(one[2]) for one in best if one[0] >= score - 0.02}
        if len(rivals) > 1:
            score -= 0.1
        return [self._of_entity(entity, position, score, Reason("role_in_text", role))]

    def _has_spoken(self, entity: Entity, position: int) -> float:
        """Who has spoken before is likelier to speak again than one who was only mentioned."""
        spoken = [one.entity for one in self.said if one.at <= position and one.entity is not None]
        if not spoken or entity not in spoken:
            return 0.0
        return 0.12 if spoken[-1] is entity else 0.06

    def _role_in_registry(self, words: tuple[str, ...], position: int) -> list[Said]:
        """Who held the office on the day: by title or epithet, the country from the words or from who is named here."""
        offices = self.known.offices(frozenset(words))
        ways = []
        for office in offices:
            for holding in self.known.holders(office, self.published):
                person = self.known.registry.person(holding.person)
                entity = next(
                    (
                        one
                        for one in self.persons
                        if person in self.known.persons(max((m.words for m in one.mentions), key=len))
                    ),
                    None,
                )
                confidence = 0.9 if entity else 0.75 if len(offices) == 1 and self.published else 0.4
                reasons = (Reason("office_holder", f"{office.titles[0]}"),)
                choice = Choice(person.names[0], person.key, "person", confidence, reasons, holding.unverified)
                ways.append(
                    Said(choice, position, entity, "f" if person.gender == "f" else "m" if person.gender else None)
                )
        present = [one for one in ways if one.entity]
        if len(present) > 1:
            nearest = max(present, key=lambda one: one.entity.nearest_before(position) if one.entity else -1)
            return [
                nearest,
                *(self._again(one, position, 0.5, "also_possible") for one in present if one is not nearest),
            ]
        return present or ways

    def _who_spoke_last(self, words: tuple[str, ...], position: int, gender: Gender | None) -> list[Said]:
        last = self._last(position, gender, persons=True)
        if last is None:
            return []
        return [self._again(last, position, self._fit_of_last(words, last, position), "role_of_last")]

    def _fit_of_last(self, words: tuple[str, ...], last: Said, position: int) -> float:
        """How well a role that nobody was introduced in fits whoever spoke last."""
        known = [role for _at, role in last.entity.roles] if last.entity else []
        if words[0] in PLAIN:
            return 0.8
        if words[0] in POSTS and any(role[0] in POSTS and not _fit(words[:1], role[:1]) for role in known):
            # Somebody else: «губернатор» after «мэр Швец».
            return 0.45
        if words[0] in roles().general and len(words) == 1:
            return 0.78
        speakers = {one.choice.name for one in self.said if one.choice.type == "person"}
        # A post of its own («пресс-секретарь кабмина») among several speakers is another one's, likelier than not.
        if len(words) == 1 or len(speakers) == 1:
            return 0.72
        return 0.64 if self.doc.paragraph_of(position) - self.doc.paragraph_of(last.at) <= 1 else 0.55

    def _only_person(self, position: int, gender: Gender | None) -> list[Said]:
        """The one person of that gender whom the text names at all."""
        fitting = [one for one in self.persons if gender is None or one.gender in {gender, None}]
        if fitting and fitting[0].first > position and self.doc.paragraph_of(position) > 1:
            return []
        return [self._of_entity(fitting[0], position, 0.66, Reason("only_person"))] if len(fitting) == 1 else []

    def _who_acted_last(self, sentence: Sentence, head: Word, gender: Gender | None) -> list[Said]:
        """The person of whom the sentences just before tell, spoken or not."""
        number = self.doc.sentence_at(sentence.span.start)
        for earlier in reversed(self.doc.sentences[max(0, number - 2) : number]):
            for word in earlier.words:
                if (
                    word.rel == "nsubj"
                    and not self._is_reported(word)
                    and (named := self._named(earlier, phrase_around(earlier, word.index, conjoined=False)))
                ):
                    if named[0].gender in {gender, None} or gender is None:
                        return [self._of_entity(named[0], word.span.start, 0.68, Reason("role_of_subject"))]
        return []

    # Bodies and documents

    def _body(self, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
        head = sentence.words[phrase.head]
        text = self._nominative(sentence, phrase)
        bare = phrase.first == phrase.last
        if head.lemma in roles().documents:
            owner = self._owner(sentence, phrase, found)
            if owner is not None:
                return [owner]
            at = found.mention.start if found.mention else found.start
            last = self._last_body(at)
            near = self._body_told_of(at, "документ")
            if (
                near is not None
                and (last is None or near.at > last.at)
                and self.doc.paragraph_of(near.at) >= self.doc.paragraph_of(at) - 1
            ):
                last = near
            ways = [self._again(last, found.start, 0.8, "document_of_last")] if last else []
            return [*ways, Said(Choice(text, None, "unknown", 0.6, (Reason("document", text),)), found.start)]
        quoted = sentence.words[phrase.first - 1].text in '«"“„' if phrase.first else False
        if bare and lemma(head.text.lower(), "NOUN") in roles().bodies and not quoted:
            last = self._last_body(
                found.mention.start if found.mention else found.start,
                outlets=True,
                noun=lemma(head.text.lower(), "NOUN"),
            )
            if last is not None and last.choice.confidence > 0.72:
                return [self._again(last, found.start, 0.85, "body_of_last")]
        choice = Choice(text, None, "organization", 0.85, (Reason("body", text),))
        return [Said(choice, found.start, None, None)]

    def _names_body(self, sentence: Sentence, word: Word, phrase: Phrase) -> bool:
        if word.lemma in roles().bodies | roles().institutions or word.text.isupper():
            return True
        return any(one.type in {"ORG", "PER"} for one in self.doc.names_in(phrase.span(sentence)))

    def _last_body(self, position: int, *, outlets: bool = False, noun: str = "") -> Said | None:
        """The body that spoke or was told of last before a position; outlets only if asked for.

        `noun` is the word that takes it up: «министерство» means none but a ministry.
        """
        spoken = [one for one in self.said if one.choice.type == "organization" and one.at <= position]
        spoken = [
            one
            for one in spoken
            if (outlets or not self._is_outlet(one.choice.name)) and _fits_body(noun, one.choice.name)
        ]
        told = self._body_told_of(position, noun)
        if spoken and (told is None or spoken[-1].at >= told.at or not noun):
            return spoken[-1]
        return told

    def _body_told_of(self, position: int, noun: str) -> Said | None:
        for name in reversed(self.doc.names_in(Span(max(0, position - 600), position + 200))):
            text = name.span.of(self.doc.text)
            if (
                name.type != "ORG"
                or name.span.start > position + (0 if noun else 200)
                or self._is_outlet(text)
                or not _fits_body(noun, text)
            ):
                continue
            sentence = self.doc.sentences[self.doc.sentence_at(name.span.start)]
            words = [word for word in sentence.words if word.span.overlaps(name.span)]
            heads = [word for word in words if word.rel == "nsubj"]
            if heads:
                text = phrase_around(sentence, heads[0].index).span(sentence).of(self.doc.text)
            if heads or noun:
                return Said(Choice(text, None, "organization", 0.8, (Reason("body_told_of", text),)), name.span.start)
        return None

    def _is_outlet(self, name: str) -> bool:
        return is_outlet(name.lower(), lemma(name.lower().split()[0], "NOUN"), self.lexicon)

    def _owner(self, sentence: Sentence, phrase: Phrase, found: Found) -> Said | None:
        """«в сообщении канцелярии премьер-министра»: the body, or the person, in the genitive."""
        for child in sentence.children(phrase.head):
            if (
                child.rel == "nmod"
                and child.pos in {"NOUN", "PROPN"}
                and child.feats.get("Case") == "Gen"
                and child.index > phrase.head
            ):
                inner = phrase_around(sentence, child.index)
                if not (is_person_noun(child) or self._names_body(sentence, child, inner)):
                    continue
                ways = self._of_phrase(sentence, inner, found)
                return ways[0] if ways else None
        return None

    def _nominative(self, sentence: Sentence, phrase: Phrase) -> str:
        """The phrase as printed, its head and what agrees with it put into the nominative."""
        head = sentence.words[phrase.head]
        text = phrase.span(sentence).of(self.doc.text)
        if head.feats.get("Case") in {"Nom", None} or head.pos not in {"NOUN", "PROPN"} or head.text.isupper():
            return text
        out, end = [], sentence.words[phrase.first].span.start
        for at in range(phrase.first, phrase.last + 1):
            word = sentence.words[at]
            out.append(self.doc.text[end : word.span.start])
            out.append(
                _inflected(word)
                if at == phrase.head or (word.head == phrase.head and word.rel == "amod")
                else word.text
            )
            end = word.span.end
        return "".join(out)


def _inflected(word: Word) -> str:
    number = {"Sing": "sing", "Plur": "plur"}.get(word.feats.get("Number", ""), "sing")
    if word.text[:1].isupper() and not morphology().word_is_known(word.text.lower()):
        return nominative([word.text], "m")[0] if word.feats.get("Gender") == "Masc" else word.text
    for parse in morphology().parse(word.text.lower()):
        form = parse.inflect({"nomn", number})
        if form is not None and lemma(word.text.lower(), word.pos) == str(parse.normal_form).replace("ё", "е"):
            shown = str(form.word)
            return shown.capitalize() if word.text[:1].isupper() else shown
    return word.text


STATE = re.compile(
    r"мин|министерств|мид|мвд|мчс|фсб|служб|прокуратур|комитет|полици|управлени|ведомств|надзор|следствен|администрац|агентств|департамент|фас|фнс|цб|ск\b|суд"
)


def _fits_body(noun: str, name: str) -> bool:
    """Whether a word for a body can mean the body of that name."""
    lower = name.lower()
    if noun == "министерство":
        return re.search(r"\bмин(?!ск)|министерств|\bмид|\bмвд|\bмчс|\bfm\b", lower) is not None
    if noun == "ведомство":
        return STATE.search(lower) is not None
    if noun in {"компания", "холдинг", "фирма", "предприятие", "корпорация", "застройщик", "оператор"}:
        return re.search(r"министерств|\bмид\b|\bмвд\b|прокуратур|полици|комитет|\bсуд", lower) is None
    return True


def _fit(asked: tuple[str, ...], role: tuple[str, ...]) -> float:
    """How well the words that name a speaker fit a role somebody was introduced in: 0 (not) to 0.92."""
    asked, role = by_country(asked), by_country(role)
    if asked == role:
        return 0.92
    countries = {one for one in asked if one.isupper()}, {one for one in role if one.isupper()}
    if all(countries) and not countries[0] & countries[1]:
        return 0.0
    if asked[0] == role[0]:
        if len(asked) == 1 or set(asked) <= set(role):
            return 0.88 if countries[1] and not countries[0] else 0.9
        return 0.75 if set(asked[1:]) & set(role[1:]) or len(role) == 1 else 0.66
    return 0.8 if _groups_of(asked) & _groups_of(role) else 0.0


def _groups_of(words: tuple[str, ...]) -> set[int]:
    """The groups of words for one role that the words fall under, whatever else they say."""
    rest = set(words[1:])
    return {number for phrase, number in roles().groups.items() if phrase[0] == words[0] and set(phrase[1:]) <= rest}
