"""What changed since, for copies of the record: each statement as it is now, or that it is gone and why."""

import base64
import re
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quotes.api.asking import Parameter, Refused, Unreadable, Wrong, choice, number
from quotes.api.loading import loaded
from quotes.api.shapes import StatementShape
from quotes.api.views import Asks, Gone
from quotes.mirroring import AnotherHistory, Place, Reached, beginning, changed_after, here, history
from quotes.models import Statement, Withdrawal

CURSOR: Final = re.compile(r"([0-9a-f]{16})-([0-9]{1,19})-([0-9]{1,19})(?:-([0-9]{1,19}))?")
LARGEST: Final = 2**63 - 1
SIZE: Final = 25
LARGEST_SIZE: Final = 200
NOW: Final = "now"


class TombstoneShape(serializers.Serializer[Any]):
    """Why a statement that was public is not."""

    why = serializers.ChoiceField(
        choices=["withdrawn", "revised"],
        help_text=gettext_lazy(
            "withdrawn: taken back. revised: changed, and waiting to be approved anew; it may come back."
        ),
    )
    reason = serializers.CharField(
        help_text=gettext_lazy("Of a withdrawal, as its page says it; else empty."), allow_blank=True
    )
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class ChangeShape(serializers.Serializer[Any]):
    """A statement as it is now, or its tombstone; exactly one of the two is there."""

    id = serializers.CharField(help_text=gettext_lazy("The statement’s."))
    statement = StatementShape(allow_null=True)
    tombstone = TombstoneShape(allow_null=True)


@extend_schema_serializer(many=False)
class ChangesShape(serializers.Serializer[Any]):
    """A page of changes. A statement that changed several times comes once, as it is now."""

    results = ChangeShape(many=True)
    next = serializers.URLField(
        help_text=gettext_lazy("Where to go on, now or later; always there. Its cursor is opaque.")
    )
    more = serializers.BooleanField(help_text=gettext_lazy("Whether to go on now: there are later changes already."))
    epoch = serializers.CharField(
        help_text=gettext_lazy("The name of the database’s history; another one after a restoration.")
    )


class StartOver(Gone):
    """The cursor is of a history that the database does not have any more; the answer says where to begin anew."""

    default_code = "start_over"


def cursor_of(place: Place) -> str:
    """The place as one word for an address."""
    told = f"{place.epoch}-{place.xid}-{place.seq}" + (f"-{place.walked}" if place.walked is not None else "")
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """The place that `cursor_of` has told. Raises Unreadable for anything else."""
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except ValueError as error:
        raise _bad_cursor() from error
    found = CURSOR.fullmatch(told)
    if found is None:
        raise _bad_cursor()
    numbers = [int(number) for number in found.groups()[1:] if number is not None]
    if max(numbers) > LARGEST:
        raise _bad_cursor()
    return Place(found[1], *numbers)


def _bad_cursor() -> Unreadable:
    return Unreadable(_("Give the cursor exactly as `next` has it."))


class Changes(Asks, APIView):
    about = gettext_lazy(
        "What has changed of the published statements, for copies that stay equal: each as it is now, or why it is gone,"
        " in the order in which it happened. From the beginning all statements come first. Follow next, now and at any later"
        " time; without a cursor there are no changes yet but the place to go on from."
    )
    parameters = (
        Parameter(
            "cursor",
            gettext_lazy("Where the copy stands, as next has it; opaque."),
            {"type": "string"},
            place_of,
        ),
        choice(
            "from",
            gettext_lazy(
                "Where a copy without a cursor begins: with all statements, or with what changes from now on."
            ),
            ["beginning", NOW],
            NOW,
        ),
        number("page_size", gettext_lazy("How many statements a page has at most."), LARGEST_SIZE, SIZE),
    )

    @extend_schema(responses={200: ChangesShape})
    def get(self, request: Request) -> Response:
        try:
            reached = self._reached()
        except AnotherHistory as error:
            start = self._address(request, "from", "beginning")
            told = _(
                "The database was restored from a backup since. Empty your copy and start over from the beginning."
            )
            raise StartOver(told, {"epoch": history(), "start": start}) from error
        return Response(
            {
                "results": items(reached.statements, request),
                "next": self._address(request, "cursor", cursor_of(reached.place)),
                "more": reached.more,
                "epoch": reached.place.epoch,
            }
        )

    def _reached(self) -> Reached:
        place: Place | None = self.asked.get("cursor")
        if place and "from" in self.asked:
            raise Refused([Wrong("from", self.asked.text("from"), _("A cursor says already where to go on."))])
        if place is None and self.asked.get("from", NOW) == NOW:
            return Reached([], here(), more=False)
        return changed_after(place or beginning(), self.asked.get("page_size", SIZE))

    def _address(self, request: Request, name: str, value: str) -> str:
        """The same address with another place, given by one of the two parameters for it."""
        query = {each: given for each, given in request.query_params.items() if each not in ("cursor", "from")}
        return str(request.build_absolute_uri(f"{request.path}?{urlencode(query | {name: value})}"))


def items(numbers: list[int], request: Request) -> list[dict[str, Any]]:
    """The statements of these numbers as ChangeShape has them, in the order of the numbers."""
    public = list(loaded(Statement.objects.published().filter(pk__in=numbers)))
    shapes = StatementShape(public, many=True, context={"request": request}).data
    full = {one.pk: dict(shape) for one, shape in zip(public, shapes, strict=True)}
    absent = [number for number in numbers if number not in full]
    withdrawals = {one.statement_id: one for one in Withdrawal.objects.filter(statement__in=absent, restored_at=None)}
    ids = dict(Statement.objects.filter(pk__in=numbers).values_list("pk", "public_id"))
    return [
        {
            "id": ids[number],
            "statement": full.get(number),
            "tombstone": None if number in full else tombstone(withdrawals.get(number)),
        }
        for number in numbers
    ]


def tombstone(withdrawal: Withdrawal | None) -> dict[str, Any]:
    """What is told of a statement that was public and is not."""
    told: dict[str, Any] = {"why": "revised", "reason": "", "withdrawn_at": None}
    if withdrawal is not None:
        told = {"why": "withdrawn", "reason": withdrawal.reason, "withdrawn_at": withdrawal.withdrawn_at}
    return dict(TombstoneShape(told).data)
