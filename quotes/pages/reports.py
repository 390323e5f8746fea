"""A quote as its article prints it: the words in their context, for the public and for reviewers alike."""

from dataclasses import dataclass

from django.conf import settings

from quotes.citing.live import live_link
from quotes.models import Quote
from quotes.pages.context import Piece, in_context
from quotes.templatetags.wording import marks_of


@dataclass(frozen=True, slots=True)
class Report:
    """A quote, and its words with what stands around them; `live` leads to them on the page that prints them."""

    quote: Quote
    pieces: list[Piece]
    live: str


def report(quote: Quote) -> Report:
    """The quote in its context; reads its snapshot's text and its spans."""
    snapshot = quote.snapshot
    passage = None
    if quote.passage_start is not None and quote.passage_end is not None:
        passage = (quote.passage_start, quote.passage_end)
    spans = [(span.start, span.end) for span in quote.spans.all()]
    pieces = in_context(
        snapshot.text,
        (snapshot.body_start, snapshot.body_end),
        spans,
        window=settings.CONTEXT_WINDOW,
        marks=marks_of(quote),
        passage=passage,
    )
    address = snapshot.article.address
    return Report(quote, pieces, live_link(address, snapshot.text, spans) if address else "")
