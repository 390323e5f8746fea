"""Who is named in a text, told by capitals, titles and first names: persons with their mentions and roles, and bodies."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from quotes.extraction.candidates import Span
from quotes.extraction.surface.layout import Page, Sentence, Token

Gender = Literal["m", "f"]
# Of a name, at most this many words count.
LONGEST_NAME = 4
# A role after a name ends within this many words.
LONGEST_ROLE = 14


@dataclass(frozen=True)
class Tongue:
    """What a language has to tell about names and roles. Words are in lower case."""

    no_names: frozenset[str]
    titles: frozenset[str]
    body_words: frozenset[str]
    roles: frozenset[str]
    plural_roles: frozenset[str]
    general_roles: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    releases: frozenset[str]
    """Documents through which a body speaks: after its own words, "the statement" is its."""
    general_bodies: frozenset[str]
    """What any body may be called: "the agency"."""
    male_roles: frozenset[str]
    female_roles: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    skipped: frozenset[str]
    """Articles, verbs of saying and the like, which say nothing of a role."""
    former: frozenset[str]
    links: frozenset[str]
    """What, after a noun, leads to another one that is not the speaker: of, at, for."""
    joins: frozenset[str]
    outlet_names: frozenset[str]
    places: frozenset[str]
    """Countries and capitals, which speak as bodies do, and their adjectives, which no person is called by."""
    key: Callable[[str], str]
    """What all forms of a surname, or of a role's word, share."""
    bare: Callable[[str], str]
    """A word without its possessive ending."""
    gender: Callable[[tuple[str, ...]], Gender | None]
    """Of a name of two words or more."""
    countries: dict[str, str]
    """Names and adjectives of countries, as keys, to their codes."""
    home: str = ""
    """The country whose president is "the president" where no other is named."""
    first_names: frozenset[str] = frozenset()
    may_inflect: bool = False
    nominative: Callable[[tuple[str, ...], Gender | None], tuple[str, ...] | None] = lambda words, _gender: words
    """A full name in the nominative; None where that can't be told."""
    standing: Callable[[str], str] = str
    """A noun in the nominative where that can be told, else as it stands."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row: `words` without titles and endings; `titles` what was taken off the front."""

    span: Span
    sentence: int
    first: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    possessive: bool = False


@dataclass(slots=True)
class Person:
    mentions: list[Run] = field(default_factory=list)
    gender: Gender | None = None
    roles: list[frozenset[str]] = field(default_factory=list)
    """The words of each role the text gives."""
    sure: bool = False
    """Something shows that this is a person at all."""

    @property
    def fullest(self) -> tuple[str, ...]:
        return max((one.words for one in self.mentions), key=lambda words: min(len(words), LONGEST_NAME - 1))


@dataclass
class Names:
    """The names of a page, in the order of the text."""

    runs: list[Run]
    persons: list[Person]
    of_run: dict[int, Person]
    """By the start of the run."""
    in_sentence: dict[int, list[Run]]
    by_role: dict[str, list[tuple[int, frozenset[str], Person]]]
    """By a word of the role, in the order of the text: where it stands, all its words, and whose it is."""

    @functools.cached_property
    def somebodies(self) -> list[Person]:
        """Those whom more than a single capitalised word tells for persons."""
        return [one for one in self.persons if one.sure or len(one.fullest) > 1]


def names(page: Page, tongue: Tongue) -> Names:
    ordinary = {
        one.text for sentence in page.sentences for one in sentence.tokens if one.is_word and one.text.islower()
    }
    runs = [
        run
        for sentence in page.sentences
        for run in sentence_runs(sentence, tongue)
        if not _is_ordinary(sentence, run, ordinary, tongue)
    ]
    found = Names(runs, [], {}, defaultdict(list), defaultdict(list))
    by_key: dict[str, list[Person]] = defaultdict(list)
    by_first: dict[str, Person] = {}
    for run in runs:
        found.in_sentence[run.sentence].append(run)
        if not run.words or is_body(run, tongue):
            continue
        key = tongue.key(run.words[-1])
        person = next((one for one in reversed(by_key[key][-8:]) if _fits(one, run, tongue)), None)
        if person is None and len(run.words) == 1 and not run.titles:
            # "Jane, how did it begin?"
            person = by_first.get(run.words[0].lower())
        if person is None:
            person = Person()
            by_key[key].append(person)
            found.persons.append(person)
        if len(person.mentions) < 200:
            person.mentions.append(run)
        if len(run.words) > 1:
            by_first[run.words[0].lower()] = person
        found.of_run[run.span.start] = person
        role = _learn(person, page.sentences[run.sentence], run, tongue)
        for word in role:
            found.by_role[word].append((run.span.start, role, person))
    return found


