"""Statements in other people's pages: one that can be framed, and oEmbed 1.0, by which programs ask for the piece to embed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.xmlreader import AttributesImpl

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.clickjacking import xframe_options_exempt

from quotes.citing.cited import Cited
from quotes.citing.embedding import FORBIDDEN, blockquote, height
from quotes.models import Statement
from quotes.pages.absent import why_absent
from quotes.pages.citing import asked_quote, cited
from quotes.pages.reading import read_only

# Pixels, where the asker names no other bound.
WIDTH = 600
NARROWEST = 120
# Seconds for which an asker may keep an answer: a statement may be withdrawn or corrected any time.
KEPT_FOR = 3600
LONGEST_NUMBER = 6
PAGES = ("statement", "statement-by-id", "embed")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it is typed for views without arguments
@read_only
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """A statement's words with who, when and where, for a frame in anybody's page; what is not public says why."""
    told = _cited(request, public_id, request.GET.get("quote", ""))
    if told is None:
        absence = why_absent(public_id)
        address = reverse("statement-by-id", args=[public_id])
        context = {"absence": absence, "address": address}
        return render(request, "quotes/embed_absent.html", context, status=absence.status)
    piece = mark_safe(blockquote(told, target="_blank"))  # noqa: S308 - it escapes what it says
    return render(request, "quotes/embed.html", {"cited": told, "piece": piece})


@read_only
def oembed(request: HttpRequest) -> HttpResponse:
    """What to embed for the address of a statement's page, in JSON or XML, as the specification of oEmbed 1.0 has it.

    400 where the question can't be understood, 404 for what has no statement to show, 410 for a withdrawn one, 501 for
    another format.
    """
    if not request.GET.get("url"):
        return _refusal(400, "Name the page in the parameter url.")
    asked = _asked(request, request.GET["url"])
    if asked is None:
        return _refusal(404, "This is no address of a statement here.")
    kind = request.GET.get("format", "json")
    if kind not in WRITERS:
        return _refusal(501, "The format can be json or xml.")
    bounds = {name: _number(request.GET.get(name, "")) for name in ("maxwidth", "maxheight")}
    if 0 in bounds.values():
        return _refusal(400, "maxwidth and maxheight are whole numbers of pixels.")
    public_id, quote, language = asked
    with override(language or request.LANGUAGE_CODE):
        told = _cited(request, public_id, quote)
        if told is None:
            return _refusal(_status_of_absent(public_id), "There is no such statement to read now.")
        answer = _answer(request, told, **bounds)
    return WRITERS[kind](answer)


def _status_of_absent(public_id: str) -> int:
    try:
        return why_absent(public_id).status
    except Http404:
        return 404


def _answer(request: HttpRequest, told: Cited, maxwidth: int | None, maxheight: int | None) -> dict[str, Any]:
    width = max(min(maxwidth or WIDTH, WIDTH), min(NARROWEST, maxwidth or NARROWEST))
    tall = height(told, width)
    author = told.speaker if told.is_direct else told.source
    return {
        "version": "1.0",
        "type": "rich",
        "title": _("%(who)s: a statement") % {"who": told.speaker} if told.speaker else _("A statement"),
        # Whose words they are: of a report, whoever printed it.
        **({"author_name": author} if author else {}),
        "provider_name": _("Skazano"),
        "provider_url": request.build_absolute_uri(reverse("home")),
        "cache_age": KEPT_FOR,
        "html": blockquote(told),
        "width": width,
        "height": min(tall, maxheight or tall),
    }


def _cited(request: HttpRequest, public_id: str, quote_id: str) -> Cited | None:
    """A quote of a published statement; None where there is none. Of a quote that is gone the leading one stands."""
    statement = Statement.objects.published().for_cards().filter(public_id=public_id).first()
    if statement is None or statement.lead is None:
        return None
    quote = asked_quote(quote_id, statement, statement.lead) or statement.lead
    return cited(request, statement, quote)


def _asked(request: HttpRequest, url: str) -> tuple[str, str, str] | None:
    """The id of the statement at an address of ours, that of the wording, and the language; None for another address."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (ValueError, Resolver404, Http404):
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.get_host().lower():
        return None
    if match.url_name not in PAGES:
        return None
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    language = query.get("lang", "")
    spoken = language if language in settings.SPOKEN_LANGUAGES else ""
    return str(match.kwargs["public_id"]), query.get("quote", ""), spoken


def _number(text: str) -> int | None:
    """A bound in pixels; None where none is given, 0 for what is none."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _as_json(answer: dict[str, Any]) -> HttpResponse:
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _as_xml(answer: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(content_type="text/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8", short_empty_elements=False)
    no_attributes = AttributesImpl({})
    xml.startDocument()
    xml.startElement("oembed", no_attributes)
    for name, value in answer.items():
        xml.startElement(name, no_attributes)
        xml.characters(FORBIDDEN.sub(" ", str(value)))
        xml.endElement(name)
    xml.endElement("oembed")
    xml.endDocument()
    return response


def _refusal(status: int, why: str) -> HttpResponse:
    """For programs and their makers, so in English."""
    return HttpResponse(f"{why}\n", status=status, content_type="text/plain; charset=utf-8")


WRITERS: dict[str, Callable[[dict[str, Any]], HttpResponse]] = {"json": _as_json, "xml": _as_xml}
