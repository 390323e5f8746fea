"""What is answered where no answer could be made: 503 while the database is away, else 500 for a fault of ours."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from config.api.problems import CONTENT_TYPE, problem_details

RETRY_SECONDS = 30
# By SQLSTATE: the connection broke, the server has no room, it is going down or coming up. Where nobody sent one, no
# server was reached.
AWAY = ("08", "53", "57P")


def failed(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`, which it calls while handling the error, wherever that arose: in a view, in a middleware."""
    away = is_away(sys.exc_info()[1])
    response: HttpResponse
    if request.path.startswith(reverse("api:api-root")):
        response = _for_programs(away=away)
    elif away:
        response = render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        return server_error(request)
    if away:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_away(error: BaseException | None) -> bool:
    """Whether the error means that the database can't be reached, and not that it refused what it was asked."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)


def _for_programs(*, away: bool) -> JsonResponse:
    if away:
        status, detail = HTTPStatus.SERVICE_UNAVAILABLE, _("The database does not answer. Try again in a minute.")
    else:
        status, detail = HTTPStatus.INTERNAL_SERVER_ERROR, _("The error is on our side and has been noted.")
    return JsonResponse(problem_details(status) | {"detail": detail}, status=status, content_type=CONTENT_TYPE)
