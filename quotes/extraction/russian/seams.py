"""Where an attribution interrupts or follows speech, told by its marks and first words: before there are sentences."""

import re

from quotes.extraction.candidates import Span
from quotes.extraction.marks import trimmed
from quotes.extraction.russian.analysis import lemmas, parses
from quotes.extraction.russian.lexicon import Lexicon

# The seam of an attribution inside a quotation: `…, — сказал он. — …`
SEAM = re.compile(r"([,.!?…])\s?[—–-]\s?(?=[а-яёА-ЯЁa-z])")
# Where the speech goes on behind it.
BACK = re.compile(r"[.,:;]\s?[—–-]\s")
# In characters: how long an attribution inside a quotation may be, and one between two quotations.
LONGEST_INSIDE, LONGEST_BETWEEN = 400, 300
# The marks around «— сказал он. —» between two quotations.
OPENS_BETWEEN = re.compile(r"\s?[,.!?…]?\s?[—–-]")
CLOSES_BETWEEN = re.compile(r"[.,;:]\s?[—–-]\s*$")
WORD = re.compile(r"\w+(?:-\w+)*")
# The words within which an attribution names its verb: «— в интервью ТАСС сказал…», «Ответил на вопрос министра:».
NEAR = 6
# Short forms that attribute as verbs do, and are too common otherwise to be looked up: «— уверен он», «Таков ответ».
SHORT = {"уверен", "уверена", "уверены", "убежден", "убеждена", "убеждены", "убеждён", "согласен", "согласна", "таков", "такова", "таково"}  # fmt: skip


def split_at_attributions(text: str, inner: Span, lexicon: Lexicon, *, loose: bool = False) -> list[Span]:
    """The parts of speech that encloses its attribution: `«А, — сказал он. — Б»`; one that ends early, if it ends so.

    `loose` takes any verb for one of saying, as in a line of dialogue any is: `— А, — вставляет он`.
    """
    parts, start, at = [], inner.start, inner.start
    while seam := SEAM.search(text, at, inner.end):
        at = seam.end()
        if not _begins_with_cue(text[at : at + 120], lexicon, loose):
            continue
        parts.append(_part(text, start, seam.start() + (seam.group(1) != ",")))
        back = BACK.search(text, at, min(inner.end, at + LONGEST_INSIDE))
        if back is None:
            start = inner.end
            break
        start = at = back.end()
    if start < inner.end:
        parts.append(_part(text, start, inner.end))
    return [one for one in parts if len(one) > 0] or [inner]


def _part(text: str, start: int, end: int) -> Span:
    one = trimmed(text, Span(start, end))
    while len(one) and text[one.end - 1] in ",":
        one = trimmed(text, Span(one.start, one.end - 1))
    return one


def joins_halves(between: str) -> bool:
    """Whether what stands between two quotations makes them one: `«А», — сказал он. — «Б»`."""
    if len(between) > LONGEST_BETWEEN or "\n" in between:
        return False
    return OPENS_BETWEEN.match(between) is not None and CLOSES_BETWEEN.search(between) is not None


def speaks_soon(clause: str, lexicon: Lexicon, within: int = NEAR) -> bool:
    """Whether one of the first words can be a verb of saying."""
    for count, match in enumerate(WORD.finditer(clause[:160])):
        if count >= within or re.search(r"[.!?…;]\s|[«\"]", clause[: match.start()]):
            return False
        if _may_be_cue(match.group(), lexicon):
            return True
    return False


def spoke_before(lead: str, lexicon: Lexicon) -> bool:
    """Whether the sentence that ends with the colon of `lead` has a verb of saying shortly before it."""
    sentence = re.split(r"[.!?…;]\s", lead[-160:])[-1]
    return any(is_verb_of_saying(word, lexicon) for word in WORD.findall(sentence)[-NEAR:])


def _may_be_cue(word: str, lexicon: Lexicon) -> bool:
    for form in lemmas(word.lower()):
        if form in lexicon.verbs or form in lexicon.phrases or form in lexicon.heads:
            return True
    return word.lower() in lexicon.passives or word.lower() in SHORT


def _begins_with_cue(clause: str, lexicon: Lexicon, loose: bool) -> bool:
    """Stricter than `speaks_soon`: inside a quotation a dash is more often a dash."""
    for word in WORD.findall(clause)[:3]:
        if word.islower() and is_verb_of_saying(word, lexicon, loose=loose):
            return True
        if not word.islower() or not any(str(parse.tag.POS) in {"ADVB", "CONJ", "PRCL"} for parse in parses(word)):
            return False
    return False


def is_verb_of_saying(word: str, lexicon: Lexicon, *, loose: bool = False) -> bool:
    """Whether a word tells that somebody else says, or said, something; with `loose`, does anything."""
    lower = word.lower()
    for parse in parses(lower):
        form = str(parse.normal_form).replace("ё", "е")
        if str(parse.tag.POS) != "VERB" or str(parse.tag.person or "") not in {"", "3per"} or "impr" in parse.tag:
            continue
        if form in lexicon.verbs or form in lexicon.phrases or (loose and parse.is_known):
            return True
    return lower in SHORT
