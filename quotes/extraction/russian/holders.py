"""Who is meant by a role: «министр», «глава государства», «женщина», «источник в правительстве»."""

from dataclasses import dataclass

from quotes.extraction.candidates import Choice, Reason, Span, SpeakerType
from quotes.extraction.registry import Holding, KnownOffice
from quotes.extraction.russian.analysis import Sentence, Word, lemma
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.names import Gender
from quotes.extraction.russian.phrases import Phrase, phrase_around
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.kinds import are_unrelated, contradict, fit, is_somebodys_post, taken_apart
from quotes.extraction.russian.roles import is_person_noun, is_plural, role_words, roles
from quotes.extraction.russian.scene import THRESHOLD, Said, Scene, again

# How likely a role means one of whom the text tells no role, or another one that is not related to it.
UNKNOWN, UNRELATED = 0.5, 0.44
# What speaks for whoever was told of last, and for those who have spoken; against those only introduced later.
LAST, SPOKEN, LATER = 0.2, 0.03, 0.05
# What speaks for the one with whom a text goes on that begins with the role.
EXPECTED = 0.12
# What speaks against taking up anybody by a post of something: «губернатор края».
POST = 0.15
# Who comes so close to the likeliest is listed, too.
RIVAL = 0.3
THEIR = {"его", "ее", "её", "их"}


