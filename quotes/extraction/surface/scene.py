"""What a text has told so far: who is named in it, and who has spoken."""

import functools
from dataclasses import dataclass, field
from datetime import date

from quotes.extraction.candidates import Choice, Reason, SpeakerType
from quotes.extraction.registry import KnownPerson
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.layout import Page, Token
from quotes.extraction.surface.people import LONGEST_NAME, Gender, Names, Person, Tongue, names

# How many earlier speakers a pronoun or a bare noun may look back.
SPEAKERS_BACK = 40
# How a statement is tied to an earlier one; of several ties in a row the last one tells enough.
LINKS = frozenset(
    {"goes_on", "said_last", "pronoun", "also_possible", "role_of_last", "document_of_last", "body_of_last", "document"}
)


def gender_of(known: KnownPerson) -> Gender | None:
    return "f" if known.gender == "f" else "m" if known.gender == "m" else None


@dataclass(slots=True)
class Said:
    """A speaker as resolved, for what follows in the text."""

    choice: Choice
    at: int
    person: Person | None = None
    gender: Gender | None = None
    nameless: bool = False
    """Somebody whom the text gives no name: `a senior diplomat`."""

    @property
    def is_somebody(self) -> bool:
        """Whether this is one human being, whom he or she can mean."""
        return self.nameless or self.person is not None or self.choice.type == "person"


def again(earlier: Said, at: int, most: float, code: str) -> Said:
    """The same speaker once more: no surer than the link to the earlier statement, nor than that one's speaker."""
    choice = earlier.choice
    reasons = (Reason(code), *(one for one in choice.reasons if one.code not in LINKS))
    confidence = min(choice.confidence, most)
    once_more = Choice(choice.name, choice.key, choice.type, confidence, reasons, choice.unverified)
    return Said(once_more, at, earlier.person, earlier.gender, earlier.nameless)


@dataclass
class Scene:
    """One page while its statements are resolved, in their order."""

    page: Page
    tongue: Tongue
    known: Known
    published: date | None
    names: Names = field(init=False)
    countries: set[str] = field(init=False)
    """The codes of the countries the text names."""
    said: list[Said] = field(default_factory=list)
    """Those who have spoken, if resolved above the threshold."""

    def __post_init__(self) -> None:
        self.names = names(self.page, self.tongue)
        keys = {self.tongue.key(word.lower()) for run in self.names.runs for word in run.words}
        known = self.tongue.countries
        self.countries = {known[key] for key in keys if key in known}

    def last(
        self, position: int, gender: Gender | None = None, *, type_: SpeakerType | None = None, somebody: bool = False
    ) -> Said | None:
        """Who spoke last at or before a position, of those that agree; `somebody`: of human beings only."""
        for one in reversed(self.said[-SPEAKERS_BACK:]):
            if one.at > position or (type_ and one.choice.type != type_):
                continue
            if (gender and one.gender and one.gender != gender) or (somebody and not one.is_somebody):
                continue
            return one
        return None

    def full_name(self, person: Person) -> str:
        """The fullest name of the text, in the nominative where the rules can tell it."""
        most = min(len(person.fullest), LONGEST_NAME - 1)
        for run in person.mentions:
            if min(len(run.words), LONGEST_NAME - 1) == most:
                standing = self.tongue.nominative(run.words, person.gender)
                if standing is not None:
                    return " ".join(standing)
        return " ".join(person.fullest)

    def of_person(self, person: Person, at: int, confidence: float, reason: Reason) -> Said:
        """A person of the text, tied to the registry where exactly one there can be meant."""
        fullest = person.fullest
        people = self.known.persons(fullest)
        if len(people) > 1:
            in_office = [one for one in people if self.known.registry.offices_of(one.key, self.published)]
            people = in_office if len(in_office) == 1 else people
        if len(people) == 1:
            one = people[0]
            alone = len(fullest) == 1
            unverified = alone and any(
                held.unverified for held in self.known.registry.offices_of(one.key, self.published)
            )
            told = Reason("registry_surname" if alone else "registry_name", one.names[0])
            choice = Choice(
                self.known.name(one.names, fullest), one.key, "person", confidence, (reason, told), unverified
            )
            return Said(choice, at, person, gender_of(one) or person.gender)
        is_one = person.sure or len(fullest) > 1
        choice = Choice(self.full_name(person), None, "person" if is_one else "unknown", confidence, (reason,))
        return Said(choice, at, person, person.gender)

    def present(self, key: str) -> Person | None:
        """The person of the text whom the registry knows by this key."""
        return self._known_persons.get(key)

    @functools.cached_property
    def _known_persons(self) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for person in self.names.persons:
            for one in self.known.persons(person.fullest):
                found.setdefault(one.key, person)
        return found

    def text_of(self, tokens: list[Token]) -> str:
        """The words as printed."""
        return self.page.text[tokens[0].span.start : tokens[-1].span.end].strip(" ,")

    def shown(self, tokens: list[Token]) -> str:
        """The words as a name to show: without an article, their first noun in the nominative where that can be told."""
        if len(tokens) > 1 and tokens[0].lower in {"the", "a", "an"}:
            tokens = tokens[1:]
        text, first = self.text_of(tokens), tokens[0].text
        standing = self.tongue.standing(first)
        return text if standing == first or not text.startswith(first) else standing + text[len(first) :]

    def as_printed(self, tokens: list[Token], position: int, type_: SpeakerType) -> list[Said]:
        """Those whom the words name, whoever that is."""
        text = self.shown(tokens)
        return [Said(Choice(text, None, type_, 0.62, (Reason("as_printed", text),)), position)]
