"""Statements in Russian news, by rules over the syntax of a small model."""

from collections.abc import Iterator
from datetime import date

from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.registry import Registry
from quotes.extraction.russian.known import known
from quotes.extraction.russian.layout import lay_out
from quotes.extraction.russian.lexicon import lexicon
from quotes.extraction.russian.speakers import Speakers
from quotes.extraction.russian.statements import statements


def suggest(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    """The statements a Russian text may report, in the order of the text. Never raises for any text."""
    return [one for stretch in stretches(text, body) for one in _read(text, published, registry, stretch)]


# In characters. Longer texts, which no article is, are read stretch by stretch, so that time grows in proportion.
STRETCH = 20_000


def stretches(text: str, body: Span) -> Iterator[Span]:
    """The body in pieces of bounded length, cut between paragraphs where there are any, else between words."""
    start = body.start
    while body.end - start > STRETCH:
        end = start + STRETCH
        cut = max(text.rfind("\n", start + STRETCH // 2, end), -1)
        cut = cut if cut > 0 else text.rfind(" ", start + STRETCH // 2, end)
        cut = cut if cut > start else end
        yield Span(start, cut)
        start = cut
    yield Span(start, body.end)


def _read(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    words = lexicon()
    doc = lay_out(text, body, words)
    speakers = Speakers(doc, known(registry), words, published)
    return [
        Candidate(tuple(one.spans), one.kind, one.rule, one.confidence, one.cue, one.mention, speakers.choices(one))
        for one in statements(doc, words)
    ]
