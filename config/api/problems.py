"""Errors as RFC 9457 problem details, in the reader's language."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The error as `{type, title, status, detail}`; for a refused request `errors` names each parameter."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body = problem_details(response.status_code)
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = response.data
        body["detail"] = "; ".join(_sentences(response.data))
    elif isinstance(error, Http404):
        body["detail"] = _("There is no such record, or it is not public.")
    elif isinstance(error, PermissionDenied | exceptions.APIException):
        body["detail"] = response.data.get("detail", "") if isinstance(response.data, dict) else ""
        body |= getattr(error, "more", {})
    response.data = body
    # Whatever form the view would have answered in.
    context["request"].accepted_renderer = JSONRenderer()
    response.content_type = CONTENT_TYPE
    return response


def problem_details(status: int) -> dict[str, Any]:
    """What every problem says; `detail` is for the one who met it to add."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}


def _sentences(errors: Any) -> list[str]:
    if isinstance(errors, dict):
        return [f"{name}: {' '.join(map(str, messages))}" for name, messages in errors.items()]
    return [str(message) for message in errors]
