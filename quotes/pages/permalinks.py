"""The id in an address decides; any other spelling of the address leads to the one that stays."""

from typing import Protocol

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import register_converter


class HasAddress(Protocol):
    """A record with a page of its own."""

    def get_absolute_url(self) -> str: ...


class PublicId:
    """Eight letters and digits, in any case."""

    regex = "[0-9A-Za-z]{8}"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value


class Anything:
    """What stands where the slug should be: never empty, else whatever it is, line breaks included."""

    regex = r"[\s\S]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicId, "public_id")
register_converter(Anything, "anything")


def moved(request: HttpRequest, record: HasAddress) -> HttpResponsePermanentRedirect | None:
    """The redirect to the record's own address, query string kept; None where the reader is there already."""
    address = record.get_absolute_url()
    return None if request.path == address else moved_to(request, address)


def moved_to(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """The redirect to the address, query string kept."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
