"""The reviewer's page, and the editor's: approve, return, withdraw, restore."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quotes.admin.views import StatementViews
from quotes.models import Revision, Statement
from quotes.pages.reports import report
from quotes.refusals import Refused
from quotes.reviewing import approve, send_back
from quotes.withdrawing import restore, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern


# Of the statements that wait, how many are shown: the oldest, so that none is forgotten.
SHOWN_AT_MOST = 50


class ReasonForm(forms.Form):
    """Why: for the author of a returned statement, or for the readers of a withdrawn one."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReviewViews(StatementViews):
    """The views of review and withdrawal, hung into the statement admin."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("review/", view(self.queue), name="quotes_review_queue"),
            path("review/<str:statement_id>/", view(self.review), name="quotes_review"),
            path("review/<str:statement_id>/approve/", view(require_POST(self.approve)), name="quotes_approve"),
            path("review/<str:statement_id>/return/", view(require_POST(self.send_back)), name="quotes_return"),
            path("withdraw/<str:statement_id>/", view(self.withdraw), name="quotes_withdraw"),
            path("restore/<str:statement_id>/", view(self.restore), name="quotes_restore"),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """The statements that wait longest for the reader's verdict: never those they wrote a part of."""
        self._require(request, "quotes.review_statement")
        waiting = Statement.objects.awaiting_review()
        others = waiting.exclude(authorships__user=request.user.pk)
        shown = others.for_cards().order_by("current_revision__id")[:SHOWN_AT_MOST]
        return self.page(
            request,
            "admin/quotes/review_queue.html",
            title=_("To review"),
            statements=shown,
            more=max(0, others.count() - SHOWN_AT_MOST),
            own=waiting.filter(authorships__user=request.user.pk).count(),
        )

    def review(self, request: HttpRequest, statement_id: str, reason: ReasonForm | None = None) -> HttpResponse:
        """One statement with all that was submitted: words in context, who, when, where, and how that is known."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        statement = self._statement(statement_id)
        quotes = statement.quotes.select_related("snapshot__article__source").defer("snapshot__raw")
        return self.page(
            request,
            "admin/quotes/review.html",
            title=_("Review: %(statement)s") % {"statement": statement},
            statement=statement,
            revision=statement.current_revision,
            reports=[report(quote) for quote in quotes.prefetch_related("spans")],
            returns=Revision.objects.filter(statement=statement, returned__isnull=False).select_related(
                "returned__returned_by"
            ),
            own=not statement.may_be_approved_by(request.user.pk or 0),
            may_submit=request.user.has_perm("quotes.change_quote"),
            may_review=request.user.has_perm("quotes.review_statement"),
            was_public=statement.revisions.filter(approval__isnull=False).exists(),
            may_withdraw=request.user.has_perm("quotes.withdraw_statement"),
            reason=reason or ReasonForm(),
        )

    def approve(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Consents to the revision that the reviewer has read: the one whose number the form sends."""
        self._require(request, "quotes.review_statement")
        statement = self._statement(statement_id)
        revision = self._revision_read(request, statement)
        return self._act(
            request,
            lambda: approve(revision, by=request.user),  # type: ignore[arg-type]
            success=_("Approved: the statement is public."),
            statement=statement,
        )

    def send_back(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Returns the revision with a comment for its authors."""
        self._require(request, "quotes.review_statement")
        statement = self._statement(statement_id)
        revision = self._revision_read(request, statement)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.review(request, statement_id, form)
        return self._act(
            request,
            lambda: send_back(revision, form.cleaned_data["reason"], by=request.user),  # type: ignore[arg-type]
            success=_("Returned to its author with your comment."),
            statement=statement,
        )

    def withdraw(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Asks for the reason, then takes the statement from the public."""
        self._require(request, "quotes.withdraw_statement")
        # What the public never saw has nothing to be withdrawn from.
        statement = get_object_or_404(Statement.objects.ever_published().for_states(), public_id=statement_id)
        return self._with_reason(
            request,
            statement,
            lambda reason: withdraw(statement, reason, by=request.user),  # type: ignore[arg-type]
            success=_("Withdrawn: its address now answers with the reason."),
            title=_("Withdraw: %(statement)s") % {"statement": statement},
            explanation=_(
                "The statement goes from the pages, the search and the API at once. Its address answers with the "
                "reason that you give here, and the reason stays in the public record."
            ),
            act=_("Withdraw"),
        )

    def restore(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Asks for the reason, then ends the withdrawal."""
        self._require(request, "quotes.withdraw_statement")
        statement = self._statement(statement_id)
        withdrawal = get_object_or_404(statement.withdrawals, restored_at=None)
        return self._with_reason(
            request,
            statement,
            lambda reason: restore(withdrawal, reason, by=request.user),  # type: ignore[arg-type]
            success=_("Restored."),
            title=_("Restore: %(statement)s") % {"statement": statement},
            explanation=_("Withdrawn with this reason: “%(reason)s”.") % {"reason": withdrawal.reason},
            act=_("Restore"),
        )

    def _with_reason(
        self,
        request: HttpRequest,
        statement: Statement,
        act_for: "Callable[[str], object]",
        *,
        success: str,
        **shown: str,
    ) -> HttpResponse:
        """Asks for a reason, and does with it what the page says (`title`, `explanation`, `act`)."""
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            return self._act(request, lambda: act_for(reason), success=success, statement=statement)
        return self.page(request, "admin/quotes/reason.html", statement=statement, form=form, **shown)

    def _statement(self, statement_id: str) -> Statement:
        return get_object_or_404(Statement.objects.for_states().for_cards(), public_id=statement_id)

    def _revision_read(self, request: HttpRequest, statement: Statement) -> Revision:
        """The revision that the reviewer had before them: its number comes with the form."""
        try:
            number = int(request.POST.get("number", ""))
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(statement.revisions, number=number)

    def _require(self, request: HttpRequest, permission: str) -> None:
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def _act(
        self, request: HttpRequest, act: "Callable[[], object]", *, success: str, statement: Statement
    ) -> HttpResponse:
        try:
            act()
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, success)
        return redirect(reverse("admin:quotes_review", args=[statement.public_id]))
