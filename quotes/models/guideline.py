from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class GuidelineQuerySet(models.QuerySet["Guideline"]):
    def published(self) -> Self:
        """Versions that were or are in force, the newest first."""
        return self.filter(version__isnull=False).order_by("-version")

    def in_force(self) -> "Guideline | None":
        """The version that quotes are written under now; None while there is none."""
        return self.published().first()


class Guideline(models.Model):
    """How quotes are to be marked and described, in Russian and English. A draft until it is published; then it stays.

    The database numbers a version when it is published, and notes of each new quote the version in force.
    The text is plain: a line that begins with `#` is a heading, one with `-` a point of a list, an empty line ends a
    paragraph.
    """

    version = models.PositiveIntegerField(_("version"), null=True, unique=True, editable=False)
    text_ru = models.TextField(
        _("text in Russian"), help_text=_("“# ” begins a heading, “- ” a point of a list; paragraphs are set apart.")
    )
    text_en = models.TextField(_("text in English"), help_text=_("The same, heading for heading."))
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        ordering = (F("version").desc(nulls_first=True), "-id")
        constraints = [
            models.CheckConstraint(
                name="guideline_is_in_both_languages",
                condition=Q(text_ru__regex=r"\S", text_en__regex=r"\S"),
                violation_error_message=_("Write the text in both languages."),
            ),
            models.CheckConstraint(
                name="guideline_is_published_whole",
                condition=Q(version__isnull=True, published_at__isnull=True, published_by__isnull=True)
                | Q(version__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        if self.version is None:
            return str(_("Guideline, a draft"))
        return str(_("Guideline, version %(number)s") % {"number": self.version})

    @property
    def text(self) -> str:
        """The text in the reader's language: Russian for who reads Russian or Belarusian, else English."""
        return self.text_en if (get_language() or "ru").startswith("en") else self.text_ru
