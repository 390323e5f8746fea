"""How far the annotation of the articles has come. Suggestions and quotes count for nothing here, only finishing does."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from quotes.models import Assignment


@dataclass(frozen=True, slots=True)
class Progress:
    """Articles done and left, in all; and of those done, how many by one annotator, and how many of these today."""

    done: int
    left: int
    mine: int
    mine_today: int

    @property
    def total(self) -> int:
        return self.done + self.left


def progress_of(user: AbstractBaseUser) -> Progress:
    """The progress as the user sees it. Two queries."""
    return Progress(left=Assignment.objects.left().count(), **Assignment.objects.numbers_of(user))
