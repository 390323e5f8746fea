"""Statements in English news, by rules without a model."""

from datetime import date

from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.english.grammar import English
from quotes.extraction.english.quoting import regular
from quotes.extraction.english.tongue import known, tongue
from quotes.extraction.english.words import ABBREVIATIONS
from quotes.extraction.registry import Registry
from quotes.extraction.surface.answer import candidates
from quotes.extraction.surface.layout import lay_out
from quotes.extraction.surface.reading import read


def suggest(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    """The statements an English text may report, in the order of the text. Never raises for any text."""
    page = lay_out(text, regular(text), body, ABBREVIATIONS, [])
    return candidates(page, read(page, English()), tongue(), known(registry), published)
