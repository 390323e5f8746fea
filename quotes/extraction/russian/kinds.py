"""Which words for a role can mean somebody who was introduced in another one: «градоначальник», «чиновник» a mayor.

The kinds of roles, and which is the broader one, stand in `data/roles.ru.toml`.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotes.extraction.countries import by_country
from quotes.extraction.data import load
from quotes.extraction.russian.analysis import parses
from quotes.extraction.russian.roles import roles

# «глава Минздрава» is one of a ministry, which the start of its name tells from others: «министр здравоохранения».
MINISTRY = re.compile(r"мин(?!ут|ус|им|ор|ер)(\w{2,})")
HEADS = {"глава", "руководитель", "начальник"}
FORMER = re.compile(r"экс-|бывший")
TOLD_APART = 3
# How the dictionary marks persons and names.
NAMES = ("anim", "Abbr", "Geox", "Orgn", "Trad", "Init")


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of roles by number."""

    phrases: dict[str, list[tuple[frozenset[str], int]]]
    """By the head of a phrase: its other words, and a kind that it names."""
    broader: tuple[frozenset[int], ...]
    """Of each kind, all that are broader."""
    posts: frozenset[int]

    def related(self, one: frozenset[int], other: frozenset[int]) -> bool:
        """Whether a person of the one kinds may be of the others: some two are the same, or one is the broader."""
        return any(a == b or a in self.broader[b] or b in self.broader[a] for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Role:
    """A role taken apart: its head without «экс-», its kinds, and what else it says of whom it means."""

    head: str
    kinds: frozenset[int]
    rest: frozenset[str]
    """The words that its kind doesn't say already, countries as their codes."""
    is_former: bool

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(one for one in self.rest if one.isupper())

    @property
    def of(self) -> frozenset[str]:
        """The nouns that say what it is a role of."""
        return frozenset(one for one in self.rest if _is_thing(one))

    @property
    def is_post(self) -> bool:
        return bool(self.kinds & kinds().posts)

    @property
    def is_specific(self) -> bool:
        """«губернатор края»: of something else than the place or the body that the text tells of anyway."""
        return not self.of <= roles().general


@functools.cache
def kinds() -> Kinds:
    data = load("roles.ru.toml", without_yo=True)["kind"]
    phrases: dict[str, list[tuple[frozenset[str], int]]] = {}
    for number, row in enumerate(data):
        for head, *rest in _phrases(row["words"]):
            phrases.setdefault(head, []).append((frozenset(rest), number))
    direct = [
        {number for word in row.get("is", "").split() for rest, number in phrases[word] if not rest} for row in data
    ]
    return Kinds(
        phrases,
        tuple(frozenset(_closure(direct, number)) for number in range(len(data))),
        frozenset(number for number, row in enumerate(data) if row.get("post")),
    )


def _phrases(text: str) -> Iterator[list[str]]:
    return (phrase.split() for phrase in text.split("|") if phrase.strip())


def _closure(direct: list[set[int]], number: int) -> set[int]:
    found: set[int] = set()
    todo = set(direct[number])
    while todo:
        found |= todo
        todo = {broader for one in todo for broader in direct[one]} - found
    return found - {number}


@functools.lru_cache(maxsize=5_000)
def taken_apart(words: tuple[str, ...]) -> Role:
    """The role of these lemmas, its head first."""
    head, *others = by_country(words)
    bare = FORMER.sub("", head)
    rest = frozenset(one for one in others if not FORMER.match(one))
    ministry = any(MINISTRY.fullmatch(one) for one in rest) and bare in HEADS
    named = _named(bare, rest | {"министерство"} if ministry else rest)
    most = max((len(inside) for inside, _number in named), default=0)
    longest = [(inside, number) for inside, number in named if len(inside) == most]
    said = frozenset().union(*(inside for inside, _number in longest))
    return Role(
        bare, frozenset(number for _inside, number in longest), rest - said, bare != head or len(rest) < len(others)
    )


def _named(head: str, rest: frozenset[str]) -> list[tuple[frozenset[str], int]]:
    return [(inside, number) for inside, number in kinds().phrases.get(head, ()) if inside <= rest]


def fit(asked: tuple[str, ...], told: tuple[str, ...]) -> float:
    """How well the words that name a speaker fit a role somebody was introduced in: 0 (not) to 0.92."""
    if by_country(asked) == by_country(told):
        return 0.92
    one, other = taken_apart(asked), taken_apart(told)
    same_head = one.head == other.head
    if _of_other_countries(one, other) or not (same_head or kinds().related(one.kinds, other.kinds)):
        return 0.0
    if _are_apart(one, other):
        # «владелица магазина» may have a café as well; a minister has one ministry.
        return 0.5 if one.is_specific and not one.is_post else 0.0
    if one.is_former and not other.is_former:
        return 0.7
    if same_head:
        return 0.9 if one.rest <= other.rest else 0.8
    # «глава ведомства» says more than «чиновник», and so does «чиновник мэрии» after «глава мэрии».
    return 0.8 if one.kinds & other.kinds or one.head in HEADS or one.rest & other.rest else 0.66


def _of_other_countries(one: Role, other: Role) -> bool:
    return bool(one.countries and other.countries) and not one.countries & other.countries


def _are_apart(one: Role, other: Role) -> bool:
    """«директор школы» after «директор завода»; «глава ведомства» after «директор завода»."""
    if not one.of or not other.of or one.rest & other.rest:
        return False
    if not one.is_specific:
        told = " ".join((other.head, *other.rest))
        return not any(roles().may_mean(noun, told) for noun in one.of)
    return not any(_same_thing(a, b) for a in one.rest for b in other.rest)


def _same_thing(one: str, other: str) -> bool:
    """One word, or a ministry by its short name: «минздрав», «здравоохранение»."""
    for short, long in ((one, other), (other, one)):
        match = MINISTRY.fullmatch(short)
        if match and long.startswith(match.group(1)[:TOLD_APART]):
            return True
    return one == other


@functools.lru_cache(maxsize=5_000)
def _is_thing(word: str) -> bool:
    """A common noun that means no person, or a ministry; other names may be of what a common noun says elsewhere."""
    if word.isupper():
        # The code of a country, which is told apart by itself.
        return False
    tags = [str(one.tag) for one in parses(word)[:1] if one.is_known]
    common = any("NOUN" in one and not any(mark in one for mark in NAMES) for one in tags)
    return common or MINISTRY.fullmatch(word) is not None


def are_unrelated(asked: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether both are of known kinds, and neither of which is the other: «дипломат», «биолог»."""
    one, other = taken_apart(asked), taken_apart(told)
    return bool(one.kinds and other.kinds) and one.head != other.head and not kinds().related(one.kinds, other.kinds)


def contradict(asked: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether whoever is the one can't be the other: of another country, or in another post («губернатор», «мэр»)."""
    one, other = taken_apart(asked), taken_apart(told)
    if _of_other_countries(one, other):
        return True
    if are_unrelated(asked, told):
        return one.is_post and other.is_post
    return bool(one.kinds and other.kinds) and fit(asked, told) == 0


def is_somebodys_post(words: tuple[str, ...]) -> bool:
    """«губернатор края», which brings somebody in; «губернатор», «глава ведомства», «владелица дома» take one up."""
    role = taken_apart(words)
    return role.is_specific and role.is_post
