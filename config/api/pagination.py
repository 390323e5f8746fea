"""Pages by key: each goes on after the last row of the one before, whatever was added meanwhile."""

import binascii
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quotes.api.asking import Parameter, Unreadable, flag, number

LARGEST_KEY = 2**63 - 1
LONGEST_KEY = len(str(LARGEST_KEY))
SIZE = 25
LARGEST_SIZE = 200


def read_cursor(text: str) -> Cursor:
    """The place in a list that `next` and `previous` name. Raises Unreadable for what no page gave."""
    try:
        given = parse_qs(b64decode(text.encode("ascii"), validate=True).decode("ascii"), strict_parsing=True)
    except (ValueError, binascii.Error) as error:
        raise _bad_cursor() from error
    if not given.keys() <= {"p", "r"} or not _is_key(given.get("p", [""])[0]) or given.get("r", ["1"]) != ["1"]:
        raise _bad_cursor()
    return Cursor(offset=0, reverse="r" in given, position=int(given["p"][0]))


class KeysetPagination(CursorPagination):
    """`results`, `next`, `previous`, and `count` where it was asked for: then the view sets `total`.

    The view's `ordering` names one unique column: more can't be walked safely. Views that read their own `parameters`
    (`quotes.api.asking`) read these, too, before they ask for a page.
    """

    page_size = SIZE
    max_page_size = LARGEST_SIZE
    page_size_query_param = "page_size"
    total: int | None = None
    page_size_parameter = number("page_size", gettext_lazy("How many results a page has."), LARGEST_SIZE, SIZE)
    cursor_parameter = Parameter(
        "cursor",
        gettext_lazy("The place to go on from, as `next` and `previous` have it; opaque."),
        {"type": "string"},
        read_cursor,
    )
    count_parameter = flag("count", gettext_lazy("Whether to count all results, which may take a while."))
    parameters = (page_size_parameter, cursor_parameter, count_parameter)

    def get_page_size(self, request: Request) -> int:
        text = request.query_params.get("page_size")
        return self.page_size if text is None else int(self.page_size_parameter.read(text))

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        # From the parameters as they were read: Django would escape raw Cyrillic of the address (as curl sends it) twice.
        self.base_url = request.build_absolute_uri(f"{request.path}?{request.query_params.urlencode()}")
        return page

    def decode_cursor(self, request: Request) -> Cursor | None:
        text = request.query_params.get("cursor")
        return None if text is None else read_cursor(text)

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:  # noqa: ARG002 - DRF's hook
        (column,) = view.ordering
        return (column,)

    def get_paginated_response(self, data: Any) -> Response:
        counted = {} if self.total is None else {"count": self.total}
        pages = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response(counted | pages | {"results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_schema(schema)


def page_schema(results: dict[str, Any]) -> dict[str, Any]:
    """What every page of a list says."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {
            "count": {
                "type": "integer",
                "minimum": 0,
                "description": str(_("How many results there are in all; where it was asked for.")),
            },
            "next": link | {"description": str(_("The page that follows; null on the last one."))},
            "previous": link | {"description": str(_("The page before; null on the first one."))},
            "results": results,
        },
    }


def _bad_cursor() -> Unreadable:
    return Unreadable(_("Give the cursor exactly as `next` or `previous` has it."))


def _is_key(position: str) -> bool:
    """Whether it can be a value of the one column that orders a list: those are all whole numbers of eight bytes."""
    return position.isascii() and position.isdigit() and len(position) <= LONGEST_KEY and int(position) <= LARGEST_KEY
