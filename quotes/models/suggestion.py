from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.models import Organization, Person
from quotes.models.quote import BETWEEN_SPANS, Quote

Range = tuple[int, int]

# Code points between the first word of an attribution and its last; what is longer is no attribution.
ATTRIBUTION_AT_MOST = 200


# What the columns of a decision say before there is one.
UNDECIDED: dict[str, Any] = {"state": "open", "decided_by": None, "decided_at": None, "quote": None, "corrections": {}}


class ReadingQuerySet(models.QuerySet["Reading"]):
    def by(self, engine: str) -> Self:
        """Readings by this version of the engine."""
        return self.filter(engine=engine)

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
        dead = Q(started_at__lt=timezone.now() - Reading.LONGEST, attempts__gte=Reading.ATTEMPTS_AT_MOST)
        return self.filter(~Q(error="") | (dead & Q(finished_at__isnull=True)))

    def unread_by(self, engine: str) -> models.QuerySet[Snapshot]:
        """Snapshots that this version of the engine has not read as they are now, the newest first."""
        read = self.by(engine).settled().up_to_date().filter(snapshot=OuterRef("pk"))
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
    engine = models.TextField(_("engine version"))
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


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(state=Suggestion.State.OPEN)

    def inside_body(self) -> Self:
        """Those whose words all lie in the article itself, as its bounds are now."""
        return self.filter(
            start__gte=F("snapshot__body_start"),
            end__lte=F("snapshot__body_end"),
        )


class Suggestion(models.Model):
    """A statement that the machine proposes for a snapshot: its word, until a person decides. Never public.

    Offsets count code points of the snapshot's text, the end exclusive. `choices` are all who came into question,
    likeliest first: `{"name", "type", "key", "confidence", "reasons", "unverified"}`, the key being a public id.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="suggestions"
    )
    engine = models.TextField(_("engine version"))
    rule = models.TextField(_("rule"))
    kind = models.TextField(_("kind"), choices=Quote.Kind.choices)
    spans = ArrayField(ArrayField(models.PositiveIntegerField(), size=2), verbose_name=_("spans"))
    start = models.GeneratedField(
        expression=Func(F("spans"), function="first_of_spans"), output_field=models.IntegerField(), db_persist=True
    )
    end = models.GeneratedField(
        expression=Func(F("spans"), function="last_of_spans"), output_field=models.IntegerField(), db_persist=True
    )
    cue = IntegerRangeField(_("cue"), null=True, blank=True)
    mention = IntegerRangeField(_("mention of the speaker"), null=True, blank=True)
    confidence = models.FloatField(_("confidence"), help_text=_("From 0 to 1, that these words are a statement."))
    speaker = models.ForeignKey(
        Person,
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    speaker_organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization that speaks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    speaker_name = models.TextField(
        _("speaker's name"), blank=True, help_text=_("As the registry or the text has it; empty for nobody.")
    )
    unverified = models.BooleanField(
        _("unverified"), default=False, help_text=_("The way to the speaker leads through a row that nobody verified.")
    )
    choices = models.JSONField(_("who came into question"), default=list, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    state = models.TextField(_("state"), choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    quote = models.ForeignKey(
        Quote,
        verbose_name=_("quote that came of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
    )
    corrections = models.JSONField(
        _("corrections"),
        default=dict,
        blank=True,
        help_text=_("What the person changed: the machine's value and the person's."),
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ("snapshot", "start", "id")
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["rule", "engine", "state"], name="suggestion_by_rule")]
        constraints = [
            # Whoever makes suggestions at the same time, and however often: the same words are proposed once.
            models.UniqueConstraint(name="suggestion_once", fields=["snapshot", "kind", "spans"]),
            models.CheckConstraint(
                name="suggestion_kind_is_known", condition=Q(kind__in=["direct", "indirect", "mixed"])
            ),
            models.CheckConstraint(
                name="suggestion_state_is_known",
                condition=Q(state__in=["open", "accepted", "corrected", "rejected"]),
            ),
            models.CheckConstraint(
                name="suggestion_confidence_is_a_share", condition=Q(confidence__gte=0, confidence__lte=1)
            ),
            models.CheckConstraint(
                name="suggestion_spans_in_order",
                condition=Q(
                    IsNull(Func(F("spans"), function="first_of_spans", output_field=models.IntegerField()), False)
                ),
            ),
            models.CheckConstraint(
                name="suggestion_has_one_speaker_at_most",
                condition=Q(speaker__isnull=True) | Q(speaker_organization__isnull=True),
            ),
            models.CheckConstraint(
                name="suggestion_speaker_is_named",
                condition=Q(speaker__isnull=True, speaker_organization__isnull=True) | ~Q(speaker_name=""),
            ),
            models.CheckConstraint(
                name="suggestion_is_decided_whole",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="suggestion_quote_came_of_consent",
                condition=Q(quote__isnull=True) | Q(state__in=["accepted", "corrected"]),
            ),
            models.CheckConstraint(
                name="suggestion_corrected_says_what",
                condition=(Q(state="corrected") & ~Q(corrections={})) | (~Q(state="corrected") & Q(corrections={})),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.start}–{self.end}"

    @property
    def has_record(self) -> bool:
        """Whether the speaker is somebody on record, not only a name that the text has."""
        return self.speaker_id is not None or self.speaker_organization_id is not None

    @property
    def speaker_type(self) -> str:
        """What the proposed speaker is: person, organization, group, unknown; empty where nobody is proposed."""
        return next((one["type"] for one in self.choices if one["name"] == self.speaker_name), "")

    @property
    def names_somebody(self) -> bool:
        """Whether the proposed speaker is somebody of whom a record can be made, not «a source» or several at once."""
        return self.speaker_type in {"person", "organization"}

    def words_in(self, text: str) -> str:
        """The words as printed in the snapshot's text; where the report breaks them off, « […] » stands between."""
        return BETWEEN_SPANS.join(text[start:end] for start, end in self.spans)

    def attribution_in(self, text: str) -> str:
        """The words that name the speaker, as printed: cue and mention with what stands between, else one of them."""
        ranges = [(place.lower, place.upper) for place in (self.cue, self.mention) if place]
        if not ranges:
            return ""
        whole = min(start for start, _end in ranges), max(end for _start, end in ranges)
        if self._is_apart(whole) and "\n" not in text[slice(*whole)] and whole[1] - whole[0] <= ATTRIBUTION_AT_MOST:
            return text[slice(*whole)].strip()
        # The mention, where it is there: it stands last.
        start, end = ranges[-1]
        return text[start:end].strip()

    def _is_apart(self, place: Range) -> bool:
        return all(end <= place[0] or place[1] <= start for start, end in self.spans)
