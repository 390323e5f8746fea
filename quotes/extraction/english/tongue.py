"""What English has to tell about names and roles."""

import functools
import re

from quotes.extraction.countries import countries
from quotes.extraction.data import load
from quotes.extraction.english import words
from quotes.extraction.english.cues import cues
from quotes.extraction.outlets import outlets
from quotes.extraction.registry import Registry
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.people import Gender, Tongue

LATIN = re.compile(r"[A-Za-z]")


@functools.cache
def tongue() -> Tongue:
    data = load("names.en.toml")
    genders: dict[str, Gender] = dict.fromkeys(data["male"].split(), "m")
    genders |= dict.fromkeys(data["female"].split(), "f")
    places = {name.lower() for row in countries() for name in (*row.name.en, *row.adjective.en, *row.capital.en)}
    return Tongue(
        no_names=words.NO_NAMES, titles=words.TITLES | words.ROLES - words.UNNAMED - {"star", "head", "boss", "victim", "rep"}, body_words=words.BODY_WORDS, roles=words.ROLES,
        plural_roles=words.PLURAL_ROLES, general_roles=words.GENERAL_ROLES, unnamed=words.UNNAMED, releases=words.RELEASES, general_bodies=words.GENERAL_BODIES, documents=words.DOCUMENTS,
        male_roles=words.MALE_ROLES, female_roles=words.FEMALE_ROLES, he=words.HE, she=words.SHE, they=words.THEY,
        skipped=words.DETERMINERS | words.PREPOSITIONS | words.CONJUNCTIONS | words.AUXILIARIES | words.SUBORDINATORS
        | frozenset(form for form, readings in cues().forms.items() if any(kind == "past" for _lemma, kind in readings)),
        former=frozenset({"former", "ex-president", "late"}),
        links=frozenset({"of", "for", "at", "from", "with", "in", "to", "on", "against"}), joins=frozenset({"and", "&"}),
        outlet_names=outlets("en").names,
        places=frozenset(places | {"washington", "brussels", "moscow", "u.s", "uk", "un", "eu", "nato"}),
        countries={
            name.lower(): row.code for row in countries() for name in (*row.name.en, *row.adjective.en, *row.capital.en)
        },
        first_names=frozenset(genders), key=str.lower, bare=bare, gender=lambda name: genders.get(name[0].lower()),
    )  # fmt: skip


def bare(word: str) -> str:
    """`Obama's`, `Sanders'` without the possessive ending."""
    if word.endswith(("'s", "'S")):
        return word[:-2]
    return word[:-1] if word.endswith("'") else word


@functools.lru_cache(maxsize=4)
def known(registry: Registry) -> Known:
    return Known(registry, tongue(), LATIN)