def _is_ordinary(sentence: Sentence, run: Run, ordinary: set[str], tongue: Tongue) -> bool:
    """A sentence's first word, capitalised for that reason only: `Parents said…`."""
    if len(run.words) != 1:
        return False
    lower = run.words[0].lower()
    if lower in tongue.plural_roles:
        return True
    if run.titles or any(one.is_word for one in sentence.tokens[: run.first]):
        return False
    known = tongue.plural_roles | tongue.documents | tongue.roles
    return lower in ordinary or lower in known or tongue.key(lower) in known


def sentence_runs(sentence: Sentence, tongue: Tongue) -> Iterator[Run]:
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        end = _run_end(tokens, at, tongue)
        if end > at:
            run = _run(sentence, at, end, tongue)
            if run is not None:
                yield run
            at = end
        else:
            at += 1


def _run_end(tokens: list[Token], at: int, tongue: Tongue) -> int:
    if not _starts(tokens, at, tongue):
        return at
    end = at + 1
    while end < len(tokens) and end - at < 8:
        if tongue.bare(tokens[end - 1].lower) != tokens[end - 1].lower:
            break
        step = _next_of_run(tokens, end, tongue)
        if not step:
            break
        end += step
    return end


def _starts(tokens: list[Token], at: int, tongue: Tongue) -> bool:
    token = tokens[at]
    if not token.is_capitalised:
        return False
    if token.lower not in tongue.no_names:
        return True
    # "слоў Яна Прыкладнага" is no "she".
    return tongue.may_inflect and 0 < at < len(tokens) - 1 and tokens[at - 1].is_word and tokens[at + 1].is_capitalised


def _next_of_run(tokens: list[Token], at: int, tongue: Tongue) -> int:
    """How many tokens from here on still belong to the name: 0 if it is over."""
    token = tokens[at]
    if token.is_capitalised and token.lower not in tongue.no_names:
        return 0 if _begins_after_place(tokens, at, tongue) else 1
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not following.is_capitalised or following.lower in tongue.no_names:
        return 0
    if token.lower == "of" and tokens[at - 1].lower in tongue.body_words:
        # "Ministry of Oddities"
        return 2
    if token.text == "." and token.span.end < following.span.start:
        before = tokens[at - 1]
        return 2 if len(before.text) == 1 or before.lower in tongue.titles else 0
    return 2 if token.lower in {"de", "da", "van", "von", "der", "bin", "al", "el", "di", "du"} else 0


def _begins_after_place(tokens: list[Token], at: int, tongue: Tongue) -> bool:
    """Whether a person's name follows a place's: `у Мінску Ян Прыдуманы`, `мэр Гродна Ян Прыдуманы`."""
    if tokens[at].lower not in tongue.first_names:
        return False
    before, two_before = tokens[at - 1], tokens[at - 2] if at > 1 else None
    if tongue.key(before.lower) in tongue.places:
        return True
    titled = two_before is not None and tongue.key(two_before.lower) in tongue.titles
    return tongue.may_inflect and titled and before.lower not in tongue.first_names


def _run(sentence: Sentence, first: int, end: int, tongue: Tongue) -> Run | None:
    tokens = [one for one in sentence.tokens[first:end] if one.is_word]
    known = [
        at for at, one in enumerate(tokens) if one.lower in tongue.titles or tongue.key(one.lower) in tongue.titles
    ]
    # "FBI Director Jane Doe": what precedes a title is no part of the name, either.
    cut = max((at for at in known if at + 1 < len(tokens)), default=-1) + 1
    if len(known) == len(tokens):
        cut = len(tokens)
    titles = [one.lower for one in tokens[:cut]]
    tokens = tokens[cut:]
    last = tokens[-1] if tokens else sentence.tokens[end - 1]
    possessive = tongue.bare(last.lower) != last.lower
    shown = [one.text for one in tokens]
    if shown and possessive:
        shown[-1] = shown[-1][: len(tongue.bare(shown[-1]))]
    shown = [f"{one}." if len(one) == 1 and len(shown) > 1 else one for one in shown]
    start = tokens[0].span.start if tokens else sentence.tokens[first].span.start
    return Run(
        Span(start, last.span.end), sentence.number, first, end, tuple(shown[-LONGEST_NAME:]), tuple(titles), possessive
    )


