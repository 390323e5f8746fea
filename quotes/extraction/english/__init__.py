"""Statements in English news, by rules without a model."""

import re
from bisect import bisect_right
from datetime import date
from itertools import pairwise

from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.english.grammar import English
from quotes.extraction.english.quoting import regular
from quotes.extraction.english.tongue import known, tongue
from quotes.extraction.english.words import ABBREVIATIONS
from quotes.extraction.marks import Quotation
from quotes.extraction.registry import Registry
from quotes.extraction.surface.answer import candidates
from quotes.extraction.surface.layout import Conventions, lay_out
from quotes.extraction.surface.reading import read

# The lines of an interview.
QUESTION, ANSWER = re.compile(r"Q(?:uestion)?[:.]\s"), re.compile(r"A(?:nswer)?[:.]\s+(?=\w)")


def _with_answers(text: str, lines: list[Span], marked: list[Quotation]) -> list[Quotation]:
    """The quotations, and the answers of an interview in lines of questions and answers; what is marked in them is theirs."""
    answers = []
    for before, line in pairwise(lines):
        opening = ANSWER.match(text, line.start, line.end)
        if opening is not None and QUESTION.match(text, before.start, before.end):
            speech = Span(opening.end(), line.end)
            answers.append(Quotation(line, speech))
    return [*answers, *(one for one in marked if not _is_within(one, answers))]


def _is_within(one: Quotation, answers: list[Quotation]) -> bool:
    at = bisect_right(answers, one.outer.start, key=lambda answer: answer.outer.start) - 1
    return at >= 0 and answers[at].outer.overlaps(one.outer)


# Datelines such as "MINSK, March 3 (Reuters) - ", "FLINT, Mich. — ", or "(Reuters) - " alone.
CONVENTIONS = Conventions(
    ABBREVIATIONS,
    re.compile(
        r"(?:[A-Z][A-Z.'/ -]{2,40}(?:,[^\n—–-]{2,40})?(?:\([^)\n]{2,30}\))?|\([A-Z][^)\n]{1,20}\))\s*(?:--|[—–-])\s+"
    ),
    reshape=_with_answers,
)


def suggest(text: str, published: date | None, registry: Registry, body: Span) -> list[Candidate]:
    """The statements an English text may report, in the order of the text. Never raises for any text."""
    page = lay_out(text, regular(text, body), body, CONVENTIONS)
    return candidates(page, read(page, English()), tongue(), known(registry), published)
