"""Direct speech in a text laid out: which quotations are speech, and which of them are one statement."""

from dataclasses import dataclass, field
from typing import Protocol

from quotes.extraction.candidates import Span
from quotes.extraction.marks import MARK, trimmed
from quotes.extraction.surface.found import Found, Naming
from quotes.extraction.surface.layout import SENTENCE_ENDS, Page, Sentence, Token

# What stands between an attribution and the rest of the words it is inserted in.
SEAMS = frozenset(",—–-.;…")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said the quotation beside it; `end`: the token after the clause."""

    cue: Span | None
    naming: Naming | None
    end: int
    confidence: float
    variant: str = ""


class Grammar(Protocol):
    """What a language has to tell about attribution."""

    def after(self, sentence: Sentence, at: int) -> Attribution | None:
        """The attribution that follows the quotation at token `at`."""

    def before(self, sentence: Sentence, at: int) -> Attribution | None:
        """The attribution that introduces the quotation at token `at`."""

    def alone(self, sentence: Sentence) -> Attribution | None:
        """A sentence that is nothing but an attribution: `“A!” He said.`"""

    def indirect(self, reading: "Reading", sentence: Sentence) -> None:
        """Adds the indirect and mixed statements of a sentence."""


@dataclass(slots=True)
class Reading:
    """One pass over a page."""

    page: Page
    found: list[Found] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    """The tokens of the current sentence that are spoken for."""
    last: Found | None = None
    """The last statement of the current paragraph."""
    last_paragraph: int = -1
    last_opens: bool = False
    """Whether a bare quotation would go on with the last statement, as `“A,” X said. “B.”` does."""
    previous: tuple[Found | None, int] = (None, -1)
    """The last statement before the current paragraph, and its paragraph."""

    def add(self, found: Found, *, opens: bool) -> None:
        self.found.append(found)
        self.last, self.last_opens = found, opens


def read(page: Page, grammar: Grammar) -> list[Found]:
    """All statements, in the order of the text."""
    reading = Reading(page)
    for number, sentence in enumerate(page.sentences):
        if sentence.paragraph != reading.last_paragraph:
            reading.previous = (reading.last or reading.previous[0], reading.last_paragraph)
            reading.last, reading.last_opens, reading.last_paragraph = None, False, sentence.paragraph
        reading.taken = set()
        _quotations(reading, sentence, number, grammar)
        grammar.indirect(reading, sentence)
    reading.found.sort(key=lambda one: one.start)
    return reading.found


def _quotations(reading: Reading, sentence: Sentence, number: int, grammar: Grammar) -> None:
    at = 0
    while at < len(sentence.tokens):
        if sentence.tokens[at].kind != "quotation":
            at += 1
            continue
        at = _quotation(reading, sentence, at, number, grammar)


def _quotation(reading: Reading, sentence: Sentence, at: int, number: int, grammar: Grammar) -> int:
    """Reads the quotation at token `at`; the token to go on with."""
    begins = _begins(sentence, at)
    for rule, attribute in (("direct.after", grammar.after if begins else _none), ("direct.before", grammar.before)):
        attribution = attribute(sentence, at)
        if attribution is None:
            continue
        rule = "direct.colon" if rule == "direct.before" and _colon(sentence, at) else rule
        return _attributed(reading, sentence, at, attribution, rule, grammar)
    if begins and _is_bare(sentence, at):
        _bare(reading, sentence, at, number, grammar)
    return at + 1


def _none(_sentence: Sentence, _at: int) -> None:
    return None


def _colon(sentence: Sentence, at: int) -> bool:
    return at > 0 and sentence.tokens[at - 1].text == ":"


def _begins(sentence: Sentence, at: int) -> bool:
    return not any(one.is_word or one.kind == "quotation" for one in sentence.tokens[:at])


def _attributed(
    reading: Reading, sentence: Sentence, at: int, attribution: Attribution, rule: str, grammar: Grammar
) -> int:
    variant = f"{rule}.{attribution.variant}" if attribution.variant else rule
    found = Found(
        parts(reading, sentence.tokens[at]), "direct", variant, attribution.confidence, sentence.number, attribution.cue,
        attribution.naming,
    )  # fmt: skip
    end = at + 1 if rule != "direct.after" else max(at + 1, attribution.end)
    reading.taken.update(range(at + 1))
    reading.taken |= _clause(sentence, attribution)
    reading.add(found, opens=True)
    while rule == "direct.after" and end < len(sentence.tokens) and _resumes(sentence, end, attribution, grammar):
        found.spans += parts(reading, sentence.tokens[end])
        found.rule = "direct.inside"
        reading.taken.add(end)
        end += 1
        while end < len(sentence.tokens) and sentence.tokens[end].kind == "mark":
            end += 1
        if end >= len(sentence.tokens) or sentence.tokens[end].kind != "quotation":
            break
    return end


def _clause(sentence: Sentence, attribution: Attribution) -> set[int]:
    """The tokens of the cue and of the words that name the speaker."""
    taken: set[int] = set()
    if attribution.cue is not None:
        taken |= {number for number, one in enumerate(sentence.tokens) if one.span.overlaps(attribution.cue)}
    if attribution.naming is not None:
        taken |= set(range(attribution.naming.first, attribution.naming.end))
    return taken


def _resumes(sentence: Sentence, at: int, own: Attribution, grammar: Grammar) -> bool:
    """Whether the quotation goes on with the statement before it: a comma before it, and no cue of its own."""
    if sentence.tokens[at].kind != "quotation" or sentence.tokens[at - 1].text not in SEAMS:
        return False
    before = grammar.before(sentence, at)
    return before is None or before.cue is None or before.cue == own.cue


def parts(reading: Reading, token: Token) -> list[Span]:
    """What stands between the marks of a quotation, paragraph by paragraph where it reopens them."""
    assert token.quotation is not None  # noqa: S101 - told by the token's kind
    text = reading.page.reading
    inner = token.quotation.inner
    found = []
    start = inner.start
    while start < inner.end:
        end = text.find("\n", start, inner.end)
        end = inner.end if end < 0 else end
        part = trimmed(text, Span(start, end), ' \t\n“«‹„"' if start > inner.start else " \t\n")
        part = trimmed_end(text, part)
        if part.start < part.end:
            found.append(part)
        start = end + 1
    return found or [inner]


def trimmed_end(text: str, span: Span) -> Span:
    """Without the comma that closes a quotation before its attribution."""
    end = span.end
    while end > span.start and (text[end - 1] == "," or text[end - 1].isspace()):
        end -= 1
    return Span(span.start, end) if end > span.start else span


def _is_bare(sentence: Sentence, at: int) -> bool:
    return not any(one.is_word or one.kind == "quotation" for one in sentence.tokens[at + 1 :])


def _bare(reading: Reading, sentence: Sentence, at: int, number: int, grammar: Grammar) -> None:
    """A quotation that is a sentence of its own: the one before goes on, or the next sentence says whose it is."""
    token = sentence.tokens[at]
    if _is_answer(reading.page, sentence, token):
        answer = Found(parts(reading, token), "direct", "direct.interview", 0.75, sentence.number)
        reading.add(answer, opens=False)
        reading.taken.add(at)
        return
    goes_on = reading.last is not None and reading.last_opens
    if not goes_on and not _is_speech(reading, token, whole=len(sentence.tokens) == 1):
        return
    following = _following(reading.page, number)
    told = grammar.alone(following) if following is not None else None
    if told is not None:
        found = Found(
            parts(reading, token), "direct", "direct.after.sentence", told.confidence, sentence.number, told.cue, told.naming
        )  # fmt: skip
        reading.add(found, opens=True)
    elif reading.last is not None and reading.last_opens:
        reading.last.spans += parts(reading, token)
    else:
        earlier, paragraph = reading.previous
        follows = reading.last or (earlier if sentence.paragraph - paragraph <= 1 else None)
        if follows is None:
            return
        confidence = 0.75 if reading.last else 0.6
        rule = "direct.goes_on" if reading.last else "direct.alone"
        reading.add(
            Found(parts(reading, token), "direct", rule, confidence, sentence.number, follows=follows), opens=True
        )
    reading.taken.add(at)


def _is_answer(page: Page, sentence: Sentence, token: Token) -> bool:
    """A line of an interview: it is speech from its dash or its `A:` on, and has no marks."""
    line = page.paragraphs[sentence.paragraph]
    return token.span == line and MARK.match(page.reading, line.start) is None


def _is_speech(reading: Reading, token: Token, *, whole: bool) -> bool:
    words = token.text.split()
    last = parts(reading, token)[-1].of(reading.page.reading)[-1:]
    return len(words) >= 3 and (last in SENTENCE_ENDS or not whole or len(words) >= 6)


def _following(page: Page, number: int) -> Sentence | None:
    if number + 1 < len(page.sentences) and page.sentences[number + 1].paragraph == page.sentences[number].paragraph:
        return page.sentences[number + 1]
    return None
