"""Was it said like this? Words somebody has before them, compared with what is published, and one of five answers."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Self

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import Length

from articles.models import Article
from quotes.models import Quote, Statement, Withdrawal
from quotes.pages import visible
from quotes.pages.context import windows
from quotes.search import query as queries
from quotes.search.finding import NO_FILTERS, Filters
from quotes.search.published import find, recall, records
from quotes.spelling import (
    Parts,
    Place,
    Run,
    asked_parts,
    difference,
    has_same_words,
    is_whole,
    likeness,
    place,
    words_in,
)

FEWEST_WORDS: Final = 3  # with less many people may have said it, and it proves nothing
PHRASE_WORDS: Final = 12  # by which candidates are looked up; the words are compared one by one afterwards
MOST_CANDIDATES: Final = 100
MOST_STATEMENTS: Final = 20  # that an answer names
NEAREST: Final = 3  # statements that are compared closely where none has the very words
COMPARED: Final = 20  # statements, at most, that the difference is looked for in: it takes time
LIKE_ENOUGH: Final = 0.5  # of the asked words, in their order


class Answer(Enum):
    """What can be said; docs/verify.md defines each."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    INDETERMINATE = "indeterminate"
    SOURCE_WITHHELD = "source_withheld"


class Reason(Enum):
    """Why it can't be told."""

    TOO_SHORT = "too_short"
    ARTICLE_UNKNOWN = "article_unknown"
    BESIDE_THE_WORDS = "beside_the_words"


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote in which the asked words stand, and where."""

    quote: Quote
    place: Place

    @property
    def characters(self) -> list[tuple[int, int, str]]:
        """Ranges of code points of the snapshot's text, the end exclusive, and what stands there."""
        spans = list(self.quote.spans.all())
        return [
            (spans[at].start + start, spans[at].start + end, spans[at].exact[start:end])
            for at, start, end in self.place.ranges
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and those of its quotes that have the words."""

    statement: Statement
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Near:
    """A quote that is like the asked words and is not the same."""

    statement: Statement
    quote: Quote
    runs: list[Run]
    only_signs_differ: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement of exactly these words was public, and was taken back."""

    public_id: str
    withdrawn_at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The answer, and what it rests on.

    `said` are the statements whose quotes have the words (in the asked article, where one was named), `elsewhere` those
    that other articles report so. `has_more`: not all statements are named.
    """

    answer: Answer
    words: int
    reason: Reason | None = None
    article: Article | None = None
    said: list[Said] = field(default_factory=list)
    elsewhere: list[Said] = field(default_factory=list)
    has_more: bool = False
    nearest: Near | None = None
    withheld: list[Withheld] = field(default_factory=list)


def confirm(text: str, address: str = "") -> Confirmation:
    """Whether the text, each of its parts in their order, stands in a published quote.

    With a normal address (`articles.address`) only that article's quotes count; those of others are told apart, `elsewhere`.
    Raises IndexUnavailable while there is no index.
    """
    parts = asked_parts(text)
    words = words_in(parts)
    if words < FEWEST_WORDS:
        return Confirmation(Answer.INDETERMINATE, words, Reason.TOO_SHORT)
    article = _article(address)
    candidates = _Candidates.of(parts, article)
    found = Confirmation(
        Answer.NOT_FOUND, words, None, article, candidates.here if article or not address else [], candidates.elsewhere
    )
    if address and article is None:
        found = replace(found, elsewhere=candidates.here)
    return _answered(parts, found, candidates, address)


def _article(address: str) -> Article | None:
    """The article at the address, if it reports a published statement; any other is nobody's to know of."""
    at = Article.objects.at(address) if address else Article.objects.none()
    return visible.articles().filter(pk__in=at.values("pk")).select_related("source").first()


def _answered(parts: Parts, found: Confirmation, candidates: "_Candidates", address: str) -> Confirmation:
    if found.said:
        is_one = len(found.said) == 1 and not candidates.has_more
        found = replace(found, said=found.said[:MOST_STATEMENTS], elsewhere=found.elsewhere[:MOST_STATEMENTS])
        more = candidates.has_more or len(candidates.here) > MOST_STATEMENTS
        return replace(found, answer=Answer.FOUND if is_one else Answer.AMBIGUOUS, has_more=more)
    found = replace(found, elsewhere=found.elsewhere[:MOST_STATEMENTS])
    if withheld := _withheld(parts, address):
        return replace(found, answer=Answer.SOURCE_WITHHELD, withheld=withheld)
    if address and found.article is None:
        return replace(found, answer=Answer.INDETERMINATE, reason=Reason.ARTICLE_UNKNOWN)
    if found.article and _stands_beside(parts, found.article):
        return replace(found, answer=Answer.INDETERMINATE, reason=Reason.BESIDE_THE_WORDS)
    return replace(found, nearest=_nearest(parts, candidates.looked_at[:COMPARED]))


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The statements that may have the words, and those that have; `has_more`: there were more to look at."""

    looked_at: list[Statement]
    here: list[Said]
    elsewhere: list[Said]
    has_more: bool

    @classmethod
    def of(cls, parts: Parts, article: Article | None) -> Self:
        filters = Filters(articles=frozenset({article.pk})) if article else NO_FILTERS
        looked_at, has_more = _looked_up(parts, filters)
        others = _looked_up(parts, NO_FILTERS)[0] if article else []
        here = _said(parts, looked_at, lambda quote: article is None or quote.snapshot.article_id == article.pk)
        elsewhere = _said(parts, others, lambda quote: article is None or quote.snapshot.article_id != article.pk)
        return cls(looked_at, here, elsewhere, has_more)


def _looked_up(parts: Parts, filters: Filters) -> tuple[list[Statement], bool]:
    """Statements like what is asked, then those with the first words of its longest part side by side; whether of these
    there are more.
    """
    words = [token.plain.lower() for token in max(parts, key=len) if token.is_word]
    read = records(Statement.objects.for_cards().with_reports())
    found = find(f'"{" ".join(words[:PHRASE_WORDS])}"', filters=filters, read=read, limit=MOST_CANDIDATES)
    asked = " ".join(token.plain.lower() for part in parts for token in part if token.is_word)
    alike = recall(queries.parse(asked), filters, read=read, limit=NEAREST)
    known = {statement.pk for statement in alike}
    return [*alike, *(each for each in found.statements if each.pk not in known)], found.next is not None


def _said(parts: Parts, statements: Iterable[Statement], counts: Callable[[Quote], bool]) -> list[Said]:
    """Those of the statements that have the words in quotes that count, with these quotes."""
    said: list[Said] = []
    for statement in statements:
        here = [
            Hit(quote, where) for quote in statement.quotes.all() if counts(quote) and (where := _place(parts, quote))
        ]
        if here:
            said.append(Said(statement, here))
    return said


def _place(parts: Parts, quote: Quote) -> Place | None:
    return place(parts, _spans(quote))


def _withheld(parts: Parts, address: str) -> list[Withheld]:
    """Statements taken back of which the asked words are a whole quote, as it was published last.

    Nothing but the whole counts, or whoever asks again and again could guess withheld words one by one.
    """
    taken_back = Statement.objects.withdrawn().filter(current_revision__approval__isnull=False)
    quotes = Quote.objects.filter(statement__in=taken_back)
    if address:
        quotes = quotes.filter(snapshot__article__in=Article.objects.at(address))
    length = sum(len(token.plain) for part in parts for token in part)
    # They differ by spaces and signs at the edges, and by «…», which is compared as three.
    alike = quotes.annotate(length=Sum(Length("spans__exact"))).filter(length__range=(length // 3, 2 * length + 100))
    ids = [
        quote.statement_id
        for quote in alike.only("statement_id").prefetch_related("spans").iterator(MOST_CANDIDATES)
        if is_whole(parts, _spans(quote))
    ]
    withdrawals = Withdrawal.objects.filter(statement__in=ids, restored_at=None).order_by("id")
    rows = withdrawals.values_list("statement__public_id", "withdrawn_at", "reason")
    return [Withheld(*row) for row in rows[:MOST_STATEMENTS]]


def _stands_beside(parts: Parts, article: Article) -> bool:
    """Whether the words stand in what the article's pages show around its quotes; its other text is nobody's to ask."""
    shown = visible.quotes().filter(snapshot__article=article)
    for quote in shown.select_related("snapshot").defer("snapshot__raw").prefetch_related("spans").iterator(NEAREST):
        snapshot = quote.snapshot
        spans = [(span.start, span.end) for span in quote.spans.all()]
        body = (snapshot.body_start, snapshot.body_end)
        ranges = windows(snapshot.text, body, [spans], window=settings.CONTEXT_WINDOW)
        if any(place(parts, [snapshot.text[start:end]]) for start, end in ranges):
            return True
    return False


def _nearest(parts: Parts, statements: Iterable[Statement]) -> Near | None:
    best, most = None, LIKE_ENOUGH
    for statement in statements:
        for quote in statement.quotes.all():
            like = likeness(parts, _spans(quote))
            if like > most or (like == most and best is None):
                best, most = (statement, quote), like
    if best is None:
        return None
    statement, quote = best
    return Near(statement, quote, difference(parts, _spans(quote)), has_same_words(parts, _spans(quote)))


def _spans(quote: Quote) -> list[str]:
    return [span.exact for span in quote.spans.all()]
