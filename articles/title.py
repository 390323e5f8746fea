"""A title for a text that has none."""

import re
from typing import Final

LONGEST: Final = 200
# Three letters before the full stop: «г. Примерск» and «А. Б. Примеров» go on.
_SENTENCE_END: Final = re.compile(r"(?:\w{3}|[»”\")%])[.!?…]+[»”\")]*(?=\s+[A-ZА-ЯЁІЎ«“\"„])")


def propose_title(body: str) -> str:
    """The text's first sentence or line, whichever ends first, at most `LONGEST` characters; "" for no text.

    The words are the text's own; only a closing full stop goes, and what is cut short ends in «…».
    """
    line = next((line.strip() for line in body.split("\n") if line.strip()), "")
    end = _SENTENCE_END.search(line)
    sentence = line[: end.end()] if end else line
    if len(sentence) > LONGEST:
        return f"{sentence[:LONGEST].rsplit(maxsplit=1)[0].rstrip(',;:—– ')}…"
    return sentence if sentence.endswith(("..", "…")) else sentence.removesuffix(".")
