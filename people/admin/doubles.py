"""A new record that may be on record already is saved, and whoever made it is shown the others."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from people.models import Organization, Person
from people.resembling import Resemblance, resembling

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin


class TellsOfDoubles(_Admin):
    """After a record is added, those that it resembles are named, with links to them."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if found := doubles(obj):
            told = _("This may be on record already. Compare it with: %s. Whoever is the same needs one record only.")
            before, after = told.split("%s")
            links = format_html_join(", ", '<a href="{}">{}</a>', ((_address(one), str(one.record)) for one in found))
            messages.warning(request, format_html("{}{}{}", before, links, after))
        return super().response_add(request, obj, post_url_continue)


def doubles(record: Person | Organization) -> list[Resemblance]:
    """The records that one of the record's names may mean, besides itself."""
    found = {
        one.record.pk: one for name in record.names_given for one in resembling(name, type(record), besides=record.pk)
    }
    return list(found.values())


def _address(found: Resemblance) -> str:
    return reverse(f"admin:people_{found.record._meta.model_name}_change", args=[found.record.pk])
