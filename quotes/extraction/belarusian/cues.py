"""Belarusian cues: the forms of the verbs in `data/cues.be.toml`, and where a sentence has one."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.extraction.candidates import Span
from quotes.extraction.data import load
from quotes.extraction.surface.layout import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    weak: bool = False
    impersonal: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: tokens `first` to before `end`."""

    first: int
    end: int
    cue: Cue

    def span(self, sentence: Sentence) -> Span:
        return sentence.range(self.first, self.end)


@dataclass(slots=True)
class Cues:
    forms: dict[str, Cue] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = field(default_factory=dict)
    heads: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """By their first word, the longest first."""
    outlet_nouns: frozenset[str] = frozenset()
    outlet_names: frozenset[str] = frozenset()


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
            for spelling in {form, _after_vowel(form)}:
                found.forms.setdefault(spelling, Cue(*given, plural=form.endswith(("лі", "ліся", "ць", "цца"))))
        for phrase in row.get("phrases", "").split("|"):
            first, *rest = phrase.split() or [""]
            if first:
                options = found.phrases.setdefault(first, [])
                options.append((tuple(rest), Cue(*given)))
                options.append((tuple(_after_vowel(one) for one in rest), Cue(*given)))
    heads = [tuple(head.split()) for row in data["heads"] for head in row["words"].split("|")]
    for head in sorted(heads, key=len, reverse=True):
        found.heads.setdefault(head[0], []).append(head)
    found.outlet_nouns = frozenset(data["outlets"]["nouns"].split())
    found.outlet_names = frozenset(data["outlets"]["names"].replace("_", " ").split())
    return found


def _past(verb: str) -> Iterator[str]:
    """`сказаць`: сказаў, сказала, сказалі; `падзяліцца`: падзяліўся, падзялілася, падзяліліся."""
    if verb.endswith("цца"):
        stem, reflexive = verb[:-3], ("ся", "ся", "ся")
    elif verb.endswith("ць"):
        stem, reflexive = verb[:-2], ("", "", "")
    else:
        return
    if stem.endswith("ну") and len(stem) > 4:
        yield from (f"{stem}ў{reflexive[0]}",)
    else:
        yield f"{stem}ў{reflexive[0]}"
    yield f"{stem}ла{reflexive[1]}"
    yield f"{stem}лі{reflexive[2]}"


def _after_vowel(word: str) -> str:
    """`удакладніў` is written `ўдакладніў` after a vowel."""
    return "ў" + word[1:] if word.startswith("у") else word


def hits(sentence: Sentence) -> list[Hit]:
    """The cues of a sentence, outside its quotations."""
    found: list[Hit] = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if not token.is_word or (found and at < found[-1].end):
            continue
        for rest, cue in cues().phrases.get(token.lower, ()):
            if tuple(one.lower for one in tokens[at + 1 : at + 1 + len(rest)]) == rest:
                found.append(Hit(at, at + 1 + len(rest), cue))
                break
        else:
            known = cues().forms.get(token.lower)
            if known is not None and not (at and tokens[at - 1].lower == "не"):
                found.append(Hit(at, at + 1, known))
    return found
