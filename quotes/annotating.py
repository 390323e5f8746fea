"""Writing a quote down: its words, and the statement that they report."""

from collections.abc import Sequence

from quotes.anchoring import Anchor
from quotes.models import Quote, Span, Statement, Suggestion
from quotes.models.suggestion import UNDECIDED
from quotes.refusals import refusals


def write_quote(statement: Statement, quote: Quote, anchors: Sequence[Anchor]) -> Quote:
    """Saves the statement, its quote and the quote's spans together; the statement's first quote leads.

    The spans take the place of those the quote had. Raises Refused where a rule forbids it; then nothing is saved.
    """
    with refusals():
        statement.save()
        quote.statement = statement
        quote.save()
        _replace_spans(quote, anchors)
        if statement.lead is None:
            statement.lead = quote
            statement.save(update_fields=["lead"])
    return quote


def _replace_spans(quote: Quote, anchors: Sequence[Anchor]) -> None:
    wanted = {(anchor.start, anchor.end) for anchor in anchors}
    there = {(span.start, span.end) for span in quote.spans.all()}
    # What stays is not touched: an unchanged quote keeps its approval.
    for start, end in there - wanted:
        quote.spans.filter(start=start, end=end).delete()
    Span.objects.bulk_create(
        Span(quote=quote, start=anchor.start, end=anchor.end, exact=anchor.exact)
        for anchor in anchors
        if (anchor.start, anchor.end) not in there
    )


def move_quote(quote: Quote, to: Statement) -> Quote:
    """The quote reports the statement `to` from now on; a statement left without quotes goes, if never submitted.

    Nothing changes where it reports that one already. Raises Refused where a rule forbids it.
    """
    left = Statement.objects.get(quotes=quote)
    if left == to:
        return quote
    with refusals():
        quote.statement = to
        quote.save(update_fields=["statement"])
        if left.lead_id == quote.pk:
            left.lead = left.quotes.first()
            left.save(update_fields=["lead"])
        if to.lead is None:
            to.lead = quote
            to.save(update_fields=["lead"])
        if not left.quotes.exists() and not left.revisions.exists():
            left.delete()
    return quote


def delete_quote(quote: Quote) -> None:
    """Deletes a quote, and with its last quote the statement, if that was never submitted.

    Raises Refused or ProtectedError where the record has to stay.
    """
    statement = quote.statement
    with refusals():
        # Who takes back what they made of a suggestion has not decided on it yet.
        Suggestion.objects.filter(quote=quote).update(**UNDECIDED)
        if statement.quotes.exclude(pk=quote.pk).exists() or statement.revisions.exists():
            if statement.lead_id == quote.pk:
                statement.lead = statement.quotes.exclude(pk=quote.pk).first()
                statement.save(update_fields=["lead"])
            quote.delete()
        else:
            statement.delete()
