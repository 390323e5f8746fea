"""The cue lexicon: which words report somebody's words, and in which frame. Read from `data/cues.ru.toml`."""

import functools
from dataclasses import dataclass, field
from typing import Any, Literal

from quotes.extraction.data import load
from quotes.extraction.outlets import outlets

SpeakerIn = Literal["subject", "object", "place"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of reporting. See the head of the data file for what the fields mean."""

    kind: str
    takes: frozenset[str] = frozenset()
    speaker: SpeakerIn = "subject"
    weak: bool = False


@dataclass(frozen=True)
class Lexicon:
    verbs: dict[str, Cue] = field(default_factory=dict)
    adjectives: dict[str, Cue] = field(default_factory=dict)
    passives: dict[str, Cue] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = field(default_factory=dict)
    """By the first lemma: the lemmas that follow it, not far off, and the cue they make together."""
    heads: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """By the first lemma: «по словам» and the like, which the speaker follows in the genitive."""
    connectives: frozenset[str] = frozenset()
    """Of one word or several: «кроме того»."""
    backward: tuple[tuple[str, ...], ...] = ()
    backward_nouns: tuple[tuple[str, ...], ...] = ()
    backward_verbs: frozenset[str] = frozenset()
    outlet_nouns: frozenset[str] = frozenset()
    outlet_names: frozenset[str] = frozenset()


@functools.cache
def lexicon() -> Lexicon:
    data = load("cues.ru.toml", without_yo=True)
    found = Lexicon(
        connectives=frozenset(" ".join(words) for words in _phrases(data["connectives"]["words"])),
        backward=tuple(_phrases(" | ".join(row["words"] for row in data.get("backward", []) if "verbs" not in row))),
        backward_nouns=tuple(_phrases(" | ".join(row["words"] for row in data.get("backward", []) if "verbs" in row))),
        backward_verbs=frozenset(word for row in data.get("backward", []) for word in row.get("verbs", "").split()),
        outlet_nouns=outlets("ru").nouns,
        outlet_names=outlets("ru").names,
    )
    for row in data.get("cues", []):
        _add(found, row)
    for row in data.get("heads", []):
        for words in _phrases(row["words"]):
            found.heads.setdefault(words[0], []).append(words)
    return found


def _add(lexicon: Lexicon, row: dict[str, Any]) -> None:
    cue = Cue(row["class"], frozenset(row.get("takes", ())), row.get("speaker", "subject"), row.get("weak", False))
    for table, key in ((lexicon.verbs, "verbs"), (lexicon.adjectives, "adjectives"), (lexicon.passives, "passive")):
        for word in row.get(key, "").split():
            table.setdefault(word, cue)
    for words in _phrases(row.get("phrases", "")):
        lexicon.phrases.setdefault(words[0], []).append((words[1:], cue))


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in text.split("|") if phrase.strip()]
