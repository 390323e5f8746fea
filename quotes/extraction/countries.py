"""Countries in the words of a text: «индийский», «Индия», «Дели» are one."""

import functools
import tomllib

from quotes.extraction.lexicon import DATA


@functools.cache
def codes() -> dict[str, str]:
    """The two-letter code of a country by its names, adjectives and capital, one word each, in lower case, ё as е."""
    data = tomllib.loads((DATA / "countries.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for row in data["country"]:
        words = [*row.get("abbreviations", ())]
        for table in ("name", "adjective", "capital"):
            words += row.get(table, {}).get("ru", ())
        for word in words:
            if " " not in word:
                found.setdefault(word.lower().replace("ё", "е"), row["code"])
    return found


def by_country(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, those that name a country as its code."""
    return tuple(codes().get(word, word) for word in words)
