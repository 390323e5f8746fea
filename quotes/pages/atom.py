"""Atom 1.0 (RFC 4287) as Django writes it, with what a feed of quoted words needs besides."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.xmlutils import SimplerXMLGenerator

# What XML 1.0 has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Category:
    """A topic: its id in the vocabulary that `scheme` names, and its name."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as one feed shows it. Addresses are whole; `content` is HTML.

    `published` is when the statement first became public, `updated` when its present revision was approved; neither is
    the day on which the words were said.
    """

    id: str
    title: str
    link: str
    content: str
    author: str
    author_link: str | None
    published: datetime.datetime
    updated: datetime.datetime
    categories: tuple[Category, ...] = ()
    via: str = ""


def entry_id(permanent: str, revision: int, approved_at: datetime.datetime) -> str:
    """The tag URI (RFC 4151) of one revision of a statement: what is corrected comes as a new entry, which readers see."""
    return get_tag_uri(f"{permanent}#{revision}", approved_at)


class AtomFeed(Atom1Feed):
    """A feed whose entries have their words for content."""

    def __init__(self, title: str, **parts: Any) -> None:
        super().__init__(_writable(title), **parts)

    def latest_post_date(self) -> datetime.datetime:
        """The last approval among the entries; where there are none a day that never changes, so that nothing seems new."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))

    def add(self, entry: Entry) -> None:
        """Put the entry after those that are there."""
        self.add_item(
            title=_writable(entry.title),
            link=entry.link,
            description="",
            unique_id=entry.id,
            author_name=_writable(entry.author),
            author_link=entry.author_link,
            pubdate=entry.published,
            updateddate=entry.updated,
            entry=entry,
        )

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        entry: Entry = item["entry"]
        for category in entry.categories:
            attributes = {"term": category.term, "scheme": category.scheme, "label": _writable(category.label)}
            handler.addQuickElement("category", "", attributes)
        if entry.via:
            handler.addQuickElement("link", "", {"rel": "via", "href": _writable(entry.via)})
        handler.addQuickElement("content", _writable(entry.content), {"type": "html"})


def _writable(text: str) -> str:
    return UNWRITABLE.sub(" ", text)
