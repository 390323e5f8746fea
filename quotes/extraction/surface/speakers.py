"""Who said it: from the words beside the cue to a person of the text or the registry, a body, or nobody.

Below the threshold nobody is named, and those who came into question are listed.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from quotes.extraction.candidates import THRESHOLD, Choice, Reason, SpeakerType
from quotes.extraction.registry import KnownOffice
from quotes.extraction.surface.found import Found, Naming
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.layout import Page, Token
from quotes.extraction.surface.people import (
    LONGEST_NAME,
    Gender,
    Names,
    Person,
    Run,
    Tongue,
    is_body,
    is_place,
    names,
    role_words,
)

# How many sentences, and how many earlier speakers, a pronoun may look back.
SENTENCES_BACK, SPEAKERS_BACK = 5, 40
# How many sentences back "the ministry" may have been named.
BODIES_BACK = 30
# "the mother-of-two", "the 34-year-old"
AGE_OR_CHILDREN = re.compile(r"-of-\w+$|-year-old$|-летні|-гадов")
# How a statement is tied to an earlier one; of several ties in a row the last one tells enough.
LINKS = frozenset(
    {"goes_on", "said_last", "pronoun", "also_possible", "role_of_last", "document_of_last", "body_of_last", "document"}
)


@dataclass(slots=True)
class Said:
    """A speaker as resolved, for what follows in the text."""

    choice: Choice
    at: int
    person: Person | None = None
    gender: Gender | None = None


@dataclass
class Speakers:
    """Resolves the statements of one page in their order."""

    page: Page
    tongue: Tongue
    known: Known
    published: date | None
    names: Names = field(init=False)
    countries: set[str] = field(init=False)
    """The codes of the countries the text names."""
    said: list[Said] = field(default_factory=list)
    by_found: dict[int, Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = names(self.page, self.tongue)
        keys = {self.tongue.key(word.lower()) for run in self.names.runs for word in run.words}
        known = self.tongue.countries
        self.countries = {known[key] for key in keys if key in known}

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """Who may have said it, likeliest first."""
        ways = sorted(self._ways(found), key=lambda one: -one.choice.confidence)
        if ways:
            self.by_found[id(found)] = ways[0]
            if ways[0].choice.confidence >= THRESHOLD:
                self.said.append(ways[0])
        unique: dict[tuple[str, str | None], Choice] = {}
        for one in ways:
            unique.setdefault((one.choice.name, one.choice.key), one.choice)
        return tuple(unique.values())

    def _ways(self, found: Found) -> list[Said]:
        if found.follows is not None:
            earlier = self.by_found.get(id(found.follows))
            return [self._again(earlier, found.start, 0.8, "goes_on")] if earlier else []
        if found.naming is None:
            if found.nobody:
                return []
            last = self._last(found.start)
            return [self._again(last, found.start, 0.65, "said_last")] if last else []
        return self._by_naming(found.naming)

    def _again(self, earlier: Said, at: int, most: float, code: str) -> Said:
        choice = earlier.choice
        again = Choice(
            choice.name, choice.key, choice.type, min(choice.confidence, most), (Reason(code), *(one for one in choice.reasons if one.code not in LINKS)),
            choice.unverified,
        )  # fmt: skip
        return Said(again, at, earlier.person, earlier.gender)

    def _last(self, position: int, gender: Gender | None = None, *, type_: SpeakerType | None = None) -> Said | None:
        for one in reversed(self.said[-SPEAKERS_BACK:]):
            if one.at > position or (type_ and one.choice.type != type_):
                continue
            if gender and one.gender and one.gender != gender:
                continue
            return one
        return None

    # By the words that name the speaker

    def _by_naming(self, naming: Naming) -> list[Said]:
        tokens = self.page.sentences[naming.sentence].tokens[naming.first : naming.end]
        position = tokens[0].span.start
        lower = tokens[0].lower
        if len(tokens) == 1 and lower in self.tongue.he | self.tongue.she | self.tongue.they:
            return self._pronoun(naming, lower, position)
        if self.known.offices(self.known.role_key([one.lower for one in tokens if one.is_word])):
            # "мэр Тэстграда" is no Mr Testgrad.
            return self._role(tokens, position, self._head(tokens))
        named = self._named(naming, tokens)
        if len(named) > 1:
            shown = " and ".join if not self.tongue.may_inflect else " і ".join
            text = shown(self._full_name(one) for one in named)
            return [Said(Choice(text, None, "group", 0.8, (Reason("named_together", text),)), position)]
        if named and self._with_others(naming):
            return self._as_printed(tokens, position, "group")
        if named:
            return [self._of_person(named[0], position, 0.95, Reason("named", self._text(tokens)))]
        return self._by_noun(naming, tokens, position)

    def _by_noun(self, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
        head = self._head(tokens)
        key = self.tongue.key(self.tongue.bare(head.lower))
        if head.lower in self.tongue.plural_roles or key in self.tongue.plural_roles:
            return self._as_printed(tokens, position, "group")
        if head.lower in self.tongue.documents or key in self.tongue.documents:
            return self._document(naming, tokens, position)
        if head.lower in self.tongue.roles or key in self.tongue.roles or AGE_OR_CHILDREN.search(head.lower):
            return self._role(tokens, position, head)
        return self._body(naming, tokens, position)

    def _text(self, tokens: list[Token]) -> str:
        return self.page.text[tokens[0].span.start : tokens[-1].span.end].strip(" ,")

    def _shown(self, tokens: list[Token]) -> str:
        """The words without an article, as a name to show."""
        if len(tokens) > 1 and tokens[0].lower in {"the", "a", "an"}:
            tokens = tokens[1:]
        return self._text(tokens)

    def _head(self, tokens: list[Token]) -> Token:
        """The noun that the rest explains: the last one before "of", "for", "at", a comma."""
        words: list[Token] = []
        for token in tokens:
            if words and (not token.is_word or token.lower in self.tongue.links):
                break
            if token.is_word:
                words.append(token)
        if self.tongue.may_inflect:
            return next(
                (one for one in words if self.tongue.key(one.lower) in self.tongue.roles | self.tongue.documents),
                (words or tokens)[0],
            )
        return (words or tokens)[-1]

    def _named(self, naming: Naming, tokens: list[Token]) -> list[Person]:
        """The persons whom the words name as the speaker, not those only mentioned among them."""
        inside = [
            run
            for run in self.names.in_sentence.get(naming.sentence, ())
            if run.end > naming.first and run.first < naming.end
        ]
        found: list[Person] = []
        for run in inside:
            person = self.names.of_run.get(run.span.start)
            if person is None or run.possessive or not self._may_speak(run, tokens, naming, person):
                continue
            if found and not self._is_joined(naming, run):
                found = []
            if person not in found:
                found.append(person)
        return found

    def _with_others(self, naming: Naming) -> bool:
        """`Jane Doe and her allies`: somebody named, and more."""
        tokens = self.page.sentences[naming.sentence].tokens
        joins = [at for at in range(naming.first + 1, naming.end - 1) if tokens[at].lower in self.tongue.joins]
        return any(tokens[at - 1].is_capitalised and not tokens[at + 1].is_capitalised for at in joins)

    def _may_speak(self, run: Run, tokens: list[Token], naming: Naming, person: Person) -> bool:
        """Whether a name is the speaker's own: not the one of `aide to Jane Doe`, `the board of the Echo`."""
        around = self.page.sentences[run.sentence].tokens
        before = run.first - 1
        while before > naming.first and around[before].lower in {"the", "a", "an"}:
            before -= 1
        if before >= naming.first and before < run.first and around[before].lower in self.tongue.links:
            return False
        if self.tongue.may_inflect:
            return True
        following = around[run.end : naming.end]
        last = not following or following[0].text in {",", "(", "."}
        if person.sure or len(run.words) == 1:
            return last or following[0].lower in self.tongue.joins or following[0].is_capitalised
        return last and tokens[0].lower not in {"the", "a", "an"}

    def _is_joined(self, naming: Naming, run: Run) -> bool:
        tokens = self.page.sentences[run.sentence].tokens[naming.first : run.first]
        return any(one.lower in self.tongue.joins for one in tokens)

    def _full_name(self, person: Person) -> str:
        """The fullest name of the text, in the nominative where the rules can tell it."""
        most = min(len(person.fullest), LONGEST_NAME - 1)
        for run in person.mentions:
            if min(len(run.words), LONGEST_NAME - 1) == most:
                standing = self.tongue.nominative(run.words, person.gender)
                if standing is not None:
                    return " ".join(standing)
        return " ".join(person.fullest)

    def _of_person(self, person: Person, at: int, confidence: float, reason: Reason) -> Said:
        """A person of the text, tied to the registry where exactly one there can be meant."""
        fullest = person.fullest
        people = self.known.persons(fullest)
        if len(people) > 1:
            in_office = [one for one in people if self.known.holdings(one, self.published)]
            people = in_office if len(in_office) == 1 else people
        if len(people) == 1:
            one = people[0]
            alone = len(fullest) == 1
            unverified = alone and any(held.unverified for held in self.known.holdings(one, self.published))
            told = Reason("registry_surname" if alone else "registry_name", one.names[0])
            choice = Choice(
                self.known.name(one.names, fullest), one.key, "person", confidence, (reason, told), unverified
            )
            return Said(choice, at, person, "f" if one.gender == "f" else "m" if one.gender == "m" else person.gender)
        is_one = person.sure or len(fullest) > 1
        choice = Choice(self._full_name(person), None, "person" if is_one else "unknown", confidence, (reason,))
        return Said(choice, at, person, person.gender)

    # Pronouns

    def _pronoun(self, naming: Naming, lower: str, position: int) -> list[Said]:
        if lower in self.tongue.they:
            last = self._last(position, type_="organization") or self._last(position, type_="group")
            return [self._again(last, position, 0.62, "pronoun")] if last else []
        gender: Gender = "f" if lower in self.tongue.she else "m"
        antecedent = self._antecedent(naming, position, gender)
        spoke = self._last(position, gender, type_="person")
        spoke = spoke or self._last(position, gender, type_="unknown")
        if antecedent is None:
            return [self._again(spoke, position, 0.8, "pronoun")] if spoke else []
        said = self._of_person(
            antecedent,
            position,
            0.85 if antecedent.gender == gender else 0.7,
            Reason("pronoun", self._full_name(antecedent)),
        )
        if spoke is None or spoke.choice.name == said.choice.name:
            return [said]
        return [self._again(said, position, 0.66, "pronoun"), self._again(spoke, position, 0.55, "also_possible")]

    def _antecedent(self, naming: Naming, position: int, gender: Gender) -> Person | None:
        """The first person of that gender in this sentence before the pronoun, else in the nearest one before."""
        for number in range(naming.sentence, max(-1, naming.sentence - SENTENCES_BACK), -1):
            for run in self.names.in_sentence.get(number, ()):
                if run.span.start >= position:
                    break
                person = self.names.of_run.get(run.span.start)
                if person is None or run.possessive or person.gender not in {gender, None}:
                    continue
                if person.gender is None and not person.sure and len(person.mentions) < 2:
                    continue
                return person
        return None

    # Roles, documents, bodies

    def _role(self, tokens: list[Token], position: int, head: Token) -> list[Said]:
        asked = role_words(tokens, self.tongue)
        ways = [
            *self._role_in_text(asked, self.tongue.key(head.lower), position),
            *self._role_in_registry(tokens, position),
        ]
        key = self.tongue.key(head.lower)
        if key not in self.tongue.unnamed and tokens[0].lower not in {"a", "an"}:
            ways += self._role_of_last(asked, key, position)
        if not any(one.choice.confidence >= THRESHOLD for one in ways) and (key in self.tongue.unnamed or not ways):
            ways += self._as_printed(tokens, position, "unknown")
        return ways

    def _role_in_text(self, asked: frozenset[str], head: str, position: int) -> list[Said]:
        best: list[tuple[float, int, Person]] = []
        former = bool(asked & self.tongue.former)
        for person in self.names.persons:
            for at, role in person.roles:
                if head not in role or bool(role & self.tongue.former) != former:
                    continue
                score = 0.88 if asked <= role else 0.68
                best.append((score - 0.05 * (at > position), -abs(position - at), person))
        if not best:
            return []
        best.sort(key=lambda one: (-one[0], -one[1]))
        score, _near, person = best[0]
        if len({id(one[2]) for one in best if one[0] >= score - 0.02}) > 1:
            score -= 0.12
        return [self._of_person(person, position, score, Reason("role_in_text", " ".join(sorted(asked))))]

    def _role_in_registry(self, tokens: list[Token], position: int) -> list[Said]:
        offices = self.known.offices(self.known.role_key([one.lower for one in tokens if one.is_word]))
        offices = self._of_country(offices)
        ways: list[Said] = []
        for office in offices:
            for holding in self.known.holders(office, self.published):
                known = self.known.registry.person(holding.person)
                person = self._present(known.key)
                sole = len(offices) == 1 and self.published is not None
                confidence = 0.9 if person else 0.75 if sole else 0.4
                choice = Choice(
                    self.known.name(known.names), known.key, "person", confidence,
                    (Reason("office_holder", office.titles[0]),), holding.unverified,
                )  # fmt: skip
                ways.append(
                    Said(choice, position, person, "f" if known.gender == "f" else "m" if known.gender else None)
                )
        present = [one for one in ways if one.person]
        if len(present) == 1:
            return present
        over = [one for one in ways if one.choice.confidence >= THRESHOLD]
        return [self._again(one, position, 0.5, "also_possible") for one in ways] if len(over) > 1 else ways

    def _of_country(self, offices: list[KnownOffice]) -> list[KnownOffice]:
        """Of several presidents, the one whose country alone the text names; else the home country's."""
        if len(offices) < 2:
            return offices
        named = [one for one in offices if one.country in self.countries]
        return (
            named
            if len(named) == 1
            else [one for one in offices if not named and one.country == self.tongue.home] or offices
        )

    def _present(self, key: str) -> Person | None:
        """The person of the text whom the registry knows by this key."""
        for person in self.names.persons[:400]:
            if any(one.key == key for one in self.known.persons(person.fullest)):
                return person
        return None

    def _role_of_last(self, asked: frozenset[str], head: str, position: int) -> list[Said]:
        last = self._last(position, self._role_gender(head), type_="person")
        if last is None:
            return []
        contradicted = (
            last.person is not None
            and bool(last.person.roles)
            and not any(head in role for _at, role in last.person.roles)
        )
        bare = len(asked) == 1 or head in self.tongue.general_roles
        return [self._again(last, position, 0.45 if contradicted else 0.66 if bare else 0.62, "role_of_last")]

    def _role_gender(self, head: str) -> Gender | None:
        return "m" if head in self.tongue.male_roles else "f" if head in self.tongue.female_roles else None

    def _document(self, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
        owner = self._owner(naming)
        if owner is not None:
            return [self._again(owner, position, 0.85, "document")]
        bare = all(one.lower in self.tongue.skipped for one in tokens[:-1])
        last = self._last(position, type_="organization") or self._last(position, type_="person") if bare else None
        printed = self._as_printed(tokens, position, "unknown")
        return [*([self._again(last, position, 0.55, "document_of_last")] if last else []), *printed]

    def _owner(self, naming: Naming) -> Said | None:
        """`the ministry's statement`, `Jane Doe's letter`, `a statement from the ministry`."""
        for run in self.names.in_sentence.get(naming.sentence, ()):
            if run.first >= naming.first and run.end <= naming.end and (run.possessive or run.first > naming.first):
                person = self.names.of_run.get(run.span.start)
                if person is not None and run.possessive:
                    return self._of_person(person, run.span.start, 0.85, Reason("named"))
                if person is None:
                    name = " ".join((*run.titles, *run.words))
                    return Said(Choice(name, None, "organization", 0.8, (Reason("body", name),)), run.span.start)
        return None

    def _body(self, naming: Naming, tokens: list[Token], position: int) -> list[Said]:
        text = self._shown(tokens)
        bodies = self.known.bodies(self.known.role_key([one.lower for one in tokens if one.is_word]))
        if len(bodies) == 1:
            name = self.known.name(bodies[0].names)
            return [Said(Choice(name, bodies[0].key, "organization", 0.9, (Reason("body", text),)), position)]
        opening = self.page.sentences[naming.sentence].tokens[0]
        is_named = any(
            one.is_capitalised and one.lower not in self.tongue.skipped and (one is not opening or len(tokens) > 1)
            for one in tokens
        )
        if not is_named and len(tokens) <= 2 and not tokens[-1].lower.endswith("s"):
            last = self._last_body(naming, tokens[-1], position)
            return [last] if last else self._as_printed(tokens, position, "unknown")
        is_one = is_place([one.lower for one in tokens if one.is_word], self.tongue) or is_named
        choice = Choice(
            text,
            None,
            "organization" if is_one else "unknown",
            0.8 if is_named else 0.62,
            (Reason("body" if is_named else "as_printed", text),),
        )
        return [Said(choice, position)]

    def _last_body(self, naming: Naming, head: Token, position: int) -> Said | None:
        """`the company`, `the ministry`: the body of that word named last, or the one that spoke last."""
        key = self.tongue.key(head.lower)
        for number in range(naming.sentence, max(-1, naming.sentence - BODIES_BACK), -1):
            for run in reversed(self.names.in_sentence.get(number, ())):
                named = len(run.words) > 1 and key in {self.tongue.key(one.lower()) for one in run.words}
                if named and run.span.start < position and is_body(run, self.tongue):
                    return self._body_of_run(run, position)
        last = self._last(position, type_="organization") or self._last(position, type_="unknown")
        return self._again(last, position, 0.65, "body_of_last") if last else None

    def _body_of_run(self, run: Run, position: int) -> Said:
        sentence = self.page.sentences[run.sentence]
        name = self.tongue.bare(sentence.range(run.first, run.end).of(self.page.reading))
        known = self.known.bodies(self.known.role_key([one.lower for one in sentence.tokens[run.first : run.end]]))
        reasons = (Reason("body_told_of", name),)
        if len(known) == 1:
            shown = self.known.name(known[0].names)
            return Said(Choice(shown, known[0].key, "organization", 0.8, reasons), position)
        return Said(Choice(name, None, "organization", 0.75, reasons), position)

    def _as_printed(self, tokens: list[Token], position: int, type_: SpeakerType) -> list[Said]:
        text = self._shown(tokens)
        return [Said(Choice(text, None, type_, 0.62, (Reason("as_printed", text),)), position)]
