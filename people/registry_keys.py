"""How a record remembers that it came from the starter registry: by the key it has in the registry's files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def registry_key() -> "models.TextField[str | None, str | None]":
    """The column `registry_key`; NULL for what somebody entered here. It stays when the record is renamed or merged."""
    return models.TextField(_("key in the starter registry"), null=True, blank=True, editable=False)


def registry_key_once(model: str) -> models.UniqueConstraint:
    """No two records of the model come from one row of the registry, however often it is loaded."""
    return models.UniqueConstraint(name=f"{model}_registry_key_once", fields=["registry_key"])
