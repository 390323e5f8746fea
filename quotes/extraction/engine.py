"""The engine's one entry: a text in, candidates out."""

from collections.abc import Iterator
from datetime import date

from quotes.extraction import belarusian, english
from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.known import known
from quotes.extraction.layout import lay_out
from quotes.extraction.lexicon import lexicon
from quotes.extraction.registry import Registry
from quotes.extraction.speakers import THRESHOLD, Speakers
from quotes.extraction.statements import statements

# Suggestions of another version are made anew; raise it with every change of rules or data.
VERSION = "1"


def suggest(
    text: str, language: str, published: date | None, registry: Registry, body: Span | None = None
) -> list[Candidate]:
    """The statements that a text may report, in the order of the text.

    Offsets count the text's code points. `body` bounds what is looked at (default: all of it). `published` decides who
    held an office. Never raises for any text; an empty list for a language the engine does not know.
    """
    body = Span(0, len(text)) if body is None else body
    if language == "ru":
        return [one for stretch in stretches(text, body) for one in _russian(text, published, registry, stretch)]
    if language == "en":
        return english.suggest(text, published, registry, body)
    if language == "be":
        return belarusian.suggest(text, published, registry, body)
    return []


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


def _russian(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    words = lexicon("ru")
    doc = lay_out(text, body, words)
    speakers = Speakers(doc, known(registry), words, published)
    found = []
    for one in statements(doc, words):
        choices = speakers.choices(one)
        speaker = choices[0] if choices and choices[0].confidence >= THRESHOLD else None
        found.append(
            Candidate(tuple(one.spans), one.kind, one.rule, one.confidence, one.cue, one.mention, speaker, choices)
        )
    return found
