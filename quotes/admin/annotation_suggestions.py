"""The machine's suggestions on the annotation page: shown with their grounds, accepted, corrected, rejected."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Snapshot
from quotes.admin.annotation_form import MISPLACED
from quotes.admin.annotation_items import ItemList, answer, changes
from quotes.admin.annotation_list import SuggestionList, chosen_speaker
from quotes.admin.views import StatementViews
from quotes.anchoring import Misplaced
from quotes.deciding import accept, anchors_of, reject, reopen
from quotes.models import Suggestion
from quotes.overlaps import overlaps
from quotes.refusals import Refused, refusals
from quotes.tasks import ask_for_suggestions

if TYPE_CHECKING:
    from django.urls import URLPattern


class SuggestionViews(StatementViews):
    """The views of the annotation page's suggestions."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("suggestions/<str:snapshot_id>/", view(require_GET(self.listed)), name="quotes_suggestions"),
            path("suggestion/<int:number>/accept/", view(require_POST(self.accept)), name="quotes_accept_suggestion"),
            path("suggestion/<int:number>/reject/", view(require_POST(self.reject)), name="quotes_reject_suggestion"),
            path("suggestion/<int:number>/reopen/", view(require_POST(self.reopen)), name="quotes_reopen_suggestion"),
        ]

    def listed(self, request: HttpRequest, snapshot_id: str) -> HttpResponse:
        """The list as it is now, for a page that waits for it: `items` once the machine has read the text, else none."""
        if not request.user.has_perm("quotes.view_suggestion"):
            raise PermissionDenied
        snapshot = get_object_or_404(Snapshot.objects.select_related("article").defer("raw"), public_id=snapshot_id)
        shown = ItemList(request, snapshot)
        if not (shown.suggestions.is_read or shown.suggestions.failed):
            return JsonResponse({"items": [], "rejected": [], "read": False})
        return JsonResponse(
            {
                **changes(request, shown),
                "read": True,
                "failed": bool(shown.suggestions.failed),
                "more": shown.suggestions.more,
            }
        )

    def accept(self, request: HttpRequest, number: int) -> HttpResponse:
        """Makes a draft of it, unless something has to be asked first: who the speaker is, whether to quote words twice."""
        suggestion = self._suggestion(request, number)
        choice = request.POST.get("choice", "")
        try:
            if suggestion.state == Suggestion.State.OPEN and self._has_to_ask(request, suggestion, choice):
                return answer(request, suggestion.snapshot, to=form_of(suggestion, choice), asks=suggestion.pk)
            _name, speaker = chosen_speaker(suggestion, choice)
            with refusals():
                self.begin(request, suggestion.snapshot.article)
                quote = accept(suggestion, speaker, by=request.user)  # type: ignore[arg-type]
        except Misplaced as misplaced:
            messages.error(request, str(MISPLACED[misplaced.code]))
        except Refused as refused:
            self._tell(request, suggestion, refused)
        else:
            messages.success(request, _("Accepted: “%(statement)s”, a draft now.") % {"statement": quote.statement})
            return answer(
                request,
                suggestion.snapshot,
                to=partial(page_after, suggestion),
                quotes=Q(pk=quote.pk),
                suggestions=alike(suggestion),
                gone=[f"suggestion-{suggestion.pk}"],
                saved=f"quote-{quote.public_id}",
            )
        return self._answer(request, suggestion, partial(page_after, suggestion))

    def _has_to_ask(self, request: HttpRequest, suggestion: Suggestion, choice: str) -> bool:
        """Whether the speaker is neither on record nor told of without a name, or the words are quoted already."""
        name, speaker = chosen_speaker(suggestion, choice)
        nobody = name == suggestion.speaker_name and not suggestion.asks_for_speaker
        # Somebody not identified is published by the words that the text has for them.
        if speaker is None and not (nobody and suggestion.attribution_in(suggestion.snapshot.text)):
            return True
        return bool(overlaps(suggestion.snapshot, anchors_of(suggestion), request.user))

    def reject(self, request: HttpRequest, number: int) -> HttpResponse:
        """No statement, or not these words: it is not proposed again."""
        suggestion = self._suggestion(request, number)
        try:
            reject(suggestion, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            self._tell(request, suggestion, refused)
            return self._answer(request, suggestion, partial(page_after, suggestion))
        return self._answer(request, suggestion, partial(page_after, suggestion, undo=suggestion.pk))

    def reopen(self, request: HttpRequest, number: int) -> HttpResponse:
        """Takes a rejection back."""
        suggestion = self._suggestion(request, number)
        reopen(suggestion)
        return self._answer(request, suggestion, f"{page_of(suggestion.snapshot)}?at={suggestion.pk}")

    def _answer(self, request: HttpRequest, suggestion: Suggestion, to: str | Callable[[], str]) -> HttpResponse:
        """With what the suggestion is now, in one of the two lists or in neither."""
        now = Suggestion.objects.filter(pk=suggestion.pk).values_list("state", flat=True).first()
        places = {
            f"suggestion-{suggestion.pk}": Suggestion.State.OPEN,
            f"rejected-{suggestion.pk}": Suggestion.State.REJECTED,
        }
        gone = [key for key, state in places.items() if state != now]
        return answer(request, suggestion.snapshot, to=to, suggestions=Q(pk=suggestion.pk), gone=gone)

    def _suggestion(self, request: HttpRequest, number: int) -> Suggestion:
        if not request.user.has_perm("quotes.change_suggestion"):
            raise PermissionDenied
        rows = Suggestion.objects.visible_to(request.user)
        rows = rows.select_related("snapshot__article", "speaker", "speaker_organization")
        return get_object_or_404(rows.defer("snapshot__raw"), pk=number)

    def _tell(self, request: HttpRequest, suggestion: Suggestion, refused: Refused) -> None:
        """Why nothing came of it; whoever clicked twice is told that it was they who decided."""
        decided = Suggestion.objects.filter(pk=suggestion.pk, decided_by=request.user.pk).first()
        if decided is None:
            messages.error(request, str(refused))
        else:
            messages.info(
                request, _("You have decided on this already: %(state)s.") % {"state": decided.get_state_display()}
            )


def page_of(snapshot: Snapshot) -> str:
    """The annotation page's address."""
    return reverse("admin:quotes_annotate", args=[snapshot.public_id])


def form_of(suggestion: Suggestion, choice: str = "") -> str:
    """The address of the form filled in from the suggestion."""
    return f"{page_of(suggestion.snapshot)}?suggestion={suggestion.pk}" + (f"&choice={choice}" if choice else "")


def page_after(suggestion: Suggestion, **query: int) -> str:
    """The annotation page's address once this one is decided: it goes on `at` the next one.

    Not as a fragment: for that the browser would scroll what is said of the decision out of sight.
    """
    others = Suggestion.objects.open().inside_body().filter(snapshot=suggestion.snapshot_id).exclude(pk=suggestion.pk)
    others = others.order_by("start", "pk")
    later = others.filter(Q(start__gt=suggestion.start) | Q(start=suggestion.start, pk__gt=suggestion.pk))
    if following := later.first() or others.first():
        query["at"] = following.pk
    address = page_of(suggestion.snapshot)
    return f"{address}?{urlencode(query)}" if query else address


def alike(suggestion: Suggestion) -> Q:
    """Open suggestions that may have got their speaker from this one."""
    if suggestion.has_record:
        return Q(pk__in=[])
    return Q(state=Suggestion.State.OPEN, speaker_name=suggestion.speaker_name)


def context(request: HttpRequest, shown: SuggestionList) -> dict[str, Any]:
    """What a page without scripts offers to take back."""
    asked = request.GET.get("undo", "")
    undo, words = next(((one, words) for one, words in shown.rejected if str(one.pk) == asked), (None, ""))
    return {"undo": undo, "undo_words": words}


def ask_if_unread(request: HttpRequest, shown: SuggestionList) -> None:
    """The worker reads next what an annotator is looking at."""
    if not shown.is_read and not shown.failed and request.user.has_perm("quotes.change_suggestion"):
        ask_for_suggestions(shown.snapshot.pk)
