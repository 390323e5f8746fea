"""Who said it: from the words that name the speaker to a person of the text or the registry, or to nobody.

Below the threshold nobody is named, and those who came into question are listed: a wrong name costs more than none.
"""

from datetime import date

from quotes.extraction.candidates import THRESHOLD, Choice, Reason, Span
from quotes.extraction.russian.analysis import Sentence
from quotes.extraction.russian.bodies import is_document, last_body, of_body, of_document, owner, told_of_there
from quotes.extraction.russian.entities import Entity
from quotes.extraction.russian.holders import of_speaker_role
from quotes.extraction.russian.known import Known
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.phrases import Phrase, phrase_around, subject_of
from quotes.extraction.russian.pronouns import OTHER, is_pronoun, of_pronoun, of_the_other
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import is_person_noun
from quotes.extraction.russian.scene import Said, Scene, again

# «те», «другие»: nobody in particular.
NOBODY = {"те", "кто", "другой", "другая", "другие"}
ONE = "один"


class Speakers:
    """Resolves the statements of one text, which are to be asked for in their order."""

    def __init__(self, doc: Document, known: Known, lexicon: Lexicon, published: date | None) -> None:
        self._scene = Scene(doc, known, lexicon, published)
        self._resolved: dict[Found, Said] = {}

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """Who may have said it, likeliest first; nobody twice."""
        scene = self._scene
        ways = self._ways(found)
        scene.contents += found.spans
        if ways:
            best = max(ways, key=lambda one: one.choice.confidence)
            best.at = found.mention.start if found.mention else found.start
            self._resolved[found] = best
            if best.choice.confidence >= THRESHOLD:
                scene.said.append(best)
        unique: dict[tuple[str, str | None], Choice] = {}
        for one in sorted(ways, key=lambda one: -one.choice.confidence):
            unique.setdefault((one.choice.name, one.choice.key), one.choice)
        return tuple(unique.values())

    def _ways(self, found: Found) -> list[Said]:
        if found.follows is not None:
            return self._of_earlier(found, found.follows)
        if found.rule == "direct.interview" and found.phrase is None:
            return _interviewed(self._scene, found)
        sentence = self._scene.doc.sentences[found.said_in] if found.said_in >= 0 else None
        if sentence is not None and found.phrase is None:
            found.name(sentence, _overlooked(sentence, found))
        if sentence is None or found.phrase is None:
            return _unnamed(self._scene, found)
        return _of_phrase(self._scene, sentence, found.phrase, found)

    def _of_earlier(self, found: Found, follows: Found) -> list[Said]:
        """Whoever said what this goes on with; a headline goes on with what only the text below it says."""
        if follows not in self._resolved and follows is not found:
            self.choices(follows)
        earlier = self._resolved.get(follows)
        return [again(earlier, found.start, 0.8, "goes_on")] if earlier else []


def _overlooked(sentence: Sentence, found: Found) -> Phrase | None:
    """«Отметив, что A, X ушёл»; «Потерпевшая рассказала, что A», where the tagger sees a participle."""
    if found.hit is None:
        return None
    verb = sentence.words[found.hit.verb]
    if verb.feats.get("VerbForm") == "Conv":
        phrase = subject_of(sentence, verb.index)
        return None if phrase and any(phrase.span(sentence).overlaps(one) for one in found.spans) else phrase
    own = [one for one in sentence.children(verb.index) if one.rel == "nsubj" and one.feats.get("VerbForm") == "Part"]
    return phrase_around(sentence, own[0].index) if own else None


def _interviewed(scene: Scene, found: Found) -> list[Said]:
    """The one person named before the first question."""
    before = [one for one in scene.persons if one.first < found.start]
    sure = 0.66 if len(before) == 1 else 0.5
    return [scene.of_entity(one, found.start, sure, Reason("interviewed")) for one in before[:3]]


def _unnamed(scene: Scene, found: Found) -> list[Said]:
    """Without any words for the speaker: whoever spoke last."""
    last = scene.last(found.start)
    if _is_plural(scene, found) and (last is None or not last.plural):
        # «Там добавили»: several, or a body; not the one who spoke.
        body = told_of_there(scene, found.cue.start if found.cue else found.start) or last_body(
            scene, found.start, outlets=True
        )
        return [again(body, found.start, 0.7, "body_of_last")] if body else []
    return [again(last, found.start, 0.8 if found.hit else 0.7, "said_last")] if last else []


def _is_plural(scene: Scene, found: Found) -> bool:
    if found.hit is None or found.said_in < 0:
        return False
    sentence = scene.doc.sentences[found.said_in]
    verb = sentence.words[found.hit.verb]
    while verb.feats.get("VerbForm") == "Conv" and verb.head >= 0:
        # «отказались, отметив лишь, что»
        verb = sentence.words[verb.head]
    return verb.feats.get("Number") == "Plur"


def _of_phrase(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Said]:
    """By the words that name the speaker: a name, a pronoun, a role, a document, a body."""
    head = sentence.words[phrase.head]
    named = scene.named(sentence, phrase) or (head.lemma == ONE and _apposed(scene, sentence, phrase, found))
    if named:
        return [_named(scene, named, phrase.span(sentence).start, found)]
    lower = head.text.lower()
    if is_pronoun(head):
        return of_pronoun(scene, sentence, head, found)
    if lower in OTHER | NOBODY:
        return of_the_other(scene, sentence, head) if lower in OTHER and phrase.first == phrase.last else []
    if is_person_noun(head) or head.pos in {"ADJ", "VERB"} or head.lemma == ONE:
        return of_speaker_role(scene, sentence, phrase, found)
    if not is_document(head):
        return of_body(scene, sentence, phrase, found)
    behind = owner(scene, sentence, phrase)
    ways = _of_phrase(scene, sentence, behind, found) if behind else []
    return ways[:1] or of_document(scene, sentence, phrase, found)


def _apposed(scene: Scene, sentence: Sentence, phrase: Phrase, found: Found) -> list[Entity]:
    """«Один из них, депутат Иван Приметов, сказал»: who is named between those words and the verb."""
    start, end = phrase.span(sentence).start, found.cue.start if found.cue else found.start
    within = Span(start, max(phrase.span(sentence).end, end))
    return [one for one in scene.persons if any(m.is_nominative and m.span in within for m in one.mentions)][:1]


def _named(scene: Scene, named: list[Entity], at: int, found: Found) -> Said:
    if len(named) > 1:
        return scene.together(named, at, 0.85, "named_together")
    return scene.of_entity(
        named[0], at, 0.95, Reason("named", found.mention.of(scene.doc.text) if found.mention else "")
    )
