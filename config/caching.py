"""What is kept by browsers and proxies: nothing without asking again.

A statement may be withdrawn or restored, renamed or merged at any moment. Without a word HTTP lets a 301, a 404 and a
410 be kept for as long as a cache likes, and readers of yesterday's answer would never see today's.
"""

from collections.abc import Callable
from copy import copy

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware


class AskAgainMiddleware:
    """Every answer that says nothing else of caching may be kept, but has to be asked for again before it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class ConditionalMiddleware(ConditionalGetMiddleware):
    """Gives answers a tag, and says 304 to whoever shows the one that still holds: to HEAD the same as to GET.

    Django passes HEAD by, since a view may answer it with no content to make a tag of. Views of this site write the
    whole answer, of which the server then sends the headers alone; what they stream has no tag for GET either.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method == "HEAD":
            request = copy(request)
            request.method = "GET"
        return super().process_response(request, response)
