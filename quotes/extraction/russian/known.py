"""The registry made ready for Russian texts: persons by surname, offices by the words the press uses for them."""

import functools
import re
from collections import defaultdict
from datetime import date

from quotes.extraction.registry import Holding, KnownOffice, KnownPerson, Registry
from quotes.extraction.russian.analysis import lemma
from quotes.extraction.russian.names import same, stem

CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def lemma_key(phrase: str) -> frozenset[str]:
    """A phrase as the set of its words' dictionary forms: «главой государства» and «глава государства» are one."""
    return frozenset(lemma(word.lower()) for word in re.findall(r"[\w-]+", phrase))


class Known:
    """Look-ups in a registry. Building it costs some milliseconds: see `known`."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._by_stem: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_words: dict[frozenset[str], list[KnownOffice]] = defaultdict(list)
        for person in registry.people:
            for surname in {name.split()[-1] for name in person.names if CYRILLIC.search(name)}:
                self._by_stem[stem(surname)].append(person)
        for office in registry.offices:
            for words in {lemma_key(one) for one in (*office.titles, *office.epithets) if CYRILLIC.search(one)}:
                self._by_words[words].append(office)

    def persons(self, words: tuple[str, ...]) -> list[KnownPerson]:
        """Who can be meant by a name in any case: the surname alone, or with a first name or initial."""
        found = []
        for person in self._by_stem.get(stem(words[-1]), ()):
            if any(_is_name_of(words, name.split()) for name in person.names) and person not in found:
                found.append(person)
        return found

    def offices(self, words: frozenset[str]) -> list[KnownOffice]:
        return self._by_words.get(words, [])

    def holders(self, office: KnownOffice, day: date | None) -> list[Holding]:
        return self.registry.holders(office.key, day)

    def holdings(self, person: KnownPerson, day: date | None) -> list[Holding]:
        return self.registry.offices_of(person.key, day)


def _is_name_of(words: tuple[str, ...], name: list[str]) -> bool:
    if not same(words[-1], name[-1]):
        return False
    if len(words) == 1:
        return True
    given, full = words[0].strip(".").lower(), name[0].lower()
    return (
        bool(given)
        and len(name) > 1
        and (full.startswith(given) if len(given) <= 2 else same(words[0], name[0]) or full[:3] == given[:3])
    )


@functools.lru_cache(maxsize=4)
def known(registry: Registry) -> Known:
    return Known(registry)
