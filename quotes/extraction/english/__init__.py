"""Statements in English news, by rules without a model."""

import re
from datetime import date

from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.english.grammar import English
from quotes.extraction.english.quoting import regular
from quotes.extraction.english.tongue import known, tongue
from quotes.extraction.english.words import ABBREVIATIONS
from quotes.extraction.registry import Registry
from quotes.extraction.surface.answer import candidates
from quotes.extraction.surface.layout import Conventions, lay_out
from quotes.extraction.surface.reading import read

# Datelines such as "MINSK, March 3 (Reuters) - ", "FLINT, Mich. — ", or "(Reuters) - " alone.
CONVENTIONS = Conventions(
    ABBREVIATIONS,
    re.compile(
        r"(?:[A-Z][A-Z.'/ -]{2,40}(?:,[^\n—–-]{2,40})?(?:\([^)\n]{2,30}\))?|\([A-Z][^)\n]{1,20}\))\s*(?:--|[—–-])\s+"
    ),
)


def suggest(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    """The statements an English text may report, in the order of the text. Never raises for any text."""
    page = lay_out(text, regular(text, body), body, CONVENTIONS)
    return candidates(page, read(page, English()), tongue(), known(registry), published)
