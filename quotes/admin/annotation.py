"""The annotation page: an article's text, its quotes, and the form that makes them."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Snapshot
from quotes.admin.annotation_form import MISPLACED, AnnotationForm, Suggested
from quotes.admin.annotation_suggestions import SuggestionList, ask_if_unread, chosen_speaker, page_after, page_of
from quotes.admin.annotation_suggestions import context as suggestions_context
from quotes.admin.leaving import tell_if_it_left
from quotes.admin.views import StatementViews
from quotes.anchoring import Misplaced, anchor
from quotes.annotating import delete_quote, write_quote
from quotes.deciding import confirm
from quotes.models import Quote, Statement, Suggestion
from quotes.overlaps import overlaps
from quotes.refusals import SENTENCES, Refused, refusals
from quotes.reviewing import lacking, submit

if TYPE_CHECKING:
    from django.urls import URLPattern


class AnnotationViews(StatementViews):
    """The views of the annotation page, hung into the statement admin, whose widgets and permissions they use."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("annotate/token/", view(require_GET(self.token)), name="quotes_token"),
            path("annotate/<str:snapshot_id>/", view(self.annotate), name="quotes_annotate"),
            path("annotate/<str:snapshot_id>/anchor/", view(require_GET(self.anchor)), name="quotes_anchor"),
            path("annotate/<str:snapshot_id>/body/", view(require_POST(self.move_body)), name="quotes_body"),
            path("annotate/<str:snapshot_id>/<str:quote_id>/", view(self.annotate), name="quotes_annotate_quote"),
            path("quote/<str:quote_id>/submit/", view(require_POST(self.submit)), name="quotes_submit"),
            path("quote/<str:quote_id>/delete/", view(require_POST(self.delete)), name="quotes_delete_quote"),
        ]

    def annotate(self, request: HttpRequest, snapshot_id: str, quote_id: str | None = None) -> HttpResponse:
        """The page itself; a POST saves a new quote, or the one whose id is in the address."""
        snapshot = self._snapshot(snapshot_id)
        quote = get_object_or_404(snapshot.quotes, public_id=quote_id) if quote_id else None
        suggestion = None if quote else self._suggestion(request, snapshot)
        allowed = self._may_write(request, quote)
        if not allowed and (request.method == "POST" or not self.model_admin.has_view_permission(request)):
            raise PermissionDenied
        form = self._form(request, snapshot, quote, suggestion)
        if request.method == "POST" and form.is_valid() and self._save(request, form):
            return redirect(page_after(suggestion) if suggestion else page_of(snapshot))
        return self._shown(request, snapshot, form, allowed=allowed)

    def anchor(self, request: HttpRequest, snapshot_id: str) -> HttpResponse:
        """What a selection would become: the trimmed span, with quotes of the same words; or why it can't be quoted."""
        snapshot = self._snapshot(snapshot_id)
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        try:
            start, end = int(request.GET["start"]), int(request.GET["end"])
        except (KeyError, ValueError) as error:
            raise Http404 from error
        try:
            found = anchor(snapshot.text, (snapshot.body_start, snapshot.body_end), start, end)
        except Misplaced as misplaced:
            return JsonResponse({"reason": str(MISPLACED[misplaced.code])}, status=422)
        besides = snapshot.quotes.filter(public_id=request.GET.get("quote", "")).values_list("pk", flat=True).first()
        return JsonResponse(
            {
                "start": found.start,
                "end": found.end,
                "exact": found.exact,
                "overlaps": [
                    {"sentence": overlap.sentence, "address": self._address_of(overlap.quote)}
                    for overlap in overlaps(snapshot, [found], besides=besides)
                ],
            }
        )

    def token(self, request: HttpRequest) -> HttpResponse:
        """What a form has to carry now: whoever has logged in anew since the page was opened needs another token."""
        return JsonResponse({"token": get_token(request)})

    def move_body(self, request: HttpRequest, snapshot_id: str) -> HttpResponse:
        """Moves the bounds of the article itself. The page's script asks, and goes on with its form as it was."""
        snapshot = self._snapshot(snapshot_id)
        if not request.user.has_perm("articles.change_snapshot"):
            raise PermissionDenied
        try:
            # A number beyond the text's end means its end, one below nought its start.
            start, end = (max(0, min(int(request.POST[name]), len(snapshot.text))) for name in ("start", "end"))
            with refusals():
                snapshot.body_start, snapshot.body_end = start, end
                snapshot.save(update_fields=["body_start", "body_end"])
        except (KeyError, ValueError):
            return JsonResponse({"reason": _("Select where the body starts or ends first.")}, status=422)
        except Refused as refused:
            return JsonResponse({"reason": str(refused)}, status=422)
        # A wider body has to be read anew.
        ask_if_unread(request, SuggestionList(snapshot))
        return JsonResponse({"body": [snapshot.body_start, snapshot.body_end], "said": _("The body is moved.")})

    def submit(self, request: HttpRequest, quote_id: str) -> HttpResponse:
        """Submits the quote's statement for review."""
        quote = self._locked(quote_id)
        if not self._may_write(request, quote):
            raise PermissionDenied
        if not quote.statement.is_with_its_authors:
            # A second click, or a page that was left open: a new revision would undo the approval of the old one.
            messages.warning(request, _("Nothing to submit: it has not changed since it was submitted."))
            return redirect(page_of(quote.snapshot))
        try:
            submit(quote.statement, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, " ".join(lacking(quote.statement)) or str(refused))
        else:
            messages.success(request, _("Submitted: another person can approve it now."))
        return redirect(page_of(quote.snapshot))

    def delete(self, request: HttpRequest, quote_id: str) -> HttpResponse:
        """Deletes a quote; a statement left without quotes goes with it, unless it was ever submitted."""
        quote = self._locked(quote_id)
        if not request.user.has_perm("quotes.delete_quote"):
            raise PermissionDenied
        if quote.statement.is_with_its_authors:
            delete_quote(quote)
            messages.success(request, _("The quote is deleted."))
        else:
            messages.error(request, _("Others rely on this quote already: change it, or have the statement withdrawn."))
        return redirect(page_of(quote.snapshot))

    def _snapshot(self, snapshot_id: str) -> Snapshot:
        """The snapshot with its text; its bytes may be many."""
        return get_object_or_404(Snapshot.objects.select_related("article__source").defer("raw"), public_id=snapshot_id)

    def _locked(self, quote_id: str) -> Quote:
        """The quote; its statement is locked, so that what is decided on its state stays true until the commit."""
        snapshots = Prefetch("snapshot", Snapshot.objects.light())
        quote = get_object_or_404(Quote.objects.prefetch_related(snapshots), public_id=quote_id)
        quote.statement = Statement.objects.select_for_update().get(pk=quote.statement_id)
        return quote

    def _may_write(self, request: HttpRequest, quote: Quote | None) -> bool:
        return request.user.has_perm("quotes.change_quote" if quote else "quotes.add_quote")

    def _suggestion(self, request: HttpRequest, snapshot: Snapshot) -> Suggestion | None:
        """The suggestion that the form is to be filled in from, if it is still to be decided on."""
        number = request.GET.get("suggestion", "")
        if not number.isdecimal() or not request.user.has_perm("quotes.change_suggestion"):
            return None
        rows = Suggestion.objects.select_related("speaker", "speaker_organization").filter(snapshot=snapshot, pk=number)
        found = rows.first()
        if found is None:
            messages.warning(request, _("This suggestion is no longer there: the machine has read the text anew."))
        elif found.state != Suggestion.State.OPEN:
            messages.warning(request, str(SENTENCES["suggestion_stays_as_decided"]))
        else:
            found.snapshot = snapshot
            return found
        return None

    def _address_of(self, quote: Quote) -> str:
        return reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id])

    def _form(
        self, request: HttpRequest, snapshot: Snapshot, quote: Quote | None, suggestion: Suggestion | None
    ) -> AnnotationForm:
        # The factory gives the fields the admin's own widgets; its type is that of the form it starts from.
        form_class = cast(
            "type[AnnotationForm]",
            modelform_factory(
                Statement,
                form=AnnotationForm,
                formfield_callback=partial(self.model_admin.formfield_for_dbfield, request=request),
            ),
        )
        return form_class(
            request.POST if request.method == "POST" else None,
            instance=quote.statement if quote else None,
            snapshot=snapshot,
            quote=quote,
            suggested=self._suggested(request, suggestion) if suggestion else None,
        )

    def _suggested(self, request: HttpRequest, suggestion: Suggestion) -> Suggested:
        name, record = chosen_speaker(suggestion, request.GET.get("choice", ""))
        return Suggested(
            suggestion,
            name,
            record,
            may_add_person=request.user.has_perm("people.add_person"),
            may_add_organization=request.user.has_perm("people.add_organization"),
        )

    def _save(self, request: HttpRequest, form: AnnotationForm) -> Quote | None:
        statement = form.save(commit=False)
        was = statement.state if statement.pk else Statement.State.DRAFT
        try:
            with refusals():
                form.add_speaker(statement)
                write = write_quote
                if form.suggested:
                    write = partial(confirm, form.suggested.suggestion, by=request.user)  # type: ignore[arg-type]
                quote = write(statement, form.completed_quote(), form.anchors)
                form.save_m2m()
        except Refused as refused:
            form.add_error(None, str(refused))
            return None
        messages.success(request, _("Saved: “%(statement)s”.") % {"statement": statement})
        tell_if_it_left(request, statement, was)
        return quote

    def _shown(self, request: HttpRequest, snapshot: Snapshot, form: AnnotationForm, *, allowed: bool) -> HttpResponse:
        quotes = list(
            snapshot.quotes.select_related(
                "statement__speaker",
                "statement__speaker_organization",
                "statement__lead",
                "statement__current_revision__approval",
                "statement__current_revision__returned",
            ).prefetch_related("spans", "statement__withdrawals", "statement__lead__spans")
        )
        shown = SuggestionList(snapshot)
        ask_if_unread(request, shown)
        quotes.sort(key=lambda quote: [span.start for span in quote.spans.all()])
        return self.page(
            request,
            "admin/quotes/annotation.html",
            title=_("Annotate: %(article)s") % {"article": snapshot.article},
            form=form,
            media=self.model_admin.media + form.media,
            editing=form.quote if form.quote.pk else None,
            quotes=quotes,
            may_write=allowed,
            may_move_body=request.user.has_perm("articles.change_snapshot"),
            data=self._painted(snapshot, quotes, form, shown) | {"at": request.GET.get("at", "")},
            correcting=form.suggested.suggestion if form.suggested else None,
            **suggestions_context(request, shown),
        )

    def _painted(
        self, snapshot: Snapshot, quotes: list[Quote], form: AnnotationForm, shown: SuggestionList
    ) -> dict[str, Any]:
        """What the page's script paints, and the words it may need to say."""
        return {
            "length": len(snapshot.text),
            "body": [snapshot.body_start, snapshot.body_end],
            "quotes": [
                {"id": quote.public_id, "kind": quote.kind, "spans": [[s.start, s.end] for s in quote.spans.all()]}
                for quote in quotes
            ],
            "suggestions": shown.painted,
            "correcting": form.suggested.suggestion.pk if form.suggested else None,
            "suggestionsAddress": reverse("admin:quotes_suggestions", args=[snapshot.public_id]),
            "editing": form.quote.public_id if form.quote.pk else "",
            "refused": form.is_bound,
            "anchorAddress": reverse("admin:quotes_anchor", args=[snapshot.public_id]),
            "tokenAddress": reverse("admin:quotes_token"),
            "loginAddress": reverse("admin:index"),
            "words": {
                "characters": _("characters %(start)s–%(end)s"),
                "nothingSelected": _("Select words in the text first."),
                "notInText": _(
                    "These words do not stand in the text. Copy them from it, with “…” for what lies between."
                ),
                "loggedOut": _("You are logged out. Log in in another tab, then try again here: nothing is lost."),
                "unreachable": _("The server does not answer. What you typed is still here; try again."),
                "logIn": _("Log in"),
                "thatQuote": _("Show that quote"),
                "partsOverlap": SENTENCES["spans_are_disjoint"],
                "passageOutside": SENTENCES["quote_passage_inside_span"],
                "otherText": _("The browser shows another text than the archive holds. Reload the page."),
                "noPainting": _("This browser can't paint the quotes in the text. Use a newer one."),
                "remove": _("Remove"),
                "passage": _("Passage"),
            },
        }
