"""What the fields of a record read of the database: each field its own part, so that one left out costs nothing.

The number of queries never grows with the number of records.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db.models import Model, Prefetch, QuerySet

from articles.models import Article, Snapshot, Source
from people.models import Meeting, Office, Organization, Person, Tenure
from quotes.models import Quote, Statement, Topic
from quotes.models.statement import StatementQuerySet
from quotes.pages import visible

Rows = QuerySet[Any]
# Rows, and whether the field is expanded → the rows with what it shows.
Part = Callable[[Rows, bool], Rows]
Parts = Mapping[str, Part]


def loaded(rows: Rows, shown: Collection[str] = (), expanded: Collection[str] = ()) -> Rows:
    """The rows with what these fields show, all of them where none is named."""
    for name, part in PARTS[rows.model].items():
        if not shown or name in shown:
            rows = part(rows, name in expanded)
    return rows


def with_all_parts(statements: StatementQuerySet) -> QuerySet[Statement]:
    """With everything that a StatementShape says."""
    return loaded(statements)


def _joined(*paths: str) -> Part:
    return lambda rows, _expanded: rows.select_related(*paths)


def _fetched(*lookups: Any) -> Part:
    return lambda rows, _expanded: rows.prefetch_related(*(each() if callable(each) else each for each in lookups))


def _named(path: str, model: type[Model]) -> Part:
    """A record that is named: by a join, or with all that its own shape says."""

    def part(rows: Rows, is_expanded: bool) -> Rows:
        if not is_expanded:
            return rows.select_related(path)
        *above, last = path.split("__")
        rows = rows.select_related("__".join(above)) if above else rows
        return rows.prefetch_related(Prefetch("__".join((*above, last)), loaded(model._default_manager.all())))

    return part


def _topics(rows: Rows, is_expanded: bool) -> Rows:
    return rows.prefetch_related(Prefetch("topics", loaded(Topic.objects.all())) if is_expanded else "topics")


def _article(rows: Rows, is_expanded: bool) -> Rows:
    if is_expanded:
        return rows.prefetch_related(Prefetch("article", loaded(Article.objects.all())))
    return rows.select_related("article__source")


def _article_of_quote(rows: Rows, is_expanded: bool) -> Rows:
    return rows.prefetch_related(Prefetch("snapshot", _article(Snapshot.objects.light(), is_expanded)))


def _text(rows: Rows, _expanded: bool) -> Rows:
    """Light otherwise."""
    return rows.defer(None).defer("raw", "proof__secret")


def _current_revision(rows: Rows, _expanded: bool) -> Rows:
    return rows.select_related("current_revision__approval").defer("current_revision__content")


def _public_quotes() -> Prefetch[Any]:
    return Prefetch("quotes", visible.quotes().prefetch_related("spans"), to_attr="public_quotes")


def _wordings() -> Prefetch[Any]:
    return Prefetch("quotes", loaded(Quote.objects.all(), ("spans", "article")))


def _snapshots() -> Prefetch[Any]:
    return Prefetch("snapshots", visible.snapshots().light())


PARTS: Final[Mapping[type[Model], Parts]] = {
    Person: {"other_names": _fetched("names"), "tenures": _fetched("tenures__office")},
    Organization: {},
    Office: {"organization": _named("organization", Organization)},
    Tenure: {"person": _named("person", Person), "office": _named("office", Office)},
    Meeting: {"participants": _fetched("participants__person", "participants__organization")},
    Source: {},
    Article: {"source": _named("source", Source), "snapshots": _fetched(_snapshots)},
    Topic: {"broader": _joined("parent")},
    Snapshot: {
        "article": _article,
        "characters": _text,
        "windows": lambda rows, _expanded: _text(rows, _expanded).prefetch_related(_public_quotes()),
        "text": _text,
    },
    Quote: {
        "statement": _joined("statement"),
        "words": _fetched("spans"),
        "passage": _fetched("spans"),
        "spans": _fetched("spans"),
        "snapshot": lambda rows, _expanded: rows,  # with its article
        "article": _article_of_quote,
    },
    Statement: {
        "speaker": _named("speaker", Person),
        "speaker_organization": _named("speaker_organization", Organization),
        "office": _named("tenure__office", Office),
        "meeting": _named("meeting", Meeting),
        "addressees": _fetched("addressees__person", "addressees__organization"),
        "topics": _topics,
        "lead": _joined("lead"),
        "quotes": _fetched(_wordings),
        "revision": _current_revision,
        "approved_at": _current_revision,
        "url": _fetched("lead__spans"),
    },
}
