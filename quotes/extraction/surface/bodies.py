"""Bodies and documents as speakers: the ministry, the company, a statement of theirs."""

from quotes.extraction.candidates import Choice, Reason
from quotes.extraction.registry import KnownBody
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Token
from quotes.extraction.surface.people import Run, is_body, is_place
from quotes.extraction.surface.scene import Said, Scene, again

# How many sentences back "the ministry" may have been named.
BODIES_BACK = 30
# So many words of a body's name may follow its capitals: «Міністэрства замежных спраў».
LONGEST_TAIL = 4


def of_document(scene: Scene, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
    """Whose document it is, where that is told; else the body that spoke last, or the document itself."""
    owner = _owner(scene, naming)
    if owner is not None:
        return [again(owner, position, 0.85, "document")]
    bare = all(one.lower in scene.tongue.skipped for one in tokens[:-1])
    last = scene.last(position, type_="organization") or scene.last(position, type_="person") if bare else None
    is_release = last is not None and last.choice.type == "organization" and _is_release(scene, tokens)
    printed = scene.as_printed(tokens, position, "unknown")
    return [*([again(last, position, 0.65 if is_release else 0.55, "document_of_last")] if last else []), *printed]


def _is_release(scene: Scene, tokens: list[Token]) -> bool:
    return scene.tongue.key(tokens[-1].lower) in scene.tongue.releases


def _owner(scene: Scene, naming: Naming) -> Said | None:
    """`the ministry's statement`, `Jane Doe's letter`, `a statement from the ministry`."""
    for run in scene.names.in_sentence.get(naming.sentence, ()):
        if run.first >= naming.first and run.end <= naming.end and (run.possessive or run.first > naming.first):
            person = scene.names.of_run.get(run.span.start)
            if person is not None and run.possessive:
                return scene.of_person(person, run.span.start, 0.85, Reason("named"))
            if person is None:
                name = " ".join((*run.titles, *run.words))
                return Said(Choice(name, None, "organization", 0.8, (Reason("body", name),)), run.span.start)
    return None


def of_body(scene: Scene, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
    """The body that the words name, as the registry has it, as the text named it before, or as printed."""
    text = scene.shown(tokens)
    bodies = scene.known.bodies(scene.known.role_key([one.lower for one in tokens if one.is_word]))
    if len(bodies) == 1:
        name = scene.known.name(bodies[0].names)
        return [Said(Choice(name, bodies[0].key, "organization", 0.9, (Reason("body", text),)), position)]
    opening = scene.page.sentences[naming.sentence].tokens[0]
    is_named = any(
        one.is_capitalised and one.lower not in scene.tongue.skipped and (one is not opening or len(tokens) > 1)
        for one in tokens
    )
    if not is_named and len(tokens) <= 2 and not tokens[-1].lower.endswith("s"):
        last = _last_body(scene, naming, tokens[-1], position)
        return [last] if last else scene.as_printed(tokens, position, "unknown")
    is_one = is_place([one.lower for one in tokens if one.is_word], scene.tongue) or is_named
    choice = Choice(
        text,
        None,
        "organization" if is_one else "unknown",
        0.8 if is_named else 0.62,
        (Reason("body" if is_named else "as_printed", text),),
    )
    return [Said(choice, position)]


def _last_body(scene: Scene, naming: Naming, head: Token, position: int) -> Said | None:
    """`the company`, `the ministry`: the body of that word named last, or the one that spoke last."""
    key = scene.tongue.key(head.lower)
    for number in range(naming.sentence, max(-1, naming.sentence - BODIES_BACK), -1):
        for run in reversed(scene.names.in_sentence.get(number, ())):
            named = len(run.words) > 1 and key in {scene.tongue.key(one.lower()) for one in run.words}
            if named and run.span.start < position and is_body(run, scene.tongue):
                return _of_run(scene, run, position, key)
    last = scene.last(position, type_="organization") or scene.last(position, type_="unknown")
    if last is None or last.is_somebody or not _may_be_called(last.choice.name, key, scene):
        return None
    return again(last, position, 0.65, "body_of_last")


def _may_be_called(name: str, noun: str, scene: Scene) -> bool:
    """Whether a body of that name may be taken up by that noun: `the airport` is no Ministry of Oddities."""
    keys = {scene.tongue.key(word) for word in name.lower().split()}
    if noun in keys or noun in scene.tongue.general_bodies or noun not in scene.tongue.body_words:
        return True
    return not keys & scene.tongue.body_words


def _known_in(scene: Scene, tokens: list[Token], run: Run, noun: str) -> KnownBody | None:
    """The registry's body that the run names from that noun on; its name may go on in small letters."""
    first = next((at for at in range(run.first, run.end) if scene.tongue.key(tokens[at].lower) == noun), run.first)
    for start in {first, run.first}:
        for end in range(min(run.end + LONGEST_TAIL, len(tokens)), start, -1):
            known = scene.known.bodies(scene.known.role_key([one.lower for one in tokens[start:end]]))
            if len(known) == 1:
                return known[0]
    return None


def _of_run(scene: Scene, run: Run, position: int, noun: str) -> Said:
    sentence = scene.page.sentences[run.sentence]
    name = scene.tongue.bare(sentence.range(run.first, run.end).of(scene.page.reading))
    reasons = (Reason("body_told_of", name),)
    known = _known_in(scene, sentence.tokens, run, noun)
    if known is not None:
        return Said(Choice(scene.known.name(known.names), known.key, "organization", 0.8, reasons), position)
    return Said(Choice(name, None, "organization", 0.75, reasons), position)
