"""Query parameters: those a view names, and no others. A misspelt filter must never return everything."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

EVERYWHERE = frozenset({"lang"})
ON_LISTS = frozenset({"cursor", "page_size"})


class KnownParameters(BaseFilterBackend):
    """Refuses with 400 what is not a parameter of the view, and a parameter given twice."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        known = EVERYWHERE
        if getattr(view, "action", "list") == "list":
            known = known | ON_LISTS | frozenset(getattr(view, "parameters", ()))
        wrong = {name: [_("There is no such parameter here.")] for name in request.query_params if name not in known}
        wrong |= {
            name: [_("Give this parameter once.")]
            for name, values in request.query_params.lists()
            if name in known and len(values) > 1
        }
        if wrong:
            raise ValidationError(wrong)
        return queryset
