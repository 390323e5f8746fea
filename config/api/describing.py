"""What the API's description says of every address alike: how often it answers, and whose key does not work."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.api.keys import CHALLENGE
from config.api.problems import CONTENT_TYPE
from config.api.schema import PROBLEM, Schema
from quotes.limiting import WINDOW

LIMITS: Final[dict[str, tuple[Promise, str]]] = {
    "RateLimit": (
        _("What is left of the requests (r), and in how many seconds all are there again (t)."),
        f'"address";r=59;t={WINDOW}',
    ),
    "RateLimit-Policy": (
        _(
            "How many requests (q) are answered in how many seconds (w), counted by address or by key. Where the site sets"
            " no limit, neither of the two headers is there."
        ),
        f'"address";q=60;w={WINDOW}',
    ),
}
ANSWERS: Final[dict[str, tuple[Promise, Schema]]] = {
    "401": (
        _("What stands in the header Authorization is no key that works."),
        {"WWW-Authenticate": {"schema": {"type": "string", "examples": [CHALLENGE]}}},
    ),
    "429": (_("Too many requests."), {"Retry-After": {"schema": {"type": "integer"}}}),
}


def tell_limits_and_keys(result: Schema, generator: Any, request: Any, public: bool) -> Schema:  # noqa: ARG001 - a hook
    """Adds to each operation the answers of `config.api.limits`, and to each answer its headers."""
    headers = result["components"].setdefault("headers", {})
    for name, (told, example) in LIMITS.items():
        headers[name] = {"description": str(told), "schema": {"type": "string", "examples": [example]}}
    for operations in result["paths"].values():
        for operation in operations.values():
            _complete(operation["responses"])
    return result


def _complete(responses: Schema) -> None:
    for status, (told, headers) in ANSWERS.items():
        content = {CONTENT_TYPE: {"schema": PROBLEM}}
        responses.setdefault(status, {"description": str(told), "headers": headers, "content": content})
    for response in responses.values():
        limits = {name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS}
        response["headers"] = response.get("headers", {}) | limits
