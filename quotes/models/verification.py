from django.db import models
from django.utils.translation import gettext_lazy as _


class Verification(models.Model):
    """One check of the whole record against itself: hashes against bytes and texts, words against their places."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    snapshots = models.PositiveIntegerField(_("snapshots checked"))
    spans = models.PositiveIntegerField(_("spans checked"))
    statements = models.PositiveIntegerField(_("published statements checked"))
    faults = models.JSONField(
        _("faults"), default=list, blank=True, help_text=_("What did not hold: the rule, and the record's public id.")
    )

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ("-id",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
