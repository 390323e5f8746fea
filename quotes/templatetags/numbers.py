"""Numbers as the reader's language writes them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(value: int) -> str:
    """12 345 in Russian and Belarusian, 12,345 in English."""
    return number_format(value, force_grouping=True)
