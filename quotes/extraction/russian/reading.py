"""The statements of a document as the rules find them, before anybody knows whose they are."""

import re
import unicodedata
from dataclasses import dataclass, field

from quotes.extraction.candidates import Kind, Span
from quotes.extraction.marks import AROUND_WORDS, trimmed
from quotes.extraction.russian.analysis import Sentence
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.phrases import Hit, Phrase

# The full stop of these belongs to them: «40 млрд руб.».
ABBREVIATION = re.compile(r"\b(?:руб|долл|тыс|коп|гг?|др|пр|т\.\s?[дп])\.$")
# «…, однако», where what follows is another's.
CONJUNCTION = re.compile(r",\s+(?:и|а|но|однако)$")
CLOSING = "»”‟›"
# In characters: less than this is no statement.
SHORTEST = 4


@dataclass(slots=True, eq=False)
class Found:
    """A statement before its speaker is known.

    `sentence` is the number of the one that reports it, `said_in` of the one in which `phrase` names the speaker and
    `hit` is the cue, if anything does.
    """

    spans: list[Span]
    kind: Kind
    rule: str
    confidence: float
    sentence: int
    hit: Hit | None = None
    said_in: int = -1
    phrase: Phrase | None = None
    follows: "Found | None" = None
    """Without an attribution of its own: whoever said this goes on."""
    cue: Span | None = None
    mention: Span | None = None

    @property
    def start(self) -> int:
        return self.spans[0].start

    def name(self, sentence: Sentence, phrase: Phrase | None) -> None:
        """The phrase of that sentence, if there is one, names the speaker."""
        self.phrase = phrase
        self.mention = phrase.span(sentence) if phrase is not None else None


@dataclass(slots=True)
class Reading:
    """The state of one pass over a document."""

    doc: Document
    lexicon: Lexicon
    hits: list[list[Hit]]
    """The cues of each sentence."""
    found: list[Found] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    """The cues that have a statement already: number of the sentence, index of the verb."""
    by_block: dict[int, Found] = field(default_factory=dict)
    """What was found for a block, by the block's number."""


def made(
    reading: Reading, number: int, hit: Hit | None, ranges: list[tuple[int, int]], rule: str, confidence: float
) -> Found | None:
    """A statement of these ranges, trimmed; its kind by the quotations inside. None, if nothing is left."""
    text = reading.doc.text
    ranges = [(start, _before_stray_mark(reading, start, end)) for start, end in ranges]
    spans = [span for start, end in ranges if (span := _trimmed(text, start, end)) is not None]
    if sum(map(len, spans)) < SHORTEST:
        return None
    kind: Kind = "indirect"
    for one in reading.doc.quotations:
        if not any(one.outer in span for span in spans):
            continue
        words = trimmed(text, one.inner)
        whole = len(spans) == 1 and len(words) and len(one.inner) >= len(spans[0]) - 4
        if whole and not rule.startswith("mixed"):
            return Found([words], "direct", f"{rule}.quoted", confidence, number, hit, number)
        if one.inner.of(text)[:1].islower():
            kind = "mixed"
    return Found(spans, kind, rule, confidence, number, hit, number)


def _before_stray_mark(reading: Reading, start: int, end: int) -> int:
    """The end of a range without a closing mark that nothing opened in it."""
    text = reading.doc.text
    last = next((at for at in range(end - 1, start, -1) if text[at] not in AROUND_WORDS), start)
    opened = any(one.outer.end == last + 1 and one.outer.start >= start for one in reading.doc.quotations)
    return last if text[last] in CLOSING and not opened else end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without marks and a conjunction at its ends; None, if nothing is left."""
    while start < end and (text[start] in AROUND_WORDS + ")" or _is_picture(text[start])):
        start += 1
    while end > start and (text[end - 1] in AROUND_WORDS + "(" or _is_picture(text[end - 1])):
        if ABBREVIATION.search(text, max(start, end - 6), end):
            break
        end -= 1
    conjunction = CONJUNCTION.search(text, max(start, end - 10), end)
    if conjunction is not None:
        end = conjunction.start()
    return Span(start, end) if end > start else None


def _is_picture(sign: str) -> bool:
    """An emoji, or the sign behind one that tells how to draw it."""
    return sign == "\ufe0f" or unicodedata.category(sign) == "So"
