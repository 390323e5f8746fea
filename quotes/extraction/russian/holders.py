"""Who is meant by a role: «министр», «глава государства», «женщина», «источник в правительстве»."""

from quotes.extraction.candidates import THRESHOLD, Choice, Reason, SpeakerType
from quotes.extraction.registry import Holding, KnownOffice
from quotes.extraction.russian.analysis import Sentence, Word, lemma
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.names import Gender
from quotes.extraction.russian.phrases import Phrase, phrase_around
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import fit, role_words, roles
from quotes.extraction.russian.scene import Said, Scene, again

THEIR = {"его", "ее", "её", "их"}


def of_speaker_role(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """Who can be meant, likeliest first; where nobody passes the threshold, the role itself as printed."""
    head = sentence.words[phrase.head]
    ways = of_role(scene, sentence, phrase, found.mention.start if found.mention else found.start)
    if ways and ways[0].choice.confidence >= THRESHOLD:
        return ways
    plural = head.feats.get("Number") == "Plur"
    if plural and phrase.first == phrase.last:
        ways += _same_group(scene, head, found)
    if plural or _is_unnamed(head, phrase) or not ways or ways[0].choice.confidence < THRESHOLD:
        ways.append(_as_printed(scene, sentence, phrase, found))
        ways.sort(key=lambda one: -one.choice.confidence)
    return ways


def _same_group(scene: Scene, head: Word, found: Found) -> list[Said]:
    """«авторы» after «разработчики из …»: a group that has spoken, taken up by a plural."""
    last = scene.last(found.start, plural=True)
    if last is None:
        return []
    first = lemma(last.choice.name.split()[0].lower(), "NOUN")
    if head.lemma not in roles().general_plural and not fit((head.lemma,), (first,)):
        return []
    return [again(last, found.start, 0.75, "role_of_last")]


def _as_printed(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> Said:
    head = sentence.words[phrase.head]
    plural = head.feats.get("Number") == "Plur"
    kind: SpeakerType = "group" if plural else "unknown"
    text = scene.nominative(sentence, phrase)
    choice = Choice(text, None, kind, 0.61, (Reason("as_printed", text),))
    return Said(choice, found.start, None, _gender_of(sentence, head), plural)


def _is_unnamed(head: Word, phrase: Phrase) -> bool:
    """«источник», «собеседник агентства»; but «собеседник» alone is whoever is being spoken to."""
    bare = phrase.first == phrase.last and head.lemma in roles().general
    return head.lemma in roles().unnamed and not bare


def of_role(scene: Scene, sentence: Sentence, phrase: Phrase, position: int) -> list[Said]:
    """The persons whom one in a role may be, likeliest first; nobody for a plural and for «другой чиновник»."""
    head = sentence.words[phrase.head]
    words = role_words(sentence, head)
    if head.feats.get("Number") == "Plur" or any(word in roles().others for word in words):
        return []
    gender = _gender_of(sentence, head)
    ways = [*_in_text(scene, words, position, gender), *_in_registry(scene, words, position)]
    kin = any(word.text.lower() in THEIR for word in sentence.words[phrase.first : phrase.last + 1])
    if not kin and not _is_unnamed(head, phrase):
        ways += _last(scene, sentence, words, position, gender) or _only_person(scene, position, gender)
    ways.sort(key=lambda one: -one.choice.confidence)
    return ways


def _gender_of(sentence: Sentence, noun: Word) -> Gender | None:
    """By the verb («министр заявила»), else by a noun that only women are called by («избранница»)."""
    verb = sentence.words[noun.head].feats.get("Gender") if noun.head >= 0 and noun.rel == "nsubj" else None
    if verb in {"Fem", "Masc"}:
        return "f" if verb == "Fem" else "m"
    return "f" if noun.feats.get("Gender") == "Fem" else None


# Those introduced in the role


def _in_text(scene: Scene, words: tuple[str, ...], position: int, gender: Gender | None) -> list[Said]:
    """Somebody the text introduced in this role, or in one that means the same."""
    best: list[tuple[float, int, Entity, str]] = []
    for entity in scene.persons:
        if _is_of_other_gender(entity, gender, words):
            continue
        for at, role in entity.roles:
            score = fit(words, role)
            if score:
                score += _has_spoken(scene, entity, position) - (0.05 if at > position else 0)
                near = -abs(position - entity.nearest_before(position))
                best.append((min(0.95, score), near, entity, " ".join(role)))
    if not best:
        return []
    best.sort(key=lambda one: (-one[0], -one[1]))
    score, _near, entity, name = best[0]
    rivals = {id(one[2]) for one in best if one[0] >= score - 0.02}
    if len(rivals) > 1:
        score -= 0.1
    return [scene.of_entity(entity, position, score, Reason("role_in_text", name))]


def _is_of_other_gender(entity: Entity, gender: Gender | None, words: tuple[str, ...]) -> bool:
    if gender == "f":
        return entity.gender == "m"
    # «глава» is feminine by its grammar only.
    return gender == "m" and entity.gender == "f" and words[0] != "глава"


def _has_spoken(scene: Scene, entity: Entity, position: int) -> float:
    """Who has spoken before is likelier to speak again than one who was only mentioned."""
    spoken = [one.entity for one in scene.said if one.at <= position and one.entity is not None]
    if entity not in spoken:
        return 0.0
    return 0.12 if spoken[-1] is entity else 0.06


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


# Those of whom the text told last


def _last(scene: Scene, sentence: Sentence, words: tuple[str, ...], position: int, gender: Gender | None) -> list[Said]:
    """Whoever acted or spoke last; if both and not the same, the other one as a possibility."""
    last = scene.last(position, gender, persons=True)
    spoke = [again(last, position, _fit_of_last(scene, words, last, position), "role_of_last")] if last else []
    acted = _who_acted_last(scene, sentence, gender)
    if acted and last is not None and acted[0].at < last.at:
        acted = []
    if acted and last is not None:
        same = last.choice.name == acted[0].choice.name
        spoke = [] if same else [again(spoke[0], position, 0.55, "also_possible")]
    return [*acted, *spoke]


def _fit_of_last(scene: Scene, words: tuple[str, ...], last: Said, position: int) -> float:
    """How well a role that nobody was introduced in fits whoever spoke last."""
    if words[0] in roles().anybody:
        return 0.8
    if _holds_another_post(words, last) or (words[0] in roles().posts and len(words) > 1):
        # «губернатор края», of whom the text has not told yet.
        return 0.45
    if words[0] in roles().general and len(words) == 1:
        return 0.78
    speakers = {one.choice.name for one in scene.said if one.choice.type == "person"}
    # A post of its own («пресс-секретарь кабмина») among several speakers is another one's, likelier than not.
    if len(words) == 1 or len(speakers) == 1:
        return 0.72
    return 0.64 if scene.doc.paragraph_of(position) - scene.doc.paragraph_of(last.at) <= 1 else 0.55


def _holds_another_post(words: tuple[str, ...], last: Said) -> bool:
    """«губернатор» after «мэр Образцов»."""
    held = [role for _at, role in last.entity.roles] if last.entity else []
    posts = roles().posts
    return words[0] in posts and any(role[0] in posts and not fit(words[:1], role[:1]) for role in held)


def _only_person(scene: Scene, position: int, gender: Gender | None) -> list[Said]:
    """The one person of that gender whom the text names at all."""
    fitting = [one for one in scene.persons if gender is None or one.gender in {gender, None}]
    if fitting and fitting[0].first > position and scene.doc.paragraph_of(position) > 1:
        return []
    return [scene.of_entity(fitting[0], position, 0.66, Reason("only_person"))] if len(fitting) == 1 else []


def _who_acted_last(scene: Scene, sentence: Sentence, gender: Gender | None) -> list[Said]:
    """The person of whom the sentences just before tell, spoken or not."""
    number = scene.doc.sentence_at(sentence.span.start)
    for earlier in reversed(scene.doc.sentences[max(0, number - 2) : number]):
        for word in earlier.words:
            if word.rel != "nsubj" or scene.is_reported(word):
                continue
            named = scene.named(earlier, phrase_around(earlier, word.index, conjoined=False))
            if named and (gender is None or named[0].gender in {gender, None}):
                return [scene.of_entity(named[0], word.span.start, 0.68, Reason("role_of_subject"))]
    return []
