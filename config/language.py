"""The reader's language: `?lang=`, else the browser's wish. Never a part of an address that stays.

A page never claims to speak a language that it has no catalogue for: it is shown in the site's own one instead.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

CHOSEN = {code for code, _name in settings.LANGUAGES}


class LanguageMiddleware:
    """Sets the language of the request and says so to caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        wished = asked if asked in CHOSEN else translation.get_language_from_request(request)
        language = wished if wished in settings.SPOKEN_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        # A page that says its language itself has one by its address alone, whatever the browser wishes.
        if "Content-Language" not in response.headers:
            response.headers["Content-Language"] = language
            patch_vary_headers(response, ["Accept-Language"])
        return response
