"""Readings in the admin, to be looked at only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quotes.admin.annotation_suggestions import page_of
from quotes.admin.base import LookedAtOnly
from quotes.models import Reading

ERROR_SHOWN_AT_MOST = 160


class OutcomeFilter(admin.SimpleListFilter):
    """By how the reading ended."""

    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("failed", str(Reading.Outcome.FAILED.label))]

    def queryset(self, _request: HttpRequest, readings: QuerySet[Reading]) -> QuerySet[Reading]:
        return readings.failed() if self.value() == "failed" else readings  # type: ignore[attr-defined]


@admin.register(Reading)
class ReadingAdmin(LookedAtOnly):
    """Which text which version of the engine has read, how long it took, and what went wrong."""

    list_display = ("article", "engine", "started_at", "duration", "outcome_told", "found")
    list_display_links = None
    list_filter = (OutcomeFilter, "engine")
    list_select_related = ("snapshot__article",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return super().get_queryset(request).defer("snapshot__raw", "snapshot__text")

    @admin.display(description=_("article"))
    def article(self, reading: Reading) -> str:
        return format_html('<a href="{}">{}</a>', page_of(reading.snapshot), reading.snapshot.article)

    @admin.display(description=_("seconds"))
    def duration(self, reading: Reading) -> str:
        return "" if reading.seconds is None else f"{reading.seconds:.2f}"

    @admin.display(description=_("outcome"))
    def outcome_told(self, reading: Reading) -> str:
        """How it ended, and with what error."""
        error = Truncator(reading.error).chars(ERROR_SHOWN_AT_MOST)
        return f"{reading.outcome.label}: {error}" if error else str(reading.outcome.label)
