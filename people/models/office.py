import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from people.countries import country_is_iso
from people.dating import CertainPeriod, EdtfField, PossiblePeriod, ends_after_start, is_date, is_known, known_by
from people.fields import OPEN
from people.models.organization import Organization
from people.models.person import Person
from people.names import Trilingual
from people.public_ids import public_id
from people.registry_keys import registry_key, registry_key_once


class Office(Trilingual):
    """A post that somebody holds: President of Belarus, ambassador, editor-in-chief."""

    public_id = public_id("office")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
    )
    country = models.TextField(_("country"), blank=True, help_text=_("Two letters (ISO 3166): BY, KZ."))
    epithets = ArrayField(
        models.TextField(),
        verbose_name=_("what the press calls the holder"),
        default=list,
        blank=True,
        help_text=_("Divided by commas, for example: глава государства, белорусский лидер."),
    )
    single_seat = models.BooleanField(
        _("one holder at a time"),
        default=True,
        help_text=_("Yes for a president or a minister; no for a member of parliament."),
    )
    registry_key = registry_key()

    class Meta(Trilingual.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            country_is_iso("office"),
            registry_key_once("office"),
        ]


class TenureQuerySet(models.QuerySet["Tenure"]):
    def possibly_on(self, first: datetime.date, last: datetime.date) -> Self:
        """Tenures that may cover one of the days from `first` to `last` (inclusive), as far as the dates tell."""
        return self.filter(possible__overlap=(first, last + datetime.timedelta(days=1)))

    def on(self, day: datetime.date) -> Self:
        """Tenures known to cover the day: certainly by their dates, or begun at an unknown time and lasting still."""
        return self.filter(Q(certain__contains=day) | Q(start=None, end=OPEN))

    def in_the_way_of(self, tenure: "Tenure") -> Self:
        """Tenures that the rule of one holder at a time sets against this one, if its office seats one."""
        certain = CertainPeriod(*(Value(date, models.TextField()) for date in (tenure.start, tenure.end)))
        others = self.exclude(pk=tenure.pk) if tenure.pk else self
        return others.filter(office=tenure.office_id, single_seat=True, certain__overlap=certain)


class Tenure(models.Model):
    """Who held an office, from when to when.

    `certain` are the days on which the person held it whatever the imprecise dates mean: from the last day the start
    can mean to the first day the end can mean, that day excluded, so that a successor may take over on it.
    `possible` are the days that the dates do not rule out.
    """

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="tenures")
    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="tenures")
    start = EdtfField(_("from"), null=True, blank=True, help_text=_("Empty where it is not known."))
    start_known = known_by()
    end = EdtfField(
        _("until"),
        null=True,
        blank=True,
        may_be_open=True,
        help_text=_("“..” while the person holds the office; empty where the end is not known."),
    )
    end_known = known_by()
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("Where the dates are from: an address or a publication.")
    )
    unverified = models.BooleanField(
        _("unverified"),
        default=False,
        db_default=False,
        help_text=_(
            "From the starter registry, which names no source for it. Take the mark off when you have added the evidence."
        ),
    )
    registry_key = registry_key()
    # Copied from the office by the trigger `tenure_takes_seats`, since a constraint sees one table only.
    single_seat = models.BooleanField(default=True, editable=False)
    certain = models.GeneratedField(
        expression=CertainPeriod(F("start"), F("end")),
        output_field=DateRangeField(),
        db_persist=True,
    )
    possible = models.GeneratedField(
        expression=PossiblePeriod(F("start"), F("end")),
        output_field=DateRangeField(),
        db_persist=True,
    )

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        ordering = ("office", "start", "id")
        constraints = [
            is_date("tenure", "start"),
            is_date("tenure", "end", may_be_open=True),
            is_known("tenure", "start", "start_known"),
            is_known("tenure", "end", "end_known"),
            models.CheckConstraint(
                name="tenure_ends_after_its_start",
                condition=Q(ends_after_start("start", "end")),
                violation_error_message=_("The end lies before the start."),
            ),
            registry_key_once("tenure"),
            ExclusionConstraint(
                name="tenure_one_holder_at_a_time",
                expressions=[("office", RangeOperators.EQUAL), ("certain", RangeOperators.OVERLAPS)],
                condition=Q(single_seat=True),
                violation_error_message=_(
                    "Somebody else certainly holds this office on some of these days. Correct the dates, or end the "
                    "other tenure first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"

    def clean(self) -> None:
        if self.office_id is not None:
            self.single_seat = self.office.single_seat
