"""The engine's one entry: a text in, candidates out."""

from datetime import date

from quotes.extraction import belarusian, english, russian
from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.registry import Registry

# Suggestions of another version are made anew; raise it with every change of rules or data.
VERSION = "2"


def suggest(
    text: str, language: str, published: date | None, registry: Registry, body: Span | None = None
) -> list[Candidate]:
    """The statements that a text may report, in the order of the text.

    Offsets count the text's code points. `body` bounds what is looked at (default: all of it). `published` decides who
    held an office. Never raises for any text; an empty list for a language the engine does not know.
    """
    body = Span(0, len(text)) if body is None else body
    if language == "ru":
        return russian.suggest(text, published, registry, body)
    if language == "en":
        return english.suggest(text, published, registry, body)
    if language == "be":
        return belarusian.suggest(text, published, registry, body)
    return []
