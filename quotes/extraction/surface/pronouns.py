"""He, she, they: whom of those named, or of those who spoke, a pronoun means."""

from quotes.extraction.candidates import Reason
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.people import Gender, Person
from quotes.extraction.surface.scene import Said, Scene, again

# How many sentences a pronoun may look back.
SENTENCES_BACK = 5


def of_pronoun(scene: Scene, naming: Naming, lower: str, position: int) -> list[Said]:
    if lower in scene.tongue.they:
        last = scene.last(position, type_="organization") or scene.last(position, type_="group")
        return [again(last, position, 0.62, "pronoun")] if last else []
    gender: Gender = "f" if lower in scene.tongue.she else "m"
    antecedent = _antecedent(scene, naming, position, gender)
    spoke = scene.last(position, gender, type_="person")
    spoke = spoke or scene.last(position, gender, type_="unknown")
    if antecedent is None:
        return [again(spoke, position, 0.8, "pronoun")] if spoke else []
    said = scene.of_person(
        antecedent,
        position,
        0.85 if antecedent.gender == gender else 0.7,
        Reason("pronoun", scene.full_name(antecedent)),
    )
    if spoke is None or spoke.choice.name == said.choice.name:
        return [said]
    return [again(said, position, 0.66, "pronoun"), again(spoke, position, 0.55, "also_possible")]


def _antecedent(scene: Scene, naming: Naming, position: int, gender: Gender) -> Person | None:
    """The first person of that gender in this sentence before the pronoun, else in the nearest one before."""
    for number in range(naming.sentence, max(-1, naming.sentence - SENTENCES_BACK), -1):
        for run in scene.names.in_sentence.get(number, ()):
            if run.span.start >= position:
                break
            person = scene.names.of_run.get(run.span.start)
            if person is None or run.possessive or person.gender not in {gender, None}:
                continue
            if person.gender is None and not person.sure and min(len(person.fullest), len(person.mentions)) < 2:
                continue
            return person
    return None
