"""Who said it: from the words beside the cue to a person of the text or the registry, a body, or nobody.

Below the threshold nobody is named, and those who came into question are listed.
"""

from datetime import date

from quotes.extraction.candidates import THRESHOLD, Choice, Reason
from quotes.extraction.surface.bodies import of_body, of_document
from quotes.extraction.surface.found import Found, Naming
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.layout import Page, Token
from quotes.extraction.surface.people import Person, Run, Tongue, is_body
from quotes.extraction.surface.pronouns import of_pronoun
from quotes.extraction.surface.roles import AGE_OR_CHILDREN, of_role
from quotes.extraction.surface.scene import Said, Scene, again

# Of so many persons it may be said that they are the one interviewed.
INTERVIEWED = 3


class Speakers:
    """Resolves the statements of one page, which are to be asked for in their order."""

    def __init__(self, page: Page, tongue: Tongue, known: Known, published: date | None) -> None:
        self._scene = Scene(page, tongue, known, published)
        self._resolved: dict[int, Said] = {}

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """Who may have said it, likeliest first."""
        ways = sorted(self._ways(found), key=lambda one: -one.choice.confidence)
        if ways:
            self._resolved[id(found)] = ways[0]
            if ways[0].choice.confidence >= THRESHOLD:
                self._scene.said.append(ways[0])
        unique: dict[tuple[str, str | None], Choice] = {}
        for one in ways:
            unique.setdefault((one.choice.name, one.choice.key), one.choice)
        return tuple(unique.values())

    def _ways(self, found: Found) -> list[Said]:
        if found.follows is not None:
            earlier = self._resolved.get(id(found.follows))
            return [again(earlier, found.start, 0.8, "goes_on")] if earlier else []
        if found.rule == "direct.interview":
            return _interviewed(self._scene, found)
        if found.naming is None:
            if found.nobody:
                return []
            last = self._scene.last(found.start)
            return [again(last, found.start, 0.65, "said_last")] if last else []
        return _by_naming(self._scene, found.naming)


def _interviewed(scene: Scene, found: Found) -> list[Said]:
    """The one person named before the answer."""
    named = [one for one in scene.names.somebodies[:INTERVIEWED] if one.mentions[0].span.start < found.start]
    sure = 0.66 if len(named) == 1 else 0.5
    return [scene.of_person(one, found.start, sure, Reason("interviewed")) for one in named]


def _by_naming(scene: Scene, naming: Naming) -> list[Said]:
    tokens = scene.page.sentences[naming.sentence].tokens[naming.first : naming.end]
    position = tokens[0].span.start
    lower = tokens[0].lower
    if len(tokens) == 1 and lower in scene.tongue.he | scene.tongue.she | scene.tongue.they:
        return of_pronoun(scene, naming, lower, position)
    if scene.known.offices(scene.known.role_key([one.lower for one in tokens if one.is_word])):
        # "мэр Тэстграда" is no Mr Testgrad.
        return of_role(scene, tokens, position, _head(scene, tokens))
    named = _named(scene, naming, tokens)
    if len(named) > 1:
        shown = " and ".join if not scene.tongue.may_inflect else " і ".join
        text = shown(scene.full_name(one) for one in named)
        return [Said(Choice(text, None, "group", 0.8, (Reason("named_together", text),)), position)]
    if named and _with_others(scene, naming):
        return scene.as_printed(tokens, position, "group")
    if named:
        return [scene.of_person(named[0], position, 0.95, Reason("named", scene.text_of(tokens)))]
    return _by_noun(scene, naming, tokens, position)


def _by_noun(scene: Scene, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
    head = _head(scene, tokens)
    key = scene.tongue.key(scene.tongue.bare(head.lower))
    if head.lower in scene.tongue.plural_roles or key in scene.tongue.plural_roles:
        return scene.as_printed(tokens, position, "group")
    if head.lower in scene.tongue.documents or key in scene.tongue.documents:
        return of_document(scene, naming, tokens, position)
    if head.lower in scene.tongue.roles or key in scene.tongue.roles or AGE_OR_CHILDREN.search(head.lower):
        return of_role(scene, tokens, position, head)
    return of_body(scene, naming, tokens, position)


def _head(scene: Scene, tokens: list[Token]) -> Token:
    """The noun that the rest explains: the last one before "of", "for", "at", a comma."""
    words: list[Token] = []
    for token in tokens:
        if words and (not token.is_word or token.lower in scene.tongue.links):
            break
        if token.is_word:
            words.append(token)
    if scene.tongue.may_inflect:
        return next(
            (one for one in words if scene.tongue.key(one.lower) in scene.tongue.roles | scene.tongue.documents),
            (words or tokens)[0],
        )
    return (words or tokens)[-1]


def _named(scene: Scene, naming: Naming, tokens: list[Token]) -> list[Person]:
    """The persons whom the words name as the speaker, not those only mentioned among them."""
    inside = [
        run
        for run in scene.names.in_sentence.get(naming.sentence, ())
        if run.end > naming.first and run.first < naming.end
    ]
    found: list[Person] = []
    for run in inside:
        person = scene.names.of_run.get(run.span.start)
        if person is None or run.possessive or _is_of_body(scene, run, inside):
            continue
        if not _may_speak(scene, run, tokens, naming, person):
            continue
        if found and not _is_joined(scene, naming, run):
            found = []
        if person not in found:
            found.append(person)
    return found


def _is_of_body(scene: Scene, run: Run, inside: list[Run]) -> bool:
    """Whether a name is only the rest of a body's: `the Alliance to Rescue Our Bridges`."""
    around = scene.page.sentences[run.sentence].tokens
    return any(
        is_body(one, scene.tongue) and around[one.end].lower in scene.tongue.links
        for one in inside
        if one.end < run.first and all(token.is_word for token in around[one.end : run.first])
    )


def _with_others(scene: Scene, naming: Naming) -> bool:
    """`Jane Doe and her allies`: somebody named, and more."""
    tokens = scene.page.sentences[naming.sentence].tokens
    joins = [at for at in range(naming.first + 1, naming.end - 1) if tokens[at].lower in scene.tongue.joins]
    return any(tokens[at - 1].is_capitalised and not tokens[at + 1].is_capitalised for at in joins)


def _may_speak(scene: Scene, run: Run, tokens: list[Token], naming: Naming, person: Person) -> bool:
    """Whether a name is the speaker's own: not the one of `aide to Jane Doe`, `the board of the Echo`."""
    around = scene.page.sentences[run.sentence].tokens
    before = run.first - 1
    while before > naming.first and around[before].lower in {"the", "a", "an"}:
        before -= 1
    if before >= naming.first and before < run.first and around[before].lower in scene.tongue.links:
        return False
    if scene.tongue.may_inflect:
        return True
    following = around[run.end : naming.end]
    last = not following or following[0].text in {",", "(", "."}
    if not last and following[0].lower in scene.tongue.links and (person.sure or len(run.words) > 1):
        # "Jane Doe of the Echo"
        return True
    if person.sure or len(run.words) == 1:
        return last or following[0].lower in scene.tongue.joins or following[0].is_capitalised
    return last and tokens[0].lower not in {"the", "a", "an"}


def _is_joined(scene: Scene, naming: Naming, run: Run) -> bool:
    tokens = scene.page.sentences[run.sentence].tokens[naming.first : run.first]
    return any(one.lower in scene.tongue.joins for one in tokens)
