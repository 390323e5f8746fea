from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.addresses import AddressedByName
from people.dating import EdtfField, date_range, ends_after_start, is_date, is_known, known_by
from people.models.organization import Organization
from people.models.person import Person
from people.names import Trilingual
from people.parties import one_of_three
from people.public_ids import public_id


class Meeting(AddressedByName, Trilingual):
    """The occasion on which something was said."""

    route = "meeting"

    class Kind(models.TextChoices):
        MEETING = "meeting", pgettext_lazy("kind of occasion", "meeting")
        SPEECH = "speech", _("speech")
        PRESS_CONFERENCE = "press_conference", _("press conference")
        INTERVIEW = "interview", _("interview")
        CALL = "call", _("call")
        SESSION = "session", _("session")
        WRITTEN = "written", _("written statement")

    public_id = public_id("meeting")
    kind = models.TextField(_("kind"), choices=Kind.choices, default=Kind.MEETING)
    start = EdtfField(_("date"), null=True, blank=True, help_text=_("4 March 2024, March 2024, 2024-Q3, 2024."))
    start_known = known_by()
    end = EdtfField(_("until"), null=True, blank=True, help_text=_("Only if it lasted more than one day."))
    end_known = known_by()
    place = models.TextField(_("place"), blank=True)
    start_range = date_range("start")
    end_range = date_range("end")

    class Meta(Trilingual.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-start_range", "-id")
        constraints = [
            *Trilingual.Meta.constraints,
            is_date("meeting", "start"),
            is_date("meeting", "end"),
            is_known("meeting", "start", "start_known"),
            is_known("meeting", "end", "end_known"),
            models.CheckConstraint(
                name="meeting_ends_after_its_start",
                condition=Q(end__isnull=True) | (Q(start__isnull=False) & Q(ends_after_start("start", "end"))),
                violation_error_message=_("The end lies before the start, or there is an end without a start."),
            ),
            models.CheckConstraint(
                name="meeting_kind_is_known",
                condition=Q(
                    kind__in=["meeting", "speech", "press_conference", "interview", "call", "session", "written"]
                ),
            ),
        ]


class Participant(models.Model):
    """Who took part in a meeting, and as what. Somebody without a record is named in words."""

    class Role(models.TextChoices):
        HOST = "host", _("host")
        GUEST = "guest", _("guest")
        SPEAKER = "speaker", pgettext_lazy("role at a meeting", "speaker")
        INTERVIEWER = "interviewer", _("interviewer")
        INTERPRETER = "interpreter", _("interpreter")
        PRESENT = "present", _("also present")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    in_words = models.TextField(_("in words"), blank=True, help_text=_("For somebody who has no record of their own."))
    role = models.TextField(_("role"), choices=Role.choices, default=Role.PRESENT)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("id",)
        constraints = [
            one_of_three("participant"),
            models.UniqueConstraint(
                name="participant_person_once",
                fields=["meeting", "person", "role"],
                violation_error_message=_("This person already takes part in this role."),
            ),
            models.UniqueConstraint(
                name="participant_organization_once",
                fields=["meeting", "organization", "role"],
                violation_error_message=_("This organization already takes part in this role."),
            ),
            models.CheckConstraint(
                name="participant_role_is_known",
                condition=Q(role__in=["host", "guest", "speaker", "interviewer", "interpreter", "present"]),
            ),
        ]

    def __str__(self) -> str:
        return self.in_words or str(self.person or self.organization)
