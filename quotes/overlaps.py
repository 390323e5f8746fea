"""What a person should know before saving a quote: the same words, or some of them, are quoted already."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Snapshot
from quotes.anchoring import Anchor
from quotes.models import Span


def warnings(snapshot: Snapshot, anchors: Sequence[Anchor], *, besides: int | None = None) -> list[str]:
    """Sentences in the reader's language about quotes, other than the one with the id `besides`, of the same words.

    First those of this snapshot that share characters with the spans, then those of other snapshots that read alike.
    """
    if not anchors:
        return []
    others = (
        Span.objects.exclude(quote=besides)
        .select_related("quote__statement__lead")
        .prefetch_related("quote__statement__lead__spans")
    )
    shared = Q()
    for anchor in anchors:
        shared |= Q(start__lt=anchor.end, end__gt=anchor.start)
    here = others.filter(shared, quote__snapshot=snapshot)
    elsewhere = others.filter(exact__in=[anchor.exact for anchor in anchors]).exclude(quote__snapshot=snapshot)
    return [_here(span, anchors) for span in here] + [
        _("These very words are quoted from another text already: “%(statement)s”.")
        % {"statement": span.quote.statement}
        for span in elsewhere[:3]
    ]


def _here(span: Span, anchors: Sequence[Anchor]) -> str:
    if any((anchor.start, anchor.end) == (span.start, span.end) for anchor in anchors):
        return _("These words are quoted from this text already: “%(statement)s”.") % {
            "statement": span.quote.statement
        }
    return _("The words overlap another quote of this text, characters %(start)s–%(end)s: “%(statement)s”.") % {
        "start": span.start,
        "end": span.end,
        "statement": span.quote.statement,
    }
