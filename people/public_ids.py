"""Public ids: eight letters and digits that the database itself derives from the row's number.

The number comes from an identity column that refuses explicit values and never goes back, and the derivation is
one-to-one, so that an id is never given twice, and nobody can set or change one, not even by raw SQL.
"""

from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _


def public_id(kind: str) -> models.GeneratedField:
    """The column `public_id` of a table; `kind` salts it, so that row 1 of two tables have unlike ids."""
    return models.GeneratedField(
        verbose_name=_("public id"),
        expression=Func(Value(kind), F("id"), function="public_id"),
        output_field=models.TextField(),
        db_persist=True,
        unique=True,
    )
