"""English cues: every form of the verbs in `data/cues.en.toml`, and where a sentence has one."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from quotes.extraction.data import load
from quotes.extraction.english import words
from quotes.extraction.surface.cues import Hit as SurfaceHit
from quotes.extraction.surface.cues import Phrases, cues_in, phrases_of
from quotes.extraction.surface.layout import Sentence, Token

Form = Literal["base", "s", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Cue:
    lemma: str
    kind: str
    takes: frozenset[str]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Hit(SurfaceHit):
    """A cue in a sentence, in one of the forms of its verb."""

    cue: Cue
    form: Form


@dataclass(slots=True)
class Cues:
    verbs: dict[str, Cue] = field(default_factory=dict)
    phrases: Phrases[Cue] = field(default_factory=Phrases)
    """Their first word is a verb in its dictionary form."""
    forms: dict[str, list[tuple[str, Form]]] = field(default_factory=dict)
    adjectives: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    heads: Phrases[None] = field(default_factory=Phrases)
    """`according to` and the like, which the speaker follows."""


@functools.cache
def cues() -> Cues:
    data = load("cues.en.toml")
    found = Cues()
    adjectives: set[str] = set()
    for row in data["cues"]:
        takes, weak = frozenset(row.get("takes", ())), row.get("weak", False)
        for lemma in row.get("verbs", "").split():
            _add(found.verbs, Cue(lemma, row["class"], takes, weak))
        for phrase in phrases_of(row.get("phrases", "")):
            found.phrases.add(phrase, Cue(" ".join(phrase), row["class"], takes, weak))
        adjectives |= set(row.get("adjectives", "").split())
    _set_forms(found, data["irregular"])
    found.adjectives = frozenset(adjectives)
    nouns = data["nouns"]["words"].split()
    found.nouns = frozenset([*nouns, *map(_third, nouns)])
    for row in data["heads"]:
        for head in phrases_of(row["words"]):
            found.heads.add(head, None)
    return found


def _set_forms(found: Cues, given: dict[str, str]) -> None:
    irregular = {row.split()[0]: row.split() for row in given["words"].split("|")}
    ing = dict(row.split() for row in given["ing"].split("|"))
    for lemma in {*found.verbs, *found.phrases, *_QUOTES}:
        for form, kind in _forms(lemma, irregular.get(lemma), ing.get(lemma)):
            known = found.forms.setdefault(form, [])
            if (lemma, kind) not in known:
                known.append((lemma, kind))


def _add(verbs: dict[str, Cue], cue: Cue) -> None:
    """A verb in two classes takes what either does, and is weak only if both say so."""
    known = verbs.get(cue.lemma)
    if known is None:
        verbs[cue.lemma] = cue
    elif not cue.weak:
        verbs[cue.lemma] = Cue(cue.lemma, known.kind, known.takes | cue.takes, known.weak and cue.weak)


def _forms(lemma: str, irregular: list[str] | None, ing: str | None) -> Iterator[tuple[str, Form]]:
    yield lemma, "base"
    yield _third(lemma), "s"
    for past in irregular[1:] if irregular else [_past(lemma)]:
        yield past, "past"
    yield ing or _ing(lemma), "ing"


def _third(lemma: str) -> str:
    if lemma in {"go", "do"} or lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + "ing"


# "was quoted by the agency as saying"
_QUOTES = ("quote", "cite")
_QUOTED = Cue("quote", "cite", frozenset({"inserted"}))


@functools.lru_cache(maxsize=2)
def hits(sentence: Sentence) -> list[Hit]:
    """The cues of a sentence, nouns and adjectives of the same spelling left out."""
    tokens = sentence.tokens

    def verb(at: int) -> Hit | None:
        forms = cues().forms.get(tokens[at].lower, ())
        found = (_hit(tokens, at, lemma, form) for lemma, form in forms)
        return next((hit for hit in found if hit is not None and not _is_no_verb(tokens, hit)), None)

    return cues_in(tokens, verb)


def _hit(tokens: list[Token], at: int, lemma: str, form: Form) -> Hit | None:
    if lemma in _QUOTES and form == "past":
        for end in range(at + 1, min(len(tokens), at + 10)):
            if tokens[end].lower == "saying":
                return Hit(at, end + 1, _QUOTED, form)
    phrase = cues().phrases.at(tokens, at, lemma)
    if phrase is not None:
        return Hit(at, *phrase, form)
    verb = cues().verbs.get(lemma)
    return Hit(at, at + 1, verb, form) if verb else None


def _is_no_verb(tokens: list[Token], hit: Hit) -> bool:
    before = tokens[hit.first - 1] if hit.first else None
    if before is None or not before.is_word:
        # "Claims that…": a noun, unless inverted after a quotation.
        return (
            before is None
            and hit.form in {"base", "s"}
            and tokens[hit.first].is_capitalised
            and hit.end < len(tokens)
            and tokens[hit.end].lower in {"of", "that", "about"}
        )
    lower = before.lower
    if lower in words.DETERMINERS - {"this", "that", "all", "both", "many", "some", "others", "those", "these"}:
        return True
    if hit.form == "past":
        return False
    if tokens[hit.first].is_capitalised and hit.first and not _all_capitalised(tokens):
        return True
    if lower.endswith(("'s", "s'")) and hit.form != "ing":
        return True
    if hit.form == "s" and (_is_plural_noun(tokens, hit) or _is_object(tokens, hit)):
        return True
    if hit.form == "base" and not _may_precede_base(tokens, hit.first - 1):
        return True
    return (hit.form in {"base", "s"} and lower in words.PREPOSITIONS - {"to"}) or (hit.form == "s" and lower == "to")


def _may_precede_base(tokens: list[Token], at: int) -> bool:
    """`experts say`, `they also say`, `Doe and Roe say`, `to say`: not `press secretary`, `White House statement`."""
    lower = tokens[at].lower
    if (
        lower
        in words.BETWEEN
        | _MODALS
        | words.PREPOSITIONS
        | words.CONJUNCTIONS
        | words.PRONOUNS
        | words.NEGATIONS
        | words.OWN_VOICE
    ):
        return True
    if lower in words.TIMES and at:
        return _may_precede_base(tokens, at - 1)
    if lower in words.PLURAL_ROLES | words.ADDRESSEES or (
        lower.endswith(("s", "ly")) and not lower.endswith(("ss", "us", "'s"))
    ):
        return True
    return any(one.lower == "and" for one in tokens[max(0, at - 6) : at])


def _is_plural_noun(tokens: list[Token], hit: Hit) -> bool:
    """`advocates say`, `claims are`: a verb for many follows."""
    following = tokens[hit.end].lower if hit.end < len(tokens) else ""
    if following in {"are", "were", "have", "do", "don't", "aren't", "weren't"}:
        return True
    return any(form == "base" and cues().verbs.get(lemma) for lemma, form in cues().forms.get(following, ()))


def _is_object(tokens: list[Token], hit: Hit) -> bool:
    """`rejected claims that`: of a verb in the past, not of `the accused`."""
    verb, before = tokens[hit.first - 1], tokens[hit.first - 2] if hit.first > 1 else None
    past = verb.lower.endswith("ed") and len(verb.lower) > 4 and not verb.is_capitalised
    return past and (before is None or before.lower not in words.DETERMINERS)


def _all_capitalised(tokens: list[Token]) -> bool:
    """A Headline In Title Case."""
    long = [one for one in tokens if one.is_word and len(one.text) > 3]
    return bool(long) and sum(one.is_capitalised for one in long) * 4 >= len(long) * 3


def is_negated(tokens: list[Token], hit: Hit) -> bool:
    """Whether nobody said it: `did not say`, `declined to comment`, `without saying`."""
    for token in reversed(tokens[max(0, hit.first - 3) : hit.first]):
        if token.lower in words.NEGATIONS:
            return True
        if token.lower in {"declined", "refused", "declines", "refuses", "failed", "declining", "refusing"}:
            return True
        if token.is_word and token.lower not in words.BETWEEN and token.lower not in {"to", "yet"}:
            return False
    return False


def is_passive(tokens: list[Token], hit: Hit) -> bool:
    """Whether the subject is not who said it: `was told`, `is said to`."""
    if hit.form != "past" or hit.cue.kind == "cite":
        return False
    for token in reversed(tokens[max(0, hit.first - 3) : hit.first]):
        if token.lower in words.BE or token.lower in {"he's", "she's", "getting", "got"}:
            return True
        if token.is_word and token.lower not in words.BETWEEN and not token.lower.endswith("ly"):
            return False
    return False


def is_infinitive(tokens: list[Token], hit: Hit) -> bool:
    """Whether nobody has said it yet: `to say that`, `would say`."""
    before = tokens[hit.first - 1] if hit.first else None
    return hit.form == "base" and before is not None and (before.lower == "to" or before.lower in _MODALS)


_MODALS = frozenset(
    ["will", "would", "can", "could", "may", "might", "must", "should", "shall", "'ll", "did", "do", "does"]
)
