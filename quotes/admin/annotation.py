"""The annotation page: an article's text, its quotes, and the form that makes them."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Snapshot
from people.date_telling import told
from quotes.admin.annotation_form import MISPLACED, AnnotationForm, Suggested
from quotes.admin.annotation_items import ItemList, answer, wants_data
from quotes.admin.annotation_list import SuggestionList, chosen_speaker
from quotes.admin.annotation_suggestions import alike, ask_if_unread, page_after, page_of
from quotes.admin.annotation_suggestions import context as suggestions_context
from quotes.admin.annotation_words import words_of_keys, words_of_script
from quotes.admin.conflicting import told_conflict
from quotes.admin.leaving import tell_if_it_left
from quotes.admin.queue_bar import queue_bar
from quotes.admin.views import StatementViews
from quotes.admin.working import told_copies
from quotes.anchoring import Misplaced, anchor
from quotes.annotating import delete_quote, write_quote
from quotes.deciding import confirm
from quotes.models import Quote, Statement, Suggestion
from quotes.models.working import NEW
from quotes.overlaps import overlaps
from quotes.prefilling import defaults
from quotes.refusals import SENTENCES, Refused, refusals
from quotes.reviewing import lacking, submit
from quotes.working import discard

if TYPE_CHECKING:
    from django.urls import URLPattern

# What the script asks while the form is filled in.
ASKED = ("office", "date", "twins", "resembling", "attach", "speakers")


class AnnotationViews(StatementViews):
    """The views of the annotation page, hung into the statement admin, whose widgets and permissions they use."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("annotate/token/", view(require_GET(self.token)), name="quotes_token"),
            path("annotate/<str:snapshot_id>/", view(self.annotate), name="quotes_annotate"),
            path("annotate/<str:snapshot_id>/anchor/", view(require_GET(self.anchor)), name="quotes_anchor"),
            path("annotate/<str:snapshot_id>/bar/", view(require_GET(self.bar)), name="quotes_bar"),
            path("annotate/<str:snapshot_id>/body/", view(require_POST(self.move_body)), name="quotes_body"),
            path("annotate/<str:snapshot_id>/<str:quote_id>/", view(self.annotate), name="quotes_annotate_quote"),
            path("quote/<str:quote_id>/submit/", view(require_POST(self.submit)), name="quotes_submit"),
            path("quote/<str:quote_id>/delete/", view(require_POST(self.delete)), name="quotes_delete_quote"),
        ]

    def annotate(self, request: HttpRequest, snapshot_id: str, quote_id: str | None = None) -> HttpResponse:
        """The page itself; a POST saves a new quote, or the one whose id is in the address."""
        snapshot = self._snapshot(snapshot_id)
        quote = get_object_or_404(snapshot.quotes.visible_to(request.user), public_id=quote_id) if quote_id else None
        suggestion = None if quote else self._suggestion(request, snapshot)
        allowed = self._may_write(request, quote)
        if not allowed and (request.method == "POST" or not self.model_admin.has_view_permission(request)):
            raise PermissionDenied
        form = self._form(request, snapshot, quote, suggestion)
        saved = self._save(request, form) if request.method == "POST" and form.is_valid() else None
        if saved:
            to = partial(page_after, suggestion) if suggestion else page_of(snapshot)
            gone = [f"suggestion-{suggestion.pk}"] if suggestion else []
            return answer(
                request,
                snapshot,
                to=to,
                quotes=Q(statement=saved.statement_id),
                suggestions=alike(suggestion) if suggestion else None,
                gone=gone,
                saved=f"quote-{saved.public_id}",
            )
        if request.method == "POST" and wants_data(request):
            return self._refusal(request, snapshot, form)
        return self._shown(request, snapshot, form, allowed=allowed)

    def _refusal(self, request: HttpRequest, snapshot: Snapshot, form: AnnotationForm) -> HttpResponse:
        """Why the form was not saved, field by field; of a quote that was saved meanwhile both versions."""
        conflict, theirs = None, None
        if form.changed_meanwhile:
            listed = ItemList(request, snapshot, quotes=Q(pk=form.quote.pk), suggestions=Q(pk__in=[]))
            theirs, conflict = listed.painted[0], told_conflict(listed.quotes[0], request.POST)
        return JsonResponse(
            {
                "errors": {name: [str(error) for error in errors] for name, errors in form.errors.items()},
                "overlaps": [
                    {"sentence": overlap.sentence, "address": self._address_of(overlap.quote)}
                    for overlap in form.overlaps
                ],
                "conflict": conflict,
                "theirs": theirs,
            },
            status=422,
        )

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
                    for overlap in overlaps(snapshot, [found], request.user, besides=besides)
                ],
            }
        )

    def token(self, request: HttpRequest) -> HttpResponse:
        """What a form has to carry now, and whose it is: whoever has logged in anew needs another token."""
        return JsonResponse({"token": get_token(request), "user": request.user.pk})

    def bar(self, request: HttpRequest, snapshot_id: str) -> HttpResponse:
        """The bar of the article's work as it is now, as `html`."""
        snapshot = self._snapshot(snapshot_id)
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        shown = queue_bar(request, snapshot.article)
        return JsonResponse({"html": render_to_string("admin/quotes/_queue_bar.html", shown, request)})

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
        ask_if_unread(request, SuggestionList(snapshot, request.user))
        return JsonResponse({"body": [snapshot.body_start, snapshot.body_end], "said": _("The body is moved.")})

    def submit(self, request: HttpRequest, quote_id: str) -> HttpResponse:
        """Submits the quote's statement for review."""
        quote = self._locked(request, quote_id)
        if not self._may_write(request, quote):
            raise PermissionDenied
        if not quote.statement.is_with_its_authors:
            # A second click, or a page that was left open: a new revision would undo the approval of the old one.
            messages.warning(request, _("Nothing to submit: it has not changed since it was submitted."))
            return self._answer(request, quote)
        try:
            submit(quote.statement, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, " ".join(lacking(quote.statement)) or str(refused))
        else:
            messages.success(request, _("Submitted: another person can approve it now."))
        return self._answer(request, quote)

    def delete(self, request: HttpRequest, quote_id: str) -> HttpResponse:
        """Deletes a quote; a statement left without quotes goes with it, unless it was ever submitted."""
        quote = self._locked(request, quote_id)
        if not request.user.has_perm("quotes.delete_quote"):
            raise PermissionDenied
        statement, made_of = quote.statement_id, list(quote.suggestions.values_list("pk", flat=True))
        gone = []
        if quote.statement.is_with_its_authors:
            try:
                delete_quote(quote)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                gone = [f"quote-{quote_id}"]
                messages.success(request, _("The quote is deleted."))
        else:
            messages.error(request, _("Others rely on this quote already: change it, or have the statement withdrawn."))
        return answer(
            request,
            quote.snapshot,
            to=page_of(quote.snapshot),
            quotes=Q(statement=statement),
            suggestions=Q(pk__in=made_of),
            gone=gone,
        )

    def _answer(self, request: HttpRequest, quote: Quote) -> HttpResponse:
        """With the quote as it is now, and the others of its statement."""
        return answer(request, quote.snapshot, to=page_of(quote.snapshot), quotes=Q(statement=quote.statement_id))

    def _snapshot(self, snapshot_id: str) -> Snapshot:
        """The snapshot with its text; its bytes may be many."""
        return get_object_or_404(Snapshot.objects.select_related("article__source").defer("raw"), public_id=snapshot_id)

    def _locked(self, request: HttpRequest, quote_id: str) -> Quote:
        """The quote; its statement is locked, so that what is decided on its state stays true until the commit."""
        snapshots = Prefetch("snapshot", Snapshot.objects.light())
        quote = get_object_or_404(
            Quote.objects.visible_to(request.user).prefetch_related(snapshots), public_id=quote_id
        )
        quote.statement = Statement.objects.select_for_update().get(pk=quote.statement_id)
        return quote

    def _may_write(self, request: HttpRequest, quote: Quote | None) -> bool:
        return request.user.has_perm("quotes.change_quote" if quote else "quotes.add_quote")

    def _suggestion(self, request: HttpRequest, snapshot: Snapshot) -> Suggestion | None:
        """The suggestion that the form is to be filled in from, if it is still to be decided on."""
        number = request.GET.get("suggestion", "")
        if not number.isdecimal() or not request.user.has_perm("quotes.change_suggestion"):
            return None
        rows = Suggestion.objects.visible_to(request.user).filter(snapshot=snapshot, pk=number)
        found = rows.select_related("speaker", "speaker_organization").order_by("pk").first()
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
            initial={} if quote or request.method == "POST" else _first(request, snapshot),
            snapshot=snapshot,
            user=request.user,
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
                if not form.quote.pk:
                    self.begin(request, form.snapshot.article)
                form.add_speaker(statement)
                write = write_quote
                if form.suggested:
                    write = partial(confirm, form.suggested.suggestion, by=request.user)  # type: ignore[arg-type]
                of = self._about(form)
                quote = write(statement, form.completed_quote(), form.anchors)
                form.save_m2m()
                discard(request.user, form.snapshot, of)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
            return None
        messages.success(request, _("Saved: “%(statement)s”.") % {"statement": statement})
        tell_if_it_left(request, statement, was)
        return quote

    def _about(self, form: AnnotationForm) -> str:
        """What the working copy is called that is saved with the form."""
        if form.quote.pk:
            return f"quote:{form.quote.public_id}"
        return f"suggestion:{form.suggested.suggestion.pk}" if form.suggested else NEW

    def _shown(self, request: HttpRequest, snapshot: Snapshot, form: AnnotationForm, *, allowed: bool) -> HttpResponse:
        listed = ItemList(request, snapshot)
        ask_if_unread(request, listed.suggestions)
        return self.page(
            request,
            "admin/quotes/annotation.html",
            title=_("Annotate: %(article)s") % {"article": snapshot.article},
            form=form,
            media=self.model_admin.media + form.media,
            editing=form.quote if form.quote.pk else None,
            quotes=listed.quotes,
            may_write=allowed,
            may_move_body=request.user.has_perm("articles.change_snapshot"),
            data=self._data(request, listed, form),
            correcting=form.suggested.suggestion if form.suggested else None,
            **listed.context(),
            **queue_bar(request, snapshot.article),
            **suggestions_context(request, listed.suggestions),
        )

    def _data(self, request: HttpRequest, listed: ItemList, form: AnnotationForm) -> dict[str, Any]:
        """What the page's script works with."""
        snapshot = listed.snapshot
        return {
            "snapshot": snapshot.public_id,
            "user": request.user.pk,
            "length": len(snapshot.text),
            "body": [snapshot.body_start, snapshot.body_end],
            "items": listed.painted,
            "copies": told_copies(request.user, snapshot),
            "defaults": _defaults(request, snapshot),
            "addresses": {
                **{name: reverse(f"admin:quotes_entering_{name}", args=[snapshot.public_id]) for name in ASKED},
                "here": reverse("admin:quotes_here", args=[snapshot.public_id]),
                "bar": reverse("admin:quotes_bar", args=[snapshot.public_id]),
                "copies": reverse("admin:quotes_working_copy", args=[snapshot.public_id, NEW]).removesuffix(f"{NEW}/"),
            },
            "correcting": form.suggested.suggestion.pk if form.suggested else None,
            "editing": form.quote.public_id if form.quote.pk else "",
            "refused": form.is_bound,
            "at": request.GET.get("at", ""),
            "itemsAddress": reverse("admin:quotes_suggestions", args=[snapshot.public_id]),
            "newAddress": page_of(snapshot),
            "anchorAddress": reverse("admin:quotes_anchor", args=[snapshot.public_id]),
            "tokenAddress": reverse("admin:quotes_token"),
            "loginAddress": reverse("admin:index"),
            "words": words_of_script(),
            "keys": words_of_keys(),
        }


def _first(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """What stands in the fields of date and occasion first, without the script, too."""
    found = defaults(request.user, snapshot.article)
    first: dict[str, Any] = {"meeting": found.meeting, "occasion_not_named": found.occasion_not_named}
    if found.spoken:
        dated = {"spoken_known": found.spoken_known, "spoken_evidence": found.spoken_evidence}
        first |= {"spoken": told(found.spoken)} | dated
    return first


def _defaults(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """Date and occasion that a new quote's form shows first, and where they are from, in words."""
    found = defaults(request.user, snapshot.article)
    sources = {
        "last": _("Date and occasion as in the statement saved last."),
        "others": _("The occasion as in the article's other statements; the date is that of publication."),
        "publication": _("The date is that of publication: correct it where the text gives another."),
        "": "",
    }
    return {
        "spoken": told(found.spoken),
        "spoken_known": found.spoken_known,
        "spoken_evidence": found.spoken_evidence,
        "meeting": [found.meeting.pk, str(found.meeting)] if found.meeting else None,
        "occasion_not_named": found.occasion_not_named,
        "from": sources[found.meeting_from or found.spoken_from],
    }
