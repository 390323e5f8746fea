"""The archived texts that a sheet's rows are about, found by address; in batches, however many rows there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from articles.address import date_in, host_of, same_addresses, same_hosts
from articles.body import propose_body
from articles.ingest import pasted
from articles.models import Article, Snapshot, Source
from articles.reading import read
from articles.refusals import NotTakenIn
from articles.text import text_sha256
from articles.unreadable import UnreadableArticle

T = TypeVar("T")
# Values in one question to the database.
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text in which a row's words may stand; `snapshot` is None for one that is still to be taken in."""

    text: str
    body: tuple[int, int]
    snapshot: Snapshot | None = None


@dataclass(slots=True)
class ToTakeIn:
    """An article that comes with the sheet: its text, and who publishes at its address."""

    address: str
    given: str
    published: str | None
    language: str
    source: Source
    text: Text


@dataclass(slots=True)
class Archive:
    """Articles on record by the addresses asked for, and those to be taken in; `refusals` say why one can't be."""

    articles: dict[str, Article] = field(default_factory=dict)
    to_take_in: dict[str, ToTakeIn] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def archive_of(addresses: Collection[str], given: dict[str, tuple[str, str | None]]) -> Archive:
    """What is on record at the normal addresses; of the others, those whose text and date of publication are `given`."""
    archive = Archive(_articles_at(addresses))
    missing = {address: what for address, what in given.items() if address not in archive.articles}
    if missing:
        _prepare(missing, archive)
    return archive


def snapshots_of(articles: Sequence[Article], *, lock: bool) -> dict[int, list[Snapshot]]:
    """The snapshots of each article with their texts, the newest first. Locked, no quote joins them meanwhile."""
    rows = Snapshot.objects.filter(article__in=articles).defer("raw").order_by("pk")
    found: dict[int, list[Snapshot]] = defaultdict(list)
    by_key = {article.pk: article for article in articles}
    for snapshot in rows.select_for_update(no_key=True) if lock else rows:
        snapshot.article = by_key[snapshot.article_id]
        found[snapshot.article_id].insert(0, snapshot)
    return found


def _articles_at(addresses: Collection[str]) -> dict[str, Article]:
    asked: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        for spelling in same_addresses(address):
            asked[spelling].append(address)
    found: dict[str, Article] = {}
    for batch in batches(asked):
        for article in Article.objects.filter(address__in=batch).select_related("source"):
            for address in asked[article.address]:
                # Of several the oldest record, as `ingest` has it.
                if address not in found or article.pk < found[address].pk:
                    found[address] = article
    return found


def _prepare(missing: dict[str, tuple[str, str | None]], archive: Archive) -> None:
    sources = _sources_at(missing)
    for address, (given, published) in missing.items():
        try:
            if address not in sources:
                raise NotTakenIn("source_of_host", host=host_of(address))
            archive.to_take_in[address] = _to_take_in(address, given, published, sources[address])
        except UnreadableArticle as error:
            archive.refusals[address] = str(NotTakenIn(error.code, **error.params))
        except NotTakenIn as refusal:
            archive.refusals[address] = str(refusal)
    _find_twins(archive)


def _to_take_in(address: str, given: str, published: str | None, source: Source) -> ToTakeIn:
    reading = read(pasted(given))
    body = propose_body(reading.text)
    text = Text(reading.text, (body.start, body.end))
    return ToTakeIn(address, given, published or date_in(address) or None, reading.language, source, text)


def _sources_at(addresses: Iterable[str]) -> dict[str, Source]:
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        for host in same_hosts(address):
            hosts[host].append(address)
    found: dict[str, Source] = {}
    for source in Source.objects.filter(host__in=hosts).order_by("-id"):
        found |= dict.fromkeys(hosts[source.host], source)
    return found


def _find_twins(archive: Archive) -> None:
    """A text that is on record without an address is the article, and gets its address when the sheet is brought in."""
    hashes: dict[str, list[ToTakeIn]] = defaultdict(list)
    for one in archive.to_take_in.values():
        bare = one.text.text.rstrip("\n")
        for spelling in {one.text.text, bare, f"{bare}\n"}:
            hashes[text_sha256(spelling)].append(one)
    for batch in batches(hashes):
        same: Any = Snapshot.objects.filter(text_sha256__in=batch, article__address="")
        for snapshot in same.defer("raw").select_related("article__source").order_by("-id"):
            for one in hashes[snapshot.text_sha256]:
                if snapshot.article.source == one.source:
                    one.text = Text(snapshot.text, (snapshot.body_start, snapshot.body_end), snapshot)
                    one.published = snapshot.article.published or one.published
