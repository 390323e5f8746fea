"""The page where an editor brings a record back: choose a change in its history, read what will happen, say why."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.admin.history import HistoryAdmin
from people.admin.refusals import SENTENCES, sentence
from people.history import history_of, names_of_deleted, who
from people.restoring import CannotRestore, Plan, plan, restore

if TYPE_CHECKING:
    from django.urls import URLPattern

DELETED_ON_A_PAGE = 50


class ReasonForm(forms.Form):
    """Why; and which change was the newest when the editor read what would happen."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=gettext_lazy("It stays in the history."),
    )
    newest = forms.IntegerField(widget=forms.HiddenInput)


class RestoringAdmin(HistoryAdmin):
    """Records that an editor can bring back to how they were, deleted ones too.

    `restored_parts` are those of the `history_parts` that come back with the record.
    """

    restored_parts: tuple[str, ...] = ()

    def get_urls(self) -> "list[URLPattern]":
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("<int:record_id>/restore/<int:entry_id>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def may_restore(self, request: HttpRequest) -> bool:
        """Whether the user may bring records back, with whatever else that takes."""
        return request.user.has_perm("people.restore_record")

    def restoring_notes(self, _record_id: int) -> list[str]:
        """What else follows from a restoration, in sentences; told before it is done."""
        return []

    def let_go(self, _made: Plan) -> None:
        """Called before rows are deleted that came after the chosen change."""

    def perform_restoring(self, request: HttpRequest, made: Plan, reason: str) -> None:
        """Does it. Raises CannotRestore or IntegrityError; then nothing has changed."""
        restore(made, reason, by=request.user, parts=self.restored_parts, letting_go=self.let_go)  # type: ignore[arg-type]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = dict(extra_context or {})
        if self.may_restore(request):
            context["deleted_address"] = reverse(self._named("deleted"))
        return super().changelist_view(request, context)

    def history_links(self, request: HttpRequest, key: int) -> dict[str, Any]:
        links = super().history_links(request, key)
        return links | {"restore": self._named("restore")} if self.may_restore(request) else links

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Records of this kind that are deleted, the last one first, each with the way to its history."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        paginator = self.get_paginator(request, self.deletions_for(request), DELETED_ON_A_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        entries = list(page.object_list)
        names = names_of_deleted(entries)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted: %(name)s") % {"name": self.opts.verbose_name_plural},
            "opts": self.opts,
            "rows": [
                {
                    "name": names[entry.row_id] or f"№ {entry.row_id}",
                    "address": reverse(self._named("history"), args=[entry.row_id]),
                    "at": entry.at,
                    "who": who(entry),
                }
                for entry in entries
            ],
            "page": page,
            "page_var": PAGE_VAR,
        }
        return TemplateResponse(request, "admin/deleted_records.html", context)

    def restore_view(self, request: HttpRequest, record_id: int, entry_id: int) -> HttpResponse:
        """GET shows what would happen, POST does it; asks for the permission `people.restore_record`."""
        if not self.may_restore(request):
            raise PermissionDenied
        key = str(record_id)
        if self.get_object(request, key) is None and self.deletion_of(request, key) is None:
            raise Http404
        entry = get_object_or_404(history_of(self.model(pk=record_id), *self.history_parts), pk=entry_id)
        history = redirect(self._named("history"), record_id)
        form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
        try:
            made = plan(self.model, record_id, entry, self.restored_parts)
            if form.is_valid() and self._restored(request, made, form):
                return history
        except CannotRestore as refused:
            messages.error(request, str(refused))
            return history
        return self._page(request, made, form)

    def _restored(self, request: HttpRequest, made: Plan, form: ReasonForm) -> bool:
        if form.cleaned_data["newest"] != made.newest:
            form.add_error(None, str(CannotRestore("changed")))
            return False
        try:
            self.perform_restoring(request, made, form.cleaned_data["reason"])
        except CannotRestore as refused:
            form.add_error(None, str(refused))
        except IntegrityError as error:
            form.add_error(None, sentence(error, getattr(self, "rule_sentences", SENTENCES)))
        else:
            messages.success(request, _("Restored. The reason is in the history."))
            return True
        return False

    def _page(self, request: HttpRequest, made: Plan, form: ReasonForm) -> HttpResponse:
        record = self.get_object(request, str(made.key))
        deletion = None if record else self.deletion_of(request, str(made.key))
        name = str(record) if record else names_of_deleted([deletion])[made.key] if deletion else ""
        when = {"name": name or f"№ {made.key}", "time": date_format(localtime(made.entry.at), "DATETIME_FORMAT")}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore “%(name)s” as it was on %(time)s") % when,
            "opts": self.opts,
            "name": when["name"],
            "history": reverse(self._named("history"), args=[made.key]),
            "plan": made,
            "who": who(made.entry),
            "notes": self.restoring_notes(made.key),
            "form": form,
        }
        return TemplateResponse(request, "admin/restore_record.html", context)

    def _named(self, view: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
