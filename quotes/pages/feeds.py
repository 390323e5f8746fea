"""Atom feeds: the newest published statements of all, of a search, of a person, an occasion, a source, a topic.

A feed's language is that of its address (`?lang=`), else the site's own: a reader's program has no wishes of its own, and
one address must mean one thing to every cache.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Source
from people.models import Meeting, Person
from quotes.models import Quote, Revision, Statement, Topic
from quotes.pages import facets, visible
from quotes.pages.atom import AtomFeed, Category, Entry, entry_id
from quotes.pages.forms import Asked, SearchForm
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.search.finding import Filters
from quotes.search.index import IndexUnavailable
from quotes.search.published import RETRY_SECONDS, find, records
from quotes.search.query import LONGEST_TEXT
from quotes.templatetags.links import to
from quotes.templatetags.wording import closing, opening

NEWEST: Final = 50
TITLE_LENGTH: Final = 100  # code points of the words that stand in an entry's title

View = Callable[..., HttpResponse]
Followed = Person | Meeting | Source | Topic


@dataclass(frozen=True, slots=True)
class FeedOf:
    """The feed of a record, as something with an address."""

    record: Followed

    def get_absolute_url(self) -> str:
        return reverse(f"{self.record.route}-feed", args=[self.record.public_id])


def query_of(asked: Asked) -> str:
    """What a search asks for, without how a page shows it: for the addresses of the search itself and of its feed."""
    return urlencode([pair for pair in [("q", asked.q[:LONGEST_TEXT]), *asked.filters] if pair[1]])


def feed(view: View) -> View:
    """The view in the language of its address or the site's own, whatever the browser wishes; 503 without an index."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in settings.SPOKEN_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except IndexUnavailable:
                text, headers = _("The search index is being rebuilt."), {"Retry-After": str(RETRY_SECONDS)}
                response = HttpResponse(text, "text/plain; charset=utf-8", status=503, headers=headers)
        # Said here, it is not asked of the browser: see config.language.
        response.headers["Content-Language"] = language
        return response

    return answer


@read_only
@feed
def everything(request: HttpRequest) -> HttpResponse:
    """What was published last, of all; read without the index, since the approvals stand in this order."""
    newest = Statement.objects.published().for_feeds().last_approved()[:NEWEST]
    return _answer(request, _("All statements"), reverse("home"), newest)


@read_only
@feed
def of_search(request: HttpRequest) -> HttpResponse:
    """What was published last of what a search finds; the address asks as that of the search page does."""
    asked = SearchForm(request.GET).asked()
    chosen = facets.chosen(asked)
    names = ", ".join(chip.name for chip in chosen.chips)
    title = " · ".join(filter(None, (asked.q, names))) or _("All statements")
    # A page says that it does not know a filter, and shows what the others leave. Whoever follows one person must not
    # be sent everybody's statements because that person's are not public at the moment.
    knows_all = all(chosen.asked.chosen.get(facet) for facet in asked.chosen)
    newest = _newest(chosen.filters, asked.q) if knows_all else []
    return _answer(request, title, reverse("search"), newest, query=query_of(asked))


@read_only
@feed
def of_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a person said; a merged record's feed is that of the one that took it over."""
    shown = visible.person(public_id)
    return _of_record(request, shown, Filters(speakers=frozenset({shown.pk})))


@read_only
@feed
def of_meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said on an occasion."""
    shown = get_object_or_404(visible.meetings(), public_id=public_id)
    return _of_record(request, shown, Filters(meetings=frozenset({shown.pk})))


@read_only
@feed
def of_topic(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said on a topic and its narrower ones."""
    shown = get_object_or_404(visible.topics(), public_id=public_id)
    return _of_record(request, shown, Filters(topics=frozenset({shown.pk})))


@read_only
@feed
def of_source(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a source reported, in its own wording."""
    shown = get_object_or_404(visible.sources(), public_id=public_id)
    return _of_record(request, shown, Filters(sources=frozenset({shown.pk})), source=shown)


def _of_record(
    request: HttpRequest, record: Followed, filters: Filters, *, source: Source | None = None
) -> HttpResponse:
    if redirect := moved(request, FeedOf(record)):
        return redirect
    newest = _newest(filters, with_reports=source is not None)
    return _answer(request, record.name, record.get_absolute_url(), newest, source=source)


def _newest(filters: Filters, q: str = "", *, with_reports: bool = False) -> list[Statement]:
    rows = Statement.objects.for_feeds()
    rows = rows.with_reports() if with_reports else rows
    return find(q, order="approved", limit=NEWEST, filters=filters, read=records(rows)).statements


def _answer(
    request: HttpRequest,
    title: str,
    page: str,
    statements: Iterable[Statement],
    *,
    query: str = "",
    source: Source | None = None,
) -> HttpResponse:
    """The statements as a feed, in the wording of the source where one is given.

    Its id is its own address, spelled in one way however it was asked for. There is no Last-Modified: a feed loses what
    is withdrawn, and no date in it grows newer by that. Its ETag tells (see `config.settings.MIDDLEWARE`).
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    own = request.build_absolute_uri(f"{request.path}?{'&'.join(filter(None, (query, f'lang={language}')))}")
    shown = "&".join(filter(None, (query, f"lang={language}" if "lang" in request.GET else "")))
    atom = AtomFeed(
        title=f"{title} · {_('Skazano')}",
        link=request.build_absolute_uri(f"{page}?{shown}" if shown else page),
        description=None,
        language=language,
        feed_url=own,
        feed_guid=own,
        author_name=_("Skazano"),
    )
    for statement in statements:
        atom.add(_entry(request, statement, _wording(statement, source)))
    headers = {"X-Robots-Tag": "noindex"}
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type, headers=headers)


def _wording(statement: Statement, source: Source | None) -> Quote:
    """The first quote of the source; the leading one where none is asked for, or the index is behind by a moment."""
    lead = cast("Quote", statement.lead)
    if source is None:
        return lead
    return next((each for each in statement.quotes.all() if each.snapshot.article.source_id == source.pk), lead)


def _entry(request: HttpRequest, statement: Statement, quote: Quote) -> Entry:
    def whole(address: str) -> str:
        return request.build_absolute_uri(address)

    revision = cast("Revision", statement.current_revision)
    permanent = whole(reverse("statement-by-id", args=[statement.public_id]))
    words = Truncator(quote.passage or quote.words).chars(TITLE_LENGTH)
    speaker = statement.speaker or statement.speaker_organization
    name = speaker.name if speaker else _("Speaker not identified")
    context = {"request": request, "statement": statement, "quote": quote}
    address = to({"request": request}, statement)
    return Entry(
        id=entry_id(permanent, revision.number, revision.approval.approved_at),
        title=f"{opening(quote)}{words}{closing(quote)} · {name}",
        link=whole(address),
        content=get_template("quotes/_entry.html").render(context).strip(),
        author=name,
        author_link=whole(statement.speaker.get_absolute_url()) if statement.speaker else None,
        published=cast("Any", statement).first_approved_at,
        updated=revision.approval.approved_at,
        categories=tuple(Category(topic.public_id, topic.name, whole("/t/")) for topic in statement.topics.all()),
        via=quote.snapshot.article.address,
    )
