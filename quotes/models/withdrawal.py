from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """A public note that a statement was taken back, why and when; and, where it came back, why and when."""

    statement = models.ForeignKey(
        "Statement", verbose_name=_("statement"), on_delete=models.PROTECT, related_name="withdrawals"
    )
    reason = models.TextField(_("reason"), help_text=_("Shown to everybody who opens the statement's address."))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("withdrawn by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), auto_now_add=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("restored by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)
    restored_why = models.TextField(_("why it was restored"), blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("-id",)
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="withdrawal_says_why",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Say why, for the readers."),
            ),
            models.CheckConstraint(
                name="withdrawal_restored_whole",
                condition=Q(restored_by__isnull=True, restored_at__isnull=True, restored_why="")
                | Q(restored_by__isnull=False, restored_at__isnull=False, restored_why__regex=r"\S"),
                violation_error_message=_("Say why it is restored."),
            ),
            models.UniqueConstraint(
                name="withdrawal_once_at_a_time",
                fields=["statement"],
                condition=Q(restored_at__isnull=True),
                violation_error_message=_("This statement is withdrawn already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.reason}"
