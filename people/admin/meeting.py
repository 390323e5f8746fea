from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin.base import NamedAdmin, PartInline, number_of
from people.date_telling import told, told_period
from people.models import Meeting, Participant


class ParticipantInline(PartInline):
    model = Participant
    fields = ("role", "person", "organization", "in_words")
    autocomplete_fields = ("person", "organization")


@admin.register(Meeting)
class MeetingAdmin(NamedAdmin):
    """Occasions on which something was said, with who took part."""

    list_display = ("name", "date", "place", "who", "statements")
    list_filter = ("kind", "start_known")
    search_fields = (
        "name_ru",
        "name_be",
        "name_en",
        "place",
        "start",
        "public_id",
        "participants__in_words",
        "participants__person__name_ru",
        "participants__person__name_be",
        "participants__person__name_en",
        "participants__person__names__text",
    )
    fieldsets = (
        (None, {"fields": ("name_ru", "name_be", "name_en", "kind", "place")}),
        (_("When"), {"fields": (("start", "start_known"), ("end", "end_known"))}),
    )
    inlines = (ParticipantInline,)
    history_parts = ("participants",)
    restored_parts = ("participants",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        meetings: QuerySet[Meeting] = super().get_queryset(request)
        meetings = meetings.annotate(statement_count=number_of("statements", Meeting))
        return meetings.prefetch_related("participants__person", "participants__organization")

    @admin.display(description=_("date"), ordering="start_range")
    def date(self, meeting: Meeting) -> str:
        return told_period(meeting.start, meeting.end) if meeting.end else told(meeting.start)

    @admin.display(description=_("participants"))
    def who(self, meeting: Meeting) -> str:
        return ", ".join(str(participant) for participant in meeting.participants.all())

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, meeting: Any) -> int:
        return int(meeting.statement_count)
