"""Whom of the persons in a text a role means: by the roles it gives them, by who was told of last, by who it is about."""

from dataclasses import dataclass

from quotes.extraction.candidates import Choice, Reason
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.kinds import are_unrelated, contradict, fit, is_somebodys_post, taken_apart
from quotes.extraction.russian.names import Gender
from quotes.extraction.russian.phrases import Phrase, phrase_around
from quotes.extraction.russian.roles import is_person_noun, role_words, roles
from quotes.extraction.russian.scene import Said, Scene, again

# How likely a role means one of whom the text tells no role, or another one that is not related to it.
UNKNOWN, UNRELATED = 0.5, 0.44
# What speaks for whoever was told of last, and for those who have spoken; against those only introduced later.
LAST, SPOKEN, LATER = 0.2, 0.03, 0.05
# What speaks for the one with whom a text goes on that begins with the role.
EXPECTED = 0.12
# Whom a text is about it names so often, and twice as often as anybody else.
OFTEN = 3
# What speaks against taking up somebody in another role by a post of something: «губернатор края».
POST = 0.15
# Who comes so close to the likeliest is listed, too.
RIVAL = 0.3


@dataclass(slots=True)
class Weighed:
    """Somebody of the text, how likely a role means them, and why."""

    weight: float
    near: int
    said: Said


def in_text(
    scene: Scene, sentence: Sentence, phrase: Phrase, position: int, gender: Gender | None, *, taken_up: bool
) -> list[Said]:
    """Those introduced in the role or in one that it can take up; with `taken_up`, whoever was told of last, too."""
    words = role_words(sentence, sentence.words[phrase.head])
    beside = _named_beside(scene, sentence, phrase)
    persons = [one for one in scene.persons if one not in beside and not _is_of_other_gender(one, gender, words)]
    last = _told_of_last(scene, sentence, words, position, gender) if taken_up else None
    if last is not None and last.entity in beside:
        last = None
    expected, why = _expected(scene, persons, words, position) if taken_up and last is None else (None, "")
    ranked: list[Weighed] = []
    for entity in persons:
        near = -abs(position - entity.nearest_before(position))
        score, reason = _weight(scene, entity, words, position, last)
        if score and entity is expected:
            score += EXPECTED
            reason = reason if reason.about else Reason(why)
        if reason.code == "role_in_text" or (taken_up and score):
            ranked.append(Weighed(score, near, scene.of_entity(entity, position, score, reason)))
    if last is not None and last.entity is None and not is_somebodys_post(words):
        ranked.append(Weighed(UNKNOWN + LAST, last.at, last))
    ranked.sort(key=lambda one: (-one.weight, -one.near))
    if not ranked:
        return []
    first, *others = ranked
    return [first.said, *(_rival(one.said, position) for one in others[:2] if one.weight > first.weight - RIVAL)]


def _rival(one: Said, position: int) -> Said:
    already = one.choice.reasons[0].code == "also_possible"
    return one if already else again(one, position, 0.5, "also_possible")


def _weight(
    scene: Scene, entity: Entity, words: tuple[str, ...], position: int, last: Said | None
) -> tuple[float, Reason]:
    """How likely the role means this person; 0 where something that the text tells of them speaks against it."""
    score, at, role = max(((fit(words, role), -at, role) for at, role in entity.roles), default=(0.0, 0, ()))
    reason = Reason("role_in_text", " ".join(role))
    if not score:
        if any(contradict(words, role) for _at, role in entity.roles):
            return 0.0, Reason("also_possible")
        score = UNRELATED if any(are_unrelated(words, role) for _at, role in entity.roles) else UNKNOWN
        score -= POST if entity.roles and is_somebodys_post(words) else 0
        reason = Reason("also_possible")
    if last is not None and entity is last.entity:
        score += LAST
        reason = reason if reason.about else last.choice.reasons[0]
    elif any(one.entity is entity for one in scene.said):
        score += SPOKEN
    if entity.roles and -at > position:
        score -= LATER
    return min(0.95, score), reason


