"""Who «он», «она», «они» are: whoever spoke, acted or was named last and agrees with the pronoun."""

from collections.abc import Iterator

from quotes.extraction.candidates import THRESHOLD, Choice, Reason, Span
from quotes.extraction.russian.analysis import Sentence, Word
from quotes.extraction.russian.holders import of_role
from quotes.extraction.russian.names import Gender
from quotes.extraction.russian.phrases import Phrase, phrase_around
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import is_person_noun
from quotes.extraction.russian.scene import RECENT, Said, Scene, again

HE, SHE, THEY = {"он", "его", "ему", "им", "нем", "нём", "него"}, {"она", "ее", "её", "ей", "ней", "нее"}, {"они", "их"}
OTHER = {"тот", "та"}
# Of a clause, where those stand of whom it tells.
PARTS = {"nsubj", "obj", "iobj", "obl"}
# How many sentences back a pronoun may look.
PRONOUN_REACH = 5


def is_pronoun(word: Word) -> bool:
    return word.text.lower() in HE | SHE | THEY


def of_pronoun(scene: Scene, sentence: Sentence, pronoun: Word, found: Found) -> list[Said]:
    """Who can be meant, likeliest first; `sentence` is the one the pronoun stands in."""
    lower = pronoun.text.lower()
    if lower in THEY:
        return _they(scene, sentence, found)
    gender: Gender = "f" if lower in SHE else "m"
    return _antecedents(scene, sentence, pronoun, gender) or _first_person(scene, found, gender)


def of_the_other(scene: Scene, sentence: Sentence, pronoun: Word) -> list[Said]:
    """«Приметов спросил Мерилова. Тот ответил»: whoever is told of last without being the one who acts."""
    gender: Gender = "f" if pronoun.text.lower() == "та" else "m"
    number = scene.doc.sentence_at(sentence.span.start)
    for earlier in reversed(scene.doc.sentences[max(0, number - 1) : number + 1]):
        for word in reversed(earlier.words):
            if word.span.end > pronoun.span.start or word.rel not in PARTS:
                continue
            if word.rel == "nsubj" and not scene.is_reported(word):
                continue
            said = _as_person(scene, earlier, word, gender)
            if said is not None and said.gender in {gender, None}:
                return [again(said, pronoun.span.start, 0.7, "pronoun")]
    return []


def _they(scene: Scene, sentence: Sentence, found: Found) -> list[Said]:
    last = scene.last(found.start, plural=True)
    told = _plural_subject(scene, sentence)
    if told is not None and (last is None or told.at > last.at):
        return [told]
    return [again(last, found.start, 0.85, "pronoun")] if last else []


def _antecedents(scene: Scene, sentence: Sentence, pronoun: Word, gender: Gender) -> list[Said]:
    """Who «он» may be: whoever spoke or acted last, then whoever was named, of that gender; likeliest first."""
    number = scene.doc.sentence_at(sentence.span.start)
    weighed: dict[str, tuple[float, Said]] = {}
    for weight, said in (
        *_told_before(scene, number, pronoun, gender),
        *_named_before(scene, number, pronoun, gender),
        *_said_before(scene, number, pronoun, gender),
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
        again(said, pronoun.span.start, sure, "pronoun"),
        *(again(other, pronoun.span.start, 0.5, "also_possible") for other in rivals),
    ]


def _weight(base: float, sentences: int, gender: Gender, known: Gender | None) -> float:
    return base - 0.12 * sentences + (0.06 if gender == known else 0)


def _told_before(scene: Scene, number: int, pronoun: Word, gender: Gender) -> Iterator[tuple[float, Said]]:
    """Subjects of this sentence before the pronoun, and of those before it."""
    for step in range(min(PRONOUN_REACH, number + 1)):
        earlier = scene.doc.sentences[number - step]
        limit = pronoun.span.start if step == 0 else earlier.span.end
        for word in earlier.words:
            if word.rel not in {"nsubj", "nsubj:pass"} or word.span.end > limit or scene.is_reported(word):
                continue
            said = _as_person(scene, earlier, word, gender)
            if said is not None:
                main = word.head < 0 or earlier.words[word.head].rel in {"root", "conj"}
                yield _weight(1.0 if main else 0.9, step, gender, said.gender), said


