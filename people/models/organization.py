from django.db import models
from django.utils.translation import gettext_lazy as _

from people.countries import country_is_iso
from people.names import Trilingual
from people.public_ids import public_id


class Organization(Trilingual):
    """A body that speaks, employs or is spoken for: a ministry, a company, a union of states."""

    public_id = public_id("organization")
    country = models.TextField(
        _("country"), blank=True, help_text=_("Two letters (ISO 3166): BY, KZ. Empty for an international body.")
    )

    class Meta(Trilingual.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            country_is_iso("organization"),
        ]
