"""Public pages are sent compressed; pages for one person are not.

BREACH guesses a secret on a page (a form's token) from how much shorter the answer becomes when a part of the address
that the page repeats (a search) is the same. It needs a secret and the attacker's words in one compressed answer.
Public pages hold no secret and set no cookie. What depends on a cookie, as all pages of the admin do, is left as it is.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header


class CompressPublicMiddleware(GZipMiddleware):
    """Compresses what is the same for everybody, where the browser takes it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # Parts that are asked for by their bytes are parts of the file as it is.
        if response.cookies or has_vary_header(response, "Cookie") or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)
