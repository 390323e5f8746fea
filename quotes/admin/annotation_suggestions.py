"""The machine's suggestions on the annotation page: shown with their grounds, accepted, corrected, rejected."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Snapshot
from people.models import Organization, Person
from quotes.admin.annotation_form import MISPLACED
from quotes.admin.views import StatementViews
from quotes.anchoring import Misplaced
from quotes.deciding import Speaker, accept, anchors_of, reject, reopen
from quotes.explaining import because, confidence_in_words
from quotes.models import Reading, Suggestion
from quotes.overlaps import overlaps
from quotes.refusals import Refused
from quotes.suggesting import ENGINE
from quotes.tasks import ask_for_suggestions

if TYPE_CHECKING:
    from django.urls import URLPattern

# Of one text; the next ones come when some of these are decided.
SHOWN_AT_MOST = 200
# Code points of the words.
WORDS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who came into question; `record` is theirs, None for a name that only the text has."""

    number: int
    name: str
    because: str
    unverified: bool
    record: Speaker | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion as the list shows it."""

    suggestion: Suggestion
    words: str
    speaker: str
    because: str
    confidence: str
    others: list[Choice]

    @property
    def painted(self) -> dict[str, Any]:
        """What the page's script paints."""
        return {"id": self.suggestion.pk, "kind": self.suggestion.kind, "spans": self.suggestion.spans}


