"""Which body speaks: by its name, by a word that takes it up («в ведомстве»), or through a document."""

from collections.abc import Iterator

from quotes.extraction.candidates import Choice, Reason, Span
from quotes.extraction.russian.analysis import Name, Sentence, Word, lemma
from quotes.extraction.russian.outlets import is_outlet
from quotes.extraction.russian.phrases import Phrase, phrase_around
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import is_person_noun, roles
from quotes.extraction.russian.scene import Said, Scene, again

# How far before a word that takes up a body the name of that body may stand, and how far behind, in characters.
BEFORE, BEHIND = 600, 200
# A body less likely meant than so is not taken up again by a word that may mean another one.
SURE_ENOUGH = 0.7


def is_document(word: Word) -> bool:
    return word.lemma in roles().documents


def owner(scene: Scene, sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """«в сообщении канцелярии премьер-министра»: the body, or the person, in the genitive."""
    for child in sentence.children(phrase.head):
        if child.index < phrase.head or child.rel != "nmod" or child.pos not in {"NOUN", "PROPN"}:
            continue
        if child.feats.get("Case") != "Gen":
            continue
        inner = phrase_around(sentence, child.index)
        if is_person_noun(child) or _names_body(scene, sentence, child, inner):
            return inner
    return None


def _names_body(scene: Scene, sentence: Sentence, word: Word, phrase: Phrase) -> bool:
    if roles().is_listed_body(word.lemma) or word.text.isupper():
        return True
    return any(one.type in {"ORG", "PER"} for one in scene.doc.names_in(phrase.span(sentence)))


def of_document(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """A document that belongs to nobody here: the body that spoke or was told of last, else the document itself."""
    at = found.mention.start if found.mention else found.start
    text = scene.nominative(sentence, phrase)
    itself = Said(Choice(text, None, "unknown", 0.6, (Reason("document", text),)), found.start)
    last = last_body(scene, at)
    near = _named_before(scene, at)
    if near is not None and (last is None or near.at > last.at) and _is_near(scene, near.at, at):
        last = near
    if last is None:
        return [itself]
    if sentence.words[phrase.head].lemma in roles().papers:
        return [itself, again(last, found.start, 0.5, "also_possible")]
    return [again(last, found.start, 0.8, "document_of_last"), itself]


def _is_near(scene: Scene, earlier: int, at: int) -> bool:
    return scene.doc.paragraph_of(earlier) >= scene.doc.paragraph_of(at) - 1


def of_body(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """The body as named here; or, where a word like «ведомство» stands alone, the one it takes up."""
    taken_up = _taken_up(sentence, phrase)
    if taken_up is not None:
        noun, adjective = taken_up
        last = last_body(
            scene, found.mention.start if found.mention else found.start, outlets=True, noun=noun, adjective=adjective
        )
        if last is not None and last.choice.confidence >= SURE_ENOUGH:
            return [again(last, found.start, 0.85, "body_of_last")]
    text = scene.nominative(sentence, phrase)
    return [Said(Choice(text, None, "organization", 0.85, (Reason("body", text),)), found.start)]


def _taken_up(sentence: Sentence, phrase: Phrase) -> tuple[str, str] | None:
    """The noun by which a body is taken up, and the adjective that says which: «в [надзорном] ведомстве»."""
    words = sentence.words[phrase.first : phrase.last + 1]
    head = sentence.words[phrase.head]
    if phrase.first and sentence.words[phrase.first - 1].text in '«"“„':
        return None
    if head.lemma == "пресс-служба" and len(words) == 2:
        # «в пресс-службе ведомства»: whose it is says more.
        head, words = words[1], words[1:]
    noun = lemma(head.text.lower(), "NOUN")
    adjectives = [word.lemma for word in words if word.pos == "ADJ"]
    known = [one for one in adjectives if any(one in row.words for row in roles().body_adjectives)]
    if noun not in roles().bodies or len(words) - 1 != len(known) or (known and noun not in {"ведомство", "орган"}):
        return None
    return noun, known[0] if known else ""


def last_body(
    scene: Scene, position: int, *, outlets: bool = False, noun: str = "", adjective: str = ""
) -> Said | None:
    """The body that spoke or was told of last before a position; outlets that spoke only if asked for.

    `noun` is the word that takes it up: «министерство» means none but a ministry.
    """
    spoken = [
        one
        for one in scene.said
        if one.choice.type == "organization"
        and one.at <= position
        and (outlets or not _is_outlet(scene, one.choice.name))
        and roles().may_mean(noun, one.choice.name, adjective)
    ]
    if not noun:
        return spoken[-1] if spoken else _acting_near(scene, position)
    told = _named_before(scene, position, noun, adjective) or _institution_before(scene, position, noun, adjective)
    return spoken[-1] if spoken and (told is None or spoken[-1].at >= told.at) else told


def _named_before(scene: Scene, position: int, noun: str = "", adjective: str = "") -> Said | None:
    """The body named last before a position that the noun can take up."""
    for name in _names_near(scene, position, noun, adjective):
        if name.span.start <= position:
            acting = _acting(scene, name)
            return _told_of(acting if acting else _standing(scene, name), name)
    return None


def _institution_before(scene: Scene, position: int, noun: str, adjective: str) -> Said | None:
    """«Прокуратура города проверила мост»: a body without a name of its own that the sentences just before tell of."""
    number = scene.doc.sentence_at(position)
    for sentence in reversed(scene.doc.sentences[max(0, number - 2) : number]):
        for word in sentence.words:
            if word.rel != "nsubj" or word.lemma in roles().bodies or not roles().is_institution(word.lemma):
                continue
            text = scene.text_of(sentence, phrase_around(sentence, word.index, conjoined=False))
            if roles().may_mean(noun, text, adjective):
                choice = Choice(text, None, "organization", 0.75, (Reason("body_told_of", text),))
                return Said(choice, word.span.start)
    return None


def _acting_near(scene: Scene, position: int) -> Said | None:
    """The body that is subject of a clause and named last before a position, or closely behind it."""
    for name in _names_near(scene, position):
        acting = _acting(scene, name)
        if acting:
            return _told_of(acting, name)
    return None


def told_of_there(scene: Scene, position: int) -> Said | None:
    """«В мэрии этого не подтвердили. Там добавили»: the body or place in which the sentence before happened."""
    number = scene.doc.sentence_at(position)
    for sentence in reversed(scene.doc.sentences[max(0, number - 1) : number + 1]):
        for word in sentence.words:
            if word.text.lower() not in {"в", "во", "на"} or word.head < 0 or word.span.start >= position:
                continue
            noun = sentence.words[word.head]
            phrase = phrase_around(sentence, noun.index, conjoined=False)
            named = scene.doc.names_in(Span(noun.span.start, phrase.span(sentence).end))
            if noun.feats.get("Case") not in {"Loc", None} or not (
                roles().is_listed_body(noun.lemma) or any(one.type != "PER" for one in named)
            ):
                continue
            text = scene.nominative(sentence, Phrase(noun.index, max(phrase.first, word.index + 1), phrase.last))
            choice = Choice(text, None, "organization", 0.75, (Reason("body_told_of", text),))
            return Said(choice, word.span.start)
    return None


def _names_near(scene: Scene, position: int, noun: str = "", adjective: str = "") -> Iterator[Name]:
    for name in reversed(scene.doc.names_in(Span(max(0, position - BEFORE), position + BEHIND))):
        text = name.span.of(scene.doc.text)
        if name.type == "ORG" and not _is_outlet(scene, text) and roles().may_mean(noun, text, adjective):
            yield name


def _acting(scene: Scene, name: Name) -> str | None:
    """The phrase whose head a name is, if that is the subject of a clause."""
    sentence = scene.doc.sentences[scene.doc.sentence_at(name.span.start)]
    head = next((word for word in sentence.words if word.span.overlaps(name.span) and word.rel == "nsubj"), None)
    return scene.text_of(sentence, phrase_around(sentence, head.index)) if head is not None else None


def _standing(scene: Scene, name: Name) -> str:
    """A name as printed in whatever case, in the nominative."""
    sentence = scene.doc.sentences[scene.doc.sentence_at(name.span.start)]
    inside = [word for word in sentence.words if word.span in name.span and word.is_word]
    head = next((word for word in inside if word.head < 0 or sentence.words[word.head] not in inside), None)
    if head is None:
        return name.span.of(scene.doc.text)
    phrase = Phrase(head.index, inside[0].index, inside[-1].index)
    return scene.nominative(sentence, phrase) + scene.doc.text[inside[-1].span.end : name.span.end]


def _told_of(text: str, name: Name) -> Said:
    return Said(Choice(text, None, "organization", 0.8, (Reason("body_told_of", text),)), name.span.start)


def _is_outlet(scene: Scene, name: str) -> bool:
    return is_outlet(name.lower(), lemma(name.lower().split()[0], "NOUN"), scene.lexicon)
