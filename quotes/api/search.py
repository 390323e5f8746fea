"""The search: statements ranked as on the search page, with what they can be filtered by counted on request."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from quotes.api import filters as by
from quotes.api.asking import Parameter, Unreadable, choice, choices, flag, number, words
from quotes.api.loading import loaded
from quotes.api.shapes import StatementShape
from quotes.api.views import Asks, SearchUnavailable, of_shape
from quotes.models import Statement
from quotes.pages.facets import named
from quotes.pages.forms import ORDERS, default_order
from quotes.search.counting import Counts
from quotes.search.finding import FACETS, Facet
from quotes.search.index import IndexUnavailable
from quotes.search.published import Found, find, is_up_to_date, records
from quotes.search.query import Reason

SIZE: Final = 20
LARGEST_SIZE: Final = 100
MOST_VALUES: Final = 50  # of one facet
PLACE: Final = re.compile(r"(after|before)-([0-9]{1,19})", re.ASCII)
LARGEST_PLACE: Final = 2**63 - 1


def read_place(text: str) -> tuple[str, int]:
    """Where a page begins or ends: `after` or `before`, and the key. Raises Unreadable for what no page gave."""
    found = PLACE.fullmatch(text)
    if not found or int(found[2]) > LARGEST_PLACE:
        raise Unreadable(_("Give the cursor exactly as `next` or `previous` has it."))
    return found[1], int(found[2])


class RangeShape(serializers.Serializer[Any]):
    """A range of a quote's `words`, in code points."""

    start = serializers.IntegerField()
    end = serializers.IntegerField(help_text=_("Exclusive."))


class PlaceShape(serializers.Serializer[Any]):
    """Where in a quote's `words` the search found what it looked for."""

    quote = serializers.CharField(help_text=_("The id of one of the statement’s quotes."))
    ranges = RangeShape(many=True)


class ResultShape(serializers.Serializer[Any]):
    """A statement found."""

    statement = StatementShape()
    label_only = serializers.BooleanField(help_text=_("Found by its nickname alone, which is not verbatim."))
    found = PlaceShape(many=True)


class ValueShape(serializers.Serializer[Any]):
    """A value to filter by, and how many of the statements found have it."""

    value = serializers.CharField(help_text=_("As the filter of the facet’s name takes it."))
    name = serializers.CharField(help_text=_("What readers call it."))
    count = serializers.IntegerField(min_value=1)


class DroppedShape(serializers.Serializer[Any]):
    """A part of the question that was not searched for."""

    text = serializers.CharField()
    reason = serializers.ChoiceField(choices=[reason.value for reason in Reason])


class FoundShape(serializers.Serializer[Any]):
    """A page of what was found."""

    count = serializers.IntegerField(
        required=False, help_text=_("How many results there are in all; where it was asked for.")
    )
    next = serializers.URLField(allow_null=True, help_text=_("The page that follows; null on the last one."))
    previous = serializers.URLField(allow_null=True, help_text=_("The page before; null on the first one."))
    left_aside = DroppedShape(many=True, help_text=_("Parts of the question that were not searched for, and why."))
    facets = serializers.DictField(
        child=ValueShape(many=True), required=False, help_text=_("The values of each facet, the most frequent first.")
    )
    results = ResultShape(many=True)


