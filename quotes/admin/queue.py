"""The queue of articles to annotate: its page, each article's own, and the acts that lead from one to the next."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from articles.models import Article, Snapshot
from people.admin.history import HistoryAdmin
from quotes.admin.annotation_suggestions import page_of
from quotes.admin.base import LookedAtOnly
from quotes.admin.queue_bar import QueueBar, queue_bar
from quotes.admin.queue_list import QueueFilter, page_asked_for
from quotes.admin.standing import Standing, name_of
from quotes.assigning import begin, finish, next_for, reopen, skip, submit_complete, take_over
from quotes.doubling import choose, open_double
from quotes.models import Assignment
from quotes.models.assignment import AssignmentQuerySet, texts_to_annotate
from quotes.models.doubling import visible_work
from quotes.progress import progress_of
from quotes.refusals import Refused, refusals

if TYPE_CHECKING:
    from django.urls import URLPattern

TAKE, GIVE = "quotes.take_assignment", "quotes.give_assignment"


class ReasonForm(forms.Form):
    """Why somebody skips or reopens."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)


@admin.register(Assignment)
class AssignmentAdmin(LookedAtOnly, HistoryAdmin):
    """The queue takes the place of a list of assignments; a single one can be looked at, with its history."""

    def get_queryset(self, request: HttpRequest) -> AssignmentQuerySet:
        """Without what the user must not know of while an article is read by two."""
        return visible_work(Assignment.objects.all(), request.user)

    def get_urls(self) -> "list[URLPattern]":
        return [*QueueViews(self).urls(), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - as Django calls it
        return QueueViews(self).queue(request)


class QueueViews:
    """The views of the queue. Each act is a POST; what it leads to is a page of its own."""

    def __init__(self, model_admin: AssignmentAdmin) -> None:
        self.model_admin = model_admin
        self.site = model_admin.admin_site

    def urls(self) -> "list[URLPattern]":
        """Addresses below the assignment admin's."""
        view = self.site.admin_view
        acts = {
            "begin": self.begin,
            "take-over": self.take_over,
            "skip": self.skip,
            "finish": self.finish,
            "reopen": self.reopen,
            "double": self.double,
        }
        return [
            path("next/", view(require_POST(self.next)), name="quotes_next_article"),
            path("article/<str:article_id>/", view(require_GET(self.article)), name="quotes_article_work"),
            *(
                path(f"article/<str:article_id>/{name}/", view(require_POST(act)), name=f"quotes_article_{name}")
                for name, act in acts.items()
            ),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """What is left, what is done, and the way to the next article."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        asked = QueueFilter(request.GET)
        page = page_asked_for(request, asked)
        return self._page(
            request,
            "admin/quotes/queue.html",
            title=_("Articles to annotate"),
            progress=progress_of(request.user),  # type: ignore[arg-type]
            may_take=request.user.has_perm(TAKE),
            asked=asked,
            rows=[(article, Standing.of_article(article)) for article in page.rows],
            next_after=page.next_after,
            in_hand=Assignment.objects.in_hand_of(request.user).count(),  # type: ignore[arg-type]
        )

    def article(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """Who has worked on an article, and how far it has come."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        article = self._article(article_id)
        return self._page(
            request,
            "admin/quotes/article_work.html",
            title=_("Annotation of “%(article)s”") % {"article": article},
            article=article,
            annotation=self._address(article),
            **queue_bar(request, article),
        )

    def next(self, request: HttpRequest) -> HttpResponse:
        """The next article for who asks; with `leaving`, another one than that."""
        self._require(request, TAKE)
        leaving = Article.objects.filter(public_id=request.POST.get("leaving", "")).first()
        return self._on(request, leaving)

    def begin(self, request: HttpRequest, article_id: str) -> HttpResponse:
        return self._taking(request, article_id, begin)

    def take_over(self, request: HttpRequest, article_id: str) -> HttpResponse:
        return self._taking(request, article_id, take_over)

    def _taking(self, request: HttpRequest, article_id: str, act: Any) -> HttpResponse:
        self._require(request, TAKE)
        article = self._article(article_id)
        try:
            act(article, by=request.user)
        except Refused as refused:
            messages.error(request, self._told(refused, article))
            return redirect(self._work(article))
        return redirect(self._address(article) or self._work(article))

    def skip(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """Gives the article up with a reason, and goes on to the next."""
        self._require(request, TAKE)
        article = self._article(article_id)
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        try:
            skip(article, reason, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, self._told(refused, article))
            return redirect(self._work(article))
        messages.success(request, _("Skipped: “%(article)s”.") % {"article": article})
        return self._on(request)

    def finish(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """Finishes the article and goes on; asks once where something in it is still undecided or incomplete."""
        self._require(request, TAKE)
        article = self._article(article_id)
        outcome = request.POST.get("outcome", "")
        if outcome not in Assignment.Outcome.values:
            msg = "an outcome is annotated or no_statements"
            raise BadRequest(msg)
        bar = QueueBar(article, request.user)  # type: ignore[arg-type]
        submitting = bar.may_submit and "submit" in request.POST
        if "sure" not in request.POST and bar.is_workable and (bar.undecided or bar.incomplete):
            return self._page(
                request,
                "admin/quotes/finish.html",
                title=_("Finish “%(article)s”?") % {"article": article},
                article=article,
                annotation=self._address(article),
                outcome=outcome,
                submitting=submitting,
                queue_bar=bar,
            )
        try:
            with refusals():
                # All or nothing.
                submitted = submit_complete(article, by=request.user) if submitting else 0  # type: ignore[arg-type]
                finish(article, outcome, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, self._told(refused, article))
            return redirect(self._address(article) or self._work(article))
        messages.success(request, _("Finished: “%(article)s”.") % {"article": article})
        if submitted:
            told = ngettext("%(n)s draft is submitted for review.", "%(n)s drafts are submitted for review.", submitted)
            messages.success(request, told % {"n": submitted})
        return self._on(request)

    def reopen(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """Gives the article back to who had finished it: that person, or an editor, who says why."""
        article = self._article(article_id)
        bar = QueueBar(article, request.user)  # type: ignore[arg-type]
        if not (bar.may_give or (bar.may_take and bar.is_mine)):
            raise PermissionDenied
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        if not bar.is_mine and not reason:
            messages.error(request, _("Say what is still to be done; the annotator will see it."))
            return redirect(self._work(article))
        try:
            reopened = reopen(article, reason, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(self._work(article))
        if reopened is None:
            messages.warning(request, _("It is not finished, so there is nothing to reopen."))
        elif not bar.is_mine:
            told = _("Reopened: %(name)s has it in hand again.") % {"name": name_of(reopened.annotator)}
            messages.success(request, told)
        return redirect((self._address(article) if bar.is_mine else "") or self._work(article))

    def double(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """An editor has the article annotated twice."""
        self._require(request, "quotes.make_doubleannotation")
        article = self._article(article_id)
        try:
            made = choose(article, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            if made:
                messages.success(request, _("Two annotators will read it, independently."))
            else:
                messages.warning(request, _("It is annotated twice already, or has no text."))
        return redirect(self._work(article))

    def _on(self, request: HttpRequest, leaving: Article | None = None) -> HttpResponse:
        """To the next article; to the queue where there is none."""
        row = next_for(request.user, leaving=leaving)  # type: ignore[arg-type]
        if row is None:
            messages.info(request, _("Nothing else waits for you."))
            return redirect(reverse("admin:quotes_assignment_changelist"))
        return redirect(self._address(row.article))

    def _article(self, article_id: str) -> Article:
        return get_object_or_404(Article.objects.select_related("source"), public_id=article_id)

    def _address(self, article: Article) -> str:
        """Where the article's newest text is annotated, or the one that two read; "" where it has none with words."""
        if double := open_double(article):
            return page_of(double.snapshot)
        newest: Snapshot | None = texts_to_annotate().filter(article=article).only("public_id").order_by("-id").first()
        return page_of(newest) if newest else ""

    def _work(self, article: Article) -> str:
        return reverse("admin:quotes_article_work", args=[article.public_id])

    def _told(self, refused: Refused, article: Article) -> str:
        """The refusal, with the name of who has the article where that is the cause."""
        if refused.rule == "assignment_in_one_hand" and open_double(article):
            return _("Two annotators read this article, independently; you are neither of them.")
        holder = Assignment.objects.held().filter(article=article).select_related("annotator").first()
        if refused.rule == "assignment_in_one_hand" and holder:
            return f"{refused} ({name_of(holder.annotator)})"
        return str(refused)

    def _require(self, request: HttpRequest, permission: str) -> None:
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        frame = {**self.site.each_context(request), "opts": Assignment._meta}
        return TemplateResponse(request, template, {**frame, **context})
