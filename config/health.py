"""What a supervisor or a load balancer asks: does this process live, and can it answer readers."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from quotes.pages.reading import read_only
from quotes.search.index import IndexUnavailable
from quotes.search.published import index

OK = "ok"


@read_only
@never_cache
def alive(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; nothing else is touched."""
    return JsonResponse({"process": OK})


@read_only
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 where the database and the search index answer, else 503 and which of them does not."""
    parts = {"database": _database(), "index": _index()}
    return JsonResponse(parts, status=200 if set(parts.values()) == {OK} else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return "does not answer"
    return OK


def _index() -> str:
    try:
        position = index().position()
    except IndexUnavailable:
        position = None
    return OK if position else "is missing or being rebuilt"
