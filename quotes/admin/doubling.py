"""Double annotation in the admin: its share, what waits to be settled, and how far annotators agree."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.admin.history import HistoryAdmin
from people.admin.refusals import RefusalsTold
from quotes.adjudicating import Case, NotDecided, rule, settle, take_back
from quotes.admin.adjudication_page import painted
from quotes.admin.agreement_page import COLUMNS, agreement_csv, rows_in_words
from quotes.admin.base import LookedAtOnly
from quotes.models import DoubleAnnotation, DoubleShare, Ruling
from quotes.refusals import SENTENCES, Refused

if TYPE_CHECKING:
    from django.urls import URLPattern

ADJUDICATE, MAKE, MEASURE = (
    "quotes.adjudicate_doubleannotation",
    "quotes.make_doubleannotation",
    "quotes.measure_doubleannotation",
)
UNDO, EDIT_A, EDIT_B = "undo", "edit-a", "edit-b"


@admin.register(DoubleShare)
class DoubleShareAdmin(RefusalsTold, HistoryAdmin):
    """The one row that says how many articles are annotated twice."""

    rule_sentences = SENTENCES

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - as Django calls it
        """There is only one: its own page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        share = DoubleShare.objects.first()
        if share is None and not self.has_add_permission(request):
            messages.info(request, _("Nobody has set a share: no article is drawn to be annotated twice."))
            return redirect("admin:index")
        page = ("change", [share.pk]) if share else ("add", [])
        return redirect(reverse(f"admin:quotes_doubleshare_{page[0]}", args=page[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and not DoubleShare.objects.exists()

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nought says the same, and stays in the history."""
        return False

    def save_model(self, request: HttpRequest, share: DoubleShare, form: Any, change: bool) -> None:
        share.pk = DoubleShare.THE_ONE
        super().save_model(request, share, form, change)


@admin.register(DoubleAnnotation)
class DoubleAnnotationAdmin(LookedAtOnly, HistoryAdmin):
    """What waits to be settled takes the place of a list of rows; a single one has its page, and its history."""

    history_parts = ("sides", "rulings")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DoubleAnnotation]:
        """Those whose both sides the user may see."""
        return super().get_queryset(request).readable_by(request.user)  # type: ignore[attr-defined, no-any-return]

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return any(request.user.has_perm(one) for one in (ADJUDICATE, MAKE, MEASURE))

    def get_urls(self) -> "list[URLPattern]":
        return [*DoublingViews(self).urls(), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - as Django calls it
        return DoublingViews(self).waiting(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002 - as Django calls it
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 - as Django calls it
    ) -> HttpResponse:
        """Where it is settled; once it is, what has become of the article."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        double = get_object_or_404(self.get_queryset(request).select_related("article"), pk=object_id)
        page = "quotes_adjudicate" if double.is_open and request.user.has_perm(ADJUDICATE) else "quotes_article_work"
        return redirect(reverse(f"admin:{page}", args=[double.article.public_id]))


class DoublingViews:
    """The views of double annotation. Each act is a POST; what it leads to is a page of its own."""

    def __init__(self, model_admin: DoubleAnnotationAdmin) -> None:
        self.model_admin = model_admin
        self.site = model_admin.admin_site

    def urls(self) -> "list[URLPattern]":
        """Addresses below the double annotation admin's."""
        view = self.site.admin_view
        return [
            path("agreement/", view(require_GET(self.agreement)), name="quotes_agreement"),
            path("agreement.csv", view(require_GET(self.agreement_csv)), name="quotes_agreement_csv"),
            path("article/<str:article_id>/", view(require_GET(self.adjudicate)), name="quotes_adjudicate"),
            path("article/<str:article_id>/rule/", view(require_POST(self.rule)), name="quotes_rule"),
            path("article/<str:article_id>/settle/", view(require_POST(self.settle)), name="quotes_settle"),
        ]

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """The articles that both annotators have finished, and how many are still being read."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        rows = DoubleAnnotation.objects.all()
        mine = rows.adjudicable_by(request.user).select_related("article__source")
        return self._page(
            request,
            "admin/quotes/adjudication_queue.html",
            title=_("To settle: articles annotated twice"),
            doubles=mine,
            others=rows.to_adjudicate().count() - len(mine),
            at_work=rows.open().filter(finished_at=None).count(),
            settled=rows.filter(settled_at__isnull=False).count(),
            may_adjudicate=request.user.has_perm(ADJUDICATE),
            may_measure=request.user.has_perm(MEASURE),
            may_share=request.user.has_perm("quotes.change_doubleshare"),
        )

    def adjudicate(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """Both readings side by side: what they agree on folded, what differs opened."""
        self._require(request, ADJUDICATE)
        double = self._double(request, article_id)
        case = Case(double)
        at = request.GET.get("at", "")
        current = (case.numbered(int(at)) if at.isdecimal() and len(at) < len("1000000") else None) or case.after(0)
        return self._page(
            request,
            "admin/quotes/adjudication.html",
            title=_("Settle what differs: %(article)s") % {"article": double.article},
            double=double,
            case=case,
            current=current or next(iter(case.differences), None),
            stretches=painted(case),
            keys=self._keys(),
        )

    def rule(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """One difference is decided, or the decision taken back; on to the next, or to the form that edits."""
        self._require(request, ADJUDICATE)
        double = self._double(request, article_id)
        case = Case(double)
        takes = request.POST.get("takes", "")
        ids = request.POST.get("a", ""), request.POST.get("b", "")
        couple = next((one for one in case.differences if (one.id_a, one.id_b) == ids), None)
        decides = {EDIT_A: Ruling.Takes.A, EDIT_B: Ruling.Takes.B}.get(takes, takes)
        quote = {Ruling.Takes.A: couple.a, Ruling.Takes.B: couple.b}.get(decides) if couple else None  # type: ignore[call-overload]
        if couple is None or decides not in {UNDO, *Ruling.Takes.values}:
            msg = "one of the differences, and what is taken"
            raise BadRequest(msg)
        here = reverse("admin:quotes_adjudicate", args=[article_id])
        try:
            if takes == UNDO:
                take_back(couple)
            else:
                rule(couple, decides, double=double, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(f"{here}?at={couple.number}")
        if takes in {EDIT_A, EDIT_B} and quote is not None:
            return redirect(reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id]))
        following = couple if takes == UNDO else Case(double).after(couple.number)
        return redirect(
            f"{here}?at={following.number}#difference-{following.number}" if following else f"{here}#settle"
        )

    def settle(self, request: HttpRequest, article_id: str) -> HttpResponse:
        """All is decided: what stays is submitted, and approved where the form says so and the database lets it."""
        self._require(request, ADJUDICATE)
        double = self._double(request, article_id)
        try:
            done = settle(double, by=request.user, approving="approve" in request.POST)  # type: ignore[arg-type]
        except NotDecided as error:
            told = ngettext(
                "%(n)s difference is still to be decided.", "%(n)s differences are still to be decided.", error.number
            )
            messages.error(request, told % {"n": error.number})
            return redirect(reverse("admin:quotes_adjudicate", args=[article_id]))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(reverse("admin:quotes_adjudicate", args=[article_id]))
        told = ngettext("Settled: %(n)s statement stays.", "Settled: %(n)s statements stay.", done.kept)
        numbers = _("Submitted: %(submitted)s, approved: %(approved)s.") % {
            "submitted": done.submitted,
            "approved": done.approved,
        }
        messages.success(request, f"{told % {'n': done.kept}} {numbers}")
        if done.incomplete:
            lack = ngettext(
                "%(n)s lacks something and stays a draft of its author's.",
                "%(n)s lack something and stay drafts of their authors'.",
                done.incomplete,
            )
            messages.warning(request, lack % {"n": done.incomplete})
        return redirect(reverse("admin:quotes_doubleannotation_changelist"))

    def agreement(self, request: HttpRequest) -> HttpResponse:
        """How far each two annotators agree, by month and guideline, and how that is computed."""
        self._require(request, MEASURE)
        return self._page(
            request,
            "admin/quotes/agreement.html",
            title=_("Agreement of annotators"),
            columns=[label for _name, label in COLUMNS],
            rows=rows_in_words(),
        )

    def agreement_csv(self, request: HttpRequest) -> HttpResponse:
        """The same table as a file."""
        self._require(request, MEASURE)
        return agreement_csv()

    def _double(self, request: HttpRequest, article_id: str) -> DoubleAnnotation:
        """The article's, if the user may settle it; 403 for the two, and while they are at work."""
        rows = DoubleAnnotation.objects.select_related("article__source", "snapshot").defer("snapshot__raw")
        double = get_object_or_404(rows, article__public_id=article_id)
        if not DoubleAnnotation.objects.adjudicable_by(request.user).filter(pk=double.pk).exists():
            raise PermissionDenied
        return double

    @staticmethod
    def _keys() -> list[tuple[list[str], str]]:
        return [
            (["1", "A"], _("take A's")),
            (["2", "B"], _("take B's")),
            (["E"], _("take A's and edit it (Shift: B's)")),
            (["X"], _("take neither")),
            (["U"], _("take the decision back")),
            (["J", "K"], _("next, previous difference")),
            (["S"], _("settle")),
        ]

    def _require(self, request: HttpRequest, permission: str) -> None:
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        frame = {**self.site.each_context(request), "opts": DoubleAnnotation._meta}
        return TemplateResponse(request, template, {**frame, **context})
