"""What the API's description says of every address alike: how often it answers, and whose key does not work."""

from typing import Any

from config.api.keys import CHALLENGE
from config.api.problems import CONTENT_TYPE
from quotes.limiting import WINDOW

PROBLEM = {
    "type": "object",
    "description": "An error, as RFC 9457 has it, in the language of the request.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
LIMITS = {
    "RateLimit": ("What is left of the requests, and seconds until all are there again.", f'"address";r=59;t={WINDOW}'),
    "RateLimit-Policy": (
        "How many requests are answered (`q`) in how many seconds (`w`), and whether they are counted by address or by"
        " key. Where the site sets no limit, neither of the two is sent.",
        f'"address";q=60;w={WINDOW}',
    ),
}
ANSWERS = {
    "401": (
        "What stands in the header Authorization is no key that works.",
        {"WWW-Authenticate": {"schema": {"type": "string", "example": CHALLENGE}}},
    ),
    "429": (
        "Too many requests.",
        {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}},
    ),
}


def tell_limits_and_keys(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Adds to each operation the answers of `config.api.limits`, and to each answer its headers."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).setdefault("Problem", PROBLEM)
    components.setdefault("headers", {}).update(
        {
            name: {"description": told, "schema": {"type": "string"}, "example": example}
            for name, (told, example) in LIMITS.items()
        }
    )
    for operations in result["paths"].values():
        for operation in operations.values():
            _complete(operation["responses"])
    return result


def _complete(responses: dict[str, Any]) -> None:
    for status, (told, headers) in ANSWERS.items():
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses.setdefault(status, {"description": told, "headers": headers, "content": content})
    for response in responses.values():
        response["headers"] = response.get("headers", {}) | {
            name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS
        }
