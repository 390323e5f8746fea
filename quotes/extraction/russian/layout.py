"""A Russian text laid out for the rules: paragraphs, quotations that stand as speech, sentences without those."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from razdel import sentenize, tokenize

from quotes.extraction.candidates import Span
from quotes.extraction.marks import Quotation, outermost, paragraphs, quotations
from quotes.extraction.russian.analysis import LONGEST_SENTENCE, Name, Sentence, Word, analyzer, lemmas, parses
from quotes.extraction.russian.lexicon import Lexicon

DASH = "—–-"
SPEECH_ENDS = ".!?…"
# `», — сказал`, `!» - сказал`, `", сказал`
DASH_AFTER = re.compile(r"\s?[,.!?…;]{0,3}\s?[—–-]{1,2}\s*")
COMMA_AFTER = re.compile(r"\s?,\s+(?=[а-яёўі])")
# The seam of an attribution inside a quotation: `…, — сказал он. — …`
SEAM = re.compile(r"([,.!?…])\s?[—–-]\s?(?=[а-яёА-ЯЁa-z])")
DIALOGUE = re.compile(r"[—–-]\s?(?=[«\"А-ЯЁA-Z0-9])")
WORD = re.compile(r"\w+(?:-\w+)*")
# The words within which an attribution names its verb: «— в интервью ТАСС сказал…».
NEAR = 6


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
    marked = outermost(quotations(text, body))
    blocks, inline = _sort_out(text, lines, marked, lexicon)
    blocks += _dialogue(text, lines, blocks, lexicon)
    blocks.sort(key=lambda one: one.outer.start)
    sentences = list(_sentences(text, lines, blocks))
    analyzer().tag(sentences)
    return Document(text, body, lines, blocks, inline, sentences, analyzer().names(text, lines))


# Which quotations are speech


def _sort_out(
    text: str, lines: list[Span], marked: list[Quotation], lexicon: Lexicon
) -> tuple[list[Block], list[Quotation]]:
    starts = [line.start for line in lines]
    blocks: list[Block] = []
    inline: list[Quotation] = []
    for one in marked:
        first = max(0, bisect_right(starts, one.outer.start) - 1)
        last = max(0, bisect_right(starts, one.outer.end - 1) - 1)
        after_block = blocks[-1].outer.end if blocks else -1
        block = _as_block(text, one, lines[first], lines[last], lexicon, after_block)
        if block:
            blocks.append(block)
        else:
            inline.append(one)
    return blocks, inline


def _as_block(text: str, one: Quotation, first: Span, last: Span, lexicon: Lexicon, after_block: int) -> Block | None:
    inner = trimmed(text, one.inner)
    words = len(WORD.findall(text[inner.start : inner.end]))
    if not words:
        return None
    parts = _split_at_attributions(text, inner, lexicon)
    if len(parts) > 1:
        return Block(one.outer, parts, one.repaired)
    before, after = text[first.start : one.outer.start], text[one.outer.end : last.end]
    if _stands_as_speech(before, after, text[inner.start : inner.end], words, lexicon, one.outer.start - after_block):
        return Block(one.outer, _reopened(text, inner), one.repaired)
    return None


def _stands_as_speech(before: str, after: str, inner: str, words: int, lexicon: Lexicon, gap: int) -> bool:
    bare = before.rstrip()
    begins = not bare or bare[-1] in SPEECH_ENDS + ":" or _follows_dash(bare) or 0 <= gap <= 2
    begins = begins or _LINE_OPENS.fullmatch(bare) is not None
    dash = DASH_AFTER.match(after)
    if dash and (begins or words >= 4):
        clause = after[dash.end() :]
        comma = "," in dash.group() or inner[-1] in ",!?…."
        if speaks_soon(clause, lexicon) and (begins or comma):
            return True
        if begins and words >= 3 and ("," in dash.group() or (comma and inner[-1] in "!?….,")):
            return True
    if begins and COMMA_AFTER.match(after) and speaks_soon(after[:80], lexicon, 3) and words >= 3:
        return True
    if begins and words >= 3 and re.match(r":\s", after):
        return True
    if bare.endswith(":"):
        return words >= 3 or inner[-1] in SPEECH_ENDS
    sentence = inner[-1] in SPEECH_ENDS or re.match(r"\s?[.!?…]|\s*$", after) is not None
    return begins and sentence and words >= 4 and not inner[0].islower()


def _follows_dash(bare: str) -> bool:
    """`…сказал он. — «Б»`. No pattern: searched for in all that stands before each mark, it takes time squared."""
    return bare[-1:] in tuple(DASH) and bare[:-1].rstrip()[-1:] in tuple('.!?…»"”)')


_LINE_OPENS = re.compile(r"\W*")


def speaks_soon(clause: str, lexicon: Lexicon, within: int = NEAR) -> bool:
    """Whether one of the first words can be a verb of saying."""
    for count, match in enumerate(WORD.finditer(clause[:160])):
        if count >= within:
            break
        stop = clause[: match.start()]
        if re.search(r"[.!?…;]\s|[«\"]", stop):
            break
        if _may_be_cue(match.group(), lexicon):
            return True
    return False


def _may_be_cue(word: str, lexicon: Lexicon) -> bool:
    for form in lemmas(word.lower()):
        if form in lexicon.verbs or form in lexicon.phrases or form in lexicon.heads:
            return True
    return word.lower() in lexicon.passives or word.lower() in _SHORT


_SHORT = {
    "уверен",
    "уверена",
    "уверены",
    "убежден",
    "убеждена",
    "убеждены",
    "убеждён",
    "согласен",
    "согласна",
    "таков",
    "такова",
    "таково",
}


def _split_at_attributions(text: str, inner: Span, lexicon: Lexicon, *, loose: bool = False) -> list[Span]:
    """The parts of a quotation whose marks enclose its attribution, too: `«А, — сказал он. — Б»`.

    `loose` takes any verb for one of saying, as in a line of dialogue any is: `— А, — вставляет он`.
    """
    parts, start, at = [], inner.start, inner.start
    while seam := SEAM.search(text, at, inner.end):
        clause_start = seam.end()
        if not _begins_with_cue(text[clause_start : clause_start + 120], lexicon, loose):
            at = seam.end()
            continue
        parts.append(_part(text, start, seam.start() + (seam.group(1) != ",")))
        back = re.compile(r"[.,:;]\s?[—–-]\s").search(text, clause_start, min(inner.end, clause_start + 400))
        if back is None:
            start = inner.end
            break
        start = at = back.end()
    if start < inner.end:
        parts.append(_part(text, start, inner.end))
    return [one for one in parts if len(one) > 0] or [inner]


def _begins_with_cue(clause: str, lexicon: Lexicon, loose: bool) -> bool:
    """Stricter than `speaks_soon`: inside a quotation a dash is more often a dash."""
    for word in WORD.findall(clause)[:3]:
        if _is_verb_of_saying(word, lexicon, loose):
            return True
        if not word.islower() or not any(str(parse.tag.POS) in {"ADVB", "CONJ", "PRCL"} for parse in parses(word)):
            return False
    return False


def _is_verb_of_saying(word: str, lexicon: Lexicon, loose: bool) -> bool:
    if not word.islower():
        return False
    for parse in parses(word):
        form = str(parse.normal_form).replace("ё", "е")
        if str(parse.tag.POS) != "VERB" or str(parse.tag.person or "") not in {"", "3per"} or "impr" in parse.tag:
            continue
        if form in lexicon.verbs or form in lexicon.phrases or (loose and parse.is_known):
            return True
    return word in _SHORT


def _reopened(text: str, inner: Span) -> list[Span]:
    """The paragraphs of a quotation that opens its marks anew in each of them; else the whole as one."""
    marks = re.finditer(r"\n\s*[«\"„]", text[inner.start : inner.end])
    parts = [inner.start, *(inner.start + mark.end() for mark in marks)]
    if len(parts) == 1:
        return [inner]
    ends = [*(text.rfind("\n", inner.start, start) for start in parts[1:]), inner.end]
    return [trimmed(text, Span(start, end)) for start, end in zip(parts, ends, strict=True)]


def _dialogue(text: str, lines: list[Span], blocks: list[Block], lexicon: Lexicon) -> Iterator[Block]:
    """Lines of speech that a dash introduces: `— А, — сказал он. — Б`; of an interview, the answers."""
    taken = [one.outer for one in blocks]
    run: list[Span] = []
    attributed: set[int] = set()
    for before, line in zip([None, *lines], lines, strict=False):
        opening = DIALOGUE.match(text, line.start, line.end)
        if not opening or any(one.overlaps(line) for one in taken):
            run = []
            attributed.clear()
            continue
        run.append(line)
        speech = Span(opening.end(), line.end)
        parts = _split_at_attributions(text, speech, lexicon, loose=True)
        if parts[0].end < speech.end - 4:
            attributed.add(len(run))
            yield Block(Span(line.start, parts[-1].end), parts, dialogue=True)
        elif before is not None and (_is_answer(text, before, line, run) or attributed):
            yield Block(line, [speech], dialogue=True)


def _is_answer(text: str, before: Span, line: Span, run: list[Span]) -> bool:
    """After `Имя, должность:`, or after a question that is a line of the dialogue itself."""
    if text[line.end - 1] == "?" and len(line) < 200:
        return False
    if text[before.end - 1] == ":" and len(run) == 1:
        return True
    if len(run) < 2:
        return False
    asked = next((at for at, one in enumerate(run) if text[one.end - 1] == "?"), None)
    return asked is not None and (text[before.end - 1] == "?" or (len(run) - 1 - asked) % 2 == 1)


def trimmed(text: str, span: Span) -> Span:
    """The span without the spaces at its ends; may be empty."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _part(text: str, start: int, end: int) -> Span:
    one = trimmed(text, Span(start, end))
    while len(one) and text[one.end - 1] in ",":
        one = trimmed(text, Span(one.start, one.end - 1))
    return one


# Sentences


def _sentences(text: str, lines: list[Span], blocks: list[Block]) -> Iterator[Sentence]:
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


# «…опьянения. он взят под стражу»: a sentence begun in lower case, after a word too long for an abbreviation.
# …and «Петровна.Ее»: the space lost.
UNCAPPED = re.compile(
    r"(?<=[а-яё]{6})\.\s+(?=[а-яё]{2})|"
    r"(?<=[а-яё]{4}[.!?])(?=[А-ЯЁ][а-яё\s])|(?<=[а-яё][»\"][.])(?=[А-ЯЁ])|(?<=[а-яё\d)%][.!?…])(?=Ц)|"
    r"(?<=[.!?…][»\"”])(?=[А-ЯЁ])"
)


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
