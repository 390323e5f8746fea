"""Which quotations of a text stand as speech of their own, and which lines a dash introduces as speech."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quotes.extraction.candidates import Span
from quotes.extraction.marks import Quotation, trimmed
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.seams import (
    OPENS_BETWEEN,
    WORD,
    is_verb_of_saying,
    joins_halves,
    speaks_soon,
    split_at_attributions,
    spoke_before,
)

DASH = "—–-"
SPEECH_ENDS = ".!?…"
# `», — сказал`, `!» - сказал`, `", сказал`
DASH_AFTER = re.compile(r"\s?[,.!?…;]{0,3}\s?[—–-]{1,2}\s*")
COMMA_AFTER = re.compile(r"\s?,\s+(?=[а-яё])")
# `» сказал`, where the marks were forgotten.
NOTHING_AFTER = re.compile(r"\s([а-яё]+)")
# `«А.⏎«Б»`
REOPENED = re.compile(r"\n\s*(?:[«\"„]|,,)")
SENTENCE_ENDS = re.compile(r"\s?[.!?…]|\s*$")
ONE_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…]\s*")
# `«А» (перевод наш), — сказал он`
BRACKETS_AFTER = re.compile(r"\s?\([^()\n]{1,80}\)")
DIALOGUE = re.compile(r"[—–-]\s?(?=[«\"А-ЯЁA-Z0-9])")
# In characters: how far around a quotation it is looked for what makes it speech.
LOOK = 400
# In words: what is shorter, is more often a name or a term where no attribution stands beside it.
SHORTEST_ALONE = 4
# …and where one stands, but the quotation begins in the middle of a sentence, or the marks leave it open.
SHORTEST = 3
# In characters: a longer question in a line of dialogue is an answer.
LONGEST_QUESTION = 200


@dataclass(slots=True)
class Block:
    """A quotation that stands as speech of its own: its `parts`, and `outer` with marks and what stands between."""

    outer: Span
    parts: list[Span]
    repaired: bool = False
    dialogue: bool = False

    @property
    def is_split(self) -> bool:
        return len(self.parts) > 1

    @property
    def seams(self) -> list[Span]:
        """What stands between its parts: an attribution, or nothing but marks."""
        return [Span(one.end, other.start) for one, other in pairwise(self.parts)]


def sort_out(
    text: str, lines: list[Span], marked: list[Quotation], lexicon: Lexicon
) -> tuple[list[Block], list[Quotation]]:
    """The blocks of a text, in order, and of its outermost quotations those that are none."""
    dialogue = list(_dialogue(text, lines, marked, lexicon))
    starts = [line.start for line in lines]
    blocks: list[Block] = []
    inline: list[Quotation] = []
    behind = iter([*dialogue, None])
    line_of_speech = next(behind)
    for one in marked:
        while line_of_speech is not None and line_of_speech.outer.end <= one.outer.start:
            line_of_speech = next(behind)
        first = lines[max(0, bisect_right(starts, one.outer.start) - 1)]
        last = lines[max(0, bisect_right(starts, one.outer.end - 1) - 1)]
        block = None
        if line_of_speech is None or not line_of_speech.outer.overlaps(one.outer):
            block = _as_block(_Place(text, one, first, last, blocks[-1] if blocks else None), lexicon)
        if block is not None:
            blocks.append(block)
        else:
            inline.append(one)
    return sorted([*dialogue, *blocks], key=lambda one: one.outer.start), inline


class _Place:
    """A quotation and what stands around it: in its `first` line, its `end` line, and from the block before it on."""

    def __init__(self, text: str, one: Quotation, first: Span, end: Span, last: Block | None) -> None:
        self.text, self.quotation, self.inner, self.last = text, one, trimmed(text, one.inner), last
        self.words = len(WORD.findall(text, self.inner.start, self.inner.end))
        start = one.outer.start
        lead = text[max(first.start, start - LOOK) : start].rstrip()
        self.opens_line = start - first.start < LOOK and WORD.search(lead) is None
        # «Приметов сказал:» may be the line before.
        above = text[max(0, first.start - LOOK) : first.start].rstrip() if self.opens_line else ""
        self.introduced_above = above.endswith(":")
        self.lead = above if self.introduced_above else lead
        after = text[one.outer.end : min(end.end, one.outer.end + LOOK)]
        brackets = BRACKETS_AFTER.match(after)
        self.after = after[brackets.end() :] if brackets else after
        self.dash_after = DASH_AFTER.match(self.after)
        # From the block before on, if there is one.
        self.between = text[last.outer.end : start] if last is not None else None

    @property
    def begins_sentence(self) -> bool:
        lead = self.lead
        touches = self.between is not None and len(self.between) <= 2
        return self.opens_line or touches or lead[-1:] in SPEECH_ENDS + ":" or self._follows_dash()

    def _follows_dash(self) -> bool:
        """`…сказал он. — «Б»`"""
        return self.lead[-1:] in tuple(DASH) and self.lead[:-1].rstrip()[-1:] in tuple('.!?…»"”)')

    @property
    def last_sign(self) -> str:
        return self.text[self.inner.end - 1]

    @property
    def is_sentence(self) -> bool:
        return self.last_sign in SPEECH_ENDS or SENTENCE_ENDS.match(self.after) is not None


def _as_block(place: _Place, lexicon: Lexicon) -> Block | None:
    if not place.words:
        return None
    text, one = place.text, place.quotation
    parts = split_at_attributions(text, place.inner, lexicon)
    if len(parts) > 1:
        return Block(one.outer, [piece for part in parts for piece in _reopened(text, part)], one.repaired)
    if parts[0].end < place.inner.end - 1 and (one.repaired or not _is_said_after(place, lexicon)):
        # «А, — сказал он»: the closing mark was forgotten, or put behind the attribution.
        return Block(Span(one.outer.start, parts[0].end), _reopened(text, parts[0]), repaired=True)
    if _stands_as_speech(place, lexicon):
        return Block(one.outer, _reopened(text, place.inner), one.repaired)
    return None


def _stands_as_speech(place: _Place, lexicon: Lexicon) -> bool:
    return (
        (place.between is not None and joins_halves(place.between))
        or _is_attributed_after(place, lexicon)
        or _is_introduced(place, lexicon)
        or _stands_alone(place, lexicon)
    )


def _is_said_after(place: _Place, lexicon: Lexicon) -> bool:
    """`«А», — сказал он`"""
    return place.dash_after is not None and speaks_soon(place.after[place.dash_after.end() :], lexicon)


def _is_attributed_after(place: _Place, lexicon: Lexicon) -> bool:
    begins, words, after = place.begins_sentence, place.words, place.after
    if place.dash_after is not None and (begins or words >= SHORTEST_ALONE):
        ended = place.last_sign in ",!?…."
        comma = "," in place.dash_after.group()
        if (begins or comma or ended) and _is_said_after(place, lexicon):
            return True
        if begins and words >= SHORTEST and (comma or ended):
            return True
    if not begins or words < SHORTEST:
        return False
    if COMMA_AFTER.match(after) and speaks_soon(after[:80], lexicon, 3):
        return True
    nothing = NOTHING_AFTER.match(after)
    return re.match(r":\s", after) is not None or (nothing is not None and is_verb_of_saying(nothing.group(1), lexicon))


def _is_introduced(place: _Place, lexicon: Lexicon) -> bool:
    """`Он сказал: «А»`; without a verb of saying before the colon, a quotation of one word is a name."""
    if not place.lead.endswith(":"):
        return False
    if spoke_before(place.lead, lexicon):
        return True
    return not place.introduced_above and (place.words >= SHORTEST or place.last_sign in SPEECH_ENDS)


def _stands_alone(place: _Place, lexicon: Lexicon) -> bool:
    """Whole sentences; short ones only behind an attribution: `«А», — сказал он. «Б».`"""
    if not place.begins_sentence or not place.is_sentence or place.text[place.inner.start].islower():
        return False
    return place.words >= SHORTEST_ALONE or (place.between is not None and _goes_on(place.between, lexicon))


def _goes_on(between: str, lexicon: Lexicon) -> bool:
    """Whether nothing but the attribution of the block before stands between."""
    opening = OPENS_BETWEEN.match(between)
    return (
        opening is not None
        and ONE_SENTENCE.fullmatch(between, opening.end()) is not None
        and speaks_soon(between[opening.end() :], lexicon)
    )


def _reopened(text: str, part: Span) -> list[Span]:
    """The paragraphs of a part of a quotation that opens its marks anew in each of them; else the part as it is."""
    marks = list(REOPENED.finditer(text, part.start, part.end))
    starts = [part.start, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), part.end]
    return [trimmed(text, Span(start, end)) for start, end in zip(starts, ends, strict=True) if start < end]


# Lines of speech


def _dialogue(text: str, lines: list[Span], marked: list[Quotation], lexicon: Lexicon) -> Iterator[Block]:
    """Lines of speech that a dash introduces: `— А, — сказал он. — Б`; of an interview, the answers."""
    low = 0
    run = _Run()
    for before, line in zip([None, *lines], lines, strict=False):
        while low < len(marked) and marked[low].outer.end <= line.start:
            low += 1
        opening = DIALOGUE.match(text, line.start, line.end)
        inside = _begun_before(marked, low, line.end)
        if opening is None or any(one.outer.start <= opening.end() or one.outer.end > line.end for one in inside):
            run = _Run()
            continue
        speech = Span(opening.end(), line.end)
        run.add(text, line)
        parts = split_at_attributions(text, speech, lexicon, loose=True)
        if parts[0].end >= speech.end - 4:
            if before is not None and run.is_speech(text, before, line):
                yield Block(line, _without_stop(text, [speech]), dialogue=True)
        elif not any(_is_reported(text, one, parts[0], lexicon) for one in inside):
            run.attributed = True
            yield Block(Span(line.start, parts[-1].end), _without_stop(text, parts), dialogue=True)


def _without_stop(text: str, parts: list[Span]) -> list[Span]:
    """The parts without the full stop that ends their line: no mark stands behind it, as in a quotation."""
    last = parts[-1]
    if len(last) > 1 and text[last.end - 1] == "." and text[last.end - 2] not in SPEECH_ENDS:
        return [*parts[:-1], Span(last.start, last.end - 1)]
    return parts


def _begun_before(marked: list[Quotation], low: int, end: int) -> list[Quotation]:
    high = low
    while high < len(marked) and marked[high].outer.start < end:
        high += 1
    return marked[low:high]


def _is_reported(text: str, one: Quotation, part: Span, lexicon: Lexicon) -> bool:
    """`— Мэр заявил: «А», — сообщает газета`: an item of a list, and no line of speech."""
    lead = text[part.start : one.outer.start].rstrip()
    return one.outer.end == part.end and lead.endswith(":") and spoke_before(lead, lexicon)


@dataclass(slots=True)
class _Run:
    """Lines that begin with a dash, one below the other."""

    count: int = 0
    asked: int | None = None
    """The number of the first one that is a question."""
    attributed: bool = False
    """One of them said whose it is, so they are dialogue."""

    def add(self, text: str, line: Span) -> None:
        if self.asked is None and text[line.end - 1] == "?":
            self.asked = self.count
        self.count += 1

    def is_speech(self, text: str, before: Span, line: Span) -> bool:
        """Whether the last line, without an attribution, is speech: in a dialogue, or an answer."""
        if text[line.end - 1] == "?" and len(line) < LONGEST_QUESTION:
            return False
        if self.attributed:
            return True
        if self.count == 1:
            # `Имя, должность:`
            return text[before.end - 1] == ":"
        return self.asked is not None and (text[before.end - 1] == "?" or (self.count - 1 - self.asked) % 2 == 1)
