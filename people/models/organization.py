from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.countries import country_is_iso
from people.finding import closeness, every_word_in
from people.names import Trilingual
from people.public_ids import public_id
from people.registry_keys import registry_key, registry_key_once


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def named(self, text: str) -> Self:
        """Bodies whose names have each word of the text, in whatever case form; those that end with it come first."""
        names = ("name_ru", "name_be", "name_en", "aliases")
        found = self.filter(every_word_in(text, *names)).annotate(closeness=closeness(text, *names))
        return found.order_by("closeness", *Organization._meta.ordering or ())


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

    objects = OrganizationQuerySet.as_manager()

    class Meta(Trilingual.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            country_is_iso("organization"),
            registry_key_once("organization"),
        ]
