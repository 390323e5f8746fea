"""Pages that are only read."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def read_only(view: View[Arguments]) -> View[Arguments]:
    """The page for GET and HEAD; 405 for all else, whose senders are not asked for a form's token first."""
    return csrf_exempt(require_safe(view))
