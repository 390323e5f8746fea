"""What differs between two wordings, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both wordings, only in the one before, or only in the one after."""

    kind: Literal["same", "gone", "new"]
    text: str


def compare(before: str, after: str) -> list[Run]:
    """Both wordings as one run of words: `same` and `gone` together are `before`, `same` and `new` are `after`."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    runs: list[Run] = []
    for act, at, to, new_at, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            runs.append(Run("same", "".join(old[at:to])))
            continue
        if at < to:
            runs.append(Run("gone", "".join(old[at:to])))
        if new_at < new_to:
            runs.append(Run("new", "".join(new[new_at:new_to])))
    return runs
