"""Dates as readers write them, in their language, and as machines read them."""

import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.date_telling import told
from people.edtf import Edtf
from people.fields import OPEN

register = template.Library()

register.filter("in_words", told)


@register.filter
def precision(value: str | None) -> str:
    """To what an EDTF date is known: day, month, quarter or year; empty where there is none."""
    return Edtf.of(value).precision if value and value != OPEN else ""


@register.simple_tag
def edtf(value: str | None) -> SafeString | str:
    """The date in words, marked up for machines where HTML has a form for its precision (it has none for quarters)."""
    if not value or value == OPEN or Edtf.of(value).precision == "quarter":
        return told(value)
    return format_html('<time datetime="{}">{}</time>', value, told(value))


@register.simple_tag
def period(start: str | None, end: str | None) -> SafeString | str:
    """From when to when, each end an EDTF date, open (`..`) or not known (None)."""
    if not start and not end:
        return _("dates not recorded")
    return format_html("{} – {}", edtf(start) or "?", edtf(end) or "?")


@register.simple_tag
def moment(value: datetime.datetime) -> SafeString:
    """A moment by the site's clock, to the minute, with the time zone for machines."""
    local = timezone.localtime(value)
    shown = f"{told(local.date().isoformat())}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)
