"""The addresses of records: `/<letter>/<public id>/<slug>`. The id decides; the slug is there for people to read.

A slug never depends on the reader's language, so that one record has one address.
"""

from functools import cache
from typing import Any, ClassVar

from django.urls import get_script_prefix, reverse

from people.slugs import slug


def address_of(route: str, public_id: str, slug: str) -> str:
    """The address by the pattern's name, an id and a slug, neither of which needs escaping."""
    return f"{_above(route, get_script_prefix())}{public_id}/{slug}"


@cache
def _above(route: str, _prefix: str) -> str:
    # A page of a list has some hundred addresses, and finding the pattern for each would take longer than all the rest.
    return reverse(route, args=["00000000", "s"]).removesuffix("00000000/s")


class Addressed:
    """A record with a public page; `route` names its address pattern and stands in for an empty slug."""

    route: ClassVar[str]
    public_id: Any

    def get_absolute_url(self) -> str:
        return address_of(self.route, self.public_id, self.slug)

    @property
    def slug(self) -> str:
        """The readable end of the address, in Latin letters."""
        return slug(self.slug_source) or self.route

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
