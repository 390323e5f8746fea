from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.admin.base import NamedAdmin
from people.admin.tenure import OfficesTenures
from people.models import Office, Tenure


@admin.register(Office)
class OfficeAdmin(NamedAdmin):
    """Posts, what the press calls their holders, and who held them."""

    list_display = ("name", "organization", "country", "holders", "epithets_in_words")
    list_filter = ("country", "single_seat")
    list_select_related = ("organization",)
    search_fields = (
        "name_ru",
        "name_be",
        "name_en",
        "epithets",
        "organization__name_ru",
        "organization__name_be",
        "organization__name_en",
        "public_id",
    )
    autocomplete_fields = ("organization",)
    fields = ("name_ru", "name_be", "name_en", "organization", "country", "epithets", "single_seat")
    inlines = (OfficesTenures,)
    history_parts = ("tenures",)
    restored_parts = ("tenures",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Office]:
        now = Tenure.objects.on(timezone.localdate()).select_related("person")
        return super().get_queryset(request).prefetch_related(Prefetch("tenures", now, to_attr="tenures_now"))

    @admin.display(description=_("held now by"))
    def holders(self, office: Any) -> str:
        return ", ".join(tenure.person.name for tenure in office.tenures_now)

    @admin.display(description=_("what the press calls the holder"))
    def epithets_in_words(self, office: Office) -> str:
        return ", ".join(office.epithets)
