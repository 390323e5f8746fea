"""Who asks: a program that shows a key, or anybody. Who is logged in on the site counts for nothing here."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from quotes.keys import find
from quotes.models import ApiKey

SCHEME = "Bearer"
CHALLENGE = f'{SCHEME} realm="Skazano API"'
# Longer than any key.
LONGEST = 200
NO_KEY = gettext_lazy(
    "This is no key of ours, or it was revoked, or its time is over. Without the header you are answered as anybody."
)


class BadKey(Exception):  # noqa: N818 - an answer, told to the program that asked
    """What stands in the header Authorization is no key that works."""


def key_of(request: HttpRequest) -> ApiKey | None:
    """The key in `Authorization: Bearer …`; None where there is no such header. Raises BadKey for anything else.

    What was meant as a key never counts as none: a program would go on with less than it thinks it has.
    """
    told = request.headers.get("Authorization")
    if told is None:
        return None
    scheme, _space, secret = told.strip().partition(" ")
    secret = secret.strip()
    if scheme.lower() != SCHEME.lower() or not secret.isascii() or len(secret) > LONGEST:
        raise BadKey
    key = find(secret)
    if key is None:
        raise BadKey
    return key


class KeyAuthentication(BaseAuthentication):
    """Hands over, as `request.auth`, the key that `config.api.limits` has found; None for anybody else."""

    def authenticate(self, request: Request) -> tuple[None, ApiKey] | None:
        key = getattr(request._request, "api_key", None)
        return None if key is None else (None, key)

    def authenticate_header(self, _request: Request) -> str:
        return CHALLENGE


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the API's description tells of keys."""

    target_class = "config.api.keys.KeyAuthentication"
    name = "key"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": SCHEME.lower(),
            "description": _(
                "A key raises the limits, and reads full texts where an editor allowed it. It is needed for nothing else."
                " One that does not work is answered by 401."
            ),
        }
