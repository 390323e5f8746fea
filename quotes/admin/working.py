"""What keeps the annotation page's work safe: copies of what is typed, and who else is there.

Addresses lie below the statement admin's. Bodies of PUT are JSON. `of` says what a form is about: `new`,
`quote:<its id>` or `suggestion:<its number>`.
"""

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Snapshot
from quotes.admin.answering import AnsweringViews, CannotAnswer
from quotes.admin.entering_forms import KeptForm
from quotes.models import Presence, Quote, Statement, WorkingCopy
from quotes.models.working import NEW
from quotes.working import Overtaken, discard, keep, note_presence, step

if TYPE_CHECKING:
    from django.urls import URLPattern


class WorkingViews(AnsweringViews):
    """The views by which the page's script keeps what is typed."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        one, change = "working/<str:snapshot_id>/<str:of>/", require_http_methods(["PUT", "DELETE"])
        return [
            path(one, change(self.answering(self.copy)), name="quotes_working_copy"),
            path(f"{one}undo/", require_POST(self.answering(self.undo)), name="quotes_working_undo"),
            path(f"{one}redo/", require_POST(self.answering(self.redo)), name="quotes_working_redo"),
            path("here/<str:snapshot_id>/", require_POST(self.answering(self.here)), name="quotes_here"),
        ]

    def copy(self, request: HttpRequest, snapshot: Snapshot, of: str) -> dict[str, Any]:
        """PUT `content`, `version` (that it began from; 0 for none), `fingerprint` (the form's `seen`): kept.

        Answers `of`, the new `version`, `undo` and `redo` (how many states there are), `updated_at`. The same sent
        twice is kept once. 409 where another tab has gone on: `copy` is how it stands there, or null where it was
        saved or given up. DELETE: it was saved or is not wanted; `deleted` says whether there was one.
        """
        if request.method == "DELETE":
            return {"deleted": discard(request.user, snapshot, of)}  # type: ignore[arg-type]
        form = KeptForm({**_json(request), "of": of})
        if not form.is_valid():
            raise CannotAnswer(_("This can't be kept: it is too long, or no form of this page."))
        data = form.cleaned_data
        try:
            kept = keep(
                request.user,  # type: ignore[arg-type]
                snapshot,
                of,
                data["content"],
                version=data["version"],
                fingerprint=data["fingerprint"],
            )
        except Overtaken as overtaken:
            raise _conflict(overtaken) from overtaken
        return _brief(kept)

    def undo(self, request: HttpRequest, snapshot: Snapshot, of: str) -> dict[str, Any]:
        """POST `version`: the state before, with `content` and what `copy` answers. 409 as for `copy`."""
        return self._step(request, snapshot, of, back=True)

    def redo(self, request: HttpRequest, snapshot: Snapshot, of: str) -> dict[str, Any]:
        """POST `version`: the state that was undone last, as `undo` answers. 409 as for `copy`."""
        return self._step(request, snapshot, of, back=False)

    def here(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """POST `of` every ten seconds: `others` who are at this article now, each `name`, `of`, and `editing` in words.

        Whoever has not told of themselves for thirty seconds has left; with `left` one leaves at once.
        """
        if request.POST.get("left"):
            Presence.objects.filter(user=request.user, snapshot=snapshot).delete()  # type: ignore[misc]
            return {"others": []}
        of = request.POST.get("of") or NEW
        if "of" in KeptForm({"of": of}).errors:
            raise Http404
        others = note_presence(request.user, snapshot, of)  # type: ignore[arg-type]
        quotes = {f"quote:{quote.public_id}": quote for quote in _quotes(request, snapshot)} if others else {}
        return {
            "others": [
                {
                    "name": other.user.get_full_name() or other.user.get_username(),
                    "of": other.of,
                    "editing": str(quotes[other.of].statement) if other.of in quotes else "",
                }
                for other in others
            ]
        }

    def _step(self, request: HttpRequest, snapshot: Snapshot, of: str, *, back: bool) -> dict[str, Any]:
        version = request.POST.get("version", "")
        try:
            number = int(version) if version.isdecimal() else -1
            return _whole(step(request.user, snapshot, of, version=number, back=back))  # type: ignore[arg-type]
        except Overtaken as overtaken:
            raise _conflict(overtaken) from overtaken


def told_copies(user: AbstractBaseUser | AnonymousUser, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The user's copies of this article, each as `undo` answers.

    `changed` says that the quote's statement is no longer what it was when the typing began.
    """
    mine = WorkingCopy.objects.by(user).filter(snapshot=snapshot)  # type: ignore[arg-type]
    return [_whole(copy) | {"changed": _has_changed(copy)} for copy in mine]


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError as error:
        raise CannotAnswer(_("This can't be kept: it is too long, or no form of this page.")) from error
    return sent if isinstance(sent, dict) else {}


def _conflict(overtaken: Overtaken) -> CannotAnswer:
    copy = overtaken.copy
    reason = (
        _("You have gone on with this in another tab. Choose which version to keep.")
        if copy
        else _("This was saved or given up in another tab.")
    )
    return CannotAnswer(reason, status=409, copy=copy and _whole(copy))


def _brief(copy: WorkingCopy) -> dict[str, Any]:
    return {
        "of": copy.of,
        "version": copy.version,
        "undo": len(copy.earlier),
        "redo": len(copy.later),
        "updated_at": copy.updated_at.isoformat(),
    }


def _whole(copy: WorkingCopy) -> dict[str, Any]:
    return _brief(copy) | {"content": copy.content, "fingerprint": copy.fingerprint}


def _has_changed(copy: WorkingCopy) -> bool:
    kind, _colon, public_id = copy.of.partition(":")
    if kind != "quote" or not copy.fingerprint:
        return False
    statement = Statement.objects.filter(quotes__public_id=public_id).first()
    return statement is None or statement.fingerprint() != copy.fingerprint


def _quotes(request: HttpRequest, snapshot: Snapshot) -> Any:
    statements = ("statement__lead", "statement__speaker", "statement__speaker_organization", "statement__meeting")
    tenures = ("statement__tenure__person", "statement__tenure__office")
    rows = Quote.objects.visible_to(request.user).filter(snapshot=snapshot).select_related(*statements, *tenures)
    return rows.prefetch_related("spans", "statement__lead__spans", "statement__topics")