def _named_before(scene: Scene, number: int, pronoun: Word, gender: Gender) -> Iterator[tuple[float, Said]]:
    """Persons named in another part of the sentence: «вызвали медсестру Образцову»."""
    for entity in scene.persons:
        at = entity.nearest_before(pronoun.span.start)
        if at < 0 or entity.gender not in {gender, None}:
            continue
        step = number - scene.doc.sentence_at(at)
        if step <= 2 and not _is_in_speech(scene, at):
            weight = _weight(0.72, step, gender, entity.gender)
            yield weight, scene.of_entity(entity, at, 0.88, Reason("pronoun"))


def _is_in_speech(scene: Scene, at: int) -> bool:
    quoted = (block.outer for block in scene.doc.blocks_in(Span(at, at + 1)))
    return any(at in one for one in (*scene.contents[-RECENT:], *quoted))


def _said_before(scene: Scene, number: int, pronoun: Word, gender: Gender) -> Iterator[tuple[float, Said]]:
    last = scene.last(pronoun.span.start, gender, persons=True)
    if last is not None:
        step = min(4, number - scene.doc.sentence_at(last.at))
        yield _weight(1.02, step, gender, last.gender or (last.entity.gender if last.entity else None)), last


def _as_person(scene: Scene, sentence: Sentence, word: Word, gender: Gender) -> Said | None:
    """The person of that gender whom a subject means, by name, by role, or as printed."""
    phrase = phrase_around(sentence, word.index, conjoined=False)
    named = scene.named(sentence, phrase)
    if named:
        if named[0].gender not in {gender, None}:
            return None
        return scene.of_entity(named[0], word.span.start, 0.88, Reason("pronoun", scene.text_of(sentence, phrase)))
    if word.lemma == "один" or (word.pos == "NOUN" and is_person_noun(word) and word.feats.get("Number") == "Sing"):
        return _by_noun(scene, sentence, phrase, word, gender)
    return None


def _by_noun(scene: Scene, sentence: Sentence, phrase: Phrase, word: Word, gender: Gender) -> Said | None:
    # A masculine noun may be a woman's post; a feminine one is no man's, but for «глава».
    if gender == "m" and word.feats.get("Gender") not in {None, "Masc"} and word.lemma != "глава":
        return None
    if gender == "f" and word.feats.get("Gender") not in {None, "Fem", "Masc"}:
        return None
    for said in of_role(scene, sentence, phrase, word.span.start):
        if said.choice.confidence >= THRESHOLD and said.gender in {gender, None} and said.choice.type == "person":
            return again(said, word.span.start, 0.95, "pronoun")
    if word.head >= 0 and sentence.words[word.head].pos == "VERB":
        text = scene.nominative(sentence, phrase)
        return Said(Choice(text, None, "unknown", 0.62, (Reason("pronoun", text),)), word.span.start, None, gender)
    return None


def _plural_subject(scene: Scene, sentence: Sentence) -> Said | None:
    """The people of whom the sentence before tells."""
    number = scene.doc.sentence_at(sentence.span.start)
    if number == 0:
        return None
    earlier = scene.doc.sentences[number - 1]
    for word in earlier.words:
        if word.rel == "nsubj" and word.feats.get("Number") == "Plur" and is_person_noun(word):
            text = scene.text_of(earlier, phrase_around(earlier, word.index))
            choice = Choice(text, None, "group", 0.7, (Reason("pronoun", text),))
            return Said(choice, word.span.start, plural=True)
    return None


def _first_person(scene: Scene, found: Found, gender: Gender) -> list[Said]:
    """A headline begins with «он»: whoever of that gender the text names first."""
    if scene.doc.paragraph_of(found.start) > 1:
        return []
    fitting = [one for one in scene.persons if one.gender in {gender, None}]
    entity = next((one for one in fitting if one.mentions[0].is_nominative), next(iter(fitting), None))
    return [scene.of_entity(entity, found.start, 0.65, Reason("pronoun_first"))] if entity else []
