"""Citing a published statement: what its page offers to copy, and the files for reference managers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from people.date_telling import LANGUAGES
from people.edtf import Edtf
from quotes.citing.bibtex import bibtex
from quotes.citing.cited import Cited, Kind
from quotes.citing.csl import csl
from quotes.citing.live import live_link
from quotes.citing.references import apa, gost, plain
from quotes.citing.ris import ris
from quotes.citing.wording import quote_text
from quotes.models import Quote, Statement
from quotes.pages.absent import absent
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only


@dataclass(frozen=True, slots=True)
class Format:
    """What a reference manager reads: its name, the type to send it as, and how it is written."""

    name: str
    media_type: str
    write: Callable[[Cited], str]


def csl_file(cited: Cited) -> str:
    """A file of one item; it may end up in a list with others."""
    return f"{json.dumps([csl(cited)], ensure_ascii=False, indent=2)}\n"


# By the ending of the address.
FORMATS: Final = {
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_file),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris),
}


@dataclass(frozen=True, slots=True)
class File:
    """A statement's citation as a file with an address of its own."""

    public_id: str
    ending: str

    @property
    def name(self) -> str:
        return FORMATS[self.ending].name

    def get_absolute_url(self) -> str:
        return reverse(f"cite-{self.ending}", args=[self.public_id])


@dataclass(frozen=True, slots=True)
class Reference:
    """A text to copy; `key` tells it from the others on the page."""

    key: str
    style: Promise | str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Citing:
    """What a statement's page offers to cite it by."""

    quote: str
    references: list[Reference]
    permanent: str
    live: str
    files: list[File]
    api: str


@read_only
def cite(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """A published statement's leading quote as a file for reference managers; what is not public answers as its page."""
    statement = Statement.objects.published().for_cards().filter(public_id=public_id).first()
    if statement is None or statement.lead is None:
        return absent(request, public_id)
    if redirect := moved(request, File(public_id, ending)):
        return redirect
    chosen = FORMATS[ending]
    text = chosen.write(cited(request, statement, statement.lead))
    headers = {"Content-Disposition": f'attachment; filename="skazano-{public_id}.{ending}"'}
    return HttpResponse(text, content_type=chosen.media_type, headers=headers)


def citing(request: HttpRequest, statement: Statement, quote: Quote) -> Citing:
    """What to copy of a quote whose snapshot was read with its text; no queries beyond those of the page."""
    told = cited(request, statement, quote)
    # ГОСТ is written in the languages of the countries that follow it, with names to match.
    with override("ru" if told.told_in == "en" else told.told_in):
        told_for_gost = cited(request, statement, quote)
    spans = [(span.start, span.end) for span in quote.spans.all()]
    return Citing(
        quote=quote_text(told),
        references=[
            Reference("gost", _("GOST R 7.0.5—2008"), gost(told_for_gost), told_for_gost.told_in),
            Reference("apa", "APA 7", apa(told), told.told_in),
            Reference("plain", _("In plain words"), plain(told), told.told_in),
        ],
        permanent=told.permanent,
        live=live_link(told.address, quote.snapshot.text, spans) if told.address else "",
        files=[File(statement.public_id, ending) for ending in FORMATS],
        api=reverse("api:statement-detail", args=[statement.public_id]),
    )


def cited(request: HttpRequest, statement: Statement, quote: Quote) -> Cited:
    """The one place where a citation is made of the record: names in the request's language, addresses with its host."""
    article = quote.snapshot.article
    speaker = statement.speaker or statement.speaker_organization
    return Cited(
        public_id=statement.public_id,
        permanent=request.build_absolute_uri(reverse("statement-by-id", args=[statement.public_id])),
        kind=cast("Kind", quote.kind),
        spans=tuple(span.exact for span in quote.spans.all()),
        language=quote.language,
        told_in=LANGUAGES.get((get_language() or "ru").split("-")[0], "ru"),
        speaker=speaker.name if speaker else "",
        attribution=quote.attribution,
        office=statement.tenure.office.name if statement.tenure else "",
        spoken=Edtf.of(statement.spoken) if statement.spoken else None,
        spoken_known=statement.spoken_known,
        occasion=statement.meeting.name if statement.meeting else "",
        title=article.title,
        byline=article.byline,
        source=article.source.name,
        published=Edtf.of(article.published) if article.published else None,
        published_known=article.published_known,
        address=article.address,
        retrieved=timezone.localdate(quote.snapshot.retrieved_at),
    )
