"""Errors as RFC 9457 problem details, in the reader's language."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from quotes.api.asking import Refused, Unreadable, Wrong

CONTENT_TYPE = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The error as `{type, title, status, detail}`; of a refused request `errors` lists each parameter."""
    if isinstance(error, Unreadable):
        error = exceptions.ValidationError(str(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    body = problem_details(response.status_code)
    if isinstance(error, exceptions.ValidationError):
        wrong = _wrong(error, context["request"])
        body["errors"] = [{"parameter": one.parameter, "value": one.value, "detail": one.detail} for one in wrong]
        body["detail"] = "; ".join(f"{one.parameter}: {one.detail}" if one.parameter else one.detail for one in wrong)
    elif isinstance(error, Http404):
        body["detail"] = _("There is no such record, or it is not public.")
    elif isinstance(error, PermissionDenied | exceptions.APIException):
        body["detail"] = response.data.get("detail", "") if isinstance(response.data, dict) else ""
        body |= getattr(error, "more", {})
    response.data = body
    # Whatever form the view would have answered in.
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    response.content_type = CONTENT_TYPE
    return response


def problem_details(status: int) -> dict[str, Any]:
    """What every problem says; `detail` is for the one who met it to add."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}


def _wrong(error: exceptions.ValidationError, request: Request) -> list[Wrong]:
    """What each parameter has wrong; what is about none has an empty name."""
    if isinstance(error, Refused):
        return error.wrong
    if isinstance(error.detail, dict):
        return [
            Wrong(name, request.query_params.get(name, ""), " ".join(map(str, messages)))
            for name, messages in error.detail.items()
        ]
    return [Wrong("", "", str(message)) for message in error.detail]
