"""Bringing an article in by its address: fetched, looked at, and taken in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from articles.address import host_of
from articles.decoding import decode
from articles.fetching import Fetched, Fetcher, NotFetched, Target
from articles.ingest import Ingested, User, ingest
from articles.models import Snapshot
from articles.refusals import NotTakenIn, too_large
from articles.sniffing import refuse_binary
from articles.stubs import stub_of
from articles.unreadable import UnreadableArticle

USER_AGENT = "Skazano/0.1"


def fetcher() -> Fetcher:
    """One that works as the settings say."""
    contact = f" (+{settings.FETCH_CONTACT})" if settings.FETCH_CONTACT else ""
    return Fetcher(
        user_agent=f"{USER_AGENT}{contact}",
        open_targets=frozenset(settings.FETCH_OPEN_TARGETS),
        seconds=settings.FETCH_SECONDS,
        max_bytes=settings.INGEST_MAX_BYTES,
    )


def bring(address: str, *, by: User | None, **said: Any) -> Ingested:
    """The snapshot of what is at the address now; `said` is what `ingest` may be told besides.

    Fetching takes up to `settings.FETCH_SECONDS`, and writes nothing. Raises `NotTakenIn`, with nothing stored.
    """
    try:
        fetched = fetch_article(address)
    except NotFetched as failure:
        raise not_taken_in(failure) from failure
    return take_in(fetched, by=by, **said)


def fetch_article(address: str, before: Callable[[Target], None] = lambda _target: None) -> Fetched:
    """The page at the address; what is no page or text is not loaded. Raises `NotFetched`.

    `before` is called ahead of each request.
    """
    fetched = fetcher().fetch(address, before=before, look_at_type=_refuse_type)
    if stub := stub_of(_start_of(fetched), fetched.asked, fetched.address):
        raise NotFetched(stub, host=host_of(fetched.address))
    return fetched


def take_in(fetched: Fetched, *, by: User | None, **said: Any) -> Ingested:
    """The snapshot of a page that was fetched. Raises `NotTakenIn`, with nothing stored."""
    method = Snapshot.Method.FETCH
    return ingest(fetched.raw, method=method, by=by, content_type=fetched.content_type, fetched=fetched, **said)


def not_taken_in(failure: NotFetched) -> NotTakenIn:
    """The refusal that tells people of a failed fetch."""
    if failure.code == "too_large":
        return too_large(settings.INGEST_MAX_BYTES)
    return NotTakenIn(failure.code, **failure.params)


def _refuse_type(content_type: str) -> None:
    try:
        refuse_binary(b"", content_type)
    except UnreadableArticle as error:
        raise NotFetched(error.code, media_type=error.params["media_type"]) from error


def _start_of(fetched: Fetched) -> str:
    """The page as text; what can't be read is for `ingest` to refuse."""
    if not fetched.is_page:
        return ""
    try:
        return decode(fetched.raw, content_type=fetched.content_type)[0]
    except UnreadableArticle:
        return ""
