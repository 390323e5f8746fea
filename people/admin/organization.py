from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin.base import NamedAdmin, PartInline, number_of
from people.admin.doubles import TellsOfDoubles
from people.models import Office, Organization


class OfficeInline(PartInline):
    model = Office
    fields = ("name_ru", "name_be", "name_en", "country", "single_seat")
    show_change_link = True


@admin.register(Organization)
class OrganizationAdmin(TellsOfDoubles, NamedAdmin):
    """Bodies that speak, employ or are spoken for."""

    list_display = ("name", "names_in_other_languages", "country", "statements")
    list_filter = ("country",)
    search_fields = ("name_ru", "name_be", "name_en", "aliases", "public_id")
    fields = ("name_ru", "name_be", "name_en", "aliases", "country")
    inlines = (OfficeInline,)
    history_parts = ("offices",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        organizations: QuerySet[Organization] = super().get_queryset(request)
        return organizations.annotate(statement_count=number_of("statements", Organization))

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, organization: Any) -> int:
        return int(organization.statement_count)
