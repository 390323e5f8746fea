from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot

NEW = "new"
# What a form on the annotation page is about, as it stands in addresses.
OF = rf"^({NEW}|quote:[0-9a-z]+|suggestion:[0-9]+)$"


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def by(self, user: AbstractBaseUser) -> Self:
        """The user's own; nobody else sees them."""
        return self.filter(user=user)

    def forgotten(self) -> Self:
        """Those that nobody has touched for so long that nobody will."""
        return self.filter(updated_at__lt=timezone.now() - WorkingCopy.KEPT)


class WorkingCopy(models.Model):
    """What somebody has typed on the annotation page and not saved yet, with the states to go back to.

    It is the user's own, goes when the form is saved or given up, and is no part of the record.
    """

    KEPT = timedelta(days=30)
    # States to go back to, and as many to go forth.
    STATES_AT_MOST = 50

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="working_copies"
    )
    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.CASCADE, related_name="working_copies"
    )
    # No foreign key: what was typed outlives the quote that somebody deletes, and the suggestion that the machine takes
    # back when it reads the text anew.
    of = models.TextField(_("of what"), help_text=_("new, quote:<its id> or suggestion:<its number>."))
    content = models.JSONField(_("what is typed"))
    earlier = models.JSONField(_("states before it"), default=list)
    later = models.JSONField(_("states that were undone"), default=list)
    fingerprint = models.TextField(
        _("fingerprint"), blank=True, help_text=_("Of the statement as it was when the typing began.")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        default_permissions = ()
        ordering = ("id",)
        indexes = [models.Index(fields=["updated_at"], name="working_copy_by_age")]
        constraints = [
            models.UniqueConstraint(name="working_copy_once", fields=["user", "snapshot", "of"]),
            models.CheckConstraint(name="working_copy_of_something", condition=Q(of__regex=OF)),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.of}"

    def write(self, content: dict[str, Any]) -> None:
        """What is typed now; what was before can be gone back to."""
        self._become(content, earlier=[*self.earlier, self.content], later=[])

    def undo(self) -> None:
        """Back to the state before, if there is one."""
        if self.earlier:
            self._become(self.earlier[-1], earlier=self.earlier[:-1], later=[*self.later, self.content])

    def redo(self) -> None:
        """Forth to the state that was undone last, if nothing was typed since."""
        if self.later:
            self._become(self.later[-1], earlier=[*self.earlier, self.content], later=self.later[:-1])

    def _become(self, content: dict[str, Any], *, earlier: list[Any], later: list[Any]) -> None:
        self.content, self.version = content, self.version + 1
        self.earlier, self.later = earlier[-self.STATES_AT_MOST :], later[-self.STATES_AT_MOST :]
        self.save(update_fields=["content", "earlier", "later", "version", "fingerprint", "updated_at"])


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> Self:
        """Those whose page has told of itself just now."""
        return self.filter(seen_at__gt=timezone.now() - Presence.LASTS)


class Presence(models.Model):
    """That somebody has an article's annotation page open, and what they are writing there."""

    LASTS = timedelta(seconds=30)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="presences"
    )
    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.CASCADE, related_name="presences"
    )
    of = models.TextField(_("of what"), default=NEW)
    seen_at = models.DateTimeField(_("last seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="presence_once", fields=["user", "snapshot"]),
            models.CheckConstraint(name="presence_of_something", condition=Q(of__regex=OF)),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.of}"
