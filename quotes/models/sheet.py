from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotes.importing.sheets import MAX_BYTES

_bytes = Func(F("content"), function="octet_length", output_field=models.IntegerField())


class SheetUploadQuerySet(models.QuerySet["SheetUpload"]):
    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The user's own ones that are not too old: nobody opens another's."""
        return self.filter(user=user.pk, uploaded_at__gt=timezone.now() - SheetUpload.LASTS)

    def too_old(self) -> Self:
        """Those that nobody can open any more."""
        return self.filter(uploaded_at__lte=timezone.now() - SheetUpload.LASTS)


class SheetUpload(models.Model):
    """A spreadsheet between its trial and its being brought in: the very same bytes, for its user alone, for an hour.

    In the database, since trial and act may meet two processes on two machines.
    """

    LASTS = timedelta(hours=1)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.TextField(_("file name"))
    content = models.BinaryField(_("bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ("-id",)
        default_permissions = ()
        indexes = [models.Index(fields=["uploaded_at"], name="sheet_by_age")]
        constraints = [
            models.CheckConstraint(
                name="sheet_is_of_bounded_size",
                condition=Q(GreaterThan(_bytes, 0)) & Q(LessThanOrEqual(_bytes, MAX_BYTES)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
