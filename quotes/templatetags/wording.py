"""Words of statements as they are printed on a page: marked where found, in quotation marks where they were spoken."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from quotes.citing.wording import marks_around
from quotes.models import Quote
from quotes.pages.cards import Marked
from quotes.pages.summaries import Wording

register = template.Library()

ADDRESS = re.compile(r"https?://\S+")


def marks_of(quote: Quote | Wording) -> tuple[str, str] | None:
    """The quotation marks to print around a quote for the reader of the page. Stored words hold no outer marks."""
    return marks_around(quote.kind, quote.language, (get_language() or "").split("-")[0])


@register.filter
def opening(quote: Quote | Wording) -> str:
    """The mark before the words, or nothing."""
    marks = marks_of(quote)
    return marks[0] if marks else ""


@register.filter
def closing(quote: Quote | Wording) -> str:
    """The mark after the words, or nothing."""
    marks = marks_of(quote)
    return marks[1] if marks else ""


@register.filter
def marked(text: Marked) -> SafeString:
    """The text, escaped, with `<mark>` around what was found."""
    if not text.ranges:
        return conditional_escape(text.text)
    parts: list[tuple[SafeString]] = []
    at = 0
    for start, end in text.ranges:
        parts.append((conditional_escape(text.text[at:start]),))
        parts.append((format_html("<mark>{}</mark>", text.text[start:end]),))
        at = end
    parts.append((conditional_escape(text.text[at:]),))
    return format_html_join("", "{}", parts)


@register.filter
def linked(text: str) -> SafeString:
    """Evidence as a reader can follow it: a link where the whole of it is an address."""
    if ADDRESS.fullmatch(text):
        return format_html('<a href="{}" rel="external nofollow noopener">{}</a>', text, text)
    return conditional_escape(text)
