"""How a date is stored: an EDTF string, the range it means (computed by the database), and how it is known."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from people.fields import OPEN, EdtfField


class KnownBy(models.TextChoices):
    """How a date is known."""

    TEXT = "text", _("stated in the text")
    ADDRESS = "address", _("from the page's address")
    PUBLICATION = "publication", _("by the date of publication")
    OTHER = "other", _("from another source")


class EdtfRange(Func):
    """The days an EDTF date means, `[first, last + 1)`; NULL for what is no such date."""

    function = "edtf_range"
    output_field = DateRangeField()


def date_range(field: str) -> models.GeneratedField:
    """The range of the EDTF column `field`, kept by the database."""
    return models.GeneratedField(
        expression=EdtfRange(F(field)), output_field=DateRangeField(null=True), db_persist=True
    )


def known_by(**kwargs: object) -> models.TextField:  # type: ignore[type-arg]
    """A column that says how the date beside it is known."""
    return models.TextField(_("how the date is known"), choices=KnownBy.choices, blank=True, **kwargs)  # type: ignore[arg-type]


def is_date(model: str, field: str, *, may_be_open: bool = False) -> models.CheckConstraint:
    """The column holds a date of one of the four precisions, or nothing, or (where it may) the mark of an open end."""
    allowed = Q(**{f"{field}__isnull": True}) | Q(IsNull(EdtfRange(F(field)), False))
    return models.CheckConstraint(
        name=f"{model}_{field}_is_edtf",
        condition=allowed | Q(**{field: OPEN}) if may_be_open else allowed,
        violation_error_message=_("Give a date as a day, a month, a quarter or a year."),
    )


def is_known(model: str, field: str, known: str) -> models.CheckConstraint:
    """A date says how it is known, and nothing says so of a date that is not there; an open end needs no telling."""
    return models.CheckConstraint(
        name=f"{model}_{field}_says_how_known",
        condition=Q(**{f"{field}__isnull": True, known: ""})
        # Without NOT NULL the comparison with the mark would be NULL for no date, and a CHECK lets NULL by.
        | Q(**{f"{field}__isnull": False, field: OPEN, f"{known}__in": ["", *KnownBy.values]})
        | Q(**{f"{field}__isnull": False, f"{known}__in": KnownBy.values}),
        violation_error_message=_("Say how the date is known, or leave both empty."),
    )


class PossiblePeriod(Func):
    """The days that a start and an end, each an EDTF date, do not rule out; NULL where the end lies before the start."""

    function = "possible_period"
    output_field = DateRangeField()


class CertainPeriod(Func):
    """The days covered whatever the two dates mean: from the last possible start to the first possible end."""

    function = "certain_period"
    output_field = DateRangeField()


def ends_after_start(start: str, end: str) -> IsNull:
    """The condition that the end is not certainly before the start."""
    return IsNull(PossiblePeriod(F(start), F(end)), False)


__all__ = [
    "CertainPeriod",
    "EdtfField",
    "EdtfRange",
    "KnownBy",
    "PossiblePeriod",
    "date_range",
    "ends_after_start",
    "is_date",
    "is_known",
    "known_by",
]
