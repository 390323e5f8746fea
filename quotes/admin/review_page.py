"""What stands on a review page: the painted texts, the evidence, and the conversation with all that changed in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.models import Snapshot
from quotes.changes import Comparison, Content, FieldChange, content_now
from quotes.evidence import Grounds, Holding, day_in_text, grounds, holdings
from quotes.models import Approval, Quote, Return, Revision, Span, Statement
from quotes.models.doubling import Reader
from quotes.painting import Layer, Stretch, paint


@dataclass(frozen=True, slots=True)
class Text:
    """A snapshot's whole text as it is painted, and the statement's quotes in it."""

    snapshot: Snapshot
    stretches: list[Stretch]
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Told:
    """A revision in the conversation: its verdict, and what it changed since the one before."""

    revision: Revision
    changes: list[FieldChange]

    @property
    def approval(self) -> Approval | None:
        return getattr(self.revision, "approval", None)

    @property
    def returned(self) -> Return | None:
        return getattr(self.revision, "returned", None)


class Under:
    """A statement under review, with its quotes and their texts; the leading quote comes first."""

    def __init__(self, statement: Statement, quotes: Sequence[Quote], user: Reader) -> None:
        self.statement = statement
        self.user = user
        self.quotes = quotes
        revisions = Revision.objects.filter(statement=statement).select_related(
            "approval__approved_by", "returned__returned_by", "returned__snapshot", "submitted_by"
        )
        self.revisions = list(revisions.defer("returned__snapshot__raw").order_by("number"))

    @property
    def quote(self) -> Quote | None:
        """The leading quote."""
        return self.quotes[0] if self.quotes else None

    @cached_property
    def history(self) -> list[Told]:
        """All revisions, the newest first."""
        return [*self._told(self.revisions)][::-1]

    @cached_property
    def decided(self) -> Revision | None:
        """The last revision with a verdict, before the one that is now current."""
        current = self.statement.current_revision_id
        past = [one for one in self.revisions if one.pk != current]
        return next((one for one in reversed(past) if hasattr(one, "approval") or hasattr(one, "returned")), None)

    @cached_property
    def changes(self) -> list[FieldChange]:
        """What differs now from the revision that was last approved or returned."""
        if self.decided is None:
            return []
        now: Content = (
            self.statement.current_revision.content if self.statement.current_revision else content_now(self.statement)
        )
        return Comparison([self.decided.content, now]).between(self.decided.content, now)

    @cached_property
    def texts(self) -> list[Text]:
        """The texts that quote the statement, painted."""
        snapshots = list({quote.snapshot_id: quote.snapshot for quote in self.quotes}.values())
        others = Span.objects.filter(quote__snapshot__in=snapshots).exclude(quote__statement=self.statement)
        others = others.exclude(quote__in=Quote.objects.hidden_from(self.user).values("pk"))
        elsewhere = list(others.values_list("quote__snapshot_id", "start", "end"))
        return [
            Text(
                snapshot,
                paint(snapshot.text, [*self._layers(snapshot, [s[1:] for s in elsewhere if s[0] == snapshot.pk])]),
                [quote for quote in self.quotes if quote.snapshot_id == snapshot.pk],
            )
            for snapshot in snapshots
        ]

    @cached_property
    def day(self) -> str:
        """The day as the leading quote's text prints it; empty where it is not found there."""
        place = day_in_text(self.statement, self.quote) if self.quote else None
        return self.quote.snapshot.text[slice(*place)] if self.quote and place else ""

    @cached_property
    def holdings(self) -> list[Holding]:
        return holdings(self.statement)

    @property
    def office_agrees(self) -> bool:
        """Whether the office that was chosen was held by the speaker on the day, as far as the dates tell."""
        return self.statement.tenure is None or any(one.is_chosen for one in self.holdings)

    @cached_property
    def grounds(self) -> list[Grounds]:
        return [one for quote in self.quotes for one in grounds(quote)]

    def _layers(self, snapshot: Snapshot, others: Iterable[tuple[int, int]]) -> Iterator[Layer]:
        yield Layer("outside", 0, snapshot.body_start)
        yield Layer("outside", snapshot.body_end, len(snapshot.text))
        yield from (Layer("other", start, end) for start, end in others)
        for quote in self.quotes:
            if quote.snapshot_id == snapshot.pk:
                yield from self._layers_of(quote)
        for revision in self.revisions[-1:]:
            returned = getattr(revision, "returned", None)
            if returned and returned.snapshot_id == snapshot.pk:
                yield Layer("pointed", returned.span_start, returned.span_end, "pointed")

    def _layers_of(self, quote: Quote) -> Iterator[Layer]:
        spans = list(quote.spans.all())
        for number, span in enumerate(spans):
            yield Layer("words", span.start, span.end, "" if number else quote.public_id)
        if quote.passage_start is not None and quote.passage_end is not None:
            yield Layer("passage", quote.passage_start, quote.passage_end)
        if place := _nearest(quote.snapshot.text, quote.attribution, spans):
            yield Layer("attribution", *place)
        if place := day_in_text(self.statement, quote):
            yield Layer("day", *place)

    @staticmethod
    def _told(revisions: Sequence[Revision]) -> Iterator[Told]:
        comparison = Comparison([revision.content for revision in revisions])
        before: Content | None = None
        for revision in revisions:
            yield Told(revision, comparison.between(before, revision.content) if before else [])
            before = revision.content


def told_history(revisions: Iterable[Revision]) -> list[Told]:
    """These revisions, each with what it changed since the one before it in its statement."""
    shown = list(revisions)
    past = Revision.objects.filter(statement__in={one.statement_id for one in shown}).order_by("number")
    before = {(one.statement_id, one.number): one.content for one in past}
    comparison = Comparison([*before.values()])
    return [
        Told(one, comparison.between(before[one.statement_id, one.number - 1], one.content))
        for one in shown
        if (one.statement_id, one.number - 1) in before
    ]


def _nearest(text: str, words: str, spans: Sequence[Span]) -> tuple[int, int] | None:
    """Where the words stand nearest to the spans; of the quote's attribution only the words are on record."""
    if not words or not spans:
        return None
    first, last = spans[0].start, spans[-1].end
    places, at = [], text.find(words)
    while at >= 0:
        places.append((max(first - at - len(words), at - last, 0), at))
        at = text.find(words, at + 1)
    if not places:
        return None
    _distance, at = min(places)
    return at, at + len(words)
