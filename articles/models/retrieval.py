from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot


class Retrieval(models.Model):
    """One fetch of a page that gave a snapshot's text, with what the site's final answer said of itself.

    The same text fetched again is the snapshot that is there, with one more retrieval. Rows are never changed.
    """

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="retrievals"
    )
    fetched_at = models.DateTimeField(_("fetched"), help_text=_("When the answer had come, by our clock."))
    asked = models.TextField(_("address asked for"))
    address = models.TextField(_("address that answered"), help_text=_("Where the redirects ended."))
    status = models.PositiveSmallIntegerField(_("HTTP status"))
    content_type = models.TextField(_("declared type"), blank=True, help_text=_("Content-Type, as the site says."))
    etag = models.TextField(_("ETag"), blank=True, help_text=_("The site's own mark of this version."))
    last_modified = models.TextField(_("Last-Modified"), blank=True, help_text=_("As the site says."))

    class Meta:
        verbose_name = _("retrieval")
        verbose_name_plural = _("retrievals")
        ordering = ("-id",)
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="retrieval_addresses_are_http",
                condition=Q(asked__regex=r"^https?://\S+$", address__regex=r"^https?://\S+$"),
            ),
            models.CheckConstraint(name="retrieval_status_is_an_answer", condition=Q(status__range=(200, 299))),
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.fetched_at:%Y-%m-%d %H:%M}"
