import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.admin.base import PartInline, RecordAdmin
from people.date_telling import told_period
from people.models import Tenure


class TenureForm(forms.ModelForm):  # type: ignore[type-arg]
    """A tenure; where somebody else holds the office, the error says who and when."""

    class Meta:
        model = Tenure
        fields = ("person", "office", "start", "start_known", "end", "end_known", "evidence", "unverified")
        help_texts = {
            "start": _("4 March 2024, March 2024, 2024-Q3, 2024; empty where it is not known."),
            "end": _("A date, or “present” while the person holds the office; empty where the end is not known."),
        }

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and (other := self._other_holder()) is not None:
            period = {"person": str(other.person), "period": told_period(other.start, other.end)}
            message = _(
                "%(person)s certainly holds this office on some of these days (%(period)s). Correct the dates, or end "
                "the other tenure first."
            )
            self.add_error(None, ValidationError(message, code="office_is_held", params=period))

    def _other_holder(self) -> Tenure | None:
        # `full_clean` can't see this: the form has no field for the number of seats, so the constraint is left out.
        tenure = self.instance
        if tenure.office_id is None or not tenure.office.single_seat:
            return None
        return Tenure.objects.select_related("person").in_the_way_of(tenure).first()


ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s,]+)[^\s,]*")

# Two dates, each with how it is known, are more than one row of a table holds.
DATES = (("start", "start_known"), ("end", "end_known"))


class TenureInline(PartInline):
    model = Tenure
    form = TenureForm
    template = "admin/edit_inline/stacked.html"


class PersonsTenures(TenureInline):
    """The offices a person held, on the person's page."""

    fields = ("office", *DATES, "evidence", "unverified")
    autocomplete_fields = ("office",)
    verbose_name_plural = _("offices held")


class OfficesTenures(TenureInline):
    """Who held an office, on the office's page."""

    fields = ("person", *DATES, "evidence", "unverified")
    autocomplete_fields = ("person",)
    verbose_name_plural = _("who held it")


class HeldNow(admin.SimpleListFilter):
    """By whether the office is held today."""

    title = _("held")
    parameter_name = "held"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("now")), ("then", _("not now, or not known"))]

    def queryset(self, _request: HttpRequest, tenures: QuerySet[Any]) -> QuerySet[Any]:
        now = Tenure.objects.on(timezone.localdate())
        match self.value():
            case "now":
                return tenures.filter(pk__in=now)
            case "then":
                return tenures.exclude(pk__in=now)
        return tenures


@admin.register(Tenure)
class TenureAdmin(RecordAdmin):
    """Who held which office, when, and how that is known."""

    form = TenureForm
    list_display = ("person", "office", "period", "evidence_in_short")
    list_display_links = ("person", "office")
    list_filter = (HeldNow, "unverified", "office__country")
    search_fields = (
        "person__name_ru",
        "person__name_be",
        "person__name_en",
        "person__names__text",
        "office__name_ru",
        "office__name_be",
        "office__name_en",
        "office__epithets",
    )
    autocomplete_fields = ("person", "office")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenure]:
        # A tenure is named by both, in lists and where it is offered as a choice.
        tenures: QuerySet[Tenure] = super().get_queryset(request)
        return tenures.select_related("person", "office")

    @admin.display(description=_("from – until"), ordering="possible")
    def period(self, tenure: Tenure) -> str:
        return told_period(tenure.start, tenure.end)

    @admin.display(description=_("evidence"), ordering="evidence")
    def evidence_in_short(self, tenure: Tenure) -> str:
        """Of addresses the hosts, each once: a list has no room for more. And whether nobody has verified it."""
        hosts = list(dict.fromkeys(ADDRESS.sub(r"\1", tenure.evidence).split(", ")))
        return ", ".join(filter(None, [*hosts, str(_("unverified")) if tenure.unverified else ""]))