def of_speaker_role(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """Who can be meant, likeliest first; where nobody passes the threshold, the role itself as printed."""
    head = sentence.words[phrase.head]
    own = _own_name(scene, sentence, phrase)
    if own:
        choice = Choice(own, None, "person", 0.85, (Reason("named", own),))
        return [Said(choice, found.start, None, _gender_of(sentence, head))]
    ways = of_role(scene, sentence, phrase, found.mention.start if found.mention else found.start)
    if ways and ways[0].choice.confidence >= THRESHOLD:
        return ways
    plural = is_plural(head)
    if plural and phrase.first == phrase.last:
        ways += _same_group(scene, head, found)
    elif head.lemma in roles().sources and not plural:
        ways += _same_source(scene, head, phrase, found)
    if plural or _is_unnamed(head, phrase) or not ways or ways[0].choice.confidence < THRESHOLD:
        ways.append(_as_printed(scene, sentence, phrase, found))
        ways.sort(key=lambda one: -one.choice.confidence)
    return ways


def _own_name(scene: Scene, sentence: Sentence, phrase: Phrase) -> str:
    """«завлит театра Инесса Гольц», where the tagger knows no such name; empty if the role stands without one."""
    first = phrase.last
    while first > phrase.head and _may_be_of_name(sentence.words[first]):
        first -= 1
    words = sentence.words[first + 1 : phrase.last + 1]
    if len(words) < 2 or scene.doc.names_in(Span(words[0].span.start, words[-1].span.end)):  # noqa: PLR2004
        return ""
    return scene.doc.text[words[0].span.start : words[-1].span.end]


def _may_be_of_name(word: Word) -> bool:
    return word.text[:1].isupper() and not word.text.isupper() and word.feats.get("Case") in {"Nom", None}


def _same_group(scene: Scene, head: Word, found: Found) -> list[Said]:
    """«парламентарии» after «депутаты Приметов и Мерилов», «авторы» after «разработчики из …»."""
    told = [one for one in scene.groups if one.at < found.start and _may_be_group(head, one.role[0])]
    if told:
        return [scene.together(told[-1].persons, found.start, 0.75, "named_together")]
    last = scene.last(found.start, plural=True)
    if last is None or not _may_be_group(head, lemma(last.choice.name.split()[0].lower(), "NOUN")):
        return []
    return [again(last, found.start, 0.75, "role_of_last")]


def _may_be_group(head: Word, told: str) -> bool:
    return head.lemma in roles().general_plural or fit((head.lemma,), (told,)) > 0


def _same_source(scene: Scene, head: Word, phrase: Phrase, found: Found) -> list[Said]:
    """«собеседник агентства» after «источник в мэрии»: the unnamed person who has spoken last."""
    unnamed = [one for one in scene.said if one.choice.type == "unknown" and one.at < found.start and not one.plural]
    if not unnamed or (head.lemma == "источник" and phrase.first < phrase.last):
        return []
    return [again(unnamed[-1], found.start, 0.62, "role_of_last")]


def _as_printed(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> Said:
    head = sentence.words[phrase.head]
    plural = is_plural(head)
    kind: SpeakerType = "group" if plural else "unknown"
    text = scene.nominative(sentence, phrase)
    choice = Choice(text, None, kind, 0.61, (Reason("as_printed", text),))
    return Said(choice, found.start, None, _gender_of(sentence, head), plural)


def _is_unnamed(head: Word, phrase: Phrase) -> bool:
    """«источник», «собеседник агентства»; but «собеседник» alone is whoever is being spoken to."""
    bare = phrase.first == phrase.last and (head.lemma in roles().anybody or taken_apart((head.lemma,)).kinds)
    return head.lemma in roles().unnamed and not bare


def of_role(scene: Scene, sentence: Sentence, phrase: Phrase, position: int) -> list[Said]:
    """The persons whom one in a role may be, likeliest first; nobody for a plural and for «другой чиновник»."""
    head = sentence.words[phrase.head]
    words = role_words(sentence, head)
    if is_plural(head) or any(word in roles().others for word in words):
        return []
    gender = _gender_of(sentence, head)
    ways = _in_registry(scene, words, position)
    kin = any(word.text.lower() in THEIR for word in sentence.words[phrase.first : phrase.last + 1])
    taken_up = not kin and not _is_unnamed(head, phrase)
    ways += _in_text(scene, sentence, phrase, position, gender, taken_up=taken_up)
    ways.sort(key=lambda one: -one.choice.confidence)
    return ways


def _gender_of(sentence: Sentence, noun: Word) -> Gender | None:
    """By the verb («министр заявила»), else by a noun that only women are called by («избранница»)."""
    verb = sentence.words[noun.head].feats.get("Gender") if noun.head >= 0 and noun.rel == "nsubj" else None
    if verb in {"Fem", "Masc"}:
        return "f" if verb == "Fem" else "m"
    return "f" if noun.feats.get("Gender") == "Fem" else None


# Those of whom the text tells


@dataclass(slots=True)
class Weighed:
    """Somebody of the text, how likely a role means them, and why."""

    weight: float
    near: int
    said: Said


def _in_text(
    scene: Scene, sentence: Sentence, phrase: Phrase, position: int, gender: Gender | None, *, taken_up: bool
) -> list[Said]:
    """Those introduced in the role or in one that it can take up; with `taken_up`, whoever was told of last, too."""
    words = role_words(sentence, sentence.words[phrase.head])
    beside = _named_beside(scene, sentence, phrase)
    persons = [one for one in scene.persons if one not in beside and not _is_of_other_gender(one, gender, words)]
    last = _told_of_last(scene, sentence, words, position, gender) if taken_up else None
    if last is not None and last.entity in beside:
        last = None
    expected = _expected(scene, persons, words, position) if taken_up and last is None else None
    ranked: list[Weighed] = []
    for entity in persons:
        near = -abs(position - entity.nearest_before(position))
        score, reason = _weight(scene, entity, words, position, last, expected)
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
    scene: Scene, entity: Entity, words: tuple[str, ...], position: int, last: Said | None, expected: Entity | None
) -> tuple[float, Reason]:
    """How likely the role means this person; 0 where something that the text tells of them speaks against it."""
    score, at, role = max(((fit(words, role), -at, role) for at, role in entity.roles), default=(0.0, 0, ()))
    reason = Reason("role_in_text", " ".join(role))
    if not score:
        if any(contradict(words, role) for _at, role in entity.roles):
            return 0.0, Reason("also_possible")
        score = UNRELATED if any(are_unrelated(words, role) for _at, role in entity.roles) else UNKNOWN
        score -= POST if is_somebodys_post(words) else 0
        reason = Reason("also_possible")
    if last is not None and entity is last.entity:
        score += LAST
        reason = reason if reason.about else last.choice.reasons[0]
    elif entity is expected:
        score += EXPECTED
        reason = reason if reason.about else Reason("pronoun_first")
    elif any(one.entity is entity for one in scene.said):
        score += SPOKEN
    if entity.roles and -at > position:
        score -= LATER
    return min(0.95, score), reason


def _named_beside(scene: Scene, sentence: Sentence, phrase: Phrase) -> list[Entity]:
    """«Помощник Ивана Приметова заявил», «журналист спросил Ивана Приметова»: somebody else than the one who speaks."""
    verb = sentence.words[phrase.head].head
    inside = {
        word.span.start
        for word in sentence.words
        if phrase.first <= word.index <= phrase.last or (word.head == verb and word.feats.get("Case") != "Nom")
    }
    return [one for one in scene.persons if any(m.span.start in inside and not m.is_nominative for m in one.mentions)]


def _expected(scene: Scene, persons: list[Entity], words: tuple[str, ...], position: int) -> Entity | None:
    """Whom a text means that begins with a role: the only person it names, or the first one who acts in it."""
    told = (word for one in scene.doc.sentences if one.span.start < position for word in one.words)
    if any(word.span.end < position and word.lemma == words[0] for word in told):
        # «Выступили два депутата. Депутат сказал»: one of those.
        return None
    may_be = [one for one in persons if not any(contradict(words, role) for _at, role in one.roles)]
    if taken_apart(words).is_specific or scene.doc.paragraph_of(position) > 1 or not may_be:
        return None
    if len(may_be) == 1:
        return may_be[0]
    return next((one for one in may_be if one.first > position and one.mentions[0].is_nominative), None)


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
            if unnamed and not named and _is_somebody(word) and _gender_of(earlier, word) in {gender, None}:
                choice = Choice(scene.nominative(earlier, phrase), None, "unknown", 0.65, (Reason("role_of_subject"),))
                return Said(choice, word.span.start, None, gender)
    return None


def _is_somebody(word: Word) -> bool:
    return is_person_noun(word) and word.feats.get("Number") == "Sing" and word.pos == "NOUN"


# Those who held the office


def _in_registry(scene: Scene, words: tuple[str, ...], position: int) -> list[Said]:
    """Who held the office on the day: by title or epithet; of several, those whom the text names."""
    offices = scene.known.offices(frozenset(words))
    ways = [
        _holder(scene, office, holding, position, alone=len(offices) == 1)
        for office in offices
        for holding in scene.known.holders(office, scene.published)
    ]
    present = [one for one in ways if one.entity]
    if len(present) > 1:
        nearest = max(present, key=lambda one: one.entity.nearest_before(position) if one.entity else -1)
        others = (again(one, position, 0.5, "also_possible") for one in present if one is not nearest)
        return [nearest, *others]
    return present or ways


def _holder(scene: Scene, office: KnownOffice, holding: Holding, position: int, *, alone: bool) -> Said:
    """`alone`: the words mean this office only."""
    person = scene.known.registry.person(holding.person)
    entity = next((one for one in scene.persons if person in scene.known.persons(_fullest(one))), None)
    confidence = 0.9 if entity else 0.75 if alone and scene.published else 0.4
    reasons = (Reason("office_holder", office.titles[0]),)
    choice = Choice(person.names[0], person.key, "person", confidence, reasons, holding.unverified)
    return Said(choice, position, entity, "f" if person.gender == "f" else "m" if person.gender else None)


def _fullest(entity: Entity) -> tuple[str, ...]:
    return max((one.words for one in entity.mentions), key=len)
