"""A sentence being read for indirect and mixed speech: what of it is spoken for, and what becomes a statement."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from quotes.extraction.candidates import Kind, Span
from quotes.extraction.marks import AROUND_WORDS, trimmed
from quotes.extraction.surface.cues import Hit
from quotes.extraction.surface.found import Found, Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Reading, parts

AnyHit = TypeVar("AnyHit", bound=Hit)


@dataclass(slots=True)
class Clause(Generic[AnyHit]):
    """A sentence being read for its indirect statements."""

    reading: Reading
    sentence: Sentence
    hits: list[AnyHit]

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens

    def is_free(self, first: int, end: int) -> bool:
        return not any(at in self.reading.taken for at in range(first, end))

    def add(
        self,
        ranges: list[tuple[int, int]],
        rule: str,
        confidence: float,
        cue: Span | None,
        naming: Naming | None,
        *,
        opens: bool = False,
    ) -> None:
        """A statement over those tokens; nothing if they are spoken for, or empty."""
        ranges = [(first, end) for first, end in ranges if first < end]
        if not ranges or not all(self.is_free(first, end) for first, end in ranges):
            return
        found = self._found(ranges, rule, confidence, cue, naming)
        if found is None:
            return
        for first, end in ranges:
            self.reading.taken.update(range(first, end))
        self.reading.add(found, opens=opens)

    def _found(
        self, ranges: list[tuple[int, int]], rule: str, confidence: float, cue: Span | None, naming: Naming | None
    ) -> Found | None:
        text = self.reading.page.reading
        quoted = [at for first, end in ranges for at in range(first, end) if self.tokens[at].kind == "quotation"]
        kind: Kind = "mixed" if quoted else "indirect"
        spans = []
        for first, end in ranges:
            bare = [at for at in range(first, end) if self.tokens[at].is_word or at in quoted]
            if len(bare) == 1 and bare[0] in quoted and len(ranges) == 1:
                kind, spans = "direct", parts(self.reading, self.tokens[bare[0]])
                break
            span = trimmed(text, self.sentence.range(first, end), AROUND_WORDS)
            if span.start < span.end:
                spans.append(span)
        return Found(spans, kind, rule, confidence, self.sentence.number, cue, naming) if spans else None
