"""Kept dates in the reader's language, in words that the date fields read back."""

from functools import lru_cache

from django.utils.translation import get_language

from people.date_words import Language
from people.edtf import Edtf, UnreadableDate, write
from people.fields import OPEN

LANGUAGES: dict[str, Language] = {"ru": "ru", "be": "be", "en": "en"}
# Dates of some decades in three languages: lists tell the same few again and again.
REMEMBERED = 20_000
OPEN_IN_WORDS: dict[Language, str] = {"ru": "по н. в.", "be": "па цяперашні час", "en": "present"}


def told(value: str | None) -> str:
    """«4 марта 2024», «по н. в.»; empty for no date, and a text that is no kept date as it stands."""
    return _told(value, LANGUAGES.get((get_language() or "ru").split("-")[0], "ru")) if value else ""


@lru_cache(maxsize=REMEMBERED)
def _told(value: str, language: Language) -> str:
    if value == OPEN:
        return OPEN_IN_WORDS[language]
    try:
        return write(Edtf.of(value), language)
    except UnreadableDate:
        return value


def told_period(start: str | None, end: str | None) -> str:
    """Both ends of what lasts, «20 июля 1994 – по н. в.»; a question mark for one that is not known."""
    return f"{told(start) or '?'} – {told(end) or '?'}" if start or end else ""
