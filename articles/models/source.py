from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.address import same_hosts
from people.addresses import AddressedByName
from people.countries import country_is_iso
from people.finding import fold
from people.names import LANGUAGES, Trilingual
from people.public_ids import public_id


class SourceQuerySet(models.QuerySet["Source"]):
    def at(self, address: str) -> Self:
        """The source whose site the address is on, www. and m. aside; none where no source has that site."""
        return self.filter(host__in=same_hosts(address))

    def called(self, text: str) -> Self:
        """Sources of exactly this name in any language and case («ё» as «е»), or of this public id or site."""
        if not text:
            return self.none()
        named = Q()
        for language in LANGUAGES:
            named |= Q(**{f"name_{language}__folded__iexact": fold(text)})
        return self.filter(named | Q(public_id=text) | Q(host=text.lower()))


class Source(AddressedByName, Trilingual):
    """Who publishes: an agency, a newspaper, an official site, a channel."""

    route = "source"

    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        NEWSPAPER = "newspaper", _("newspaper or magazine")
        OFFICIAL = "official", _("official site")
        BROADCASTER = "broadcaster", _("broadcaster")
        CHANNEL = "channel", _("channel or blog")
        SAMPLE = "sample", _("sample, not a real publication")

    public_id = public_id("source")
    kind = models.TextField(_("kind"), choices=Kind.choices, default=Kind.NEWSPAPER)
    host = models.TextField(
        _("site"), blank=True, help_text=_("The site's name as in its addresses, for example belta.by.")
    )
    country = models.TextField(_("country"), blank=True, help_text=_("Two letters (ISO 3166): BY, KZ."))

    objects = SourceQuerySet.as_manager()

    class Meta(Trilingual.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            models.UniqueConstraint(
                name="source_host_once",
                fields=["host"],
                condition=~Q(host=""),
                violation_error_message=_("Another source already has this site."),
            ),
            models.CheckConstraint(
                name="source_host_is_bare",
                condition=Q(host__regex=r"^[^\s/A-Z]*$"),
                violation_error_message=_("Write only the site's name in small letters, without https:// and slashes."),
            ),
            country_is_iso("source"),
            models.CheckConstraint(
                name="source_kind_is_known",
                condition=Q(kind__in=["agency", "newspaper", "official", "broadcaster", "channel", "sample"]),
            ),
        ]
