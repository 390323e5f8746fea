from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.history import HistoryEntry


class Restoration(models.Model):
    """That an editor brought a record back to how it was, and why; it shares its transaction with what it changed.

    The database writes `at` and `transaction_id`. Only within a transaction that has such a row does it take a deleted
    row back under its old number.
    """

    at = models.DateTimeField(_("when"))
    transaction_id = models.BigIntegerField(_("transaction"), db_index=True)
    table_name = models.TextField(_("table"))
    row_id = models.BigIntegerField(_("row"))
    entry = models.ForeignKey(
        HistoryEntry,
        verbose_name=_("as it was after"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The last change that was left to stand."),
    )
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("restored by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")
        ordering = ("-id",)
        default_permissions = ("view",)
        permissions = [("restore_record", _("Can restore records to how they were"))]
        constraints = [
            models.CheckConstraint(
                name="restoration_says_why",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Say why it is restored."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}: {self.reason}"
