"""Belarusian cues: the forms of the verbs in `data/cues.be.toml`, and where a sentence has one."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.belarusian.spelling import plain
from quotes.extraction.data import load
from quotes.extraction.surface.cues import Hit as SurfaceHit
from quotes.extraction.surface.cues import Phrases, cues_in, phrases_of
from quotes.extraction.surface.layout import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    weak: bool = False
    impersonal: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Hit(SurfaceHit):
    """A cue in a sentence."""

    cue: Cue


@dataclass(slots=True)
class Cues:
    forms: dict[str, Cue] = field(default_factory=dict)
    phrases: Phrases[Cue] = field(default_factory=Phrases)
    heads: Phrases[None] = field(default_factory=Phrases)
    """`паводле слоў` and the like, which the speaker follows in the genitive."""


@functools.cache
def cues() -> Cues:
    data = load("cues.be.toml")
    found = Cues()
    for row in data["cues"]:
        given = (row["class"], row.get("weak", False), row.get("impersonal", False))
        for form in (
            *row.get("forms", "").split(),
            *(one for verb in row.get("past", "").split() for one in _past(verb)),
        ):
            for spelling in {plain(form), _after_vowel(plain(form))}:
                found.forms.setdefault(spelling, Cue(*given, plural=form.endswith(("лі", "ліся", "ць", "цца"))))
        for first, *rest in map(_plain, phrases_of(row.get("phrases", ""))):
            for following in {tuple(rest), tuple(map(_after_vowel, rest))}:
                found.phrases.add((first, *following), Cue(*given))
    for row in data["heads"]:
        for head in phrases_of(row["words"]):
            found.heads.add(_plain(head), None)
    return found


def _plain(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, phrase))


def _past(verb: str) -> Iterator[str]:
    """`сказаць`: сказаў, сказала, сказалі; `падзяліцца`: падзяліўся, падзялілася, падзяліліся."""
    if verb.endswith("цца"):
        stem, reflexive = verb[:-3], "ся"
    elif verb.endswith("ць"):
        stem, reflexive = verb[:-2], ""
    else:
        return
    yield from (f"{stem}{ending}{reflexive}" for ending in ("ў", "ла", "лі"))


def _after_vowel(word: str) -> str:
    """`удакладніў` is written `ўдакладніў` after a vowel."""
    return "ў" + word[1:] if word.startswith("у") else word


@functools.lru_cache(maxsize=2)
def hits(sentence: Sentence) -> list[Hit]:
    """The cues of a sentence, outside its quotations."""
    tokens = sentence.tokens

    def hit(at: int) -> Hit | None:
        if (phrase := cues().phrases.at(tokens, at)) is not None:
            return Hit(at, *phrase)
        verb = cues().forms.get(tokens[at].lower)
        return Hit(at, at + 1, verb) if verb is not None and not (at and tokens[at - 1].lower == "не") else None

    return cues_in(tokens, hit)
