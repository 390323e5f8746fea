from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from quotes.models.statement import Statement

# What a comment can be about besides words of the text: fields of a revision's content and of its quotes.
FIELDS = {
    "words": _("words of the quote"),
    "kind": _("kind"),
    "attribution": _("attribution as printed"),
    "speaker": _("speaker"),
    "tenure": _("office then"),
    "spoken": _("date on which it was said"),
    "meeting": _("occasion"),
    "label": _("label"),
}


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


class RevisionQuerySet(models.QuerySet["Revision"]):
    def not_seen_by(self, user_id: int) -> Self:
        """Those in which somebody else changed what the user has a part in, and that the user has not looked at."""
        before = self.model._base_manager.filter(statement=OuterRef("statement"), number=OuterRef("number") - 1)
        had_a_part = Authorship.objects.filter(
            statement=OuterRef("statement"), user=user_id, since__lt=OuterRef("submitted_at")
        )
        return (
            self.filter(Exists(before.exclude(content=OuterRef("content"))), Exists(had_a_part))
            .exclude(submitted_by=user_id)
            .exclude(Exists(Seen.objects.filter(revision=OuterRef("pk"), user=user_id)))
        )


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
    note = models.TextField(
        _("note for the reviewer"),
        blank=True,
        default="",
        db_default="",
        help_text=_("What you want the reviewer to know, or your answer to what was returned."),
    )

    objects = RevisionQuerySet.as_manager()

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
    """A revision sent back to its authors, with what is to be done.

    It may point at words of a text that a quote of the statement stands in (code points of the snapshot's text, the end
    exclusive), or name the field that it is about.
    """

    revision = models.OneToOneField(
        Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="returned"
    )
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("returned by"), on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(_("returned"), auto_now_add=True)
    comment = models.TextField(_("comment"))
    field = models.TextField(_("what it is about"), blank=True, default="", db_default="", choices=FIELDS)
    snapshot = models.ForeignKey(
        Snapshot,
        verbose_name=_("snapshot that it points into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    span_start = models.PositiveIntegerField(_("points from"), null=True, blank=True)
    span_end = models.PositiveIntegerField(_("points to"), null=True, blank=True)

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
            models.CheckConstraint(name="return_field_is_known", condition=Q(field__in=["", *FIELDS])),
            models.CheckConstraint(
                name="return_points_whole",
                condition=Q(snapshot__isnull=True, span_start__isnull=True, span_end__isnull=True)
                | Q(
                    snapshot__isnull=False,
                    span_start__isnull=False,
                    span_end__isnull=False,
                    span_start__lt=F("span_end"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)

    @property
    def words(self) -> str:
        """The words that it points at, as printed; empty where it points at none."""
        if self.snapshot is None:
            return ""
        return self.snapshot.text[self.span_start : self.span_end]


class Seen(models.Model):
    """That an author of a statement has read what somebody else's revision changed in it."""

    revision = models.ForeignKey(Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="seen")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("seen at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading of a change")
        verbose_name_plural = _("readings of changes")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="seen_once", fields=["revision", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.revision}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    def lasting(self) -> Self:
        """Those that still keep others away."""
        return self.filter(since__gt=timezone.now() - Opening.LASTS)


class Opening(models.Model):
    """That a reviewer has a statement before them: others are told for a while, and may go on nevertheless."""

    LASTS = timedelta(minutes=10)

    statement = models.OneToOneField(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="opening"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(_("opened"))

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement under review")
        verbose_name_plural = _("statements under review")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.statement}"
