"""Countries as the press names them: «Минск заявил», «белорусский», «РФ». Pure: knows no Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quotes.extraction.data import load


@dataclass(frozen=True, slots=True)
class Words:
    """What something is called in three languages, the usual word first; may be empty."""

    ru: tuple[str, ...] = ()
    be: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter((self.ru, self.be, self.en))


@dataclass(frozen=True, slots=True)
class Country:
    """One country, or a union that is spoken of like one.

    `code` is ISO 3166 (EU among the reserved ones), `genitive` what follows «президент» (English has none),
    `adjective` in the masculine nominative, `abbreviations` in any of the languages.
    """

    code: str
    name: Words
    genitive: Words
    adjective: Words
    capital: Words
    abbreviations: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the data file, in its order."""
    tables = load("countries.toml")["country"]
    return tuple(
        Country(
            code=table["code"],
            abbreviations=tuple(table.get("abbreviations", ())),
            **{part: _words(table.get(part, {})) for part in ("name", "genitive", "adjective", "capital")},
        )
        for table in tables
    )


def _words(table: dict[str, list[str]]) -> Words:
    return Words(**{language: tuple(words) for language, words in table.items()})


@cache
def codes() -> dict[str, str]:
    """The code of a country by each single word for it in Russian (name, adjective, capital), lower case, ё as е."""
    found: dict[str, str] = {}
    for country in countries():
        words = (*country.name.ru, *country.adjective.ru, *country.capital.ru, *country.abbreviations)
        for word in words:
            if " " not in word:
                found.setdefault(word.lower().replace("ё", "е"), country.code)
    return found


def by_country(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, those that name a country as its code: «индийский», «Индия», «Дели» are one."""
    return tuple(codes().get(word, word) for word in words)
