"""A statement on a list: its telling passage or its beginning first, the whole one click away."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from quotes.models import Quote
from quotes.pages.context import beginning
from quotes.pages.summaries import Summary, Wording, summaries

Ranges = list[tuple[int, int]]
Highlight = Callable[[str], Ranges]

# Code points shown where no passage is marked: three or four lines of a newspaper column.
SHOWN_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, and the ranges of it (code points, end exclusive, in order) that a search has found."""

    text: str
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a statement. `whole` is None where `shown` is all of the words.

    `is_open`: what was searched for stands in the whole only, so it is not folded away. `cut_before`, `cut_after`:
    words of the quote go before or follow the passage shown. `sources`: how many report the statement.
    """

    statement: Summary
    quote: Wording
    shown: Marked
    whole: Marked | None
    label: Marked
    cut_before: bool
    cut_after: bool
    in_label_only: bool
    sources: int

    @property
    def is_open(self) -> bool:
        return bool(self.whole and self.whole.ranges and not self.shown.ranges)

    @property
    def sources_told(self) -> str:
        """«2 sources»; here, since the template's tag for plurals takes longer than all else that a card says."""
        return ngettext("%(number)s source", "%(number)s sources", self.sources) % {"number": self.sources}


def nothing_marked(_text: str) -> Ranges:
    return []


def card(
    statement: Summary, quote: Wording, highlight: Highlight = nothing_marked, *, in_label_only: bool = False
) -> Card:
    """The card of a statement in the wording of one of its quotes."""
    words, passage = quote.words, quote.passage
    shown = passage or beginning(words, SHOWN_AT_MOST)

    def marked(text: str) -> Marked:
        return Marked(text, highlight(text))

    return Card(
        statement,
        quote,
        shown=marked(shown),
        whole=marked(words) if shown != words else None,
        label=marked(statement.label),
        cut_before=bool(passage) and quote.passage_start != quote.spans[0].start,
        cut_after=bool(passage) and quote.passage_end != quote.spans[-1].end,
        in_label_only=in_label_only,
        sources=len({each.article.source.public_id for each in statement.quotes}),
    )


def cards(statements: Iterable[Summary]) -> list[Card]:
    """Cards of statements in the wording of their leading quotes."""
    return [card(one, one.lead) for one in statements]


def cards_of_quotes(quotes: Iterable[Quote]) -> list[Card]:
    """Cards of the quotes' statements as far as these are published, each in the wording of the quote. One query."""
    shown = list(quotes)
    found = summaries([quote.statement_id for quote in shown])
    return [
        card(found[quote.statement_id], found[quote.statement_id].worded(quote.pk))
        for quote in shown
        if quote.statement_id in found
    ]


def found_cards(statements: Iterable[Summary], highlight: Highlight, in_label_only: Collection[int]) -> list[Card]:
    """Cards of statements that a search found, each in the first wording that holds what was looked for.

    The leading one comes first, and stands where none does: found by a name, say. `in_label_only` are numbers of
    statements found by their nickname alone.
    """
    return [card(one, _telling(one, highlight), highlight, in_label_only=one.id in in_label_only) for one in statements]


def _telling(statement: Summary, highlight: Highlight) -> Wording:
    others = (quote for quote in statement.quotes if quote.id != statement.lead_id)
    return next((quote for quote in (statement.lead, *others) if highlight(quote.words)), statement.lead)
