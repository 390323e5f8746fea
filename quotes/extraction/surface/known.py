"""The registry made ready for a language that is read off the surface: persons by surname, offices by their words."""

import re
from collections import defaultdict

from quotes.extraction.registry import KnownBody, KnownOffice, KnownPerson, Registry
from quotes.extraction.surface.people import Tongue

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Known:
    """Look-ups in a registry by the names of one script."""

    def __init__(
        self, registry: Registry, tongue: Tongue, script: "re.Pattern[str]", own: "re.Pattern[str] | None" = None
    ) -> None:
        """`script`: letters of the names to look at; `own`: letters that no other language has."""
        self.registry = registry
        self._tongue = tongue
        self._left_out = tongue.skipped | tongue.links
        self.script, self.own = script, own or script
        self._by_surname: dict[str, list[tuple[KnownPerson, tuple[str, ...]]]] = defaultdict(list)
        self._by_words: dict[frozenset[str], list[KnownOffice]] = defaultdict(list)
        self._by_body: dict[frozenset[str], list[KnownBody]] = defaultdict(list)
        for person in registry.people:
            for name in filter(script.search, person.names):
                parts = tuple(name.split())
                self._by_surname[tongue.key(parts[-1].lower())].append((person, parts))
        for office in registry.offices:
            for words in {self._words(one) for one in (*office.titles, *office.epithets) if script.search(one)}:
                self._by_words[words].append(office)
        for body in registry.bodies:
            for words in {self._words(one) for one in body.names if script.search(one)}:
                self._by_body[words].append(body)

    def _words(self, phrase: str) -> frozenset[str]:
        plain = phrase.lower().replace("’", "'")
        return self.role_key(WORD.findall(plain))

    def role_key(self, words: list[str]) -> frozenset[str]:
        tongue, left_out = self._tongue, self._left_out
        return frozenset(tongue.key(tongue.bare(word)) for word in words if word not in left_out)

    def persons(self, words: tuple[str, ...]) -> list[KnownPerson]:
        """Who can be meant by a surname, alone or with a first name or initial, whatever else stands before it."""
        found: list[KnownPerson] = []
        for person, name in self._by_surname.get(self._tongue.key(words[-1].lower()), ()):
            given = words[:1] if len(words) < 3 else (words[0], words[-2])
            if person not in found and (len(words) == 1 or any(self._agree(one, name[0]) for one in given)):
                found.append(person)
        return found

    def name(self, given: tuple[str, ...], said: tuple[str, ...] = ()) -> str:
        """The registry's name in the language of the text: the one said, else the one its letters tell."""
        tongue = self._tongue
        fitting = [one for one in given if self.script.search(one)]
        for one in fitting:
            if said and all(tongue.key(word) in {tongue.key(part) for part in one.split()} for word in said):
                return one
        return next((one for one in fitting if self.own.search(one)), (fitting or list(given))[0])

    def _agree(self, one: str, other: str) -> bool:
        first, second = one.strip(".").lower(), other.lower()
        if len(first) <= 2:
            return bool(first) and second.startswith(first)
        return self._tongue.key(first) == self._tongue.key(second) or first[:3] == second[:3]

    def offices(self, words: frozenset[str]) -> list[KnownOffice]:
        return self._by_words.get(words, [])

    def bodies(self, words: frozenset[str]) -> list[KnownBody]:
        return self._by_body.get(words, [])
