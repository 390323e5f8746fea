"""What a feed (RSS, Atom, RDF) says: which pages it lists, and how often it wants to be asked."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import feedparser

from articles.address import BadAddress, host_of, normal_address

# The least and the most minutes between two visits, whatever the feed asks for, and those where it says nothing.
SHORTEST: Final = 15
LONGEST: Final = 24 * 60
USUAL: Final = 30
# More than any feed of news lists; what follows is left out.
MOST_ITEMS: Final = 500
_LONGEST_TEXT: Final = 500
_EARLIEST: Final = 1900  # A year before it is a machine's mistake.
_PERIODS: Final = {
    "hourly": 60,
    "daily": 24 * 60,
    "weekly": 7 * 24 * 60,
    "monthly": 30 * 24 * 60,
    "yearly": 365 * 24 * 60,
}
_TAG: Final = re.compile(r"<[^<>]{1,300}>")


class NoFeed(ValueError):  # noqa: N818 - the name says what it is
    """The bytes are no feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A page that a feed lists. "" is what it does not say; `published` the day (ISO 8601) as written there.

    `guid` is the feed's own name of the item, "" where it tells no items apart.
    """

    address: str
    guid: str = ""
    title: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """A feed as it is now, the newest item first; `minutes` until it wants to be asked again, within our bounds."""

    title: str
    minutes: int
    items: list[Item]


def read_feed(raw: bytes, *, address: str, content_type: str = "") -> FeedReading:
    """What the bytes of a feed say, fetched from `address`; nothing is fetched here. Raises `NoFeed`.

    Left out are items without a web address, those listed twice, and those after the first `MOST_ITEMS`.
    """
    # In a stream: bare bytes or text that look like an address or a file's name would be opened.
    headers = {"content-location": address, "content-type": content_type}
    document: Any = feedparser.parse(BytesIO(raw), response_headers=headers, sanitize_html=False)
    if not document.get("version"):
        raise NoFeed
    entries = sorted(document.entries[:MOST_ITEMS], key=_moment, reverse=True)
    items = {item.address: item for entry in reversed(entries) if (item := _item(entry))}
    return FeedReading(
        title=_plain(document.feed.get("title")),
        minutes=_minutes(document.feed),
        items=_with_telling_guids(list(reversed(items.values()))),
    )


def page_of(address: str) -> str:
    """What the addresses of one page share: no scheme, www., m., order of the query, tracking, or slash at the end."""
    parts = urlsplit(normal_address(address))
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    port = f":{parts.port}" if parts.port else ""
    return f"{host_of(address)}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def _item(entry: Any) -> Item | None:
    try:
        address = normal_address(entry.get("feedburner_origlink") or entry.get("link") or "")
    except BadAddress:
        return None
    guid = "".join(char for char in str(entry.get("id") or "") if char.isprintable())
    published = _day(str(entry.get("published") or ""))
    return Item(address=address, guid=guid.strip(), title=_plain(entry.get("title")), published=published)


def _with_telling_guids(items: list[Item]) -> list[Item]:
    """Without the guids that several pages of one document share: some feeds give each item the same one."""
    times = Counter(item.guid for item in items)
    return [
        item if times[item.guid] == 1 else Item(address=item.address, title=item.title, published=item.published)
        for item in items
    ]


def _moment(entry: Any) -> tuple[int, ...]:
    """When the entry says it is from; those that say nothing keep their order, after the others."""
    moment = entry.get("published_parsed") or dict.get(entry, "updated_parsed")  # its own get() is on its way out
    return tuple(moment[:6]) if moment else ()


def _day(written: str) -> str:
    """The day of a date in a feed, by the clock of whoever wrote it; "" for none."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            day = read(written.strip()).date()
        except (ValueError, TypeError, IndexError):
            continue
        # What has no year of four digits was guessed.
        return day.isoformat() if day.year >= _EARLIEST and str(day.year) in written else ""
    return ""


def _plain(text: Any) -> str:
    """A title on one line: some feeds put markup into it."""
    bare = unescape(_TAG.sub(" ", unescape(str(text or ""))))
    return " ".join("".join(char if char.isprintable() else " " for char in bare).split())[:_LONGEST_TEXT]


def _minutes(feed: Any) -> int:
    """By its ttl, else by its updatePeriod and updateFrequency."""
    ttl, frequency = _number(feed.get("ttl")), _number(feed.get("sy_updatefrequency")) or 1
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    return min(max(ttl or period // frequency or USUAL, SHORTEST), LONGEST)


def _number(text: Any) -> int:
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
