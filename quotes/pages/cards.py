"""A statement on a list: its telling passage or its beginning first, the whole one click away."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import ngettext

from quotes.models import Quote, Statement
from quotes.pages.context import beginning

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
    words of the quote go before or follow the passage shown. `sources`: how many report the statement; 0 where nobody
    has counted them.
    """

    statement: Statement
    quote: Quote
    shown: Marked
    whole: Marked | None
    label: Marked
    cut_before: bool
    cut_after: bool
    in_label_only: bool
    sources: int = 0

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
    statement: Statement,
    quote: Quote,
    highlight: Highlight = nothing_marked,
    *,
    in_label_only: bool = False,
    sources: int = 0,
) -> Card:
    """The card of a statement in the wording of one of its quotes."""
    words, passage, spans = quote.words, quote.passage, quote.spans.all()
    shown = passage or beginning(words, SHOWN_AT_MOST)

    def marked(text: str) -> Marked:
        return Marked(text, highlight(text))

    return Card(
        statement,
        quote,
        shown=marked(shown),
        whole=marked(words) if shown != words else None,
        label=marked(statement.label),
        cut_before=bool(passage) and quote.passage_start != spans[0].start,
        cut_after=bool(passage) and quote.passage_end != spans[len(spans) - 1].end,
        in_label_only=in_label_only,
        sources=sources,
    )


def cards(statements: Iterable[Statement]) -> list[Card]:
    """Cards of published statements, read `for_lists`, in the wording of their leading quotes."""
    return [card(one, lead, sources=_sources(one)) for one in statements if (lead := _lead(one))]


def cards_of_quotes(quotes: Iterable[Quote]) -> list[Card]:
    """Cards of published statements, each in the wording of the quote given. One query."""
    shown = list(quotes)
    sources = source_counts([quote.statement for quote in shown])
    return [card(quote.statement, quote, sources=sources[quote.statement_id]) for quote in shown]


def found_cards(statements: Iterable[Statement], highlight: Highlight, in_label_only: Collection[int]) -> list[Card]:
    """Cards of statements that a search found, each in the first wording that holds what was looked for.

    The leading one comes first, and stands where none does: found by a name, say. `in_label_only` are numbers of
    statements found by their nickname alone.
    """
    return [
        card(
            one,
            _telling(one, highlight),
            highlight,
            in_label_only=one.pk in in_label_only,
            sources=_sources(one),
        )
        for one in statements
        if _lead(one)
    ]


def source_counts(statements: Iterable[Statement]) -> dict[int, int]:
    """By the statements' numbers, how many sources report each."""
    numbers = [statement.pk for statement in statements]
    counted = Quote.objects.filter(statement__in=numbers).order_by().values_list("statement")
    return dict(counted.annotate(Count("snapshot__article__source", distinct=True))) if numbers else {}


def _lead(statement: Statement) -> Quote | None:
    """The leading quote, out of those that were read with the statement: no query for it, now or later."""
    statement.lead = next((quote for quote in statement.quotes.all() if quote.pk == statement.lead_id), None)
    return statement.lead


def _sources(statement: Statement) -> int:
    return len({quote.snapshot.article.source_id for quote in statement.quotes.all()})


def _telling(statement: Statement, highlight: Highlight) -> Quote:
    quotes = sorted(statement.quotes.all(), key=lambda quote: quote.pk != statement.lead_id)
    return next((quote for quote in quotes if highlight(quote.words)), quotes[0])