def _named_beside(scene: Scene, sentence: Sentence, phrase: Phrase) -> list[Entity]:
    """«Помощник Ивана Приметова заявил», «журналист спросил Ивана Приметова»: somebody else than the one who speaks."""
    verb = sentence.words[phrase.head].head if sentence.words[phrase.head].rel == "nsubj" else -2
    inside = {
        word.span.start
        for word in sentence.words
        if phrase.first <= word.index <= phrase.last or (word.head == verb and word.feats.get("Case") != "Nom")
    }
    return [one for one in scene.persons if any(m.span.start in inside and not m.is_nominative for m in one.mentions)]


def _expected(scene: Scene, persons: list[Entity], words: tuple[str, ...], position: int) -> tuple[Entity | None, str]:
    """Whom a role means that takes up nobody told of last, and by which reason.

    The one whom a text is about; in its beginning the only person, or the first one who acts in it.
    """
    told = (word for one in scene.doc.sentences if one.span.start < position for word in one.words)
    if any(word.span.end < position and word.lemma == words[0] for word in told):
        # «Выступили два депутата. Депутат сказал»: one of those.
        return None, ""
    may_be = [one for one in persons if not any(contradict(words, role) for _at, role in one.roles)]
    if taken_apart(words).is_specific or not may_be:
        return None, ""
    often = sorted(may_be, key=lambda one: -len(one.mentions))
    second = len(often[1].mentions) if len(often) > 1 else 0
    if often[0].first < position and len(often[0].mentions) >= max(OFTEN, 2 * second):
        return often[0], "most_named"
    if scene.doc.paragraph_of(position) > 1:
        return None, ""
    if len(may_be) == 1:
        return may_be[0], "only_person"
    return next(
        (one for one in may_be if one.first > position and one.mentions[0].is_nominative), None
    ), "pronoun_first"


def _is_of_other_gender(entity: Entity, gender: Gender | None, words: tuple[str, ...]) -> bool:
    if gender == "f":
        return entity.gender == "m"
    # «глава» is feminine by its grammar only.
    return gender == "m" and entity.gender == "f" and words[0] != "глава"


def _told_of_last(
    scene: Scene, sentence: Sentence, words: tuple[str, ...], position: int, gender: Gender | None
) -> Said | None:
    """Whoever acted or spoke last."""
    spoke = scene.last(position, gender, persons=True)
    acted = _who_acted_last(scene, sentence, gender, unnamed=words[0] in roles().anybody)
    if spoke is not None and (acted is None or acted.at < spoke.at):
        return again(spoke, spoke.at, UNKNOWN + LAST, "role_of_last")
    return acted


def _who_acted_last(scene: Scene, sentence: Sentence, gender: Gender | None, *, unnamed: bool) -> Said | None:
    """The person of whom the sentences just before tell, spoken or not; with `unnamed`, one without a name as well."""
    number = scene.doc.sentence_at(sentence.span.start)
    for earlier in reversed(scene.doc.sentences[max(0, number - 2) : number]):
        for word in earlier.words:
            if word.rel != "nsubj" or scene.is_reported(word):
                continue
            phrase = phrase_around(earlier, word.index, conjoined=False)
            named = scene.named(earlier, phrase)
            if named and (gender is None or named[0].gender in {gender, None}):
                return scene.of_entity(named[0], word.span.start, UNKNOWN + LAST, Reason("role_of_subject"))
            if unnamed and not named and _is_somebody(word) and gender_of(earlier, word) in {gender, None}:
                choice = Choice(scene.nominative(earlier, phrase), None, "unknown", 0.65, (Reason("role_of_subject"),))
                return Said(choice, word.span.start, None, gender)
    return None


def _is_somebody(word: Word) -> bool:
    return is_person_noun(word) and word.feats.get("Number") == "Sing" and word.pos == "NOUN"


def gender_of(sentence: Sentence, noun: Word) -> Gender | None:
    """By the verb («министр заявила»), else by a noun that only women are called by («избранница»)."""
    verb = sentence.words[noun.head].feats.get("Gender") if noun.head >= 0 and noun.rel == "nsubj" else None
    if verb in {"Fem", "Masc"}:
        return "f" if verb == "Fem" else "m"
    return "f" if noun.feats.get("Gender") == "Fem" else None
