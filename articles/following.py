"""Following feeds: which pages they list, and those pages taken in, each once."""

import datetime
import logging
from email.utils import parsedate_to_datetime
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from articles.address import host_of
from articles.bringing import fetch_article, fetcher, not_taken_in, take_in
from articles.feeds import Item, NoFeed, page_of, read_feed
from articles.fetching import NotFetched, Target
from articles.ingest import Facts
from articles.manners import LONGEST_HOLD, NotYet, Visit, hold
from articles.models import Article, Feed, FeedEntry, FeedEntryKey, Host, Source
from articles.refusals import NotTakenIn
from people.dating import KnownBy

log = logging.getLogger(__name__)

NO_WAIT = datetime.timedelta()
# Between the tries to fetch a page: the second one after ten minutes, the fifth one more than a day after the first.
PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (10, 60, 6 * 60, 24 * 60))
# A site that asks to wait without saying how long.
BUSY_PAUSE = datetime.timedelta(minutes=5)
# Until whoever began a visit and never ended it is taken for dead.
ABANDONED = datetime.timedelta(minutes=15)
LONGEST_KEY = 500


def poll(feed_id: int) -> datetime.datetime | None:
    """Asks a feed that is due for what is new, and notes the pages to fetch; None when that is done.

    Otherwise the moment from which its site may be asked. What goes wrong is noted in the feed, and raises nothing.
    """
    feed = _begun(feed_id)
    if feed is None:
        return None
    try:
        _read(feed)
    except NotYet as later:
        Feed.objects.filter(pk=feed.pk).update(next_at=later.until)
        return later.until
    except NotFetched as failure:
        wait = _asked_to_wait(failure, feed.address, feed.failures)
        feed.failed(not_taken_in(failure), wait=wait, for_good=_is_gone(failure))
        log.info("feed %s: %s", feed.address, failure.code)
    except NoFeed:
        feed.failed(NotTakenIn("no_feed"), wait=NO_WAIT, for_good=False)
        log.info("feed %s: no feed", feed.address)
    return None


def visit(host: str) -> datetime.datetime | None:
    """Fetches the next page that waits at the host, and takes it in; None when no other one waits there now.

    Otherwise the moment from which the host may be asked again. What goes wrong is noted in the entry.
    """
    entry = _claimed(host)
    if entry is None:
        return None
    try:
        _take_in(entry)
    except NotYet as later:
        entry.postpone(later.until)
        return later.until
    except NotFetched as failure:
        wait = max(_pause_before(entry.tries), _asked_to_wait(failure, entry.address, entry.tries))
        entry.failed(not_taken_in(failure), wait=wait, for_good=not failure.is_passing)
        log.info("entry %s: %s", entry.address, failure.code)
    except NotTakenIn as refusal:
        entry.failed(refusal, wait=NO_WAIT, for_good=True)
        log.info("entry %s: %s", entry.address, refusal.code)
    return _next_turn(host)


def note(feed: Feed, items: list[Item]) -> list[FeedEntry]:
    """The entries of pages that no feed has listed before, made for those items; the newest item comes first.

    A known page or guid is the same entry, whatever else has changed; names that are new for it are noted. Of a feed
    that has never been read, pages beyond the newest `FEED_FIRST_ENTRIES` are only noted.
    """
    fresh: list[FeedEntry] = []
    is_first = feed.read_at is None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('note entries', 0))")
        keys_of = {item.address: _keys(feed, item) for item in items}
        wanted = [key for keys in keys_of.values() for key in keys]
        known = dict(FeedEntryKey.objects.filter(key__in=wanted).values_list("key", "entry_id"))
        for place, item in enumerate(items):
            keys = keys_of[item.address]
            entry_id = next((known[key] for key in keys if key in known), None)
            if entry_id is None:
                entry = _made(feed, item, is_old=is_first and place >= settings.FEED_FIRST_ENTRIES)
                fresh.append(entry)
                entry_id = entry.pk
            missing = {key: entry_id for key in keys if key not in known}
            FeedEntryKey.objects.bulk_create(FeedEntryKey(entry_id=entry_id, key=key) for key in missing)
            known |= missing
    return fresh


def _begun(feed_id: int) -> Feed | None:
    """The feed, if it is due and nobody else is at it; were we to die, it would be asked again later."""
    with transaction.atomic():
        feed = Feed.objects.select_for_update(of=("self",)).due().select_related("source").filter(pk=feed_id).first()
        if feed:
            feed.next_at = timezone.now() + ABANDONED
            feed.save(update_fields=["next_at"])
    return feed


