"""The sitemap: an index, and files of records by ranges of their numbers.

A range never moves, so a file is read by the primary key however many records there are, nothing is counted, and what is
added changes the last file alone. Files name no other languages: each page does so itself, and three addresses more for
each of a million records would be paid by everybody who fetches them.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as django_index
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import connection
from django.db.models import DateTimeField, Model, OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import register_converter, reverse

from quotes.models import Approval, Span, Statement
from quotes.pages import visible
from quotes.pages.reading import read_only

# Numbers a file. The protocol allows 50,000 addresses; who asks for so many waits, and so does everybody behind them.
RANGE: Final = 5_000

# Pages that are no records, by the names of their addresses.
PAGES: Final = ("home", "search", "about", "method", "privacy", "releases")


class Section(NamedTuple):
    """A file: records of one kind whose numbers lie in the range from `number` * RANGE on."""

    kind: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number}"


PAGES_FILE: Final = Section("pages", 0)


class SectionConverter:
    """`statements-0` in an address."""

    regex = "[a-z]{1,20}-[0-9]{1,9}"

    def to_python(self, value: str) -> Section:
        kind, number = value.split("-")
        return Section(kind, int(number))

    def to_url(self, value: str) -> str:
        return value


register_converter(SectionConverter, "section")


def _statements() -> QuerySet[Any]:
    spans = Prefetch("lead__spans", Span.objects.only("quote_id", "start", "exact"))
    approval = Approval.objects.filter(revision=OuterRef("current_revision")).values("approved_at")
    return (
        Statement.objects.published()
        .select_related("lead")
        .only("public_id", "label", "lead__id")
        .prefetch_related(spans)
        .annotate(changed=Subquery(approval, output_field=DateTimeField()))
    )


def _articles() -> QuerySet[Any]:
    approvals = Approval.objects.filter(
        revision__statement__quotes__snapshot__article=OuterRef("pk"),
        revision__statement__in=Statement.objects.published(),
    )
    last = approvals.order_by("-approved_at").values("approved_at")[:1]
    return visible.articles().only("public_id", "title").annotate(changed=Subquery(last))


# Only what an approval alone changes has a date. Lists of people and the like change with every statement and every name
# on them; to tell when would mean to read them all, and a date that is not true is worse than none.
KINDS: Final[dict[str, Callable[[], QuerySet[Any]]]] = {
    "statements": _statements,
    "people": visible.people,
    "meetings": visible.meetings,
    "sources": visible.sources,
    "articles": _articles,
    "topics": visible.topics,
}


class OneFile(Paginator[Any]):
    """All items are one page, and nobody counts them: files are divided by ranges."""

    num_pages = 1

    def page(self, number: int | str) -> Page[Any]:
        if str(number) != "1":
            raise EmptyPage
        return Page(self.object_list, 1, self)


class Records(Sitemap[Any]):
    """The records of a section."""

    def __init__(self, section: Section) -> None:
        self.rows = KINDS[section.kind]()
        self.first = section.number * RANGE

    @property
    def paginator(self) -> Paginator[Any]:
        return OneFile(self.items(), RANGE)

    def items(self) -> QuerySet[Any]:
        return self.rows.filter(pk__gte=self.first, pk__lt=self.first + RANGE).order_by("pk")

    def lastmod(self, item: Model) -> Any:
        return getattr(item, "changed", None)

    def get_latest_lastmod(self) -> None:
        """None: the index would read every record to say it."""


class Pages(Sitemap[str]):
    """The pages that are no records."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


def _sections() -> list[Section]:
    """The files that are not empty."""
    return [Section(kind, number) for kind, rows in KINDS.items() for number in _ranges(rows())]


def _ranges(rows: QuerySet[Any]) -> list[int]:
    """Which ranges have a row, in one query that looks for the first row of each."""
    last = rows.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return []
    numbers, parameters = rows.order_by().values("pk").query.sql_with_params()
    # The compiled query is our own, and its values stay parameters.
    ranges = f"""
        SELECT number FROM generate_series(0, %s) AS number, LATERAL (
            SELECT FROM ({numbers}) AS shown (id)
            WHERE shown.id >= number * %s AND shown.id < (number + 1) * %s ORDER BY shown.id LIMIT 1
        ) AS first_of_range
        ORDER BY number
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(ranges, [last // RANGE, *parameters, RANGE, RANGE])
        return [number for (number,) in cursor.fetchall()]


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap."""
    files: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {PAGES_FILE.name: Pages()}
    files |= {each.name: Records(each) for each in _sections()}
    return django_index(request, files, sitemap_url_name="sitemap-section")


@read_only
def section(request: HttpRequest, section: Section) -> HttpResponse:
    """One file. Empty ones don't exist."""
    response = django_sitemap(request, {section.name: _file(section)}, section=section.name)
    # Of the newest record: it does not grow newer when one is taken out. The answer's ETag tells that, too.
    response.headers.pop("Last-Modified", None)
    return response


def _file(section: Section) -> Sitemap[Any]:
    if section == PAGES_FILE:
        return Pages()
    if section.kind not in KINDS:
        raise Http404
    records = Records(section)
    if not records.items().exists():
        raise Http404
    return records
