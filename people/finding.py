"""Finding records by the words of their names, as people type them: in any case form, «ё» as «е», «ў» as «у»."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, IntegerField, Min, Q, TextField, Transform, Value, When

from people.inflection import pattern

_ALIKE: Final = {"ё": "е", "Ё": "Е", "ў": "у", "Ў": "У"}
_APOSTROPHES: Final = "'’ʼ‘`"
# PostgreSQL can't be asked for NUL.
_FOLDED: Final = str.maketrans(_ALIKE | dict.fromkeys(f"{_APOSTROPHES}\0", ""))
_WORD: Final = re.compile(r"[^\W_]+")
# Columns of names, which people may type in another case form than is stored; addresses and dates have none.
_NAMES: Final = re.compile(r"(?:^|__)(?:name_(?:ru|be|en)|names__text|aliases|epithets|in_words)$")
# What follows the last word of a name; those of an array stand in one text, «{"МИД Заречья",МИД}».
_END: Final = r"\s*(?:$|[,\"}])"


@TextField.register_lookup
@ArrayField.register_lookup
class Folded(Transform):
    """A text with «ё» written «е», as most people and papers do, and «ў» «у», no apostrophes; an array as one text."""

    lookup_name = "folded"
    # Letters beyond those of the second list are left out.
    template = "translate(%(expressions)s::text, 'ёЁўЎ''’ʼ‘`', 'еЕуУ')"
    output_field = TextField()


def fold(text: str) -> str:
    """The typed text as `Folded` writes what is stored; without NUL."""
    return text.translate(_FOLDED)


def name_fields(fields: Iterable[str]) -> list[str]:
    """Those of the fields that hold names."""
    return [field for field in fields if _NAMES.search(field)]


def every_word_in(text: str, *fields: str) -> Q:
    """The condition that each word of the text stands in one of the fields, in any case, «ё» as «е».

    In fields of names a word stands for its other forms, too: «Байжановым» finds «Байжанов». Where a field leads to
    many rows (`names__text`), a record may come more than once.
    """
    condition = Q()
    for word in fold(text).split():
        condition &= reduce(or_, (_stands_in(field, word) for field in fields))
    return condition


def closeness(text: str, *fields: str) -> Min:
    """How close names come to the typed text, the least is the best; to annotate rows that `every_word_in` let by.

    0: a typed word is a name's last word, as surnames are, in whatever form; 1: it is a word of a name; 2: it begins
    one; 3: it stands somewhere.
    """
    words = _WORD.findall(fold(text).lower())

    def any_of(*expressions: str) -> Q:
        return Q.create([(f"{field}__folded__iregex", one) for field in fields for one in expressions], connector=Q.OR)

    if not words:
        return Min(Value(3))
    whole = [pattern(word) for word in words]
    return Min(
        Case(
            When(any_of(*(one + _END for one in whole)), then=0),
            When(any_of(*whole), then=1),
            When(any_of(*(rf"\m{word}" for word in words)), then=2),
            default=3,
            output_field=IntegerField(),
        )
    )


def _stands_in(field: str, word: str) -> Q:
    """The word as it was typed stands in the field; in names also each part of it in another form."""
    as_typed = Q((f"{field}__folded__icontains", word))
    parts = _WORD.findall(word.lower()) if _NAMES.search(field) else []
    if not parts:
        return as_typed
    inflected: list[tuple[str, Any]] = [(f"{field}__folded__iregex", pattern(part)) for part in parts]
    return as_typed | Q.create(list(inflected))
