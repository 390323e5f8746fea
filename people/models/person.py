from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.addresses import AddressedByName
from people.finding import closeness, every_word_in
from people.names import Trilingual
from people.public_ids import public_id
from people.registry_keys import registry_key, registry_key_once


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> Self:
        """People as they stand: without the records merged into another."""
        return self.filter(merged_into=None)

    def named(self, text: str) -> Self:
        """People whose names have each word of the text, in whatever case form; those whose surname it is come first."""
        names = ("name_ru", "name_be", "name_en", "names__text")
        found = self.filter(every_word_in(text, *names)).annotate(closeness=closeness(text, *names))
        return found.order_by("closeness", *Person._meta.ordering or ())

    def told_apart(self) -> Self:
        """With what tells namesakes apart in their `str()`, for lists to choose from."""
        return self.annotate(told_apart_by=F("about"))


class Person(AddressedByName, Trilingual):
    """Somebody who speaks or is spoken to."""

    route = "person"

    class Gender(models.TextChoices):
        MALE = "m", _("he")
        FEMALE = "f", _("she")

    public_id = public_id("person")
    about = models.TextField(
        _("who this is"), blank=True, help_text=_("A few words that tell namesakes apart. Shown to readers.")
    )
    gender = models.TextField(
        _("he or she"),
        choices=Gender.choices,
        blank=True,
        default="",
        db_default="",
        help_text=_("How reports speak of the person; it helps to tell whom “she said” means. May stay empty."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_from",
        help_text=_("The record that took this one over; this one's address leads there."),
    )
    registry_key = registry_key()

    objects = PersonQuerySet.as_manager()

    class Meta(Trilingual.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name_ru", "name_en", "id")
        permissions = [("merge_person", _("Can merge people"))]
        constraints = [
            *Trilingual.Meta.constraints,
            models.CheckConstraint(
                name="person_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message=_("A person can't be merged into the same record."),
            ),
            models.CheckConstraint(name="person_gender_is_known", condition=Q(gender__in=["", "m", "f"])),
            registry_key_once("person"),
        ]

    def __str__(self) -> str:
        about: str = getattr(self, "told_apart_by", "")
        return f"{self.name} ({about})" if about else self.name


class PersonName(models.Model):
    """Another form under which the press or a researcher names a person."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("alias or short form")
        SPELLING = "spelling", _("other spelling")
        FORMER = "former", _("former name")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="names")
    text = models.TextField(_("name"))
    language = models.TextField(
        _("language"), blank=True, choices=[("ru", _("Russian")), ("be", _("Belarusian")), ("en", _("English"))]
    )
    kind = models.TextField(_("kind"), choices=Kind.choices, default=Kind.ALIAS)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ("text", "id")
        constraints = [
            models.UniqueConstraint(
                name="person_name_once",
                fields=["person", "text", "language"],
                violation_error_message=_("This person already has this name."),
            ),
            models.CheckConstraint(
                name="person_name_not_blank",
                condition=Q(text__regex=r"\S"),
                violation_error_message=_("Write the name."),
            ),
            models.CheckConstraint(
                name="person_name_kind_is_known", condition=Q(kind__in=["alias", "spelling", "former"])
            ),
        ]

    def __str__(self) -> str:
        return self.text
