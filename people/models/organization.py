from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.countries import country_is_iso
from people.names import Trilingual
from people.public_ids import public_id
from people.registry_keys import registry_key, registry_key_once


class Organization(Trilingual):
    """A body that speaks, employs or is spoken for: a ministry, a company, a union of states."""

    public_id = public_id("organization")
    country = models.TextField(
        _("country"), blank=True, help_text=_("Two letters (ISO 3166): BY, KZ. Empty for an international body.")
    )
    aliases = ArrayField(
        models.TextField(),
        verbose_name=_("other names"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Short names and abbreviations, divided by commas, for example: МИД Беларуси, белорусский МИД."),
    )
    registry_key = registry_key()

    class Meta(Trilingual.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            country_is_iso("organization"),
            registry_key_once("organization"),
        ]
