"""Finding records by the words of their names, as people type them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, TextField, Transform


@TextField.register_lookup
@ArrayField.register_lookup
class Folded(Transform):
    """A text with «ё» written «е», as most people and most papers do; an array as one text."""

    lookup_name = "folded"
    template = "translate(%(expressions)s::text, 'ёЁ', 'еЕ')"
    output_field = TextField()


def fold(text: str) -> str:
    """The typed text as `Folded` writes what is stored; without NUL, which PostgreSQL can't be asked for."""
    return text.translate({ord("ё"): "е", ord("Ё"): "Е", 0: None})


def every_word_in(text: str, *fields: str) -> Q:
    """The condition that each word of the text stands in one of the fields, in any case, «ё» as «е».

    Where a field leads to many rows (`names__text`), a record may come more than once.
    """
    condition = Q()
    for word in fold(text).split():
        lookups: list[tuple[str, Any]] = [(f"{field}__folded__icontains", word) for field in fields]
        condition &= Q.create(list(lookups), connector=Q.OR)
    return condition
