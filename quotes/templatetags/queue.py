"""What pages outside the queue tell of it."""

from django import template

from quotes.models import Assignment

register = template.Library()


@register.simple_tag
def articles_left() -> int:
    """How many articles with a text nobody has finished. One query."""
    return Assignment.objects.left().count()
