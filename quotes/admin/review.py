"""The reviewer's page, and the editor's: approve, return, withdraw, restore."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quotes.admin.review_filter import ReviewFilter
from quotes.admin.review_form import ReasonForm, ReturnForm
from quotes.admin.review_page import Under, told_history
from quotes.admin.views import StatementViews
from quotes.models import Opening, Quote, Revision, Statement
from quotes.refusals import Refused
from quotes.reviewing import approve, lacking, note_seen, open_for, send_back, submit
from quotes.withdrawing import restore, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern


# Of the statements that wait, how many are shown: the oldest, so that none is forgotten.
SHOWN_AT_MOST = 50


class ReviewViews(StatementViews):
    """The views of review and withdrawal, hung into the statement admin."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("review/", view(self.queue), name="quotes_review_queue"),
            path("review/returned/", view(self.returned), name="quotes_returned"),
            path("review/changed/", view(self.changed), name="quotes_changed"),
            path("review/<str:statement_id>/", view(self.review), name="quotes_review"),
            path("review/<str:statement_id>/approve/", view(require_POST(self.approve)), name="quotes_approve"),
            path("review/<str:statement_id>/return/", view(require_POST(self.send_back)), name="quotes_return"),
            path("review/<str:statement_id>/submit/", view(require_POST(self.submit)), name="quotes_submit_statement"),
            path("review/<str:statement_id>/seen/", view(require_POST(self.seen)), name="quotes_seen"),
            path("withdraw/<str:statement_id>/", view(self.withdraw), name="quotes_withdraw"),
            path("restore/<str:statement_id>/", view(self.restore), name="quotes_restore"),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """The statements that wait longest for the reader's verdict: never those they wrote a part of."""
        self._require(request, "quotes.review_statement")
        waiting = Statement.objects.awaiting_review()
        form = self._filter(request)
        others = form.chosen()
        return self.page(
            request,
            "admin/quotes/review_queue.html",
            title=_("To review"),
            filter=form,
            kept=form.query,
            open=list(Opening.objects.lasting().exclude(user=request.user.pk).select_related("user")),
            is_filtered=any(form.cleaned_data.values()),
            statements=others.for_cards().select_related("current_revision__submitted_by")[:SHOWN_AT_MOST],
            more=max(0, others.count() - SHOWN_AT_MOST),
            own=waiting.filter(authorships__user=request.user.pk).count(),
        )

    def returned(self, request: HttpRequest) -> HttpResponse:
        """What was sent back to the reader and is not submitted anew yet, with the comments."""
        self._require(request, "quotes.view_statement")
        statements = Statement.objects.returned_to(request.user.pk or 0).for_cards().order_by("-id")
        sent_back = Revision.objects.filter(statement__in=statements, returned__isnull=False).order_by("id")
        sent_back = sent_back.select_related("returned__returned_by", "returned__snapshot").defer(
            "content", "returned__snapshot__raw"
        )
        last = {revision.statement_id: revision.returned for revision in sent_back}
        return self.page(
            request,
            "admin/quotes/review_returned.html",
            title=_("Returned to me"),
            shown=[(statement, last[statement.pk]) for statement in statements],
        )

    def changed(self, request: HttpRequest) -> HttpResponse:
        """What others have changed in statements that the reader has a part in, until they have seen it."""
        self._require(request, "quotes.view_statement")
        revisions = Revision.objects.not_seen_by(request.user.pk or 0).order_by("id")
        told = told_history(revisions.select_related("statement__lead").prefetch_related("statement__lead__spans"))
        return self.page(request, "admin/quotes/review_changed.html", title=_("Changed by others"), revisions=told)

    def review(self, request: HttpRequest, statement_id: str, form: ReturnForm | None = None) -> HttpResponse:
        """One statement with all that was submitted: the text, who, when, where, how that is known, what has changed."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        statement = self._statement(request, statement_id)
        under = Under(statement, self._quotes(statement), request.user)
        user = request.user.pk or 0
        there = None
        if statement.state == Statement.State.SUBMITTED and request.user.has_perm("quotes.review_statement"):
            there = open_for(statement, request.user)  # type: ignore[arg-type]
        return self.page(
            request,
            "admin/quotes/review.html",
            there=there,
            title=_("Review: %(statement)s") % {"statement": statement},
            statement=statement,
            revision=statement.current_revision,
            under=under,
            lacks=lacking(statement) if statement.is_with_its_authors else [],
            own=not statement.may_be_approved_by(user),
            unseen=statement.revisions.not_seen_by(user).exists(),
            may_edit=request.user.has_perm("quotes.change_quote"),
            may_review=request.user.has_perm("quotes.review_statement"),
            was_public=statement.revisions.filter(approval__isnull=False).exists(),
            may_withdraw=request.user.has_perm("quotes.withdraw_statement"),
            form=form or ReturnForm(quotes=under.quotes),
            **self._neighbours(request, statement),
        )

    def submit(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Submits the statement with a note for the reviewer."""
        self._require(request, "quotes.change_quote")
        statement = get_object_or_404(
            Statement.objects.visible_to(request.user).select_for_update(), public_id=statement_id
        )
        if not statement.is_with_its_authors:
            # A second click: a new revision would undo the approval of the old one.
            messages.warning(request, _("Nothing to submit: it has not changed since it was submitted."))
            return redirect(reverse("admin:quotes_review", args=[statement_id]))
        note = request.POST.get("note", "").strip()
        return self._act(
            request,
            lambda: submit(statement, by=request.user, note=note),  # type: ignore[arg-type]
            success=_("Submitted: another person can approve it now."),
            statement=statement,
        )

    def seen(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """The reader has looked at what others have changed."""
        self._require(request, "quotes.view_statement")
        note_seen(self._statement(request, statement_id), by=request.user)  # type: ignore[arg-type]
        return redirect(reverse("admin:quotes_changed"))

    def approve(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Consents to the revision that the reviewer has read, whose number the form sends, and opens the next."""
        self._require(request, "quotes.review_statement")
        statement = self._statement(request, statement_id)
        revision = self._revision_read(request, statement)
        return self._act(
            request,
            lambda: approve(revision, by=request.user),  # type: ignore[arg-type]
            success=_("Approved: the statement is public."),
            statement=statement,
            then=self._next_address(request, revision),
        )

    def send_back(self, request: HttpRequest, statement_id: str) -> HttpResponse:
        """Returns the revision with a comment for its authors, and opens the next."""
        self._require(request, "quotes.review_statement")
        statement = self._statement(request, statement_id)
        revision = self._revision_read(request, statement)
        form = ReturnForm(request.POST, quotes=self._quotes(statement))
        if not form.is_valid():
            return self.review(request, statement_id, form)
        comment, field = form.cleaned_data["reason"], form.cleaned_data["field"]
        return self._act(
            request,
            lambda: send_back(revision, comment, by=request.user, field=field, point=form.point),  # type: ignore[arg-type]
            success=_("Returned to its author with your comment."),
            statement=statement,
            then=self._next_address(request, revision),
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
        statement = self._statement(request, statement_id)
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

    def _statement(self, request: HttpRequest, statement_id: str) -> Statement:
        rows = Statement.objects.visible_to(request.user).for_states().for_cards()
        return get_object_or_404(rows, public_id=statement_id)

    def _quotes(self, statement: Statement) -> list[Quote]:
        """The statement's quotes with their texts, the leading one first."""
        quotes = statement.quotes.select_related("snapshot__article__source", "guideline").defer("snapshot__raw")
        return sorted(quotes.prefetch_related("spans"), key=lambda quote: (quote.pk != statement.lead_id, quote.pk))

    def _neighbours(self, request: HttpRequest, statement: Statement) -> dict[str, Statement | str | None]:
        """Of the statements that wait for the reader and fit what they chose: the one that has waited next longer, and the next shorter."""
        if not request.user.has_perm("quotes.review_statement"):
            return {"previous": None, "next": None, "kept": ""}
        asked = self._filter(request)
        waiting = asked.chosen()
        here = statement.current_revision_id or 0
        return {
            "previous": waiting.filter(current_revision__lt=here).order_by("-current_revision__id").first(),
            "next": waiting.filter(current_revision__gt=here).exclude(pk=statement.pk).first(),
            "kept": asked.query,
        }

    def _filter(self, request: HttpRequest) -> ReviewFilter:
        """What the reviewer has chosen to see of the statements that wait for their verdict."""
        return ReviewFilter(request.GET, Statement.objects.reviewable_by(request.user.pk or 0))

    def _next_address(self, request: HttpRequest, revision: Revision) -> str:
        """Of those chosen the one behind this in the queue, else the first; the queue where none is left."""
        asked = self._filter(request)
        waiting = asked.chosen().exclude(pk=revision.statement_id)
        following = waiting.filter(current_revision__gt=revision.pk).first() or waiting.first()
        if following is None:
            return reverse("admin:quotes_review_queue")
        return reverse("admin:quotes_review", args=[following.public_id]) + asked.query

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
        self,
        request: HttpRequest,
        act: "Callable[[], object]",
        *,
        success: str,
        statement: Statement,
        then: str | None = None,
    ) -> HttpResponse:
        """Does it and says so, `then` to that address; back to the statement where it is refused, with the reason."""
        here = reverse("admin:quotes_review", args=[statement.public_id])
        try:
            act()
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(here)
        messages.success(request, format_html('{} <a href="{}">{}</a>', success, here, statement) if then else success)
        return redirect(then or here)
