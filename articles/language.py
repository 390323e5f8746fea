"""Which language a text is written in."""

import threading
from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The languages that articles here are in or are taken for: fewer choices, fewer mistakes.
LANGUAGES: Final = ("ru", "be", "en", "uk", "pl", "lt", "lv", "de", "fr", "es", "it", "kk", "ky", "uz", "az", "zh")
_FEWEST_LETTERS: Final = 20
_ENOUGH: Final = 20_000  # Characters; more of them change nothing and take time.
_lock: Final = threading.Lock()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's main language, or "" if there are too few letters to tell."""
    sample = text[:_ENOUGH]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return ""
    with _lock:  # the classifier is written without threads in mind
        return str(_identifier().classify(sample)[0])


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """One of our own: the module's is shared with trafilatura, and its choice of languages is global."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
