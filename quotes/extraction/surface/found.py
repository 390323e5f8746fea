"""A statement as the surface rules find it, before its speaker is known."""

from dataclasses import dataclass
from typing import Optional

from quotes.extraction.candidates import Kind, Span


@dataclass(slots=True)
class Naming:
    """The words that name a speaker: tokens `first` to before `end` of a sentence."""

    sentence: int
    first: int
    end: int


@dataclass(slots=True)
class Found:
    """A statement: its words, how it was found, and the words that name the speaker, if any do."""

    spans: list[Span]
    kind: Kind
    rule: str
    confidence: float
    sentence: int
    cue: Span | None = None
    naming: Naming | None = None
    follows: Optional["Found"] = None
    """Without an attribution of its own: whoever said this goes on."""
    nobody: bool = False
    """The text names no speaker for it and none may be supplied."""

    @property
    def start(self) -> int:
        return self.spans[0].start
