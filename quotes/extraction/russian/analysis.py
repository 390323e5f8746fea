"""Russian sentences as the rules see them: words with offsets, parts of speech, syntax and names.

razdel splits, slovnet tags and parses, pymorphy3 gives dictionary forms. The weights of slovnet and the embeddings of
navec are read from the installed `natasha` wheel, which carries them; its code is never imported.
"""

import functools
import importlib.util
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotes.extraction.candidates import Span

# With more threads, numpy's BLAS makes an article three to five times slower as soon as anything else runs.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

EMBEDDINGS = "navec_news_v1_1B_250K_300d_100q.tar"
# In words. What never ends is no sentence, and slovnet pads each batch to its longest one.
LONGEST_SENTENCE = 200
# The tagger takes one with a capital for a name where sentences are short.
PRONOUNS = {"я", "мы", "ты", "вы", "он", "она", "оно", "они"}
# How a past tense or a gerund ends.
VERBAL = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись", "в", "вшись", "я", "ясь")
TAGS = {
    "NOUN": {"NOUN"}, "PROPN": {"NOUN"}, "ADJ": {"ADJF", "ADJS", "PRTF", "PRTS"}, "VERB": {"VERB", "INFN", "GRND", "PRTF", "PRTS"},
    "AUX": {"VERB", "INFN", "GRND"}, "PRON": {"NPRO", "ADJF"}, "DET": {"ADJF", "NPRO"}, "ADV": {"ADVB", "COMP", "PRED"},
    "ADP": {"PREP"}, "NUM": {"NUMR", "ADJF"}, "SCONJ": {"CONJ"}, "CCONJ": {"CONJ"}, "PART": {"PRCL"},
}  # fmt: skip


@dataclass(slots=True)
class Word:
    """A token of a sentence: its `index` there, that of its `head` (-1: the root), tags of Universal Dependencies."""

    span: Span
    text: str
    index: int
    pos: str = "X"
    feats: dict[str, str] = field(default_factory=dict)
    head: int = -1
    rel: str = "dep"

    @property
    def lemma(self) -> str:
        """The dictionary form in lower case, ё written е."""
        return lemma(self.text.lower(), self.pos)

    @property
    def is_word(self) -> bool:
        return self.pos != "PUNCT"

    @property
    def is_finite(self) -> bool:
        return self.pos in {"VERB", "AUX"} and self.feats.get("VerbForm") == "Fin"


@dataclass(slots=True)
class Name:
    """A name the tagger found: `type` is PER, ORG or LOC."""

    span: Span
    type: str


@dataclass(slots=True)
class Sentence:
    """The words of a sentence; those of quotations that stand as speech are left out (see `blocks`)."""

    span: Span
    words: list[Word]

    def children(self, index: int) -> list[Word]:
        return [word for word in self.words if word.head == index]

    def between(self, start: int, end: int) -> list[Word]:
        """The words that lie wholly between two offsets."""
        return [word for word in self.words if word.span.start >= start and word.span.end <= end]


