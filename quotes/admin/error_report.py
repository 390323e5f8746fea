"""What readers report as wrong: the queue for editors, and the page on which one is answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.acting import name_of
from people.admin.history import HistoryAdmin
from quotes.admin.base import LookedAtOnly
from quotes.admin.views import AdminViews
from quotes.models import ErrorReport, Statement
from quotes.models.error_report import TEXT_AT_MOST
from quotes.refusals import Refused
from quotes.reporting import answer

ANSWER = "quotes.answer_errorreport"
# Code points of a report in the list.
SHOWN_AT_MOST = 120


class AnswerForm(forms.Form):
    """What was decided, and the words for the reader; what is no report needs none."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=[("", "—"), *ErrorReport.Decision.choices])
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy(
            "The reader sees it at the address that they were given; nobody's name stands beside it."
        ),
        max_length=TEXT_AT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AnsweredFilter(admin.SimpleListFilter):
    """The open ones, unless somebody asks for others."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("answered", _("answered")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("open"),
        }
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    def queryset(self, _request: HttpRequest, reports: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        chosen: QuerySet[ErrorReport] = {None: reports.open, "answered": reports.answered}.get(  # type: ignore[attr-defined]
            self.value(), reports.all
        )()
        return chosen


@admin.register(ErrorReport)
class ErrorReportAdmin(LookedAtOnly, HistoryAdmin):
    """Readers' reports: answered on a page of their own, never changed."""

    list_display = ("kind", "beginning", "statement", "made_at", "decision", "answered_at")
    list_display_links = ("kind", "beginning")
    list_filter = (AnsweredFilter, "kind", "decision")
    search_fields = ("text", "statement__public_id")
    ordering = ("id",)
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        rows = super().get_queryset(request).select_related("statement__lead")
        return rows.prefetch_related("statement__lead__spans")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ANSWER)

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm(ANSWER)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002 - as Django calls it
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 - as Django calls it
    ) -> HttpResponse:
        """The report with the statement's words beside it, and the form for its answer."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isascii() and object_id.isdigit()):
            return redirect(reverse("admin:quotes_errorreport_changelist"))
        return AnsweringViews(self).answer(request, int(object_id))

    @admin.display(description=gettext_lazy("the reader's words"))
    def beginning(self, report: ErrorReport) -> str:
        return Truncator(report.text).chars(SHOWN_AT_MOST) or "—"


class AnsweringViews(AdminViews):
    """The page of one report."""

    def answer(self, request: HttpRequest, number: int) -> HttpResponse:
        """Shows a report, and keeps the answer to an open one."""
        rows = ErrorReport.objects.select_related("revision__approval", "answered_by").defer("revision__content")
        report = get_object_or_404(rows, pk=number)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                answer(report, decision=given["decision"], words=given["words"].strip(), by=request.user)  # type: ignore[arg-type]
            except Refused as refused:
                form.add_error(None, str(refused))
                report.refresh_from_db()
            else:
                messages.success(request, _("Answered. The reader sees it at the address that they were given."))
                return redirect(reverse("admin:quotes_errorreport_changelist"))
        statement = Statement.objects.for_states().for_cards().get(pk=report.statement_id)
        quotes = statement.quotes.with_sources()
        return self.page(
            request,
            "admin/quotes/error_report.html",
            title=report.get_kind_display(),
            report=report,
            form=form,
            statement=statement,
            quotes=sorted(
                quotes.prefetch_related("spans"), key=lambda quote: (quote.pk != statement.lead_id, quote.pk)
            ),
            changed_since=statement.current_revision_id != report.revision_id,
            was_withdrawn=statement.state == Statement.State.WITHDRAWN,
            answered_by=name_of(report.answered_by) if report.answered_by else "",
            others=ErrorReport.objects.filter(statement=statement).exclude(pk=report.pk).order_by("id"),
            may_edit=request.user.has_perm("quotes.change_quote"),
            may_withdraw=request.user.has_perm("quotes.withdraw_statement"),
        )
