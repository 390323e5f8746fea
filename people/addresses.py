"""The addresses of records: `/<letter>/<public id>/<slug>`. The id decides; the slug is there for people to read.

A slug never depends on the reader's language, so that one record has one address.
"""

from functools import lru_cache
from typing import Any, ClassVar

from django.urls import reverse
from slugify import slugify

SLUG_LENGTH = 60
# Slugs kept ready: a page of a list links to the same few records again and again, and each costs as much as a small query.
SLUGS_KEPT = 20_000


@lru_cache(maxsize=SLUGS_KEPT)
def _slug(beginning: str) -> str:
    return str(slugify(beginning, max_length=SLUG_LENGTH, word_boundary=True, save_order=True))


def slug_of(text: str) -> str:
    """The beginning of a text in Latin letters, cut between words; empty where it has no letter or digit there."""
    # A Cyrillic letter becomes one Latin letter or several, so that more of the text would be cut off again.
    return _slug(text[: 2 * SLUG_LENGTH])


class Addressed:
    """A record with a public page; `route` names its address pattern and stands in for an empty slug."""

    route: ClassVar[str]
    public_id: Any

    def get_absolute_url(self) -> str:
        return reverse(self.route, args=[self.public_id, self.slug])

    @property
    def slug(self) -> str:
        """The readable end of the address, in Latin letters."""
        return slug_of(self.slug_source) or self.route

    @property
    def slug_source(self) -> str:
        raise NotImplementedError


class AddressedByName(Addressed):
    """For records named in three languages: the first name there is, in the order ru, be, en."""

    names_given: Any

    @property
    def slug_source(self) -> str:
        return next(iter(self.names_given), "")


class AddressedByTitle(Addressed):
    title: Any

    @property
    def slug_source(self) -> str:
        return str(self.title)