class Analyzer:
    """The models, loaded at first use: about one second and 250 MB. One per process (`analyzer()`)."""

    def __init__(self) -> None:
        from navec import Navec
        from slovnet import NER, Morph, Syntax

        data = _weights()
        navec = Navec.load(data / "emb" / EMBEDDINGS)
        self._morph, self._syntax, self._names = (
            _with(navec, model.load(data / "model" / f"slovnet_{name}_news_v1.tar"))
            for model, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
        )

    def tag(self, sentences: list[Sentence]) -> None:
        """Fill in parts of speech and syntax."""
        fit = sorted((one for one in sentences if one.words), key=lambda one: len(one.words))
        # The models have seen few words with ё, and take «передаёт» for a noun.
        texts = [[_without_yo(word.text) for word in one.words] for one in fit]
        if not texts:
            return
        for one, morph, syntax in zip(fit, self._morph.map(texts), self._syntax.map(texts), strict=True):
            for word, tagged, parsed in zip(one.words, morph.tokens, syntax.tokens, strict=True):
                word.pos, word.feats = tagged.pos, tagged.feats
                word.head, word.rel = int(parsed.head_id) - 1, parsed.rel
                if word.head == word.index:
                    word.head = -1
                if word.pos in {"NOUN", "PROPN", "X"}:
                    _take_for_verb(word)

    def names(self, text: str, paragraphs: Iterable[Span]) -> list[Name]:
        """The names in the paragraphs, in order."""
        spans = [one for one in paragraphs if one.of(text).strip()]
        found: list[Name] = []
        chunks = [part for one in spans for part in _chunks(text, one)]
        for chunk, markup in zip(chunks, self._names.map([_without_yo(one.of(text)) for one in chunks]), strict=True):
            names = (Name(Span(chunk.start + one.start, chunk.start + one.stop), one.type) for one in markup.spans)
            found += [one for one in names if one.span.of(text).lower() not in PRONOUNS]
        return found


def _without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _take_for_verb(word: Word) -> None:
    """Put right a form that the models don't know, or know as a name by its capital, and that only a verb can have."""
    form = _verb_form(word.text.lower())
    if form is not None:
        word.pos, word.feats = "VERB", dict(form)


@functools.lru_cache(maxsize=50_000)
def _verb_form(word: str) -> tuple[tuple[str, str], ...] | None:
    """The features of a past tense or a gerund; None for a word that can be something else, or isn't known."""
    found = parses(word) if word.endswith(VERBAL) else []
    if not found or not all(parse.is_known for parse in found):
        return None
    tags = {str(parse.tag.POS) for parse in found}
    if tags == {"GRND"}:
        return (("VerbForm", "Conv"),)
    if tags != {"VERB"} or str(found[0].tag.tense) != "past":
        return None
    number, gender = str(found[0].tag.number), str(found[0].tag.gender)
    feats = [("VerbForm", "Fin"), ("Tense", "Past"), ("Number", "Plur" if number == "plur" else "Sing")]
    if number != "plur":
        feats.append(("Gender", gender.capitalize()))
    return tuple(feats)


def _chunks(text: str, span: Span, size: int = 2000) -> Iterator[Span]:
    start = span.start
    while span.end - start > size:
        cut = text.rfind(" ", start + 1, start + size)
        cut = cut if cut > start else start + size
        if text[start:cut].strip():
            yield Span(start, cut)
        start = cut
    if text[start : span.end].strip():
        yield Span(start, span.end)


@functools.cache
def analyzer() -> Analyzer:
    return Analyzer()


def _with(navec: Any, model: Any) -> Any:
    model.navec(navec)
    return model


def _weights() -> Path:
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        msg = "The natasha wheel, whose weights the extraction engine reads, is not installed."
        raise RuntimeError(msg)
    return Path(spec.origin).parent / "data"


@functools.cache
def morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def parses(word: str) -> list[Any]:
    """What a word can be, likeliest first; nothing for a word in letters that Unicode does not name."""
    try:
        return list(morphology().parse(word))
    except ValueError:
        # By unicodedata.name, which pymorphy3 asks of each letter to tell Latin words: '\U00017000' has no name there.
        return []


@functools.lru_cache(maxsize=50_000)
def lemma(word: str, pos: str = "") -> str:
    """The dictionary form of a word in lower case; of several, the one that fits the part of speech. ё is written е."""
    if len(word) > 40:
        return word
    found = parses(word)
    wanted = TAGS.get(pos, set())
    for parse in found:
        if str(parse.tag.POS) in wanted:
            return str(parse.normal_form).replace("ё", "е")
    return str(found[0].normal_form).replace("ё", "е") if found else word


@functools.lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """All dictionary forms that a word in lower case can have."""
    if len(word) > 40:
        return frozenset({word})
    return frozenset(str(parse.normal_form).replace("ё", "е") for parse in parses(word)) | {word}