def _read(feed: Feed) -> None:
    answer = fetcher().fetch(feed.address, before=Visit(), etag=feed.etag, last_modified=feed.last_modified)
    if answer.status == 304:
        feed.was_read()
        return
    reading = read_feed(answer.raw, address=answer.address, content_type=answer.content_type)
    fresh = note(feed, reading.items)
    title = reading.title or feed.title
    feed.was_read(reading.minutes, title=title, etag=answer.etag, last_modified=answer.last_modified)
    log.info("feed %s: %s new", feed.address, len(fresh))


def _claimed(host: str) -> FeedEntry | None:
    """The next entry due at the host, its try counted beforehand: a page that kills the worker is not tried for ever."""
    with transaction.atomic():
        due = FeedEntry.objects.due().filter(host=host).select_related("feed__source")
        entry = due.select_for_update(of=("self",), skip_locked=True).first()
        if entry:
            entry.tries += 1
            entry.next_at = timezone.now() + max(ABANDONED, _pause_before(entry.tries))
            if entry.tries > entry.TRIES_AT_MOST:
                entry.failed(NotTakenIn("worker_died"), wait=NO_WAIT, for_good=True)
                return None
            entry.save(update_fields=["tries", "next_at"])
    return entry


def _next_turn(host: str) -> datetime.datetime | None:
    """When the host may be asked for the next page that is due there; None where none is."""
    if not FeedEntry.objects.due().filter(host=host).exists():
        return None
    return Host.objects.filter(name=host).values_list("free_at", flat=True).first() or timezone.now()


def _take_in(entry: FeedEntry) -> None:
    if article := Article.objects.at(entry.address).first():
        entry.found(article, FeedEntry.State.KNOWN)
        return
    fetched = fetch_article(entry.address, before=Visit())
    source = _source_of(entry.feed, fetched.address)
    otherwise = Facts(
        title=entry.title,
        published=entry.published or "",
        published_known=KnownBy.PUBLICATION if entry.published else "",
    )
    done = take_in(fetched, by=None, source=source, otherwise=otherwise)
    entry.found(done.article, FeedEntry.State.TAKEN if done.is_new_snapshot else FeedEntry.State.KNOWN)


def _source_of(feed: Feed, address: str) -> Source | None:
    """The feed's source for pages of its site, and where it has none; elsewhere None: `ingest` goes by the site."""
    source, host = feed.source, host_of(address)
    is_there = not source.host or host == source.host or host.endswith(f".{source.host}")
    return source if is_there and not Source.objects.at(address).exclude(pk=source.pk).exists() else None


def _made(feed: Feed, item: Item, *, is_old: bool) -> FeedEntry:
    return FeedEntry.objects.create(
        feed=feed,
        address=item.address,
        host=Target.of(item.address).name,
        title=item.title,
        published=item.published or None,
        state=FeedEntry.State.OLD if is_old else FeedEntry.State.WAITING,
    )


def _keys(feed: Feed, item: Item) -> list[str]:
    """The names by which the item's entry is known: its page's in all feeds, its guid's in this one."""
    keys = [f"page {page_of(item.address)}"]
    if item.guid:
        keys.append(f"guid {feed.pk} {item.guid}")
    return [key if len(key) <= LONGEST_KEY else f"sha256 {sha256(key.encode()).hexdigest()}" for key in keys]


def _pause_before(tries: int) -> datetime.timedelta:
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def _asked_to_wait(failure: NotFetched, address: str, times: int) -> datetime.timedelta:
    """How long a busy site is left alone, with all its pages; nothing where it is not busy."""
    if failure.code != "fetch_busy":
        return NO_WAIT
    wait = _retry_after(failure.retry_after) or BUSY_PAUSE * 2 ** min(times, 8)
    wait = min(wait, LONGEST_HOLD)
    hold(Target.of(address).name, wait)
    return wait


def _retry_after(said: str) -> datetime.timedelta:
    """Retry-After as seconds or as a date; nothing for what can't be understood or is over."""
    if said.isascii() and said.isdigit() and len(said) < 9:
        return datetime.timedelta(seconds=int(said))
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return NO_WAIT
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(NO_WAIT, until - timezone.now())


def _is_gone(failure: NotFetched) -> bool:
    """The site says that the feed has ended (410), or robots.txt forbids it: no use to ask again."""
    return failure.code == "fetch_robots" or (failure.code == "fetch_gone" and not failure.is_passing)
