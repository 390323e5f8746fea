"""What Belarusian has to tell about names and roles: endings stripped, first names listed."""

import functools
import re

from quotes.extraction.belarusian import words
from quotes.extraction.belarusian.cues import cues
from quotes.extraction.belarusian.names import nominative
from quotes.extraction.belarusian.spelling import key, keys, plain
from quotes.extraction.countries import countries
from quotes.extraction.data import load
from quotes.extraction.outlets import outlets
from quotes.extraction.registry import Registry
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.people import Gender, Tongue

# Letters, and an ending, that Russian names do not have.
OWN = re.compile(r"[іўІЎ]|[эа]нка\b")
BELARUSIAN = re.compile(r"[а-яёіў]", re.IGNORECASE)


@functools.cache
def tongue() -> Tongue:
    data = load("names.be.toml")
    genders: dict[str, Gender] = {key(name): "m" for name in data["male"].split()}
    genders |= {key(name): "f" for name in data["female"].split() if key(name) not in genders}
    exact: dict[str, Gender] = dict.fromkeys(data["male"].split(), "m")
    exact |= dict.fromkeys(data["female"].split(), "f")
    functional = words.PREPOSITIONS | words.CONJUNCTIONS | words.PRONOUNS | words.ADVERBS | frozenset(cues().forms)
    return Tongue(
        no_names=functional | words.SUBORDINATORS, titles=keys(words.ROLES + " спадар спадарыня пан пані"),
        body_words=keys(words.BODIES), roles=keys(f"{words.ROLES} {words.FEMALE_ROLES}"),
        plural_roles=frozenset(words.PLURALS), general_roles=words.GENERAL_ROLES, unnamed=words.UNNAMED,
        documents=keys(words.DOCUMENTS), releases=words.RELEASES,
        general_bodies=words.GENERAL_BODIES, male_roles=keys("спадар пан"),
        female_roles=keys(words.FEMALE_ROLES + " спадарыня пані"), he=words.HE, she=words.SHE, they=words.THEY,
        skipped=functional, former=keys("былы экс-прэзідэнт"), links=frozenset(), joins=frozenset({"і", "й", "ды"}),
        outlet_names=outlets("be").names,
        places=frozenset(key(name) for row in countries() for name in (*row.name.be, *row.capital.be)),
        countries={
            key(name): row.code for row in countries() for name in (*row.name.be, *row.adjective.be, *row.capital.be)
        },
        first_names=frozenset(exact), home="BY", key=key, bare=str,
        gender=lambda name: _surname_gender(name[-1]) or exact.get(name[0].lower()) or genders.get(key(name[0])),
        may_inflect=True, nominative=nominative, standing=standing,
    )  # fmt: skip


def standing(word: str) -> str:
    """A noun in the nominative, where it is one of the listed ones; else as it stands."""
    shown = words.PLURALS.get(plain(word)) or words.STANDING.get(key(word))
    may_be_plural = word.endswith(("ы", "і")) and not word.endswith("нні")
    if shown is None or word.isupper() or may_be_plural or plain(word) == shown:
        return word
    return shown.capitalize() if word[:1].isupper() else shown


def _surname_gender(surname: str) -> Gender | None:
    """Of a surname that shows it in any case: `Прыкладнага`, `Выдуманай`."""
    if surname.endswith(("ага", "яга", "аму", "яму", "скі", "цкі")):
        return "m"
    return (
        "f"
        if surname.endswith(("ская", "цкая", "скай", "цкай", "авай", "овай", "евай", "ёвай", "інай", "ынай", "ная"))
        else None
    )


@functools.lru_cache(maxsize=4)
def known(registry: Registry) -> Known:
    return Known(registry, tongue(), BELARUSIAN, OWN)
