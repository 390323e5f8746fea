"""Query parameters: those a view names, and no others. A misspelt filter must never return everything."""

from collections.abc import Set
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

EVERYWHERE = frozenset({"lang"})
ON_LISTS = frozenset({"cursor", "page_size"})


class KnownParameters(BaseFilterBackend):
    """Asks `refuse_unknown` for views that show records; a list's own parameters are those the view names."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        if getattr(view, "action", "") == "answer":  # no list and no record: see quotes.api.answering
            refuse_unknown(request, frozenset(getattr(view, "parameters", ())))
            return queryset
        is_list = getattr(view, "action", "list") == "list"
        refuse_unknown(request, ON_LISTS | frozenset(getattr(view, "parameters", ())) if is_list else frozenset())
        return queryset


def refuse_unknown(request: Request, known: Set[str]) -> None:
    """Refuses with 400 a parameter that is neither `known` nor known everywhere, one given twice, a language we lack."""
    wrong = {}
    for name, values in request.query_params.lists():
        if name not in EVERYWHERE | known:
            wrong[name] = [_("There is no such parameter here.")]
        elif len(values) > 1:
            wrong[name] = [_("Give this parameter once.")]
        elif name == "lang" and values[0] not in dict(settings.LANGUAGES):
            languages = ", ".join(dict(settings.LANGUAGES))
            wrong[name] = [_("Give one of these languages: %(languages)s.") % {"languages": languages}]
    if wrong:
        raise ValidationError(wrong)
