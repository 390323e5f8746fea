"""Kept dates in the reader's language, in words that the date fields read back."""

from django.utils.translation import get_language

from people.date_words import Language
from people.edtf import Edtf, UnreadableDate, write
from people.fields import OPEN

LANGUAGES: dict[str, Language] = {"ru": "ru", "be": "be", "en": "en"}
OPEN_IN_WORDS: dict[Language, str] = {"ru": "по н. в.", "be": "па цяперашні час", "en": "present"}


def told(value: str | None) -> str:
    """«4 марта 2024», «по н. в.»; empty for no date, and a text that is no kept date as it stands."""
    language = LANGUAGES.get((get_language() or "ru").split("-")[0], "ru")
    if value == OPEN:
        return OPEN_IN_WORDS[language]
    try:
        return write(Edtf.of(value), language) if value else ""
    except UnreadableDate:
        return value or ""


def told_period(start: str | None, end: str | None) -> str:
    """Both ends of what lasts, «20 июля 1994 – по н. в.»; a question mark for one that is not known."""
    return f"{told(start) or '?'} – {told(end) or '?'}" if start or end else ""
