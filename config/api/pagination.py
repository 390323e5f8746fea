"""Lists go by keyset: each page goes on after the last row of the one before, whatever was added meanwhile."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class KeysetPagination(CursorPagination):
    """`results`, `next`, `previous`. The view's `ordering` names one unique column: more can't be walked safely."""

    page_size = 25
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        text = request.query_params.get("page_size")
        if text is None:
            return self.page_size
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= self.max_page_size and len(text) <= 3):
            raise ValidationError(
                {"page_size": [_("page_size is a number from 1 to %(most)s.") % {"most": self.max_page_size}]}
            )
        return int(text)

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound as error:
            raise self._bad_cursor() from error
        # The position is a value of the one column that orders the list, and those are all numbers.
        position = None if cursor is None else cursor.position
        if position is not None and not re.fullmatch(r"\d{1,18}", str(position), re.ASCII):
            raise self._bad_cursor()
        return cursor

    def _bad_cursor(self) -> ValidationError:
        return ValidationError({"cursor": [_("Give the cursor exactly as `next` or `previous` has it.")]})

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:  # noqa: ARG002 - DRF's hook
        (column,) = view.ordering
        return (column,)
