"""Text → words to compare by: what the index holds, what a query looks for and what a page marks come from here.

A word is compared by its *forms*: the folded surface form, every normal form that pymorphy3 knows or guesses, and a
stem. Any one of them in common is enough. Only all three together find «Токаева» by «Токаев»: pymorphy3 takes «Токаев»
for a form of «токай», and Snowball cuts it to «тока». Stems carry their language («ru:тока»), since bare they would
meet other words («сила тока»). A phrase is compared by surface forms alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from people import belarusian
from people.morphology import inflected, is_known, normal_forms
from quotes.search.numerals import NUMBER, SPACED_NUMBER

ANALYSIS_VERSION = 1  # raise it when the same text gives other tokens: indexes made before are then rebuilt

LONGEST_WORD = 64  # code points of a folded word that are compared
LONGEST_INFLECTED = 40  # above this it is no word of a language: no dictionary, no stem
REMEMBERED_WORDS = 60_000  # about 50 MB
REMEMBERED_SIEVES = 500

INVISIBLE = "\u00ad\u034f\u200b-\u200d\u2060\ufeff"
ALNUM = r"[^\W_]"
CORE = rf"{ALNUM}(?:{ALNUM}|[\u0300-\u036f{INVISIBLE}])*"
WORD = re.compile(rf"{CORE}(?:['’ʼ‘`]{CORE})*")
SIMPLE = re.compile(rf"{NUMBER}(?![^\W_])|{WORD.pattern}")
COMPOUND = re.compile(rf"{SPACED_NUMBER}(?!{ALNUM})|(?:{SIMPLE.pattern})(?:[-‐‑](?:{SIMPLE.pattern}))*")

UNSEEN = re.compile(f"[{INVISIBLE}]")
# Unicode composes the stress mark with four Cyrillic letters; apostrophes and hyphens are many kinds of one.
VARIANTS = str.maketrans("ѐѝѓќ’ʼ‘`‐‑", "еигк" + "'" * 4 + "--")
HAS_VARIANT = re.compile(f"[{''.join(map(chr, VARIANTS))}]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
FOREIGN = re.compile(r"[^\u0000-\u007f\u0400-\u04ff]")
LATIN = re.compile(r"[a-z]")
RUSSIAN = re.compile("[а-я]+")
LOOKALIKES = dict(
    zip("aceiopxy", "асеіорху", strict=True)
)  # Latin keys left in a Cyrillic word by a keyboard or a scan
ONLY_BELARUSIAN = re.compile("[іў]|[а-яё]'[а-яё]")
ONLY_RUSSIAN = re.compile("[ищъ]")

_stemming = Lock()  # Snowball's stemmers keep their state on themselves; threads of a server share them


class Token(NamedTuple):
    """One word of a text, or a whole made of several («пресс-служба», «5 000»), which comes before its parts.

    `start` and `end` count code points of the text as given, end exclusive. `position` counts words from 0; a whole
    has that of its first part, and `length` is the number of words it spans (1 for a plain word).
    """

    start: int
    end: int
    position: int
    length: int
    surface: str
    forms: frozenset[str]


def analyse(text: str, language: str | None = None) -> list[Token]:
    """The words of a text in order. `language` (ru, be, en) decides where a word's letters leave it open.

    Without it, Cyrillic letters of the whole text decide, and where they too say nothing, a word gets both the Russian
    and the Belarusian forms.
    """
    assumed = language or language_of(text)
    tokens: list[Token] = []
    position = 0
    for found in COMPOUND.finditer(text):
        parts = list(_parts(found))
        if len(parts) > 1:
            tokens.append(_token(found.group(), found.start(), position, len(parts), assumed))
        for offset, (start, part) in enumerate(parts):
            tokens.append(_token(part, start, position + offset, 1, assumed))
        position += len(parts)
    return tokens


def having(forms: frozenset[str], text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """The start and end of each word and each whole of a text that has one of the forms, in order.

    As from the tokens of `analyse`, which are not made for the many words that have none: a page of results has a
    thousand words, and to analyse one that is new takes a tenth of a millisecond.
    """
    assumed = language or language_of(text)
    sieve = _sieve(forms)
    for found in COMPOUND.finditer(text):
        if found.group().isalpha():
            if sieve.lets(found.group(), assumed) and not forms.isdisjoint(_compared(found.group(), assumed)[1]):
                yield found.span()
        else:
            within = analyse(found.group(), assumed)
            yield from (
                (found.start() + token.start, found.start() + token.end)
                for token in within
                if not forms.isdisjoint(token.forms)
            )


@dataclass(frozen=True, slots=True)
class _Sieve:
    """Tells of most words that they have none of some forms, without analysing them."""

    forms: frozenset[str]
    inflected: frozenset[str]  # all words of the dictionary that have one of the forms for their normal form
    stems: tuple[str, ...]

    def lets(self, word: str, language: str | None) -> bool:
        """False only for a Russian word that has none of the forms: neither itself, nor a normal form, nor the stem.

        A word that the dictionary knows has no other normal forms than those of its own; a stem is how the word begins.
        """
        bare = word.lower().replace("ё", "е")
        if not RUSSIAN.fullmatch(bare) or not (language == "ru" or ONLY_RUSSIAN.search(bare)):
            return True
        return bare in self.forms or bare in self.inflected or bare.startswith(self.stems) or not is_known(bare)


@lru_cache(maxsize=REMEMBERED_SIEVES)
def _sieve(forms: frozenset[str]) -> _Sieve:
    words = {word for form in forms if RUSSIAN.fullmatch(form) for word in inflected(form)}
    stems = tuple(form.removeprefix("ru:") for form in forms if form.startswith("ru:"))
    return _Sieve(forms, frozenset(map(_bare, words)), stems)


def language_of(text: str) -> str | None:
    """Belarusian («be») or Russian («ru») by the letters that only one of them has; None where none or both occur."""
    folded = _lowered(text)
    belarusian_letters = ONLY_BELARUSIAN.search(folded) is not None
    russian_letters = ONLY_RUSSIAN.search(folded) is not None
    if belarusian_letters == russian_letters:
        return None
    return "be" if belarusian_letters else "ru"


def fold(word: str) -> str:
    """A word's surface form for comparing: lower case; ё = е, ў = у; no stress marks, soft hyphens, invisible marks.

    Cyrillic words lose their apostrophes (аб’ява, аб'ява), Latin ones keep one kind. Decimal commas become points.
    """
    return _surface(_lowered(word))


def _surface(lowered: str) -> str:
    return _bare(lowered).replace("ў", "у")[:LONGEST_WORD]


def _parts(found: re.Match[str]) -> Iterator[tuple[int, str]]:
    """(start, text) of the words that a whole consists of; a date or address of figures falls into its numbers."""
    if found.group().isalpha():  # most are
        yield found.start(), found.group()
        return
    for simple in SIMPLE.finditer(found.group()):
        separators = sum(simple.group().count(mark) for mark in ".,")
        pieces = re.finditer(r"\d+", simple.group()) if separators > 1 else [simple]
        for piece in pieces:
            inner = 0 if piece is simple else simple.start()
            yield found.start() + inner + piece.start(), piece.group()


def _token(word: str, start: int, position: int, length: int, language: str | None) -> Token:
    surface, forms = _compared(word, language)
    return Token(start, start + len(word), position, length, surface, forms)


@lru_cache(maxsize=REMEMBERED_WORDS)
def _compared(word: str, language: str | None) -> tuple[str, frozenset[str]]:
    lowered = _lowered(word)
    surface = _surface(lowered)
    if len(surface) > LONGEST_INFLECTED or not any(map(str.isalpha, surface)):
        return surface, frozenset({surface})
    forms = {surface}
    for spoken in _languages(lowered, language):
        forms |= FORMS[spoken](_bare(lowered))
    return surface, frozenset(forms)


def _languages(lowered: str, language: str | None) -> tuple[str, ...]:
    """The languages whose rules a word gets: its own letters first, then the text's language."""
    if not CYRILLIC.search(lowered):
        return ("en",) if LATIN.search(lowered) else ()
    if ONLY_BELARUSIAN.search(lowered):
        return ("be",)
    if ONLY_RUSSIAN.search(lowered):
        return ("ru",)
    return (language,) if language in ("ru", "be") else ("ru", "be")


def _lowered(text: str) -> str:
    """Lower case, composed, without marks on letters and invisible characters; ё and ў still told from е and у."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = unicodedata.normalize("NFC", text)
    # Whole articles pass here: what few texts need is done for those alone.
    if HAS_VARIANT.search(text):
        text = text.translate(VARIANTS)
    return FOREIGN.sub(lambda letter: _unaccented(letter.group()), text)


def _unaccented(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def _bare(lowered: str) -> str:
    """A lower-case word as its rules expect it: ё = е, one script, numbers alike, apostrophes only in Latin words."""
    word = lowered.replace("ё", "е")
    if word[:1].isdigit():
        word = re.sub(r"(?<=\d)[ \u2009\u202f](?=\d)", "", word).replace(",", ".")
    if CYRILLIC.search(word):
        latin = set(LATIN.findall(word))
        if latin <= LOOKALIKES.keys():
            word = "".join(LOOKALIKES.get(letter, letter) for letter in word)
        word = word.replace("'", "")
    return word


def _russian(word: str) -> frozenset[str]:
    with _stemming:
        return frozenset({*map(_bare, normal_forms(word)), f"ru:{_stemmer('russian').stemWord(word)}"})


def _belarusian(word: str) -> frozenset[str]:
    return frozenset(f"be:{stem}" for stem in belarusian.stems(word))


def _english(word: str) -> frozenset[str]:
    with _stemming:
        return frozenset({f"en:{_stemmer('english').stemWord(word)}"})


FORMS = {"ru": _russian, "be": _belarusian, "en": _english}


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
