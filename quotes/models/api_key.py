import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Code points.
NAME_AT_MOST = 200
# How long a key works unless somebody says otherwise.
LASTS = datetime.timedelta(days=365)


def in_a_year() -> datetime.date:
    """The last day of a key that is made today."""
    return timezone.localdate() + LASTS


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def working(self) -> Self:
        """Keys that are taken today: neither revoked nor over."""
        return self.filter(revoked_at=None, expires_on__gte=timezone.localdate())


class ApiKey(models.Model):
    """What a program shows the API to be known by: more requests for everybody who has one, full texts where allowed.

    The key itself is nowhere: its hash is, and its last characters to tell it by. A key is revoked, never deleted.
    """

    class State(models.TextChoices):
        WORKS = "works", pgettext_lazy("key", "works")
        EXPIRED = "expired", pgettext_lazy("key", "expired")
        REVOKED = "revoked", pgettext_lazy("key", "revoked")

    key_hash = models.TextField(_("hash"), unique=True, editable=False)
    ending = models.TextField(_("ends with"), editable=False, help_text=_("The key's last characters, to tell it by."))
    name = models.TextField(_("name"), help_text=_("What it is for: “mirror of the evening news”."))
    owner = models.TextField(_("owner"), help_text=_("Who holds it, and how to reach them."))
    may_read_texts = models.BooleanField(
        _("may read full texts"),
        default=False,
        help_text=_("Whole texts of snapshots, which everybody else sees only around published quotes."),
    )
    texts_allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("texts allowed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    expires_on = models.DateField(_("last day"), default=in_a_year, help_text=_("It works through this day."))
    made_on = models.DateField(_("made on"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    last_used_on = models.DateField(
        _("last used on"), null=True, editable=False, help_text=_("The day alone is kept, and in no history.")
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ("-id",)
        # Who holds keys is not for all who may look at the record.
        default_permissions = ()
        permissions = [("manage_apikey", "Can give and revoke keys of the API")]
        constraints = [
            models.CheckConstraint(name="api_key_is_hashed", condition=Q(key_hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="api_key_shows_its_ending_only", condition=Q(ending__regex=r"^[\w-]{4}$")),
            models.CheckConstraint(
                name="api_key_is_named",
                condition=Q(name__regex=r"\S", owner__regex=r"\S"),
                violation_error_message=_("Say what the key is for, and who holds it."),
            ),
            models.CheckConstraint(
                name="api_key_is_bounded",
                condition=Q(
                    LessThanOrEqual(Length("name"), NAME_AT_MOST), LessThanOrEqual(Length("owner"), NAME_AT_MOST)
                ),
                violation_error_message=_("This is too long."),
            ),
            models.CheckConstraint(
                name="api_key_texts_allowed_by_somebody",
                condition=Q(may_read_texts=True, texts_allowed_by__isnull=False)
                | Q(may_read_texts=False, texts_allowed_by__isnull=True),
            ),
            models.CheckConstraint(
                name="api_key_works_for_some_time",
                condition=Q(expires_on__gte=F("made_on")),
                violation_error_message=_("Its last day can't lie before the day on which it was made."),
            ),
            models.CheckConstraint(
                name="api_key_is_revoked_whole",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.ending})"

    @property
    def state(self) -> "ApiKey.State":
        """Whether the API takes it."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        return self.State.WORKS if self.expires_on >= timezone.localdate() else self.State.EXPIRED
