"""A statement's evidence as a zip file: the same bytes as long as the record, its readers' language and host are the same."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from articles.models import Snapshot
from articles.models.proof import hash_of_hashes, paragraphs, word_hash
from quotes.api.shapes import StatementShape
from quotes.citing.bibtex import bibtex
from quotes.citing.references import apa, gost, plain
from quotes.citing.ris import ris
from quotes.models import Quote, Statement
from quotes.models.statement import StatementQuerySet
from quotes.pages.citing import cited, csl_file
from quotes.pages.context import Range, windows
from quotes.pages.history import public_history
from quotes.pages.reports import report

HERE: Final = Path(__file__).parent
MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # a zip file has a time for each file, and it must not be that of the request
READABLE: Final = 0o100644 << 16


def for_packets(statements: StatementQuerySet) -> Any:
    """With all that a packet holds."""
    return statements.for_page().prefetch_related("quotes__statement")


def packet(statement: Statement, request: HttpRequest, *, whole: bool) -> bytes:
    """The zip file, for a statement read `for_packets`; with the whole texts where `whole`, else what pages show of them."""
    quotes = sorted(statement.quotes.all(), key=lambda quote: (quote.pk != statement.lead_id, quote.pk))
    snapshots = {quote.snapshot_id: quote.snapshot for quote in quotes}
    told = cited(request, statement, quotes[0])
    record = StatementShape(statement, context={"request": request}).data
    name = file_name(statement)
    releases = request.build_absolute_uri(reverse("releases"))
    files = {
        "README.txt": _read_me().format(id=statement.public_id, permanent=told.permanent, file=name, releases=releases),
        "check.py": (HERE / "check.py").read_text(encoding="utf-8"),
        "record.json": _json(record),
        "window.txt": "\n".join(map(_window, quotes)),
        "chain.json": _json([_link(quote) for quote in quotes]),
        "history.json": _json({"events": [asdict(event) for event in public_history(statement)]}),
        "citation.txt": "".join(f"{style(told)}\n\n" for style in (gost, apa, plain)),
        "citation.csl.json": csl_file(told),
        "citation.bib": bibtex(told),
        "citation.ris": ris(told),
    }
    for snapshot in snapshots.values():
        ranges = [(0, len(snapshot.text))] if whole else _shown(snapshot, quotes)
        files[f"proofs/{snapshot.public_id}.json"] = _json(proof_of(snapshot, ranges, _spans(snapshot, quotes)))
        if whole:
            files[f"texts/{snapshot.public_id}.txt"] = snapshot.text
    sums = (f"{sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files.items())
    return _zipped(files | {"SHA256SUMS": "".join(sums)})


def file_name(statement: Statement) -> str:
    return f"skazano-{statement.public_id}-evidence.zip"


def proof_of(snapshot: Snapshot, ranges: Sequence[Range], spans: Sequence[Range]) -> dict[str, Any]:
    """The snapshot's paragraphs in order, each as its hash; those of which something is shown also word by word.

    Shown, with their salts, are words that lie in one of the ranges, and those of which a span has a part: a quotation mark
    that stands at a word belongs to it.
    """
    told = []
    start = 0
    for at, words in enumerate(paragraphs(snapshot.text)):
        hashes: list[bytes] = []
        shown: list[dict[str, str]] = []
        for place, word in enumerate(words):
            salt, end = snapshot.proof.salt(at, place), start + len(word)
            hashes.append(word_hash(salt, word))
            is_shown = any(first <= start and end <= last for first, last in ranges)
            is_shown = is_shown or any(first < end and start < last for first, last in spans)
            shown.append({"word": word, "salt": salt.hex()} if is_shown else {"hash": hashes[-1].hex()})
            start = end + 1
        start += not words  # the line feed alone
        paragraph: dict[str, Any] = {"hash": hash_of_hashes(hashes).hex()}
        told.append(paragraph | {"words": shown} if any("word" in each for each in shown) else paragraph)
    return {"snapshot": snapshot.public_id, "root": snapshot.proof.root, "paragraphs": told}


def _spans(snapshot: Snapshot, quotes: Iterable[Quote]) -> list[Range]:
    return [
        (span.start, span.end) for quote in quotes if quote.snapshot_id == snapshot.pk for span in quote.spans.all()
    ]


def _shown(snapshot: Snapshot, quotes: Iterable[Quote]) -> list[Range]:
    """What the statement's page shows of a text."""
    body = (snapshot.body_start, snapshot.body_end)
    spans = [
        [(span.start, span.end) for span in each.spans.all()] for each in quotes if each.snapshot_id == snapshot.pk
    ]
    return windows(snapshot.text, body, spans, window=settings.CONTEXT_WINDOW)


def _window(quote: Quote) -> str:
    article = quote.snapshot.article
    words = "".join(piece.text for piece in report(quote).pieces)
    return f"{quote.public_id} · {article.source.name} · {article.title}\n\n{words}\n"


def _link(quote: Quote) -> dict[str, Any]:
    """Where a quote comes from, as far as it is the public's: no names of who works here."""
    snapshot, article = quote.snapshot, quote.snapshot.article
    return {
        "quote": quote.public_id,
        "source": {"id": article.source.public_id, "name": article.source.name, "kind": article.source.kind},
        "article": {
            "id": article.public_id,
            "title": article.title,
            "address": article.address,
            "byline": article.byline,
            "credit": article.credit,
            "published": article.published,
            "published_known_by": article.published_known,
        },
        "snapshot": {
            "id": snapshot.public_id,
            "method": snapshot.method,
            "retrieved_at": snapshot.retrieved_at,
            "raw_sha256": snapshot.raw_sha256,
            "text_sha256": snapshot.text_sha256,
            "proof": snapshot.proof.root,
            "media_type": snapshot.media_type,
            "extractor": snapshot.extractor,
        },
    }


def _read_me() -> str:
    language = (get_language() or "ru").split("-")[0]
    return (HERE / f"README.{language}.txt").read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _zipped(files: dict[str, str]) -> bytes:
    """Stored as they are: what compressors make of the same bytes differs from version to version."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = READABLE
            entry.create_system = 3
            archive.writestr(entry, text.encode())
    return written.getvalue()
