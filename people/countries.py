"""A record's country: two capital letters (ISO 3166), or nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def country_is_iso(model: str) -> models.CheckConstraint:
    """The column `country` of the model holds two capital letters or nothing."""
    return models.CheckConstraint(
        name=f"{model}_country_is_iso",
        condition=Q(country__regex=r"^([A-Z]{2})?$"),
        violation_error_message=_("Write the country as two capital letters, for example BY."),
    )
