"""The annotation page's state: statements and suggestions of one text in one list, as rows and as what a form shows.

The whole page and the answer to each act come from here, so that they cannot differ.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.messages import get_messages
from django.db.models import F, Func, Prefetch, Q, TextField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.text import capfirst

from articles.models import Snapshot
from people.date_telling import told
from quotes.admin.annotation_form import Suggested
from quotes.admin.annotation_list import Shown, SuggestionList
from quotes.models import Quote, Statement

Pair = list[Any]


class ItemList:
    """What stands in the list, in text order; only some of it where `quotes` or `suggestions` say which.

    As many queries, however much it is.
    """

    def __init__(
        self, request: HttpRequest, snapshot: Snapshot, *, quotes: Q | None = None, suggestions: Q | None = None
    ) -> None:
        self.snapshot = snapshot
        self.suggestions = SuggestionList(snapshot, request.user, suggestions)
        self.quotes = _quotes(request, snapshot, quotes)
        self._user = request.user
        made: list[tuple[list[Any], Quote | Shown]] = [
            ([quote.spans.all()[0].start, 0], quote) for quote in self.quotes
        ]
        made += [([one.suggestion.start, 1], one) for one in self.suggestions.open]
        made.sort(key=lambda pair: pair[0])
        self.items = [self._item(one) for _place, one in made]

    @property
    def painted(self) -> list[dict[str, Any]]:
        """What the page's script paints, and fills its form with."""
        return [item["data"] for item in self.items]

    def context(self) -> dict[str, Any]:
        """What the rows' templates need."""
        user = self._user
        return {
            "items": self.items,
            "suggestions": self.suggestions,
            "snapshot": self.snapshot,
            "may_decide": user.has_perm("quotes.change_suggestion"),
            "may_change": user.has_perm("quotes.change_quote"),
            "may_delete": user.has_perm("quotes.delete_quote"),
        }

    def _item(self, one: Quote | Shown) -> dict[str, Any]:
        if isinstance(one, Quote):
            return {"quote": one, "data": _of_quote(one, self.snapshot)}
        return {"shown": one, "data": self._of_suggestion(one)}

    def _of_suggestion(self, shown: Shown) -> dict[str, Any]:
        suggestion = shown.suggestion
        suggestion.snapshot = self.snapshot
        may_add = [self._user.has_perm(f"people.add_{name}") for name in ("person", "organization")]
        record = suggestion.speaker or suggestion.speaker_organization
        suggested = Suggested(suggestion, suggestion.speaker_name, record, *may_add)
        initial = suggested.initial()
        speaker, body = initial.pop("speaker"), initial.pop("speaker_organization")
        return {
            "key": f"suggestion-{suggestion.pk}",
            "kind": suggestion.kind,
            "state": "open",
            "spans": suggestion.spans,
            "address": f"{reverse('admin:quotes_annotate', args=[self.snapshot.public_id])}?suggestion={suggestion.pk}",
            # Whose record is to be made; the name is asked for before anything is saved.
            "adds": suggested.model is not None,
            "fields": {
                **initial,
                "speaker": _pair(speaker),
                "speaker_organization": _pair(body),
                "passage": "",
                "spoken_evidence": "",
                "meeting": None,
                "occasion_not_named": False,
                "tenure": None,
                "label": "",
                "topics": [],
                "seen": "",
            },
        }


def answer(
    request: HttpRequest,
    snapshot: Snapshot,
    *,
    to: str | Callable[[], str],
    quotes: Q | None = None,
    suggestions: Q | None = None,
    gone: Iterable[str] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """What an act answers: the page's script gets what is `said`, the changed `items` and the keys that are `gone`.

    A plain form is sent on to the page `to`, which says the same.
    """
    if not wants_data(request):
        return redirect(to if isinstance(to, str) else to())
    nothing = Q(pk__in=[])
    changed = ItemList(request, snapshot, quotes=quotes or nothing, suggestions=suggestions or nothing)
    said = [
        {"level": message.level_tag, "html": conditional_escape(capfirst(message.message))}
        for message in get_messages(request)
    ]
    return JsonResponse({"said": said, "gone": list(gone), **changes(request, changed), **more}, status=status)


def changes(request: HttpRequest, listed: ItemList) -> dict[str, Any]:
    """The list's rows, each as `html` and `data`, and the rejected ones."""
    context = listed.context()
    return {
        "items": [
            {
                "html": render_to_string("admin/quotes/_item.html", {**context, "item": item}, request),
                "data": item["data"],
            }
            for item in listed.items
        ],
        "rejected": [
            {
                "key": f"rejected-{one.pk}",
                "html": render_to_string(
                    "admin/quotes/_rejected.html", {**context, "suggestion": one, "words": words}, request
                ),
            }
            for one, words in listed.suggestions.rejected
        ],
    }


def wants_data(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not a form that goes on to another page."""
    return not request.accepts("text/html")


def _quotes(request: HttpRequest, snapshot: Snapshot, which: Q | None) -> list[Quote]:
    rows = (
        snapshot.quotes.visible_to(request.user)
        .filter(which or Q())
        .select_related(
            "statement__speaker",
            "statement__speaker_organization",
            "statement__tenure__office",
            "statement__tenure__person",
            "statement__meeting",
            "statement__lead",
        )
        .prefetch_related(
            # Not joined: what was never submitted has none of these, and the query for one quote is the shorter.
            "statement__current_revision__approval",
            "statement__current_revision__returned__returned_by",
            Prefetch("statement__current_revision__returned__snapshot", Snapshot.objects.defer("raw")),
            "spans",
            "statement__topics",
            "statement__withdrawals",
            "statement__lead__spans",
        )
        .annotate(
            seen=Func(
                F("statement_id"), template="md5(statement_content(%(expressions)s)::text)", output_field=TextField()
            )
        )
    )
    return list(rows)


def _of_quote(quote: Quote, snapshot: Snapshot) -> dict[str, Any]:
    statement: Statement = quote.statement
    spans = [[span.start, span.end] for span in quote.spans.all()]
    return {
        "key": f"quote-{quote.public_id}",
        "kind": quote.kind,
        "state": statement.state.value,
        "spans": spans,
        "address": reverse("admin:quotes_annotate_quote", args=[snapshot.public_id, quote.public_id]),
        "adds": False,
        "fields": {
            "spans": ",".join(f"{start}-{end}" for start, end in spans),
            "passage": f"{quote.passage_start}-{quote.passage_end}" if quote.passage else "",
            "kind": quote.kind,
            "attribution": quote.attribution,
            "speaker": _pair(statement.speaker),
            "speaker_organization": _pair(statement.speaker_organization),
            "speaker_not_identified": statement.speaker_not_identified,
            "spoken": told(statement.spoken),
            "spoken_known": statement.spoken_known,
            "spoken_evidence": statement.spoken_evidence,
            "meeting": _pair(statement.meeting),
            "occasion_not_named": statement.occasion_not_named,
            "tenure": _pair(statement.tenure),
            "label": statement.label,
            "topics": [_pair(topic) for topic in statement.topics.all()],
            "new_speaker": "",
            "seen": quote.seen,  # type: ignore[attr-defined]
        },
    }


def _pair(record: Any) -> Pair | None:
    """Number and name, as a field that searches shows a record."""
    return [record.pk, str(record)] if record else None
