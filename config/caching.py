"""What is kept by browsers and proxies: nothing without asking again.

A statement may be withdrawn or restored, renamed or merged at any moment. Without a word HTTP lets a 301, a 404 and a
410 be kept for as long as a cache likes, and readers of yesterday's answer would never see today's.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class AskAgainMiddleware:
    """Every answer that says nothing else of caching may be kept, but has to be asked for again before it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
