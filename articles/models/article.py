from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.address import same_addresses
from articles.models.source import Source
from people.addresses import AddressedByTitle
from people.dating import EdtfField, date_range, is_date, is_known, known_by
from people.public_ids import public_id


class ArticleQuerySet(models.QuerySet["Article"]):
    def at(self, address: str) -> Self:
        """Articles published at the address, however it is spelled (https or not, with www or without)."""
        return self.filter(address__in=same_addresses(address))


class Titled:
    """Called by its title, or what else there is."""

    public_id: Any
    title: Any
    address: Any

    def __str__(self) -> str:
        return str(self.title or self.address or self.public_id)


class Article(Titled, AddressedByTitle, models.Model):
    """One publication at one address, whatever became of its text since: each retrieval is a snapshot."""

    route = "article"

    public_id = public_id("article")
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="articles")
    address = models.TextField(
        _("address"),
        blank=True,
        help_text=_("Where it was published, as the page itself gives it. Empty for a text without an address."),
    )
    title = models.TextField(_("title"), blank=True)
    byline = models.TextField(_("byline"), blank=True, help_text=_("The authors as printed."))
    language = models.TextField(
        _("language"), blank=True, help_text=_("Two letters (ISO 639): ru, be, en."), default="ru"
    )
    credit = models.TextField(
        _("credit"), blank=True, help_text=_("The line that names another source, as printed: “По материалам …”.")
    )
    published = EdtfField(_("published"), null=True, blank=True, help_text=_("4 March 2024, 2024-03 or 2024."))
    published_known = known_by()
    published_range = date_range("published")
    created_at = models.DateTimeField(_("taken in"), auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="article_address_once",
                fields=["address"],
                condition=~Q(address=""),
                violation_error_message=_("There is an article of this address already."),
            ),
            models.CheckConstraint(
                name="article_address_is_http",
                condition=Q(address="") | Q(address__regex=r"^https?://\S+$"),
                violation_error_message=_("Write the whole address, from https:// on."),
            ),
            models.CheckConstraint(
                name="article_language_is_iso",
                condition=Q(language__regex=r"^([a-z]{2,3})?$"),
                violation_error_message=_("Write the language as two small letters, for example ru."),
            ),
            is_date("article", "published"),
            is_known("article", "published", "published_known"),
        ]
