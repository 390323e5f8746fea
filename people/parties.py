"""Somebody named by a person's record, by an organization's, or in words: participants and addressees."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def one_of_three(model: str) -> models.CheckConstraint:
    """Exactly one of the columns `person`, `organization` and `in_words` says who it is."""
    return models.CheckConstraint(
        name=f"{model}_is_one_of_three",
        condition=Q(person__isnull=False, organization__isnull=True, in_words="")
        | Q(person__isnull=True, organization__isnull=False, in_words="")
        | (Q(person__isnull=True, organization__isnull=True) & ~Q(in_words="")),
        violation_error_message=_("Name a person, or an organization, or somebody in words: exactly one."),
    )
