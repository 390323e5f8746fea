"""Who is meant by a role: «министр», «глава государства», «женщина», «источник в правительстве»."""

from quotes.extraction.candidates import THRESHOLD, Choice, Reason, SpeakerType
from quotes.extraction.registry import Holding, KnownOffice
from quotes.extraction.russian.analysis import Sentence, Word, lemma
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.kinds import fit, taken_apart
from quotes.extraction.russian.phrases import Phrase
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import is_plural, role_words, roles
from quotes.extraction.russian.scene import Said, Scene, again
from quotes.extraction.russian.weighing import gender_of, in_text

THEIR = {"его", "ее", "её", "их"}


def of_speaker_role(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """Who can be meant, likeliest first; where nobody passes the threshold, the role itself as printed."""
    head = sentence.words[phrase.head]
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


def _same_group(scene: Scene, head: Word, found: Found) -> list[Said]:
    """«парламентарии» after «депутаты Приметов и Мерилов», «авторы» after «разработчики из …»."""
    told = [one for one in scene.groups if one.at < found.start and _may_be_group(head, one.role[0])]
    last = scene.last(found.start, plural=True)
    if told and (last is None or told[-1].at > last.at or fit((head.lemma,), told[-1].role)):
        return [scene.together(told[-1].persons, found.start, 0.75, "named_together")]
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
    return Said(choice, found.start, None, gender_of(sentence, head), plural)


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
    gender = gender_of(sentence, head)
    ways = _in_registry(scene, words, position)
    kin = any(word.head == head.index and word.text.lower() in THEIR for word in sentence.words)
    taken_up = not kin and not _is_unnamed(head, phrase)
    ways += in_text(scene, sentence, phrase, position, gender, taken_up=taken_up)
    ways.sort(key=lambda one: -one.choice.confidence)
    return ways


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
