from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quotes.models.review import Revision
from quotes.models.statement import Statement

# Code points. Whoever needs more has found more than an error.
TEXT_AT_MOST = 4000
# As long as an address of e-mail can be.
CONTACT_AT_MOST = 254


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> Self:
        """Those that nobody has answered, the one that has waited longest ahead."""
        return self.filter(answered_at=None).order_by("id")

    def answered(self) -> Self:
        """Those that have their answer, the last one ahead."""
        return self.filter(answered_at__isnull=False).order_by("-answered_at", "-id")

    def from_sender(self, sender: str, since: datetime) -> Self:
        """What one sender (see `reporting.sender_of`) has sent since then."""
        return self.filter(sender=sender, made_at__gte=since)


class ErrorReport(models.Model):
    """What a reader holds to be wrong in a published statement, and what an editor answered.

    What was reported stays as it is, and so does the answer. Two columns are kept for as long as they are needed:
    `contact` until the answer, `sender` for a day.
    """

    class Kind(models.TextChoices):
        WORDS = "words", _("the words differ from the source")
        SPEAKER = "speaker", _("somebody else said it")
        DATE = "date", _("the date is wrong")
        OCCASION = "occasion", _("the occasion or the office is wrong")
        SOURCE = "source", _("something is wrong with the source or its link")
        OTHER = "other", _("something else")

    class Decision(models.TextChoices):
        CORRECTED = "corrected", pgettext_lazy("error", "corrected")
        WITHDRAWN = "withdrawn", _("the statement was withdrawn")
        RIGHT = "right", _("nothing is wrong")
        UNKNOWN = "unknown", _("can't be told")
        JUNK = "junk", _("not a report; its text is erased")

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="error_reports"
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision that it speaks of"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What the reader had before them."),
    )
    kind = models.TextField(_("what is wrong"), choices=Kind.choices)
    text = models.TextField(_("the reader's words"), blank=True)
    contact = models.TextField(
        _("e-mail"), blank=True, default="", help_text=_("Erased with the answer; in no history.")
    )
    made_at = models.DateTimeField(_("reported"), auto_now_add=True)
    token = models.TextField(
        _("secret of the address"), unique=True, editable=False, help_text=_("Of the address of the answer.")
    )
    sender = models.TextField(
        _("sender"), blank=True, default="", editable=False, help_text=_("A hash to count by; erased after a day.")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision = models.TextField(_("decision"), choices=Decision.choices, blank=True, default="")
    answer = models.TextField(
        _("answer"), blank=True, default="", help_text=_("The reader sees it, with no name beside it.")
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ("-id",)
        # It may hold somebody's address: not for all who may look at the record.
        default_permissions = ()
        permissions = [("answer_errorreport", "Can read and answer error reports")]
        indexes = [
            models.Index(fields=["sender", "made_at"], condition=~Q(sender=""), name="error_report_by_sender"),
            models.Index(fields=["id"], condition=Q(answered_at=None), name="error_report_open"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_kind_is_known",
                condition=Q(kind__in=["words", "speaker", "date", "occasion", "source", "other"]),
            ),
            models.CheckConstraint(
                name="report_decision_is_known",
                condition=Q(decision__in=["", "corrected", "withdrawn", "right", "unknown", "junk"]),
            ),
            # What is no report keeps no text: it may be anything.
            models.CheckConstraint(
                name="report_says_what",
                condition=Q(decision="junk", text="") | (~Q(decision="junk") & Q(text__regex=r"\S")),
                violation_error_message=_("Say what is wrong."),
            ),
            models.CheckConstraint(
                name="report_is_bounded",
                condition=Q(
                    LessThanOrEqual(Length("text"), TEXT_AT_MOST),
                    LessThanOrEqual(Length("answer"), TEXT_AT_MOST),
                    LessThanOrEqual(Length("contact"), CONTACT_AT_MOST),
                ),
                violation_error_message=_("This is too long."),
            ),
            models.CheckConstraint(
                name="report_is_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, decision="", answer="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & (Q(decision="junk") | (~Q(decision="") & Q(answer__regex=r"\S")))
                ),
                violation_error_message=_("Choose what you have decided, and say why: the reader will see it."),
            ),
            models.CheckConstraint(
                name="report_contact_goes_with_answer", condition=Q(answered_at__isnull=True) | Q(contact="")
            ),
            # 128 bits and more, which nobody guesses.
            models.CheckConstraint(name="report_token_is_long", condition=Q(token__regex=r"^[0-9A-Za-z_-]{22,64}$")),  # noqa: S106 - a pattern
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.statement}"

    def get_absolute_url(self) -> str:
        """The page with the answer; who knows the address may read it."""
        return reverse("error-report", args=[self.token])

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
