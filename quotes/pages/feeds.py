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
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models import Source
from people.models import Meeting, Person
from quotes.models import Quote, Revision, Statement, Topic
from quotes.models.statement import StatementQuerySet
from quotes.pages import visible
from quotes.pages.atom import AtomFeed, Category, Entry, entry_id
from quotes.pages.forms import SearchForm
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.search.index import IndexUnavailable
from quotes.search.published import RETRY_SECONDS, find
from quotes.search.query import LONGEST_TEXT
from quotes.templatetags.links import to
from quotes.templatetags.wording import closing, opening

NEWEST: Final = 50
TITLE_LENGTH: Final = 100  # code points of the words that stand in an entry's title
# What a search asks for; all else in its address says how a page shows it.
ASKED: Final = ("q", "speaker", "office", "meeting", "source", "topic", "kind", "language", "year")

View = Callable[..., HttpResponse]
Followed = Person | Meeting | Source | Topic


@dataclass(frozen=True, slots=True)
class FeedOf:
    """The feed of a record, as something with an address."""

    record: Followed

    def get_absolute_url(self) -> str:
        return reverse(f"{self.record.route}-feed", args=[self.record.public_id])


def asked_of_a_search(request: HttpRequest) -> str:
    """What the request's address asks of a search, in one order and spelling: for addresses that must not differ."""
    values = ((name, value[:LONGEST_TEXT]) for name in ASKED for value in request.GET.getlist(name))
    return urlencode([(name, value) for name, value in values if value.strip()])


def in_its_own_language(view: View) -> View:
    """The view in the language of its address or the site's own, whatever the browser wishes."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in settings.SPOKEN_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, *args, **kwargs)
        # Said here, it is not asked of the browser: see config.language.
        response.headers["Content-Language"] = language
        return response

    return spoken


@read_only
@in_its_own_language
def everything(request: HttpRequest) -> HttpResponse:
    """What was published last, of all."""
    return _answer(request, _("All statements"), reverse("home"), _newest(Statement.objects.all()))


@read_only
@in_its_own_language
def of_search(request: HttpRequest) -> HttpResponse:
    """What was published last of what a search finds; the address asks as that of the search page does."""
    asked = SearchForm(request.GET).asked()
    try:
        found = find(asked.q, order="approved", limit=NEWEST, rows=Statement.objects.for_feeds())
    except IndexUnavailable:
        headers = {"Retry-After": str(RETRY_SECONDS)}
        text = _("The search index is being rebuilt.")
        return HttpResponse(text, "text/plain; charset=utf-8", status=503, headers=headers)
    query = asked_of_a_search(request)
    title = asked.q or (pgettext("heading", "Search") if query else _("All statements"))
    return _answer(request, title, reverse("search"), found.statements, query=query)


@read_only
@in_its_own_language
def of_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a person said; a merged record's feed is that of the one that took it over."""
    record = get_object_or_404(Person.objects.select_related("merged_into"), public_id=public_id)
    shown = record.merged_into or record
    if not visible.people().filter(pk=shown.pk).exists():
        raise Http404
    return _of_record(request, shown, Statement.objects.by(shown))


@read_only
@in_its_own_language
def of_meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said on an occasion."""
    shown = get_object_or_404(visible.meetings(), public_id=public_id)
    return _of_record(request, shown, Statement.objects.at(shown))


@read_only
@in_its_own_language
def of_topic(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said on a topic and its narrower ones."""
    shown = get_object_or_404(visible.topics(), public_id=public_id)
    return _of_record(request, shown, Statement.objects.on(shown))


@read_only
@in_its_own_language
def of_source(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a source reported, in its own wording."""
    shown = get_object_or_404(visible.sources(), public_id=public_id)
    return _of_record(request, shown, Statement.objects.reported_by(shown).with_reports(), source=shown)


def _of_record(
    request: HttpRequest, record: Followed, statements: StatementQuerySet, *, source: Source | None = None
) -> HttpResponse:
    if redirect := moved(request, FeedOf(record)):
        return redirect
    return _answer(request, record.name, record.get_absolute_url(), _newest(statements), source=source)


def _newest(statements: StatementQuerySet) -> StatementQuerySet:
    return statements.published().for_feeds().last_approved()[:NEWEST]


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
    feed = AtomFeed(
        title=f"{title} · {_('Skazano')}",
        link=request.build_absolute_uri(f"{page}?{shown}" if shown else page),
        description=None,
        language=language,
        feed_url=own,
        feed_guid=own,
        author_name=_("Skazano"),
    )
    for statement in statements:
        feed.add(_entry(request, statement, _wording(statement, source)))
    headers = {"X-Robots-Tag": "noindex"}
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type, headers=headers)


def _wording(statement: Statement, source: Source | None) -> Quote:
    """The leading quote, or the first one of the source."""
    if source is not None:
        return next(quote for quote in statement.quotes.all() if quote.snapshot.article.source_id == source.pk)
    return cast("Quote", statement.lead)


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
