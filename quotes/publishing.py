"""Putting a version of the guideline in force."""

from django.contrib.auth.models import User
from django.utils import timezone

from quotes.models import Guideline
from quotes.refusals import refusals


def publish(guideline: Guideline, *, by: User) -> Guideline:
    """The draft becomes the next version; the database gives it its number. Raises Refused."""
    with refusals():
        guideline.published_at, guideline.published_by = timezone.now(), by
        guideline.save(update_fields=["published_at", "published_by"])
    guideline.refresh_from_db()
    return guideline
