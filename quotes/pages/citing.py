"""Citing a published statement: what its page offers to copy, and the files for reference managers."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
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
from quotes.citing.embedding import blockquote
from quotes.citing.references import apa, gost, plain
from quotes.citing.ris import ris
from quotes.citing.wording import quote_text
from quotes.models import Quote, Statement
from quotes.pages.absent import absent
from quotes.pages.permalinks import PublicId, moved
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
    """A citation as a file with an address of its own; `quote` is the id of another wording than the leading one."""

    public_id: str
    ending: str
    quote: str = ""

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
    """What a statement's page offers to cite one of its wordings by; `chosen` is "" for the leading one."""

    chosen: str
    quote: str
    references: list[Reference]
    permanent: str
    files: list[File]
    api: str
    embed: str
    frame: str


@read_only
def cite(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """A quote of a published statement as a file for reference managers; what is not public answers as its page.

    It is the leading one, or that of `?quote=`; 404 where the statement has no such quote.
    """
    statement = Statement.objects.published().for_cards().filter(public_id=public_id).first()
    if statement is None or statement.lead is None:
        return absent(request, public_id)
    if redirect := moved(request, File(public_id, ending)):
        return redirect
    quote = asked_quote(request.GET.get("quote", ""), statement, statement.lead)
    if quote is None:
        raise Http404
    told, chosen = cited(request, statement, quote), FORMATS[ending]
    headers = {"Content-Disposition": f'attachment; filename="skazano-{told.public_id}.{ending}"'}
    return HttpResponse(chosen.write(told), content_type=chosen.media_type, headers=headers)


def asked_quote(public_id: str, statement: Statement, lead: Quote) -> Quote | None:
    """The statement's quote of that id, fetched with all that a citation says; the leading one where none is named."""
    if public_id in ("", lead.public_id):
        return lead
    if not re.fullmatch(PublicId.regex, public_id):  # the database has no answer to a NUL
        return None
    quotes = statement.quotes.with_sources()
    return quotes.prefetch_related("spans").filter(public_id=public_id).first()


def citing(request: HttpRequest, statement: Statement, quote: Quote) -> Citing:
    """What to copy of a quote; no queries beyond those of the page."""
    told = cited(request, statement, quote)
    # ГОСТ is written in the languages of the countries that follow it, with names to match.
    with override("ru" if told.told_in == "en" else told.told_in):
        told_for_gost = cited(request, statement, quote)
    chosen = "" if quote.pk == statement.lead_id else quote.public_id
    return Citing(
        chosen=chosen,
        quote=quote_text(told),
        references=[
            Reference("gost", _("GOST R 7.0.5—2008"), gost(told_for_gost), told_for_gost.told_in),
            Reference("apa", "APA 7", apa(told), told.told_in),
            Reference("plain", _("In plain words"), plain(told), told.told_in),
        ],
        permanent=told.permanent,
        files=[File(statement.public_id, ending, chosen) for ending in FORMATS],
        api=reverse("api:statement-detail", args=[statement.public_id]),
        embed=blockquote(told),
        frame=request.build_absolute_uri(of_quote(reverse("embed", args=[statement.public_id]), chosen)),
    )


def of_quote(address: str, quote: str) -> str:
    """The address for one wording of a statement; as it is for the leading one, whose id is not told."""
    return f"{address}?{urlencode({'quote': quote})}" if quote else address


def cited(request: HttpRequest, statement: Statement, quote: Quote) -> Cited:
    """The one place where a citation is made of the record: names in the request's language, addresses with its host."""
    article = quote.snapshot.article
    other = "" if quote.pk == statement.lead_id else quote.public_id
    page = of_quote(reverse("statement-by-id", args=[statement.public_id]), other)
    speaker = statement.speaker or statement.speaker_organization
    return Cited(
        public_id=f"{statement.public_id}-{other}" if other else statement.public_id,
        permanent=request.build_absolute_uri(page),
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
