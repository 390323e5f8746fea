"""What a person should know before saving a quote: the same words, or some of them, are quoted already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Snapshot
from quotes.anchoring import Anchor
from quotes.models import Quote, Span
from quotes.models.doubling import Reader

# Of the quotes in other texts, how many are told of.
ELSEWHERE_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """A quote that has the words already; `sentence` says so in the reader's language."""

    quote: Quote
    sentence: str


def overlaps(
    snapshot: Snapshot, anchors: Sequence[Anchor], user: Reader, *, besides: int | None = None
) -> list[Overlap]:
    """The quotes that the user may see, other than the one with the id `besides`, of the same words.

    First those of this snapshot that share characters with the spans, then those of other snapshots that read alike.
    """
    if not anchors:
        return []
    others = (
        Span.objects.exclude(quote=besides)
        .exclude(quote__in=Quote.objects.hidden_from(user).values("pk"))
        .select_related("quote__statement__lead", "quote__snapshot")
        .defer("quote__snapshot__raw", "quote__snapshot__text")
        .prefetch_related("quote__statement__lead__spans")
    )
    shared = Q()
    for anchor in anchors:
        shared |= Q(start__lt=anchor.end, end__gt=anchor.start)
    here = others.filter(shared, quote__snapshot=snapshot)
    elsewhere = others.filter(exact__in=[anchor.exact for anchor in anchors]).exclude(quote__snapshot=snapshot)
    return [_here(span, anchors) for span in here] + [_elsewhere(span) for span in elsewhere[:ELSEWHERE_AT_MOST]]


def _here(span: Span, anchors: Sequence[Anchor]) -> Overlap:
    named = {"start": span.start, "end": span.end, "statement": span.quote.statement}
    if any((anchor.start, anchor.end) == (span.start, span.end) for anchor in anchors):
        return Overlap(span.quote, _("These words are quoted from this text already: “%(statement)s”.") % named)
    return Overlap(
        span.quote,
        _("The words overlap another quote of this text, characters %(start)s–%(end)s: “%(statement)s”.") % named,
    )


def _elsewhere(span: Span) -> Overlap:
    return Overlap(
        span.quote,
        _("These very words are quoted from another text already: “%(statement)s”.")
        % {"statement": span.quote.statement},
    )
