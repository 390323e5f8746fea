"""A role as the speaker: who was introduced in it, who holds the office, who of that role spoke last."""

import re
from bisect import bisect_right
from dataclasses import replace

from quotes.extraction.candidates import THRESHOLD, Choice, Reason
from quotes.extraction.registry import KnownOffice
from quotes.extraction.surface.layout import Token
from quotes.extraction.surface.people import Gender, Person, role_words
from quotes.extraction.surface.scene import Said, Scene, again, gender_of

# How many who were introduced in a role before and after its mention may be meant.
ROLES_BACK, ROLES_AHEAD = 60, 20
# "the mother-of-two", "the 34-year-old": of anybody, whatever the role.
AGE_OR_CHILDREN = re.compile(r"-of-\w+$|-year-old$|-летні|-гадов")


def of_role(scene: Scene, tokens: list[Token], position: int, head: Token) -> list[Said]:
    """Who may be meant by a role whose noun is `head`; as printed where nobody is likely enough."""
    asked = role_words(tokens, scene.tongue)
    holders = _in_registry(scene, tokens, position)
    ways = [*_in_text(scene, asked, scene.tongue.key(head.lower), position), *holders]
    key = scene.tongue.key(head.lower)
    if key not in scene.tongue.unnamed and tokens[0].lower not in {"a", "an"}:
        ways += _of_last(scene, asked, key, position)
    if not any(one.choice.confidence >= THRESHOLD for one in ways) and (key in scene.tongue.unnamed or not holders):
        ways += [replace(one, nameless=True) for one in scene.as_printed(tokens, position, "unknown")]
    return ways


def _in_text(scene: Scene, asked: frozenset[str], head: str, position: int) -> list[Said]:
    """Who of the text was introduced in the role: best in all its words, before rather than after, and near."""
    best: list[tuple[float, int, Person]] = []
    former = bool(asked & scene.tongue.former)
    given = scene.names.by_role.get(head, [])
    here = bisect_right(given, position, key=lambda one: one[0])
    for at, role, person in given[max(0, here - ROLES_BACK) : here + ROLES_AHEAD]:
        if bool(role & scene.tongue.former) == former:
            score = 0.88 if asked <= role else 0.68
            best.append((score - 0.05 * (at > position), -abs(position - at), person))
    if not best:
        return []
    best.sort(key=lambda one: (-one[0], -one[1]))
    score, _near, person = best[0]
    if len({id(one[2]) for one in best if one[0] >= score - 0.02}) > 1:
        score -= 0.12
    return [scene.of_person(person, position, score, Reason("role_in_text", " ".join(sorted(asked))))]


def _in_registry(scene: Scene, tokens: list[Token], position: int) -> list[Said]:
    offices = scene.known.offices(scene.known.role_key([one.lower for one in tokens if one.is_word]))
    offices = _of_country(scene, offices)
    ways: list[Said] = []
    for office in offices:
        for holding in scene.known.registry.holders(office.key, scene.published):
            known = scene.known.registry.person(holding.person)
            person = scene.present(known.key)
            sole = len(offices) == 1 and scene.published is not None
            confidence = 0.9 if person else 0.75 if sole else 0.4
            choice = Choice(
                scene.known.name(known.names), known.key, "person", confidence,
                (Reason("office_holder", office.titles[0]),), holding.unverified,
            )  # fmt: skip
            ways.append(Said(choice, position, person, gender_of(known)))
    present = [one for one in ways if one.person]
    if len(present) == 1:
        return present
    over = [one for one in ways if one.choice.confidence >= THRESHOLD]
    return [again(one, position, 0.5, "also_possible") for one in ways] if len(over) > 1 else ways


def _of_country(scene: Scene, offices: list[KnownOffice]) -> list[KnownOffice]:
    """Of several presidents, the one whose country alone the text names; else the home country's."""
    if len(offices) < 2:
        return offices
    named = [one for one in offices if one.country in scene.countries]
    if len(named) == 1:
        return named
    home = [one for one in offices if one.country == scene.tongue.home]
    return home if home and not named else offices


def _of_last(scene: Scene, asked: frozenset[str], head: str, position: int) -> list[Said]:
    last = scene.last(position, _gender(scene, head), type_="person")
    if last is None:
        return []
    roles = last.person.roles if last.person is not None and not AGE_OR_CHILDREN.search(head) else []
    contradicted = bool(roles) and not any(head in role for role in roles)
    bare = len(asked) == 1 or head in scene.tongue.general_roles
    return [again(last, position, 0.45 if contradicted else 0.66 if bare else 0.62, "role_of_last")]


def _gender(scene: Scene, head: str) -> Gender | None:
    return "m" if head in scene.tongue.male_roles else "f" if head in scene.tongue.female_roles else None