def is_body(run: Run, tongue: Tongue) -> bool:
    """Whether a name is that of a body, a place, an outlet."""
    lower = [word.lower().rstrip(".") for word in run.words]
    if any(word in tongue.body_words or tongue.key(word) in tongue.body_words for word in lower):
        return True
    if len(run.words) == 1 and not run.titles:
        word = run.words[0]
        return (
            (word.isupper() and len(word) > 1)
            or "." in word
            or lower[0] in tongue.outlet_names
            or is_place(lower, tongue)
        )
    return is_place(lower, tongue)


def is_place(lower: list[str], tongue: Tongue) -> bool:
    return " ".join(lower) in tongue.places or (len(lower) == 1 and tongue.key(lower[0]) in tongue.places)


def _fits(person: Person, run: Run, tongue: Tongue) -> bool:
    """Whether the words can name this person: first names must not contradict, nor a Mr and a Mrs."""
    gender = _title_gender(run, tongue)
    if gender and person.gender and gender != person.gender:
        return False
    if len(run.words) == 1:
        return True
    known = [one.words for one in person.mentions[:20] if len(one.words) > 1]
    return all(_first_names_agree(words[0], run.words[0], tongue) for words in known)


def _first_names_agree(one: str, other: str, tongue: Tongue) -> bool:
    one, other = one.lower().strip("."), other.lower().strip(".")
    if one[0] != other[0]:
        return False
    return min(len(one), len(other)) <= 2 or tongue.key(one) == tongue.key(other) or one[:3] == other[:3]


def _title_gender(run: Run, tongue: Tongue) -> Gender | None:
    if any(one in tongue.male_roles for one in run.titles):
        return "m"
    return "f" if any(one in tongue.female_roles for one in run.titles) else None


def _learn(person: Person, sentence: Sentence, run: Run, tongue: Tongue) -> frozenset[str]:
    """What this mention tells of the person; the words of the role it gives, if any."""
    gender = tongue.gender(run.words) if len(run.words) > 1 else None
    role = _role_before(sentence, run, tongue) | _role_after(sentence, run, tongue)
    person.gender = person.gender or _title_gender(run, tongue) or gender or _role_gender(role, tongue)
    person.sure = person.sure or bool(gender or run.titles or role or _age_after(sentence, run))
    if role and len(person.roles) < 30:
        person.roles.append(role)
    return role


def _age_after(sentence: Sentence, run: Run) -> bool:
    """`Doe, 56,`."""
    following = sentence.tokens[run.end : run.end + 3]
    return (
        len(following) > 1 and following[0].text == "," and following[1].text.isdigit() and len(following[1].text) < 3
    )


def _role_gender(role: frozenset[str], tongue: Tongue) -> Gender | None:
    if role & tongue.male_roles:
        return "m"
    return "f" if role & tongue.female_roles else None


def role_words(tokens: list[Token], tongue: Tongue) -> frozenset[str]:
    return frozenset(
        tongue.key(tongue.bare(one.lower)) for one in tokens if one.is_word and one.lower not in tongue.skipped
    )


def has_role(words: frozenset[str], tongue: Tongue) -> bool:
    return bool(words & tongue.roles)


def _role_before(sentence: Sentence, run: Run, tongue: Tongue) -> frozenset[str]:
    tokens = sentence.tokens
    low = run.first
    if low > 1 and tokens[low - 1].text == "," and len(run.words) > 1:
        # "The firm's director, Jane Doe, said"
        low -= 1
        after = tokens[run.end].text if run.end < len(tokens) else ""
        end = low if after == "," else run.first
    else:
        end = next((at for at in range(run.first, run.end) if tokens[at].span.start >= run.span.start), run.end)
    while low > 0 and run.first - low < 6 and _may_belong_to_role(tokens[low - 1], tongue):
        low -= 1
    words = role_words(tokens[low:end], tongue)
    return words if has_role(words, tongue) else frozenset()


def _may_belong_to_role(token: Token, tongue: Tongue) -> bool:
    return (token.is_word and token.lower not in tongue.skipped) or token.kind == "quotation"


def _role_after(sentence: Sentence, run: Run, tongue: Tongue) -> frozenset[str]:
    """`Jane Doe, the mayor of Flint,`; `Jane Doe, 56, a teacher,`."""
    tokens = sentence.tokens
    at = run.end
    if at >= len(tokens) or tokens[at].text not in {",", "("}:
        return frozenset()
    start = at + 1
    if start + 1 < len(tokens) and tokens[start].text.isdigit() and tokens[start + 1].text == ",":
        start += 2
    end = start
    while end < len(tokens) and end - start < LONGEST_ROLE and tokens[end].is_word:
        end += 1
    words = role_words(tokens[start:end], tongue)
    return words if has_role(words, tongue) else frozenset()
