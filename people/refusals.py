"""Which rule of the database an error is about."""

from django.db import IntegrityError


def broken_rule(error: IntegrityError) -> str:
    """The name of the constraint that the database names in its refusal; empty if it names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
