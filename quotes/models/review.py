from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quotes.models.statement import Statement


class Authorship(models.Model):
    """That a user wrote some part of a statement. Noted by the database at each change; only grows."""

    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="authorships",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT, related_name="authorships"
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="authorship_once", fields=["statement", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.statement}"


class Revision(models.Model):
    """The state of a statement with its quotes that somebody submitted.

    The database writes `number` and `content` itself and refuses a statement that lacks what publication needs.
    """

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    content = models.JSONField(_("content"), editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("submitted by"), on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-id",)
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="revision_number_once", fields=["statement", "number"])]

    def __str__(self) -> str:
        return f"{self.statement} · {self.number}"


class Approval(models.Model):
    """Consent to exactly one revision, by somebody who wrote no part of the statement."""

    revision = models.OneToOneField(
        Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="approval"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.revision)


class Return(models.Model):
    """A revision sent back to its authors, with what is to be done."""

    revision = models.OneToOneField(
        Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="returned"
    )
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("returned by"), on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(_("returned"), auto_now_add=True)
    comment = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="return_says_why",
                condition=Q(comment__regex=r"\S"),
                violation_error_message=_("Say what is to be done."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)
