"""The admin's History button, reading the history that the database itself keeps."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from people.history import events, history_of

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

ENTRIES_ON_A_PAGE = 100


class HistoryAdmin(_Admin):
    """Shows every change of a record and its parts: when, who, what from and to, whether made here or by SQL.

    `history_parts` name the relations to the parts, as in `names` or `quotes__spans`.
    """

    history_parts: tuple[str, ...] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data |= self._record_history(request, response.context_data["object"])
        return response

    def parts_of(self, _request: HttpRequest, _record: Any) -> tuple[str, ...]:
        """The relations to the parts whose history the reader may see."""
        return self.history_parts

    def _record_history(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        paginator = self.get_paginator(request, history_of(record, *self.parts_of(request, record)), ENTRIES_ON_A_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        return {
            "record_history": True,
            "events": events(page.object_list),
            "action_list": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "pagination_required": paginator.num_pages > 1,
        }
