"""Lists go by keyset: each page goes on after the last row of the one before, whatever was added meanwhile."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

LARGEST_KEY = 2**63 - 1
LONGEST_KEY = len(str(LARGEST_KEY))


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

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        # From the parameters as they were read: Django would escape raw Cyrillic of the address (as curl sends it) twice.
        self.base_url = request.build_absolute_uri(f"{request.path}?{request.query_params.urlencode()}")
        return page

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound as error:
            raise self._bad_cursor() from error
        if cursor is not None and cursor.position is not None and not _is_key(str(cursor.position)):
            raise self._bad_cursor()
        return cursor

    def _bad_cursor(self) -> ValidationError:
        return ValidationError({"cursor": [_("Give the cursor exactly as `next` or `previous` has it.")]})

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:  # noqa: ARG002 - DRF's hook
        (column,) = view.ordering
        return (column,)


def _is_key(position: str) -> bool:
    """Whether it can be a value of the one column that orders a list: those are all whole numbers of eight bytes."""
    return position.isascii() and position.isdigit() and len(position) <= LONGEST_KEY and int(position) <= LARGEST_KEY
