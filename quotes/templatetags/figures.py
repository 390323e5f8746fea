"""Numbers as readers of the language write them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(value: int) -> str:
    """A whole number with its thousands set apart: 1 234 567, or 1,234,567."""
    return number_format(value, decimal_pos=0, force_grouping=True)
