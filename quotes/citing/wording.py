"""The words themselves as they are copied: in quotation marks only where they were spoken."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from quotes.citing.cited import Cited

BETWEEN_SPANS: Final = " […] "
GUILLEMETS: Final = ("«", "»")
CURLY: Final = ("“", "”")
# What APA takes of an untitled post for its title; the speaker's words have no title either.
TITLE_WORDS: Final = 20
# Whatever some program takes for the end of a line, or for nothing at all.
CONTROLS: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


class Span(NamedTuple):
    """A run of a text's code points, the end exclusive, and the characters that stand there."""

    start: int
    end: int
    exact: str


def passage_of(spans: Iterable[Span], start: int, end: int) -> str:
    """The characters from `start` to `end`, code points of the text, where these lie in one of the spans; else nothing."""
    within = (span for span in spans if span.start <= start and end <= span.end)
    return next((span.exact[start - span.start : end - span.start] for span in within), "")


def marks_around(kind: str, language: str, told_in: str) -> tuple[str, str] | None:
    """The quotation marks to print around words; None unless they are the speaker's own.

    Guillemets, but curly marks for an English text that is shown to an English reader.
    """
    if kind != "direct":
        return None
    return CURLY if language == told_in == "en" else GUILLEMETS


def joined(cited: Cited) -> str:
    """The words as printed, without outer marks; « […] » where the report breaks them off."""
    return BETWEEN_SPANS.join(cited.spans)


def quote_text(cited: Cited) -> str:
    """The words to copy. An indirect statement, and the reporter's sentence with quoted words, have no outer marks."""
    opening, closing = marks_around(cited.kind, cited.language, cited.told_in) or ("", "")
    return f"{opening}{joined(cited)}{closing}"


def title_of_words(cited: Cited) -> str:
    """The first words of direct speech, by which a reference manager may list it.

    Not for other kinds: many styles print titles in quotation marks.
    """
    words = joined(cited).split()
    shown = " ".join(words[:TITLE_WORDS])
    return f"{shown}…" if len(words) > TITLE_WORDS else shown


def one_line(text: str) -> str:
    """The text without line ends and control characters, for formats whose values have one line."""
    return CONTROLS.sub(" ", text).strip()
