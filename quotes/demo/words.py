"""Where the demo's words stand in a text. Pure: knows no Django."""

from collections.abc import Sequence

from quotes.anchoring import Anchor, anchor


class WordsError(ValueError):
    """The words of a data file do not stand in their text as they should; `str()` says which and why."""


def find(text: str, body: tuple[int, int], words: str) -> Anchor:
    """The one place in the body where the words stand. Raises WordsError."""
    start = _only_place(text, body, words)
    found = anchor(text, body, start, start + len(words))
    if found.exact != words:
        msg = f"“{words}” has quotation marks or white space around it; the span is “{found.exact}”."
        raise WordsError(msg)
    return found


def find_passage(spans: Sequence[Anchor], words: str) -> tuple[int, int] | tuple[None, None]:
    """The bounds of the words in the same text, within one of the spans; no bounds for no words. Raises WordsError."""
    if not words:
        return None, None
    within = [span for span in spans if words in span.exact]
    if len(within) != 1:
        msg = f"“{words}” stands in {len(within)} of the quote's spans; it must stand in one."
        raise WordsError(msg)
    start = within[0].start + _only_place(within[0].exact, (0, len(within[0].exact)), words)
    return start, start + len(words)


def _only_place(text: str, body: tuple[int, int], words: str) -> int:
    part = text[slice(*body)]
    # Occurrences that share characters count, too: `str.count` would not see them.
    places = [place for place in range(len(part)) if words and part.startswith(words, place)]
    if len(places) != 1:
        msg = f"“{words}” stands {len(places)} times in the text; it must stand there once."
        raise WordsError(msg)
    return body[0] + places[0]
