"""Query parameters: those a view names, and no others. A misspelt filter must never return everything.

Views that describe their parameters (`quotes.api.asking`) read and refuse them themselves; this is for all others.
"""

from collections.abc import Set
from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from quotes.api.asking import read, words

ON_LISTS = frozenset({"cursor", "page_size"})


class KnownParameters(BaseFilterBackend):
    """Asks `refuse_unknown` for views that show records; a list's own parameters are those the view names."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        is_list = getattr(view, "action", "list") == "list"
        refuse_unknown(request, ON_LISTS | frozenset(getattr(view, "parameters", ())) if is_list else frozenset())
        return queryset


def refuse_unknown(request: Request, known: Set[str]) -> None:
    """Refuses with 400 a parameter that is neither `known` nor known everywhere, one given twice, a language we lack."""
    read(request.query_params, [words(name, "") for name in sorted(known)])
