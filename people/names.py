"""Names in the three languages of the interface, and the words that choose between them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("ru", "be", "en")


class InThreeLanguages:
    """Whatever has a name in each of the three languages, or an empty text for it."""

    name_ru: Any
    name_be: Any
    name_en: Any

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the first language that has one."""
        asked = (get_language() or "ru").split("-")[0]
        for language in (asked, *LANGUAGES):
            if name := getattr(self, f"name_{language}", ""):
                return str(name)
        return ""

    @property
    def names_given(self) -> list[str]:
        """All names that are there, in the order ru, be, en."""
        return [name for name in (self.name_ru, self.name_be, self.name_en) if name]


class Trilingual(InThreeLanguages, models.Model):
    """A record named in Russian, Belarusian and English; at least one of the three is there."""

    name_ru = models.TextField(_("name in Russian"), blank=True)
    name_be = models.TextField(_("name in Belarusian"), blank=True)
    name_en = models.TextField(_("name in English"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_named",
                condition=Q(name_ru__regex=r"\S") | Q(name_be__regex=r"\S") | Q(name_en__regex=r"\S"),
                violation_error_message=_("Give a name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