class SuggestionList:
    """The suggestions of one snapshot that a page shows, and what has become of the machine's reading.

    As many queries, however many they are.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        # First: what the machine has found stands before it says that it is done, so this is never told too early.
        reading = Reading.objects.since(ENGINE).filter(snapshot=snapshot).up_to_date().first()
        self.is_read = reading is not None and reading.finished_at is not None
        self.failed = reading if reading and reading.outcome == Reading.Outcome.FAILED else None
        every = list(
            Suggestion.objects.filter(snapshot=snapshot)
            .inside_body()
            .filter(state__in=[Suggestion.State.OPEN, Suggestion.State.REJECTED])
            .select_related("speaker", "speaker_organization")
            .order_by("start", "id")
        )
        undecided = [one for one in every if one.state == Suggestion.State.OPEN]
        self.more = max(0, len(undecided) - SHOWN_AT_MOST)
        undecided = undecided[:SHOWN_AT_MOST]
        records = _records(undecided)
        self.open = [self._shown(one, records) for one in undecided]
        self.rejected = [(one, self._words(one)) for one in every if one.state == Suggestion.State.REJECTED]

    @property
    def painted(self) -> list[dict[str, Any]]:
        return [one.painted for one in self.open]

    def _words(self, one: Suggestion) -> str:
        return Truncator(one.words_in(self.snapshot.text)).chars(WORDS_AT_MOST)

    def _shown(self, one: Suggestion, records: dict[str, Speaker]) -> Shown:
        days = self.snapshot.article.published_range
        grounds = partial(because, mention=self._mention(one), day=days.lower if days else None)
        chosen = next((n for n, choice in enumerate(one.choices) if choice["name"] == one.speaker_name), None)
        record = one.speaker or one.speaker_organization
        return Shown(
            one,
            self._words(one),
            record.name if record else one.speaker_name,
            grounds(one.choices[chosen]["reasons"]) if chosen is not None else "",
            confidence_in_words(one.confidence),
            [
                Choice(
                    number,
                    records[choice["key"]].name if choice["key"] in records else choice["name"],
                    grounds(choice["reasons"]),
                    choice["unverified"],
                    records.get(choice["key"]),
                )
                for number, choice in enumerate(one.choices)
                if number != chosen
            ],
        )

    def _mention(self, one: Suggestion) -> str:
        return self.snapshot.text[one.mention.lower : one.mention.upper] if one.mention else ""


def _records(suggestions: Sequence[Suggestion]) -> dict[str, Speaker]:
    """The records of all who came into question, by the keys that the engine knew them by."""
    keys = {choice["key"] for one in suggestions for choice in one.choices if choice["key"]}
    people = Person.objects.filter(public_id__in=keys).select_related("merged_into")
    bodies = Organization.objects.filter(public_id__in=keys)
    return {one.public_id: one.merged_into or one for one in people} | {one.public_id: one for one in bodies}


def chosen_speaker(suggestion: Suggestion, number: str) -> tuple[str, Speaker | None]:
    """Name and record of the choice of that number; of the proposed speaker where there is no such number."""
    if number.isdecimal() and int(number) < len(suggestion.choices):
        choice = suggestion.choices[int(number)]
        return choice["name"], _records([suggestion]).get(choice["key"])
    return suggestion.speaker_name, suggestion.speaker or suggestion.speaker_organization


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
        """The list as it is now, for a page that waits for it: `html` once the machine has read the text, else empty."""
        if not request.user.has_perm("quotes.view_suggestion"):
            raise PermissionDenied
        snapshot = get_object_or_404(Snapshot.objects.select_related("article").defer("raw"), public_id=snapshot_id)
        shown = SuggestionList(snapshot)
        if not (shown.is_read or shown.failed):
            return JsonResponse({"html": "", "suggestions": []})
        html = render_to_string("admin/quotes/_suggestions.html", context(request, shown), request)
        return JsonResponse({"html": html, "suggestions": shown.painted})

    def accept(self, request: HttpRequest, number: int) -> HttpResponse:
        """Makes a draft of it, unless something has to be asked first: who the speaker is, whether to quote words twice."""
        suggestion = self._suggestion(request, number)
        choice = request.POST.get("choice", "")
        try:
            if suggestion.state == Suggestion.State.OPEN and self._has_to_ask(suggestion, choice):
                return redirect(form_of(suggestion, choice))
            _name, speaker = chosen_speaker(suggestion, choice)
            quote = accept(suggestion, speaker, by=request.user)  # type: ignore[arg-type]
        except Misplaced as misplaced:
            messages.error(request, str(MISPLACED[misplaced.code]))
        except Refused as refused:
            self._tell(request, suggestion, refused)
        else:
            messages.success(request, _("Accepted: “%(statement)s”, a draft now.") % {"statement": quote.statement})
        return redirect(page_after(suggestion))

    def _has_to_ask(self, suggestion: Suggestion, choice: str) -> bool:
        """Whether the speaker is neither on record nor told of without a name, or the words are quoted already."""
        name, speaker = chosen_speaker(suggestion, choice)
        nobody = name == suggestion.speaker_name and not suggestion.asks_for_speaker
        # Somebody not identified is published by the words that the text has for them.
        if speaker is None and not (nobody and suggestion.attribution_in(suggestion.snapshot.text)):
            return True
        return bool(overlaps(suggestion.snapshot, anchors_of(suggestion)))

    def reject(self, request: HttpRequest, number: int) -> HttpResponse:
        """No statement, or not these words: it is not proposed again."""
        suggestion = self._suggestion(request, number)
        try:
            reject(suggestion, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            self._tell(request, suggestion, refused)
            return redirect(page_after(suggestion))
        return redirect(page_after(suggestion, undo=suggestion.pk))

    def reopen(self, request: HttpRequest, number: int) -> HttpResponse:
        """Takes a rejection back."""
        suggestion = self._suggestion(request, number)
        reopen(suggestion)
        return redirect(f"{page_of(suggestion.snapshot)}?at={suggestion.pk}")

    def _suggestion(self, request: HttpRequest, number: int) -> Suggestion:
        if not request.user.has_perm("quotes.change_suggestion"):
            raise PermissionDenied
        rows = Suggestion.objects.select_related("snapshot__article", "speaker", "speaker_organization")
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


def context(request: HttpRequest, shown: SuggestionList) -> dict[str, Any]:
    """What the list's template needs."""
    asked = request.GET.get("undo", "")
    undo, words = next(((one, words) for one, words in shown.rejected if str(one.pk) == asked), (None, ""))
    return {
        "suggestions": shown,
        "snapshot": shown.snapshot,
        "may_decide": request.user.has_perm("quotes.change_suggestion"),
        "undo": undo,
        "undo_words": words,
    }


def ask_if_unread(request: HttpRequest, shown: SuggestionList) -> None:
    """The worker reads next what an annotator is looking at."""
    if not shown.is_read and not shown.failed and request.user.has_perm("quotes.change_suggestion"):
        ask_for_suggestions(shown.snapshot.pk)
