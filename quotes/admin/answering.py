"""Answers in JSON to what the annotation page's script asks about one article."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from articles.models import Snapshot
from quotes.admin.views import StatementViews


class CannotAnswer(Exception):  # noqa: N818 - an answer, told to the person who asked
    """What was asked makes no sense, or can't be done: `reason` is a sentence to show, `more` goes with it."""

    def __init__(self, reason: str, status: int = 422, **more: Any) -> None:
        super().__init__(reason)
        self.status = status
        self.answer = {"reason": reason, **more}


class AnsweringViews(StatementViews):
    """Views whose functions take the request and a snapshot, and give what becomes the JSON."""

    def answering(self, view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
        """The view as the admin's own; whoever may not write quotes is turned away, `CannotAnswer` is answered."""

        def answer(request: HttpRequest, snapshot_id: str, **more: Any) -> HttpResponse:
            if not (request.user.has_perm("quotes.add_quote") or request.user.has_perm("quotes.change_quote")):
                raise PermissionDenied
            snapshots = Snapshot.objects.select_related("article").defer("raw")
            try:
                return JsonResponse(view(request, get_object_or_404(snapshots, public_id=snapshot_id), **more))
            except CannotAnswer as error:
                return JsonResponse(error.answer, status=error.status)

        return self.site.admin_view(answer)
