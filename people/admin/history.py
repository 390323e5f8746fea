"""The admin's History button, reading the history that the database itself keeps."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.history import deletions, events, history_of, names_of_deleted
from people.models import HistoryEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

ENTRIES_ON_A_PAGE = 100


class HistoryAdmin(_Admin):
    """Shows every change of a record and its parts: when, who, what from and to, whether made here or by SQL.

    `history_parts` name the relations to the parts, as in `names` or `quotes__spans`. A deleted record has its page, too.
    """

    history_parts: tuple[str, ...] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        if self.get_object(request, key) is None and (entry := self.deletion_of(request, key)) is not None:
            return self._history_of_deleted(request, entry, extra_context or {})
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data |= self._record_history(request, response.context_data["object"])
        return response

    def parts_of(self, _request: HttpRequest, _record: Any) -> tuple[str, ...]:
        """The relations to the parts whose history the reader may see."""
        return self.history_parts

    def deletions_for(self, _request: HttpRequest) -> "QuerySet[HistoryEntry]":
        """The entries of deleted records of this kind that the reader may know of, the newest first."""
        return deletions(self.model)

    def deletion_of(self, request: HttpRequest, key: str) -> HistoryEntry | None:
        """The entry of the deletion of the record of this number; None where it is not a deleted record's."""
        if not (key.isascii() and key.isdigit() and len(key) < len(str(2**63))):
            return None
        return self.deletions_for(request).filter(row_id=int(key)).first()

    def history_links(self, _request: HttpRequest, _key: int) -> dict[str, Any]:
        """What else the page's template is to know."""
        return {}

    def _history_of_deleted(
        self, request: HttpRequest, entry: HistoryEntry, extra_context: dict[str, Any]
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        name = names_of_deleted([entry])[entry.row_id] or f"№ {entry.row_id}"
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted: %(name)s") % {"name": name},
            "deleted": name,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "opts": self.opts,
            "page_var": PAGE_VAR,
            **self._record_history(request, self.model(pk=entry.row_id)),
            **extra_context,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def _record_history(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        entries = history_of(record, *self.parts_of(request, record))
        paginator = self.get_paginator(request, entries, ENTRIES_ON_A_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        return {
            "record_history": True,
            "events": events(page.object_list),
            "begun_before": _begins_before(page),
            "record_id": record.pk,
            "action_list": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "pagination_required": paginator.num_pages > 1,
            **self.history_links(request, record.pk),
        }


def _begins_before(page: "Page[HistoryEntry]") -> bool:
    """Whether the first event is the newest of all, or goes on from the page before: nobody goes back to its middle."""
    if not page.has_previous():
        return True
    rows = page.paginator.object_list
    before = rows[page.start_index() - 2]  # counted from 1
    first = next(iter(page.object_list))
    return (before.transaction_id, before.user_id) == (first.transaction_id, first.user_id)
