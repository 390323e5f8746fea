from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.models import Organization, Person
from quotes.models.doubling import DoubleAnnotation, Reader
from quotes.models.quote import BETWEEN_SPANS, Quote

Range = tuple[int, int]

# Code points between the first word of an attribution and its last; what is longer is no attribution.
ATTRIBUTION_AT_MOST = 200

# What the columns of a decision say before there is one.
UNDECIDED: dict[str, Any] = {"state": "open", "decided_by": None, "decided_at": None, "quote": None, "corrections": {}}


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: Reader) -> Self:
        """Without those of texts that the user reads blindly, or may come to: whoever has seen them is led by them."""
        return self.exclude(snapshot__article__in=DoubleAnnotation.objects.blinding(user).values("article"))

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
    engine = models.PositiveIntegerField(_("engine version"))
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
    def speaker_not_identified(self) -> bool:
        """Whether the text tells of a speaker without a name, of whom no record can be made: «a source», «residents»."""
        nameless = self.speaker_type not in {"person", "organization"}
        return bool(self.speaker_name) and not self.has_record and nameless

    @property
    def asks_for_speaker(self) -> bool:
        """Whether to accept it somebody has to say first who spoke: neither on record nor beyond finding out."""
        return not self.has_record and not (self.speaker_not_identified and not any(one["key"] for one in self.choices))

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
