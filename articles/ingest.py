"""Taking in an article: from the bytes of a page or a text to a snapshot with its body's range."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from articles.address import BadAddress, date_in, host_of, is_front_page, is_same_site, normal_address
from articles.body import Body, propose_body
from articles.fetching import Fetched
from articles.models import Article, Snapshot, Source
from articles.reading import Reading, UnreadableArticle, read
from articles.refusals import NotTakenIn, too_large
from articles.text import text_sha256
from articles.title import propose_title
from people.acting import acting
from people.dating import KnownBy

User = AbstractBaseUser | AnonymousUser

# A browser posts CRLF whatever was pasted; a file mostly has LF. Both must be the same bytes.
_BROWSERS_LINE_END: Final = "\r\n"
_LANGUAGE: Final = re.compile("[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a publication; "" where it is not. The names are those of the article's columns."""

    address: str = ""
    title: str = ""
    byline: str = ""
    language: str = ""
    credit: str = ""
    published: str = ""
    published_known: str = ""

    def __or__(self, other: "Facts") -> "Facts":
        """These facts, and the other ones where these say nothing; a date and how it is known go together."""
        missing = {field.name: getattr(other, field.name) for field in fields(self) if not getattr(self, field.name)}
        if self.published:
            missing.pop("published_known", None)
        return replace(self, **missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of an input.

    `title_is_proposed`: neither the person nor the page gave a title, so it is the text's first sentence. `kept` names
    the article's columns that the person said otherwise and that stay as they were on record.
    """

    snapshot: Snapshot
    is_new_snapshot: bool
    is_new_article: bool
    title_is_proposed: bool = False
    kept: tuple[str, ...] = ()

    @property
    def article(self) -> Article:
        return self.snapshot.article

    @property
    def left_out(self) -> list[str]:
        """Lines outside the body other than the credit: teasers, menus."""
        credit = self.article.credit.split("\n")
        return [line for line in self.snapshot.lines_outside if line not in credit]


def ingest(
    raw: bytes,
    *,
    method: str,
    by: User | None,
    source: Source | None = None,
    filename: str = "",
    content_type: str = "",
    address: str = "",
    title: str = "",
    byline: str = "",
    language: str = "",
    published: str | None = None,
    published_known: str = "",
    fetched: Fetched | None = None,
    otherwise: Facts | None = None,
) -> Ingested:
    """The snapshot of what the bytes say, new or found, in one transaction; nothing is fetched.

    `method` is one of `Snapshot.Method`; `by` the user whom history will name (None: the database's role); `filename`
    and `content_type` are what the sender says; `published` an EDTF string. What the person does not give is taken from
    the page, and what the page does not say from `otherwise`. `fetched` is the answer that held the bytes, which is kept
    with the snapshot: its address stands in for a canonical one, and a canonical one on another site is not believed.
    An article is known by its address (the given one, else the page's canonical one) or, without one, by its
    text; on record already, it keeps what it says, and only what it lacks is filled in. The same text again is the
    snapshot that is there, at the same moment too; another text at the same address is a new snapshot of the article.

    Raises `NotTakenIn`, with nothing stored: what can't be read, an unreadable address, a date that nobody explains, a
    source that is neither chosen nor found by the address's site, or another one than the article has on record.
    """
    said = Facts(
        address=_normal(address),
        title=" ".join(title.split()),
        byline=" ".join(byline.split()),
        language=language,
        published=published or "",
        published_known=published_known if published else "",
    )
    _check(said)
    reading = _read(raw, filename=filename, content_type=content_type)
    body = propose_body(reading.text)
    facts = said | _facts_of(raw, reading, body, said.address, fetched) | (otherwise or Facts())
    with _alone(by, facts.address, reading.text):
        found = _article_on_record(source, _addresses(facts.address, fetched), raw, reading.text)
        article = found or _new_article(source or _source_at(facts.address), facts, reading.text, body)
        kept = _fill_in(article, said, facts) if found else ()
        known = article.snapshots.of(raw, reading.text).order_by("id").first()
        snapshot = known or _new_snapshot(article, raw, method, reading, body)
        if fetched:
            _keep_answer(snapshot, fetched)
        return Ingested(
            snapshot=snapshot,
            is_new_snapshot=known is None,
            is_new_article=found is None,
            title_is_proposed=found is None and not facts.title,
            kept=kept,
        )


def source_called(text: str) -> Source:
    """The one source of this name, site or public id. Raises `NotTakenIn` where there is none, or several."""
    name = text.strip()
    found = list(Source.objects.called(name))
    if not found:
        raise NotTakenIn("source_unknown", name=name)
    if len(found) > 1:
        sources = ", ".join(f"{each.public_id} ({each.host})" if each.host else each.public_id for each in found)
        raise NotTakenIn("source_ambiguous", name=name, sources=sources)
    return found[0]


def _check(said: Facts) -> None:
    if said.published and not said.published_known:
        raise NotTakenIn("date_unexplained")
    if said.language and not _LANGUAGE.fullmatch(said.language):
        raise NotTakenIn("language", language=said.language)


def pasted(text: str) -> bytes:
    """The bytes of a text that came out of a browser's form: UTF-8, line ends LF as in a file."""
    return text.replace(_BROWSERS_LINE_END, "\n").encode()


def _read(raw: bytes, *, filename: str, content_type: str) -> Reading:
    if len(raw) > settings.INGEST_MAX_BYTES:  # reading what is far larger than any article takes long
        raise too_large(settings.INGEST_MAX_BYTES)
    try:
        return read(raw, filename=filename, content_type=content_type)
    except UnreadableArticle as error:
        raise NotTakenIn(error.code, **error.params) from error


def _normal(address: str) -> str:
    try:
        return normal_address(address) if address.strip() else ""
    except BadAddress as error:
        raise NotTakenIn("address", address=address.strip()) from error


def _facts_of(raw: bytes, reading: Reading, body: Body, given_address: str, fetched: Fetched | None) -> Facts:
    """What the page says of itself."""
    came_from = _normal(fetched.address) if fetched else ""
    canonical = _canonical(reading)
    if came_from and not is_same_site(canonical, came_from):  # any page could call itself another site's article
        canonical = came_from
    published, known = _publication(raw, reading, date_in(given_address) or date_in(canonical) or date_in(came_from))
    return Facts(
        address=canonical,
        title=reading.title,
        byline=reading.byline,
        language=reading.language,
        credit=body.credit,
        published=published,
        published_known=known,
    )


def _canonical(reading: Reading) -> str:
    """The page's own address, unless it is unreadable or no article's."""
    try:
        address = normal_address(reading.canonical_url)
    except BadAddress:
        return ""
    return "" if is_front_page(address) else address


def _publication(raw: bytes, reading: Reading, in_address: str) -> tuple[str, str]:
    """The page's date of publication and how it is known; a date that only its prose mentions is none."""
    if reading.published and _declares(raw, reading.published):
        return reading.published, KnownBy.PUBLICATION
    if in_address:
        return in_address, KnownBy.ADDRESS
    if reading.published and reading.published not in reading.text:
        return reading.published, KnownBy.PUBLICATION
    return "", ""


def _declares(raw: bytes, date: str) -> bool:
    """The page's metadata, not only its address, give the date."""
    attribute = rb"""(?:content|datetime|datePublished["'])\s*[=:]\s*["']?""" + date.encode("ascii")
    return re.search(attribute, raw, re.IGNORECASE) is not None


@contextmanager
def _alone(by: User | None, address: str, text: str) -> Iterator[None]:
    """A transaction in the user's name, while no other takes in the same address or the same text."""
    keys = sorted({f"text {text_sha256(text.rstrip())}", f"address {_page(address)}" if address else ""} - {""})
    with acting(by) if by else transaction.atomic(), connection.cursor() as cursor:
        for key in keys:  # in one order everywhere, so that two never wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('ingest ' || %s, 0))", [key])
        yield


def _page(address: str) -> str:
    """What all spellings of the address share."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _addresses(address: str, fetched: Fetched | None) -> list[str]:
    """Where the article may be on record: its own address first, then those that a fetch went through."""
    went_through = [_normal(fetched.address), _normal(fetched.asked)] if fetched else []
    return [each for each in (address, *went_through) if each and not is_front_page(each)]


def _article_on_record(source: Source | None, addresses: list[str], raw: bytes, text: str) -> Article | None:
    """The article of the first of these addresses that has one, else the one whose text this is; locked."""
    articles = Article.objects.select_for_update(of=("self",)).select_related("source").order_by("id")
    for address in addresses:
        if article := articles.at(address).first():
            if source and article.source != source:
                raise NotTakenIn("other_source", source=str(article.source))
            return article
    texts = Snapshot.objects.of(raw, text)
    if addresses:  # A text that came without an address gets it now.
        texts = texts.filter(article__address="", article__source=source or _source_at(addresses[0]))
    elif source:
        texts = texts.filter(article__source=source)
    twins = list(articles.filter(pk__in=texts.values("article")))
    if source is None and len({twin.source_id for twin in twins}) > 1:
        raise NotTakenIn("source_unclear")
    return twins[0] if twins else None


def _source_at(address: str) -> Source:
    """The source whose site the address is on."""
    if not address:
        raise NotTakenIn("source_needed")
    source = Source.objects.at(address).order_by("id").first()
    if source is None:
        raise NotTakenIn("source_of_host", host=host_of(address))
    return source


def _new_article(source: Source, facts: Facts, text: str, body: Body) -> Article:
    return Article.objects.create(
        source=source,
        address=facts.address,
        title=facts.title or propose_title(text[body.start : body.end]),
        byline=facts.byline,
        language=facts.language,
        credit=facts.credit,
        published=facts.published or None,
        published_known=facts.published_known,
    )


def _fill_in(article: Article, said: Facts, facts: Facts) -> tuple[str, ...]:
    """Writes what the record lacks; the names of what the person said otherwise and the record keeps."""
    recorded = Facts(**{field.name: getattr(article, field.name) or "" for field in fields(Facts)})
    filled = recorded | facts
    changed = [field.name for field in fields(Facts) if getattr(filled, field.name) != getattr(recorded, field.name)]
    for name in changed:
        setattr(article, name, getattr(filled, name))
    if changed:
        article.save(update_fields=changed)
    differs = (name for name in ("title", "byline", "language", "published") if getattr(said, name))
    return tuple(name for name in differs if getattr(said, name) != getattr(filled, name))


def _new_snapshot(article: Article, raw: bytes, method: str, reading: Reading, body: Body) -> Snapshot:
    return Snapshot.objects.create(
        article=article,
        method=method,
        retrieved_at=timezone.now(),
        raw=raw,
        media_type=reading.media_type,
        encoding=reading.encoding,
        extractor=reading.extractor,
        text=reading.text,
        body_start=body.start,
        body_end=body.end,
    )


def _keep_answer(snapshot: Snapshot, fetched: Fetched) -> None:
    snapshot.retrievals.create(
        fetched_at=timezone.now(),
        asked=fetched.asked,
        address=fetched.address,
        status=fetched.status,
        content_type=fetched.content_type,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
    )
