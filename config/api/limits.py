"""How many requests a program may make: counted by its key, else by its address, over all processes of the site."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import ngettext

from config.api.keys import CHALLENGE, NO_KEY, BadKey, key_of
from config.api.problems import CONTENT_TYPE, problem_details
from quotes.limiting import WINDOW, count
from quotes.models import ApiKey
from quotes.pages.reporting import address_of
from quotes.reporting import sender_of


@dataclass(frozen=True)
class Allowance:
    """What a client has left: of `most` requests in a window the `left` ones, until `seconds` from now."""

    policy: str
    most: int
    left: int
    seconds: int

    def tell(self, response: HttpResponse) -> None:
        """As draft-ietf-httpapi-ratelimit-headers-11 has it."""
        response.headers["RateLimit-Policy"] = f'"{self.policy}";q={self.most};w={WINDOW}'
        response.headers["RateLimit"] = f'"{self.policy}";r={max(0, self.left)};t={self.seconds}'


def allowance_of(request: HttpRequest, key: ApiKey | None) -> Allowance | None:
    """Counts the request; None where the settings set no limit."""
    if key is not None:
        client, policy, most = f"key {key.pk}", "key", settings.API_REQUESTS_PER_MINUTE_WITH_KEY
    else:
        client = sender_of(address_of(request), timezone.now().date(), purpose="config.api.limits")
        policy, most = "address", settings.API_REQUESTS_PER_MINUTE
    if not most:
        return None
    counted = count(client)
    return Allowance(policy, most, most - counted.requests, counted.seconds)


class LimitsMiddleware:
    """Answers, instead of the API, whose key does not work (401) and who has asked too often (429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_api(request):
            return self.get_response(request)
        try:
            key, is_bad = key_of(request), False
        except BadKey:
            key, is_bad = None, True
        allowance = allowance_of(request, key)
        request.api_key, request.api_allowance = key, allowance  # type: ignore[attr-defined]
        if allowance and allowance.left < 0:
            return _too_many(allowance)
        if is_bad:
            response = _problem(HTTPStatus.UNAUTHORIZED, NO_KEY)
            response.headers["WWW-Authenticate"] = f'{CHALLENGE}, error="invalid_token"'
            return response
        return self.get_response(request)


class TellLimitsMiddleware:
    """Says on every answer of the API what its client has left. Outside of what shortens an answer to 304."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_for_api(request):
            if allowance := getattr(request, "api_allowance", None):
                allowance.tell(response)
            patch_vary_headers(response, ["Authorization"])
            if "Authorization" in request.headers:
                patch_cache_control(response, private=True)
        return response


def is_for_api(request: HttpRequest) -> bool:
    """Whether the API answers it, or says that it has no such address."""
    return request.path.startswith(reverse("api:api-root"))


def _too_many(allowance: Allowance) -> HttpResponse:
    seconds = allowance.seconds
    told = ngettext(
        "%(most)s requests a minute are answered. Ask again in %(seconds)s second.",
        "%(most)s requests a minute are answered. Ask again in %(seconds)s seconds.",
        seconds,
    ) % {"most": allowance.most, "seconds": seconds}
    response = _problem(HTTPStatus.TOO_MANY_REQUESTS, told)
    response.headers["Retry-After"] = str(seconds)
    return response


def _problem(status: HTTPStatus, detail: str | Promise) -> JsonResponse:
    body = problem_details(status) | {"detail": str(detail)}
    as_written = {"ensure_ascii": False}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, json_dumps_params=as_written)
