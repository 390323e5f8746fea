"""Words in their context: what stands around a quote's spans, within a bounded window."""

from dataclasses import dataclass

from django.conf import settings

from quotes.models import Quote


@dataclass(frozen=True)
class Piece:
    """A run of the article's text; `quoted` where it belongs to the quote."""

    text: str
    quoted: bool


def in_context(quote: Quote) -> list[Piece]:
    """The quote's spans and up to `CONTEXT_WINDOW` code points of the body before, between and after them, in order.

    Where more lies between or around, the cut stands at a word's end, and an ellipsis marks it.
    """
    text, window = quote.snapshot.text, settings.CONTEXT_WINDOW
    position, stop = quote.snapshot.body_start, quote.snapshot.body_end
    pieces: list[Piece] = []
    for span in quote.spans.all():
        between = text[position : span.start]
        pieces.append(Piece(_cut_middle(between, window) if pieces else _cut_before(between, window), quoted=False))
        pieces.append(Piece(span.exact, quoted=True))
        position = span.end
    pieces.append(Piece(_cut_after(text[position:stop], window), quoted=False))
    return [piece for piece in pieces if piece.text]


def _cut_before(text: str, window: int) -> str:
    if len(text) <= window:
        return text
    _word, _space, rest = text[-window:].partition(" ")
    return f"…{rest}"


def _cut_after(text: str, window: int) -> str:
    if len(text) <= window:
        return text
    rest, _space, _word = text[:window].rpartition(" ")
    return f"{rest}…"


def _cut_middle(text: str, window: int) -> str:
    if len(text) <= 2 * window:
        return text
    return f"{_cut_after(text[: len(text) // 2], window)} {_cut_before(text[len(text) // 2 :], window)}"
