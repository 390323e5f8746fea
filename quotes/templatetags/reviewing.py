"""What waits for the reader, counted for the admin's first page."""

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from quotes.models import DoubleAnnotation, ErrorReport, Guideline, Revision, Statement

register = template.Library()


@register.simple_tag
def to_review(user: AbstractBaseUser | AnonymousUser) -> int:
    """How many statements wait for the user's verdict."""
    return Statement.objects.reviewable_by(user.pk or 0).count()


@register.simple_tag
def to_adjudicate(user: AbstractBaseUser | AnonymousUser) -> int:
    """How many articles, annotated by two others, wait for the user to settle what differs."""
    return DoubleAnnotation.objects.adjudicable_by(user).count()


@register.simple_tag
def returned_to(user: AbstractBaseUser | AnonymousUser) -> int:
    """How many statements were sent back to the user and are not submitted anew."""
    return Statement.objects.returned_to(user.pk or 0).count()


@register.simple_tag
def changed_for(user: AbstractBaseUser | AnonymousUser) -> int:
    """How many revisions of others the user has not looked at."""
    return Revision.objects.not_seen_by(user.pk or 0).count()


@register.simple_tag
def reports_to_answer() -> int:
    """How many reports of readers nobody has answered."""
    return ErrorReport.objects.open().count()


@register.simple_tag
def guideline_in_force() -> Guideline | None:
    """The version that new quotes are made under."""
    return Guideline.objects.in_force()
