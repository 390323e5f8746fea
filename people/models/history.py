from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HistoryEntry(models.Model):
    """One change of one row, written by the trigger `history` of its table and by nothing else.

    `before` and `after` hold the whole row where it was deleted or made, and only what differs where it was changed;
    columns too large to keep twice are left out by the trigger's arguments.
    """

    class Action(models.TextChoices):
        INSERT = "INSERT", _("made")
        UPDATE = "UPDATE", _("changed")
        DELETE = "DELETE", _("deleted")

    at = models.DateTimeField(_("when"), help_text=_("The moment of the change, by the database's clock."))
    transaction_id = models.BigIntegerField(_("transaction"), help_text=_("Changes made together share it."))
    table_name = models.TextField(_("table"))
    row_id = models.BigIntegerField(_("row"))
    action = models.TextField(_("what happened"), choices=Action.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The application's user; empty where the change was made in the database itself."),
    )
    role = models.TextField(_("database role"), help_text=_("The role that was connected to the database."))
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ("-id",)
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["table_name", "row_id", "id"], name="history_of_a_row"),
            models.Index(
                fields=["table_name", "-id"], condition=models.Q(action="DELETE"), name="history_of_deletions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}: {self.action} {self.at:%Y-%m-%d %H:%M}"