class Search(Asks, APIView):
    about = _(
        "Statements that match, the best first: the search of the site. By relevance at most 10,000 results are listed; to "
        "read all of them, take the list of statements or an order by date."
    )
    parameters = (
        words("q", _("Words that must all occur, in any form; “phrase”, -word, OR.")),
        choice("order", _("Which come first; without words, by default, the newest."), list(ORDERS), "relevance"),
        by.IDS,
        *by.OF_STATEMENTS,
        choices(
            "facets", _("What to count the statements found by. Each facet is counted without its own filter."), FACETS
        ),
        number("page_size", _("How many results a page has."), LARGEST_SIZE, SIZE),
        Parameter(
            "cursor",
            _("The place to go on from, as `next` and `previous` have it; opaque."),
            {"type": "string"},
            read_place,
        ),
        flag("count", _("Whether to count all results, which may take a while.")),
    )

    def parameters_here(self) -> Sequence[Parameter]:
        return (*self.parameters, *of_shape(StatementShape))

    @extend_schema(responses=FoundShape)
    def get(self, request: Request) -> Response:
        try:
            return Response(self._page(request, self._find()))
        except by.NothingPublic:
            return Response(self._empty())
        except IndexUnavailable as error:
            raise SearchUnavailable from error

    def _find(self) -> Found[Statement]:
        text = self.asked.text("q").strip()
        # Without words nothing matches better than anything else.
        order = self.asked.get("order", "relevance") if text else self.asked.get("order", default_order(text))
        towards, key = self.asked.get("cursor", ("after", None))
        self._is_up_to_date = is_up_to_date()  # before it counts: what changes meanwhile has not been looked at yet
        return find(
            text,
            order="newest" if order == "relevance" and not text else order,
            after=key if towards == "after" else None,
            before=key if towards == "before" else None,
            limit=self.asked.get("page_size", SIZE),
            filters=by.filters(self.asked),
            read=records(loaded(Statement.objects.all(), self._shown, self.asked.many("expand"))),  # type: ignore[arg-type]
            facets=dict.fromkeys(self.asked.many("facets"), MOST_VALUES),
        )

    @property
    def _shown(self) -> tuple[str, ...]:
        """The quotes are looked through for what was found, whether they are shown or not."""
        shown = self.asked.many("fields")
        return (*shown, "quotes") if shown else ()

    def _page(self, request: Request, found: Found[Statement]) -> dict[str, Any]:
        context = {"request": request} | {name: self.asked.many(name) for name in ("fields", "expand")}
        told = StatementShape(found.statements, many=True, context=context).data
        page: dict[str, Any] = {
            "next": _turned(request, "after", found.next),
            "previous": _turned(request, "before", found.previous),
            "left_aside": [{"text": part.text, "reason": part.reason.value} for part in found.query.dropped],
            "results": [
                {
                    "statement": shape,
                    "label_only": statement.pk in found.in_label_only,
                    "found": _places(found, statement),
                }
                for statement, shape in zip(found.statements, told, strict=True)
            ],
        }
        return self._counted(found.total) | page | self._facets(found.facets)

    def _empty(self) -> dict[str, Any]:
        facets: dict[Facet, Counts] = dict.fromkeys(self.asked.many("facets"), ())
        page: dict[str, Any] = {"next": None, "previous": None, "left_aside": [], "results": []}
        return self._counted(0) | page | self._facets(facets)

    def _counted(self, total: int) -> dict[str, Any]:
        return {"count": total} if self.asked.get("count") else {}

    def _facets(self, counted: Any) -> dict[str, Any]:
        """One query for each kind of records."""
        if "facets" not in self.asked:
            return {}
        return {"facets": {facet: self._values(facet, counted.get(facet, ())) for facet in self.asked.many("facets")}}

    def _values(self, facet: Facet, counts: Counts) -> list[dict[str, Any]]:
        if not counts:
            return []
        names = named(facet, [value for value, _count in counts], is_up_to_date=self._is_up_to_date)
        return [
            {"value": names[value].public, "name": names[value].name, "count": count}
            for value, count in counts
            if value in names
        ]


def _places(found: Found[Statement], statement: Statement) -> list[dict[str, Any]]:
    marked = [(quote.public_id, found.highlight(quote.words)) for quote in statement.quotes.all()]
    return [
        {"quote": quote, "ranges": [{"start": start, "end": end} for start, end in ranges]}
        for quote, ranges in marked
        if ranges
    ]


def _turned(request: Request, towards: str, key: str | None) -> str | None:
    if key is None:
        return None
    # From the parameters as they were read: Django would escape raw Cyrillic of the address (as curl sends it) twice.
    here = request.build_absolute_uri(f"{request.path}?{request.query_params.urlencode()}")
    return str(replace_query_param(here, "cursor", f"{towards}-{key}"))
