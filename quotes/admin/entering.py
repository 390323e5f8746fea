"""What the annotation form asks while somebody fills it in. Every answer is JSON.

All addresses lie below the statement admin's, at `entering/<snapshot>/`. Who may neither add nor change quotes is
refused with 403; a question that can't be answered gets 422 with `reason`, a sentence to show.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from articles.models import Snapshot
from people.date_telling import told
from people.dating import KnownBy
from people.edtf import Edtf
from people.fields import canonical, understood
from people.models import Organization, Person
from people.resembling import resembling
from quotes.admin.telling import told_choice, told_resemblances
from quotes.admin.views import StatementViews
from quotes.offering import speakers

if TYPE_CHECKING:
    from django.urls import URLPattern


NOTES = {
    "near": _("The year follows from the day of publication, %(published)s."),
    "relative": _("Counted from the day of publication, %(published)s."),
    "widened": _("The shortest that can be kept and holds all these days."),
}


class CannotAnswer(Exception):  # noqa: N818 - an answer, told to the person who asked
    """What was asked makes no sense; `str()` says why."""


class EnteringViews(StatementViews):
    """The questions of the annotation form."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        asked = (
            ("speakers", require_GET, self.speakers),
            ("resembling", require_GET, self.resembling),
            ("date", require_GET, self.date),
        )
        return [
            path(
                f"entering/<str:snapshot_id>/{name}/",
                self.site.admin_view(method(self._of_snapshot(view))),
                name=f"quotes_entering_{name}",
            )
            for name, method, view in asked
        ]

    def speakers(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `term`, `spoken` (optional, a date): `results`, the people and organizations that may be meant.

        Each has `type` (person or organization), `id` for the form, `public_id`, `name`, `about`, `offices` held then,
        and `here`: has a part in this article already. An empty `term` gives those who have.
        """
        spoken = read_date(request.GET.get("spoken", ""), snapshot)
        return {
            "results": [told_choice(one) for one in speakers(request.GET.get("term", ""), snapshot.article, spoken)],
        }

    def resembling(self, request: HttpRequest, _snapshot: Snapshot) -> dict[str, Any]:
        """GET `name` of a new record, `type` (person or organization): `results`, those on record whom it may mean.

        Each has `type`, `id`, `public_id`, `name`, `about`, `offices` (the last three, with their time), `statements`
        (their number), `by` (the name that resembles), `likeness` (1: the same words), and `address`, its page.
        """
        model: type[Person] | type[Organization]
        model = Organization if request.GET.get("type") == "organization" else Person
        return {"results": told_resemblances(resembling(request.GET.get("name", ""), model))}

    def date(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `text` as somebody wrote it: `edtf`, `told` in words, `known` as a proposal, `note` where one is due.

        Without a text it proposes the article's date of publication, as what that is.
        """
        published = snapshot.article.published
        text = request.GET.get("text", "").strip()
        if not text and published:
            return {"edtf": published, "told": told(published), "known": KnownBy.PUBLICATION, "note": ""}
        try:
            reading = understood(text, Edtf.of(published) if published else None)
        except ValidationError as error:
            raise CannotAnswer(" ".join(error.messages)) from error
        note = str(NOTES.get(reading.how, "")) % {"published": told(published)}
        value = reading.edtf.value
        return {"edtf": value, "told": told(value), "known": KnownBy.TEXT, "note": note}

    def _of_snapshot(
        self, view: Callable[[HttpRequest, Snapshot], dict[str, Any]]
    ) -> Callable[[HttpRequest, str], HttpResponse]:
        def answer(request: HttpRequest, snapshot_id: str) -> HttpResponse:
            if not (request.user.has_perm("quotes.add_quote") or request.user.has_perm("quotes.change_quote")):
                raise PermissionDenied
            snapshots = Snapshot.objects.select_related("article").defer("raw")
            try:
                return JsonResponse(view(request, get_object_or_404(snapshots, public_id=snapshot_id)))
            except CannotAnswer as error:
                return JsonResponse({"reason": str(error)}, status=422)

        return answer


def read_date(text: str, snapshot: Snapshot) -> str | None:
    """The EDTF string of what was typed so far about the snapshot's article; None while it is no date yet."""
    published = snapshot.article.published
    try:
        return canonical(text, Edtf.of(published) if published else None) if text.strip() else None
    except ValidationError:
        return None
