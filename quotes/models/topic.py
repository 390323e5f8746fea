from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.addresses import AddressedByName
from people.names import Trilingual
from people.public_ids import public_id


class Topic(AddressedByName, Trilingual):
    """A subject heading in three languages, in a shallow tree."""

    route = "topic"

    public_id = public_id("topic")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("broader topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )

    class Meta(Trilingual.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name_ru", "name_en", "id")
        constraints = [
            *Trilingual.Meta.constraints,
            models.CheckConstraint(
                name="topic_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message=_("A topic can't be its own broader topic."),
            ),
        ]
