"""A Russian text laid out for the rules: paragraphs, quotations that stand as speech, sentences without those."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from quotes.extraction.candidates import Span
from quotes.extraction.marks import Quotation, outermost, paragraphs, quotations
from quotes.extraction.russian.analysis import Name, Sentence, Word, analyzer
from quotes.extraction.russian.blocks import Block, sort_out
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.sentences import sentences


@dataclass(slots=True)
class Document:
    """Everything the rules ask of a text."""

    text: str
    body: Span
    paragraphs: list[Span]
    blocks: list[Block]
    quotations: list[Quotation]
    """The outermost ones that are no blocks: names, terms, quoted phrases inside a clause."""
    sentences: list[Sentence]
    names: list[Name]
    _starts: list[int] = field(default_factory=list)

    def paragraph_of(self, position: int) -> int:
        """The number of the paragraph at a position."""
        return max(0, bisect_right([one.start for one in self.paragraphs], position) - 1)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that begins last at or before the position."""
        if not self._starts:
            self._starts = [one.span.start for one in self.sentences]
        return max(0, bisect_right(self._starts, position) - 1)

    def words_in(self, span: Span) -> tuple[Sentence, list[Word]]:
        """The sentence in which the span begins, and those of its words that the span touches."""
        sentence = self.sentences[self.sentence_at(span.start)]
        return sentence, [word for word in sentence.words if word.span.overlaps(span)]

    def names_in(self, span: Span) -> list[Name]:
        low = bisect_left(self.names, span.start, key=lambda name: name.span.start)
        found = []
        for name in self.names[low:]:
            if name.span.start >= span.end:
                break
            found.append(name)
        return found

    def blocks_in(self, span: Span) -> list[Block]:
        return [one for one in self.blocks if one.outer.overlaps(span)]


def lay_out(text: str, body: Span, lexicon: Lexicon) -> Document:
    lines = paragraphs(text, body)
    blocks, inline = sort_out(text, lines, outermost(quotations(text, body)), lexicon)
    tagged = list(sentences(text, lines, blocks))
    analyzer().tag(tagged)
    return Document(text, body, lines, blocks, inline, tagged, analyzer().names(text, lines))
