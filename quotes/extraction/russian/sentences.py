"""The sentences of a text, each quotation that stands as speech being one long word of them."""

import re
from collections.abc import Iterator

from razdel import sentenize, tokenize

from quotes.extraction.candidates import Span
from quotes.extraction.russian.analysis import LONGEST_SENTENCE, Sentence, Word
from quotes.extraction.russian.blocks import SPEECH_ENDS, Block

# «…опьянения. он взят под стражу»: a sentence begun in lower case, after a word too long for an abbreviation.
# …and «Петровна.Ее»: the space lost.
UNCAPPED = re.compile(
    r"(?<=[а-яё]{6})\.\s+(?=[а-яё]{2})|"
    r"(?<=[а-яё]{4}[.!?])(?=[А-ЯЁ][а-яё\s])|(?<=[а-яё][»\"][.])(?=[А-ЯЁ])|(?<=[а-яё\d)%][.!?…])(?=Ц)|"
    r"(?<=[.!?…][»\"”])(?=[А-ЯЁ])"
)


def sentences(text: str, lines: list[Span], blocks: list[Block]) -> Iterator[Sentence]:
    low = 0
    for line in lines:
        while low < len(blocks) and blocks[low].outer.end <= line.start:
            low += 1
        here = []
        for block in blocks[low:]:
            if block.outer.start >= line.end:
                break
            here.append(block)
        yield from _sentences_of(text, line, here)


def _sentences_of(text: str, line: Span, blocks: list[Block]) -> Iterator[Sentence]:
    masked = text[line.start : line.end]
    silent: list[Span] = []
    for block in blocks:
        for start, end in _marks_and_parts(block):
            start, end = max(start, line.start), min(end, line.end)
            if start < end:
                silent.append(Span(start, end))
                masked = _masked(masked, start - line.start, end - line.start)
    for span in _sentence_spans(masked, line.start):
        words: list[Word] = []
        near = [one for one in silent if one.overlaps(span)]
        for token in tokenize(masked[span.start - line.start : span.end - line.start]):
            place = Span(span.start + token.start, span.start + token.stop)
            if not any(one.overlaps(place) for one in near):
                words.append(Word(place, token.text, len(words)))
        yield from _of_bounded_length(span, words)


def _of_bounded_length(span: Span, words: list[Word]) -> Iterator[Sentence]:
    start = span.start
    for at in range(LONGEST_SENTENCE, len(words), LONGEST_SENTENCE):
        piece = words[at - LONGEST_SENTENCE : at]
        yield Sentence(Span(start, piece[-1].span.end), _renumbered(piece))
        start = piece[-1].span.end
    rest = words[(len(words) - 1) // LONGEST_SENTENCE * LONGEST_SENTENCE :] if words else []
    yield Sentence(Span(start, span.end), _renumbered(rest))


def _renumbered(words: list[Word]) -> list[Word]:
    for index, word in enumerate(words):
        word.index = index
    return words


def _sentence_spans(masked: str, offset: int) -> Iterator[Span]:
    for piece in sentenize(masked):
        start = piece.start
        for seam in UNCAPPED.finditer(masked, piece.start, piece.stop):
            yield Span(offset + start, offset + max(seam.start(), seam.end() if not seam.group() else seam.start() + 1))
            start = seam.end()
        yield Span(offset + start, offset + piece.stop)


def _marks_and_parts(block: Block) -> Iterator[tuple[int, int]]:
    """What of a block is no narration: its parts, each with the marks around it."""
    if not block.is_split:
        yield block.outer.start, block.outer.end
        return
    yield block.outer.start, block.parts[0].end
    for part in block.parts[1:-1]:
        yield part.start, part.end
    yield block.parts[-1].start, block.outer.end


def _masked(text: str, start: int, end: int) -> str:
    """The range as one long word, its last mark kept: a sentence may end with it."""
    last = next((at for at in range(end - 1, start, -1) if text[at].isalnum() or text[at] in SPEECH_ENDS), start)
    filler = "".join("ц" if at != last or text[at] not in SPEECH_ENDS else text[at] for at in range(start, last + 1))
    return text[:start] + filler.capitalize() + text[last + 1 :]
