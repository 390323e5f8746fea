"""Statements in Belarusian news, by rules without a model."""

import re
from collections.abc import Iterator
from datetime import date

from quotes.extraction.belarusian.cues import cues
from quotes.extraction.belarusian.grammar import Belarusian
from quotes.extraction.belarusian.spelling import plain
from quotes.extraction.belarusian.tongue import known, tongue
from quotes.extraction.belarusian.words import ABBREVIATIONS
from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.marks import Quotation
from quotes.extraction.registry import Registry
from quotes.extraction.surface.answer import candidates
from quotes.extraction.surface.layout import Conventions, lay_out
from quotes.extraction.surface.reading import read

DIALOGUE = re.compile(r"[—–-]\s+(?=[\wА-ЯЁІЎ«\"])")
# The seam of an attribution inside a speech: `…, — сказаў ён. — …`
SEAM = re.compile(r"(?:,|(?<=[.!?…]))\s?[—–-]\s(?=(?:\w+\s)?(\w+))")
BACK = re.compile(r"[.,:;]\s?[—–-]\s")
# An attribution inside a speech is over within this many characters.
LONGEST_ATTRIBUTION = 300


def suggest(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    """The statements a Belarusian text may report, in the order of the text. Never raises for any text."""
    page = lay_out(text, _regular(text), body, CONVENTIONS)
    return candidates(page, read(page, Belarusian()), tongue(), known(registry), published)


def _regular(text: str) -> str:
    """The text with the same length, its apostrophes ', its spaces plain."""
    text = re.sub(r"(?<=\w)[’ʼ‘](?=\w)", "'", text)
    return re.sub(r"[\u00a0\u2007\u2009\u200a\u202f\u200b\ufeff]", " ", text)


def _reshape(text: str, lines: list[Span], marked: list[Quotation]) -> list[Quotation]:
    """Quotations split where their marks enclose the attribution, and dialogue after a dash."""
    found = [piece for one in marked for piece in _pieces(text, one)]
    starts = {text.rfind("\n", 0, one.outer.start) + 1 for one in marked}
    asked = False
    for line in lines:
        opening = DIALOGUE.match(text, line.start, line.end)
        if opening is None or (text.rfind("\n", 0, line.start) + 1) in starts:
            asked = False
            continue
        speech = Span(opening.end(), line.end)
        pieces = list(_pieces(text, Quotation(speech, speech)))
        attributed = len(pieces) > 1 or pieces[0].outer.end < speech.end
        # Of an interview, the lines that answer a question.
        if attributed:
            found += pieces
        elif asked:
            found.append(Quotation(line, speech))
        asked = not attributed and text[line.end - 1] == "?"
    return found


def _pieces(text: str, one: Quotation) -> Iterator[Quotation]:
    """What of a quotation is speech: all of it, or what stands around its attributions."""
    start, outer = one.inner.start, one.outer.start
    at = start
    while seam := SEAM.search(text, at, one.inner.end):
        if not _is_attribution(text, seam):
            at = seam.end()
            continue
        yield Quotation(Span(outer, seam.start()), Span(start, seam.start()))
        back = BACK.search(text, seam.end(), min(one.inner.end, seam.end() + LONGEST_ATTRIBUTION))
        if back is None:
            return
        start = outer = at = back.end()
    if start < one.inner.end:
        yield Quotation(Span(outer, one.outer.end), Span(start, one.inner.end))


def _is_attribution(text: str, seam: "re.Match[str]") -> bool:
    words = text[seam.end() : seam.end() + 60].split(maxsplit=2)[:2]
    return any(plain(word.strip(".,")) in cues().forms for word in words)


CONVENTIONS = Conventions(
    ABBREVIATIONS,
    # "МІНСК, 5 сакавіка. /БЕЛТА/. "; "5 сакавіка, Мінск /Кар. БЕЛТА/. "
    re.compile(r"(?:[А-ЯЁІЎ-]{3,},\s)?\d{1,2}\s[а-яёіў]{3,11}[^\n/(]{0,20}[/(][^)/\n]{2,30}[/)]\s?[.—–-]?\s+"),
    fold=plain,
    reshape=_reshape,
)
