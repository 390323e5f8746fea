"""He, she, they: whom of those named, or of those who spoke, a pronoun means."""

from quotes.extraction.candidates import Reason
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.people import Gender, Person
from quotes.extraction.surface.scene import Said, Scene, again

# How many sentences a pronoun may look back.
SENTENCES_BACK = 5


def of_pronoun(scene: Scene, naming: Naming, lower: str, position: int) -> list[Said]:
    """Who is meant by a pronoun in lower case; nobody where neither a name nor a speaker agrees with it."""
    if lower in scene.tongue.they:
        last = scene.last(position, type_="organization") or scene.last(position, type_="group")
        return [again(last, position, 0.62, "pronoun")] if last else []
    gender: Gender = "f" if lower in scene.tongue.she else "m"
    antecedent = _antecedent(scene, naming, position, gender)
    spoke = scene.last(position, gender, somebody=True)
    if antecedent is None:
        return [again(spoke, position, 0.8, "pronoun")] if spoke else []
    person, named_at = antecedent
    sure = 0.85 if person.gender == gender else 0.7
    said = scene.of_person(person, position, sure, Reason("pronoun", scene.full_name(person)))
    if spoke is None or spoke.choice.name == said.choice.name:
        return [said]
    if spoke.nameless and spoke.at > named_at:
        # "Jane Doe left. A senior diplomat said it was late. “It is dark,” he added."
        said, spoke = spoke, said
    return [again(said, position, 0.66, "pronoun"), again(spoke, position, 0.55, "also_possible")]


def _antecedent(scene: Scene, naming: Naming, position: int, gender: Gender) -> tuple[Person, int] | None:
    """The first person of that gender in this sentence before the pronoun, else in the nearest one before; and where."""
    for number in range(naming.sentence, max(-1, naming.sentence - SENTENCES_BACK), -1):
        for run in scene.names.in_sentence.get(number, ()):
            if run.span.start >= position:
                break
            person = scene.names.of_run.get(run.span.start)
            if person is None or run.possessive or person.gender not in {gender, None}:
                continue
            if person.gender is None and not person.sure and min(len(person.fullest), len(person.mentions)) < 2:
                continue
            return person, run.span.start
    return None
