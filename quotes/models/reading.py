from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot


class ReadingQuerySet(models.QuerySet["Reading"]):
    def newer_than(self, engine: int) -> Self:
        """Readings by newer versions of the engine, where those have not failed."""
        return self.filter(~_failure(), engine__gt=engine)

    def since(self, engine: int) -> Self:
        """Readings by this version of the engine, and those by newer ones that have not failed; the newest first."""
        return (self.filter(engine=engine) | self.newer_than(engine)).order_by("-engine")

    def up_to_date(self) -> Self:
        """Those of what is there now: of the whole body as it lies, in the article's language, of its date."""
        article = "snapshot__article__"
        first_day = F(f"{article}published_range__startswith")
        return self.filter(
            Q(published=first_day) | Q(published__isnull=True, **{f"{article}published_range__isnull": True}),
            language=F(f"{article}language"),
            body_start__lte=F("snapshot__body_start"),
            body_end__gte=F("snapshot__body_end"),
        )

    def settled(self) -> Self:
        """Those that ended, well or not; and those under way, whose worker lives or has died often enough."""
        alive = Q(started_at__gte=timezone.now() - Reading.LONGEST)
        return self.filter(Q(finished_at__isnull=False) | alive | Q(attempts__gte=Reading.ATTEMPTS_AT_MOST))

    def failed(self) -> Self:
        """Those that ended with an error, or with their worker as often as it was tried."""
        return self.filter(_failure())

    def unread_by(self, engine: int) -> models.QuerySet[Snapshot]:
        """Snapshots that neither this version of the engine nor a newer one has read as they are now; the newest first."""
        read = self.since(engine).settled().up_to_date().filter(snapshot=OuterRef("pk"))
        return Snapshot.objects.filter(~Exists(read)).order_by("-id")


class Reading(models.Model):
    """That a version of the engine has read a snapshot, or begun to: when, on what grounds, and with what success.

    One that began and never ended met with the end of its worker; it is tried again, but not for ever.
    """

    class Outcome(models.TextChoices):
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    # How often a text may bring its reader to an end before nobody tries again.
    ATTEMPTS_AT_MOST = 3
    # Whoever has read for longer reads no more: the worker has died.
    LONGEST = timedelta(minutes=10)

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.CASCADE, related_name="readings"
    )
    engine = models.PositiveIntegerField(_("engine version"))
    # What the engine was told besides the text; a correction of any of these calls for another reading.
    language = models.TextField(_("language"), blank=True)
    published = models.DateField(_("published"), null=True, blank=True, help_text=_("The first day it can mean."))
    body_start = models.PositiveIntegerField(_("body from"))
    body_end = models.PositiveIntegerField(_("body to"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    found = models.PositiveIntegerField(_("statements found"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading by the machine")
        verbose_name_plural = _("readings by the machine")
        ordering = ("-started_at",)
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="reading_once", fields=["snapshot", "engine"]),
            # Finished either with a number of findings or with an error; unfinished with neither.
            models.CheckConstraint(
                name="reading_ends_one_way",
                condition=Q(finished_at__isnull=True, found__isnull=True, error="")
                | Q(finished_at__isnull=False, found__isnull=False, error="")
                | (Q(finished_at__isnull=False, found__isnull=True) & ~Q(error="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} · {self.engine}"

    @property
    def outcome(self) -> "Reading.Outcome":
        """How it ended. What ended its worker as often as it may has failed, though it could not say so."""
        if self.finished_at is None:
            gave_up = self.attempts >= self.ATTEMPTS_AT_MOST and self.is_abandoned
            return self.Outcome.FAILED if gave_up else self.Outcome.UNDER_WAY
        return self.Outcome.FAILED if self.error else self.Outcome.DONE

    @property
    def is_abandoned(self) -> bool:
        """Whether it began so long ago, without an end, that its worker must have died."""
        return self.finished_at is None and self.started_at < timezone.now() - self.LONGEST

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


def _failure() -> Q:
    """What a reading that failed looks like: `Reading.outcome`, for the database."""
    dead = Q(started_at__lt=timezone.now() - Reading.LONGEST, attempts__gte=Reading.ATTEMPTS_AT_MOST)
    return ~Q(error="") | (dead & Q(finished_at__isnull=True))
