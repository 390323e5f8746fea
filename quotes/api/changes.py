"""What changed since, for copies of the record: each statement as it is now, or that it is gone and why."""

import base64
import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from quotes.api.shapes import StatementShape
from quotes.api.views import with_all_parts
from quotes.mirroring import AnotherHistory, Place, Reached, changed_after, here, history
from quotes.models import Statement, Withdrawal

CURSOR = re.compile(r"([0-9a-f]{16})-([0-9]{1,19})-([0-9]{1,19})")
LARGEST = 2**63 - 1


class TombstoneShape(serializers.Serializer[Any]):
    """Why a statement that was public is not."""

    why = serializers.ChoiceField(
        choices=["withdrawn", "revised"],
        help_text="withdrawn: taken back. revised: changed, and waiting to be approved anew; it may come back.",
    )
    reason = serializers.CharField(help_text="Of a withdrawal, as its page says it; else empty.", allow_blank=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class ChangeShape(serializers.Serializer[Any]):
    """A statement as it is now, or its tombstone; exactly one of the two is there."""

    id = serializers.CharField(help_text="The statement's.")
    statement = StatementShape(allow_null=True)
    tombstone = TombstoneShape(allow_null=True)


@extend_schema_serializer(many=False)
class ChangesShape(serializers.Serializer[Any]):
    """A page of changes. A statement that changed several times comes once, as it is now."""

    results = ChangeShape(many=True)
    next = serializers.URLField(help_text="Where to go on, now or later; always there. Its cursor is opaque.")
    more = serializers.BooleanField(help_text="Whether to go on now: there are later changes already.")
    epoch = serializers.CharField(
        help_text="The name of the database's history. After a restoration it is another one."
    )


class StartOver(APIException):
    """The cursor is of a history that the database does not have any more."""

    status_code = 410
    default_code = "start_over"

    def __init__(self, detail: str, more: dict[str, Any]) -> None:
        super().__init__(detail)
        self.more = more


class ChangesViewSet(GenericViewSet[Statement]):
    """What changed of the published statements, in the order in which it happened; for copies that stay equal.

    Without a cursor it answers no changes but the place from which to go on: ask for it first, then walk all statements,
    then follow `next`. Ask again with the last `next` at any later time. Statements that never were public never show.
    """

    serializer_class = ChangesShape
    queryset = Statement.objects.none()

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter(
                "cursor", OpenApiTypes.STR, description="As `next` has it; opaque. Without it: from now on."
            ),
            OpenApiParameter("page_size", OpenApiTypes.INT, description="1 to 200 statements, else 25."),
        ],
        responses={200: ChangesShape},
    )
    def list(self, request: Request) -> Response:
        self.filter_queryset(self.get_queryset())  # refuses parameters that there are not
        size: int = self.paginator.get_page_size(request)  # type: ignore[union-attr]
        cursor = request.query_params.get("cursor")
        try:
            reached = Reached([], here(), more=False) if cursor is None else changed_after(place_of(cursor), size)
        except AnotherHistory as error:
            start = reverse("api:change-list", request=request)
            told = _("The database was restored from a backup since. Empty your copy and start over without a cursor.")
            raise StartOver(told, {"epoch": history(), "start": start}) from error
        return Response(
            {
                "results": items(reached.statements, request),
                "next": self._address(request, reached.place),
                "more": reached.more,
                "epoch": reached.place.epoch,
            }
        )

    def _address(self, request: Request, place: Place) -> str:
        query = request.query_params.copy()
        query["cursor"] = cursor_of(place)
        return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


def items(numbers: "list[int]", request: Request) -> "list[dict[str, Any]]":
    """The statements of these numbers as ChangeShape has them, in the order of the numbers."""
    public = {one.pk: one for one in with_all_parts(Statement.objects.published().filter(pk__in=numbers))}
    absent = Statement.objects.only("pk", "public_id").in_bulk([number for number in numbers if number not in public])
    withdrawals = {one.statement_id: one for one in Withdrawal.objects.filter(statement__in=absent, restored_at=None)}
    return [
        {
            "id": one.public_id,
            "statement": StatementShape(one, context={"request": request}).data if one.pk in public else None,
            "tombstone": None if one.pk in public else tombstone(withdrawals.get(one.pk)),
        }
        for one in (public.get(number) or absent[number] for number in numbers)
    ]


def tombstone(withdrawal: Withdrawal | None) -> dict[str, Any]:
    """What is told of a statement that was public and is not."""
    told = {"why": "revised", "reason": "", "withdrawn_at": None}
    if withdrawal is not None:
        told = {"why": "withdrawn", "reason": withdrawal.reason, "withdrawn_at": withdrawal.withdrawn_at}
    return dict(TombstoneShape(told).data)


def cursor_of(place: Place) -> str:
    """The place as one word for an address."""
    told = f"{place.epoch}-{place.xid}-{place.seq}"
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """The place that `cursor_of` has told. Raises ValidationError for anything else."""
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except ValueError as error:
        raise _bad_cursor() from error
    found = CURSOR.fullmatch(told)
    if found is None or any(int(number) > LARGEST for number in found.group(2, 3)):
        raise _bad_cursor()
    return Place(found[1], int(found[2]), int(found[3]))


def _bad_cursor() -> ValidationError:
    return ValidationError({"cursor": [_("Give the cursor exactly as `next` has it.")]})
