"""Quotes as W3C Web Annotations: the statement, attached to the very characters of the snapshot's text."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Greatest, Least

from articles.models import Snapshot
from quotes.models import Quote, Span, Statement
from quotes.pages.citing import of_quote
from quotes.pages.linked_data import Site

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
CONTEXT_LENGTH: Final = 32  # code points before and after, by which the words are found again; what Hypothesis keeps

Around = Mapping[int, tuple[str, str]]


def around(quotes: Iterable[Quote]) -> Around:
    """What stands in the body before and after each span, by the spans' numbers; no more than pages show. One query."""
    most = min(CONTEXT_LENGTH, settings.CONTEXT_WINDOW)
    text, start, end = F("quote__snapshot__text"), F("start"), F("end")
    first = Greatest(F("quote__snapshot__body_start"), start - most)
    last = Least(F("quote__snapshot__body_end"), end + most)
    spans = Span.objects.filter(quote__in=list(quotes)).annotate(
        prefix=_part(text, first, start), suffix=_part(text, end, last)
    )
    return {pk: (before, after) for pk, before, after in spans.values_list("pk", "prefix", "suffix")}


def annotation(statement: Statement, quote: Quote, beside: Around, site: Site) -> dict[str, Any]:
    """One annotation. Its targets are the spans, each by its words and by its place.

    The source is the snapshot: what is at the article's address may have changed since.
    """
    permanent = site.id_of("statement", statement.public_id)
    revision = statement.current_revision
    return {
        "@context": CONTEXT,
        "id": of_quote(permanent, quote.public_id),
        "type": "Annotation",
        "motivation": "identifying",
        "created": revision.approval.approved_at.isoformat() if revision else None,
        "body": {"id": permanent, "format": "text/html"},
        "target": [_target(span, quote, beside.get(span.pk, ("", "")), site) for span in quote.spans.all()],
    }


def snapshot_id(snapshot: Snapshot, site: Site) -> str:
    """The address that stands for the text as it was retrieved."""
    return site.whole(f"/api/v1/snapshots/{snapshot.public_id}/")


def _target(span: Span, quote: Quote, beside: tuple[str, str], site: Site) -> dict[str, Any]:
    snapshot = quote.snapshot
    source = {"id": snapshot_id(snapshot, site), "type": "Text", "format": "text/plain", "language": quote.language}
    if snapshot.article.address:
        source["via"] = snapshot.article.address
    return {
        "type": "SpecificResource",
        "source": source,
        "state": {"type": "TimeState", "sourceDate": snapshot.retrieved_at.isoformat()},
        "selector": [
            {"type": "TextQuoteSelector", "exact": span.exact, "prefix": beside[0], "suffix": beside[1]},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _part(text: F, start: Any, end: Any) -> Func:
    """Characters of a text; ranges count from 0, PostgreSQL from 1."""
    count = Greatest(end - start, Value(0), output_field=IntegerField())
    return Func(text, start + 1, count, function="substr", output_field=TextField())
