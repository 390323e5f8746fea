"""The reconciliation service for our people: version 0.2 of the W3C Entity Reconciliation Community Group's API."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final, cast

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.clickjacking import xframe_options_exempt
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from people.models import Person
from quotes.api.answering import Answering
from quotes.api.asking import Asked as Given
from quotes.api.asking import Parameter, Refused, Wrong, number, read, shown, words
from quotes.pages import visible
from quotes.pages.forms import typed
from quotes.reconciling import PROPERTIES, Asked, Candidate, candidates, known, suggestions

TYPE: Final = "person"
LARGEST_FORM: Final = 1_000_000  # bytes; they are read into memory
MOST_QUERIES: Final = 50  # of one batch
MOST_FAULTS: Final = 20  # told at once
MOST_CANDIDATES: Final = 25
USUAL_CANDIDATES: Final = 5
MOST_ROWS: Final = 200  # of an extension
SUGGESTED: Final = 10
DEEPEST: Final = 1000
PREVIEW: Final = {"width": 400, "height": 200}  # pixels
QUERIES: Final = words("queries", gettext_lazy("A batch of queries, in JSON."), LARGEST_FORM)
EXTEND: Final = words("extend", gettext_lazy("Ids and properties to tell, in JSON."), LARGEST_FORM)
PREFIX: Final = words("prefix", gettext_lazy("What has been typed."))
CURSOR: Final = number("cursor", gettext_lazy("How many suggestions to pass over."), DEEPEST, 0, least=0)
OF_TYPE: Final = words("type", gettext_lazy("The type of the records; there is “person” alone."))
LIMIT: Final = number("limit", gettext_lazy("How many at most; there are few, and all are told."), DEEPEST, DEEPEST)


class Reconcile(Answering):
    """What the service is, whom names mean, and what is known of people: see docs/reconciling.md.

    The one address that takes POST: a batch of names may be longer than an address. It changes nothing.
    """

    about = gettext_lazy("The manifest of the reconciliation service; candidates for “queries”; values for “extend”.")
    parser_classes = (FormParser,)

    def parameters_here(self) -> Sequence[Parameter]:
        return () if self.request.method == "POST" else (QUERIES, EXTEND)

    @extend_schema(operation_id="reconcile", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """The manifest; candidates for `queries`; values for `extend`."""
        return Response(_answer(request, self.asked))

    @extend_schema(
        operation_id="reconcile_form",
        request={
            "application/x-www-form-urlencoded": {
                "type": "object",
                "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                "additionalProperties": False,
            }
        },
        responses=OpenApiTypes.OBJECT,
    )
    def post(self, request: Request) -> Response:
        """The same, from a form."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FORM:
            raise _wrong("queries", _("Give at most %(most)s characters.") % {"most": LARGEST_FORM})
        # Without a body DRF gives an empty dictionary of another kind.
        form = cast("QueryDict", request.data) if request.data else QueryDict()
        return Response(_answer(request, read(form, (QUERIES, EXTEND))))


def _answer(request: Request, given: Given) -> Any:
    if "queries" in given:
        batch = _object("queries", given.text("queries"))
        if len(batch) > MOST_QUERIES:
            raise _wrong("queries", _("Give at most %(most)s values.") % {"most": MOST_QUERIES})
        _refuse("queries", (fault for key, query in batch.items() for fault in _faults(key, query)))
        return {_sendable(key): {"result": _results(query)} for key, query in batch.items()}
    if "extend" in given:
        return _extended(_object("extend", given.text("extend")))
    return _manifest(request)


def _manifest(request: Request) -> dict[str, Any]:
    whole, here = request.build_absolute_uri, reverse("api:reconcile")
    service = whole("/").rstrip("/")
    person = whole(reverse("person-by-id", args=["00000000"])).removesuffix("00000000")
    return {
        "versions": ["0.2"],
        "name": _("Skazano: people who are quoted"),
        "identifierSpace": person,
        "schemaSpace": whole(here),
        "documentation": whole(reverse("about")),
        "view": {"url": f"{person}{{{{id}}}}"},
        "preview": {"url": f"{whole(here)}preview/{{{{id}}}}", **PREVIEW},
        "defaultTypes": [_type()],
        "suggest": {
            "entity": {"service_url": service, "service_path": f"{here}suggest/entity/"},
            "property": {"service_url": service, "service_path": f"{here}suggest/property/"},
            "type": {"service_url": service, "service_path": f"{here}suggest/type/"},
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": f"{here}properties/"},
            "property_settings": [],
        },
    }


# Where in the JSON something is wrong, what stands there, and what should.
Fault = tuple[str, Any, str]


def _faults(place: str, query: Any) -> Iterator[Fault]:
    """All that is wrong with a query."""
    if not isinstance(query, dict):
        yield place, query, _("Give a JSON object.")
        return
    limit = query.get("limit", USUAL_CANDIDATES)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        yield f"{place}.limit", limit, _("Give a whole number from 1 on.")
    if not isinstance(query.get("query", ""), str):
        yield f"{place}.query", query["query"], _("Give a text.")
    yield from _faults_of_list(f"{place}.properties", query.get("properties", []), "pid")


def _faults_of_list(place: str, given: Any, name: str = "") -> Iterator[Fault]:
    """All that is wrong with a list of texts; with a `name`, of objects that have a text of that name."""
    if not isinstance(given, list):
        yield place, given, _("Give a list.")
        return
    for at, one in enumerate(given):
        here, text = f"{place}[{at}]", one
        if name:
            if not isinstance(one, dict):
                yield here, one, _("Give a JSON object.")
                continue
            here, text = f"{here}.{name}", one.get(name)
        if not isinstance(text, str):
            yield here, text, _("Give a text.")


def _refuse(name: str, faults: Iterable[Fault]) -> None:
    """Raises Refused if there are any, with the first of them: each by its place, with the value that stands there."""
    wrong = [
        Wrong(name, shown(_sendable(_written(value))), f"{shown(_sendable(place))}: {why}")
        for place, value, why in islice(faults, MOST_FAULTS)
    ]
    if wrong:
        raise Refused(wrong)


def _written(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:  # a little less deep than what can be read
        return "…"


def _sendable(text: str) -> str:
    """Without halves of pairs, which JSON can name and UTF-8 can't."""
    return text.encode(errors="replace").decode()


def _results(query: dict[str, Any]) -> list[dict[str, Any]]:
    types = query.get("type", TYPE)
    if TYPE not in (types if isinstance(types, list) else [types]):
        return []
    properties = [(one["pid"], _values(one.get("v"))) for one in query.get("properties", [])]
    asked = Asked(typed(query.get("query", "")), properties)
    limit = min(query.get("limit", USUAL_CANDIDATES), MOST_CANDIDATES)
    return [_candidate(one) for one in candidates(asked, limit)]


def _values(given: Any) -> list[str]:
    """The values of a property as texts; of another record its id, or else its name."""
    values = given if isinstance(given, list) else [given]
    told = [(one.get("id") or one.get("name")) if isinstance(one, dict) else one for one in values]
    return [typed(str(one)) for one in told if isinstance(one, str | int | float)]


def _candidate(one: Candidate) -> dict[str, Any]:
    features: list[dict[str, Any]] = [{"id": "name_likeness", "value": round(one.name_likeness, 3)}]
    if one.agreeing is not None:
        features.append({"id": "properties_agreeing", "value": round(one.agreeing, 3)})
    return {**_entity(one.person), "type": [_type()], "score": one.score, "match": one.is_match, "features": features}


def _entity(person: Person) -> dict[str, Any]:
    told = {"id": person.public_id, "name": person.name}
    return told | {"description": person.about} if person.about else told


def _extended(asked: dict[str, Any]) -> dict[str, Any]:
    ids: Any = asked.get("ids")
    wanted: Any = asked.get("properties")
    _refuse("extend", chain(_faults_of_list("ids", ids), _faults_of_list("properties", wanted, "id")))
    if len(ids) > MOST_ROWS:
        raise _wrong("extend", _("Give at most %(most)s values.") % {"most": MOST_ROWS})
    names = [one["id"] for one in wanted if one["id"] in PROPERTIES]
    cleaned = {given: typed(given).lower() for given in ids}
    people = {person.public_id: person for person in known(visible.people().filter(public_id__in=cleaned.values()))}
    return {
        "meta": [{"id": name, "name": str(PROPERTIES[name].name)} for name in names],
        "rows": {
            _sendable(given): {
                name: PROPERTIES[name].values(people[public_id]) if public_id in people else [] for name in names
            }
            for given, public_id in cleaned.items()
        },
    }


def _type() -> dict[str, str]:
    return {"id": TYPE, "name": pgettext("type of records", "Person")}


def _object(name: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(name, _("This is no JSON.")) from error
    if not isinstance(value, dict):
        raise _wrong(name, _("Give a JSON object."))
    return value


def _wrong(name: str, why: str) -> Refused:
    return Refused([Wrong(name, "", why)])


class SuggestEntity(Answering):
    """People, for a field that completes what is typed."""

    about = gettext_lazy("People whose names begin like what has been typed; ten at most.")
    parameters = (PREFIX, CURSOR)

    @extend_schema(operation_id="reconcile_suggest_entity", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's hook
        """Ten at most, from the `cursor`th on."""
        found = suggestions(typed(self.asked.text("prefix")), self.asked.get("cursor", 0), SUGGESTED)
        return Response({"result": [{**_entity(person), "notable": [_type()]} for person in found]})


class SuggestProperty(Answering):
    """Properties, for a field that completes what is typed."""

    about = gettext_lazy("Properties whose names or ids have what has been typed.")
    parameters = (PREFIX, CURSOR)

    @extend_schema(operation_id="reconcile_suggest_property", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's hook
        """Those whose names or ids have what is typed."""
        prefix = self.asked.text("prefix").casefold()
        return Response({"result": [one for one in _proposed() if prefix in f"{one['id']} {one['name']}".casefold()]})


class SuggestType(Answering):
    """The one type that there is."""

    about = gettext_lazy("The one type of records that there is: people.")
    parameters = (PREFIX, CURSOR)

    @extend_schema(operation_id="reconcile_suggest_type", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's hook
        """People, if what is typed does not say otherwise."""
        prefix = self.asked.text("prefix").casefold()
        return Response({"result": [one for one in [_type()] if prefix in f"{one['id']} {one['name']}".casefold()]})


class ProposeProperties(Answering):
    """What can be told of people, to extend a table by."""

    about = gettext_lazy("What can be told of people, to extend a table by.")
    parameters = (OF_TYPE, LIMIT)

    @extend_schema(operation_id="reconcile_properties", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's hook
        """All of them."""
        asked = self.asked.get("type", TYPE)
        return Response({"type": asked, "properties": _proposed() if asked == TYPE else []})


def _proposed() -> Sequence[dict[str, str]]:
    return [{"id": name, "name": str(one.name)} for name, one in PROPERTIES.items()]


class Preview(Answering):
    """A person in a few lines, as a page for a frame."""

    about = gettext_lazy("A person in a few lines, as a page for a frame.")

    @extend_schema(operation_id="reconcile_preview", responses={(200, "text/html"): OpenApiTypes.STR})
    @method_decorator(xframe_options_exempt)
    @method_decorator(csp_replace({"frame-ancestors": ["*"]}))
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """Names, who this is, offices, and the page."""
        person = visible.person(public_id)
        plain: HttpRequest = request._request
        return render(
            plain, "quotes/preview_person.html", {"person": person, "tenures": person.tenures.select_related("office")}
        )


def patterns() -> Iterator[URLPattern]:
    """The service, and what its manifest names."""
    # A form that is sent to the address without its slash can't be redirected.
    yield path("reconcile", Reconcile.as_view(schema=None))
    yield path("reconcile/", Reconcile.as_view(), name="reconcile")
    yield path("reconcile/suggest/entity/", SuggestEntity.as_view(), name="reconcile-suggest-entity")
    yield path("reconcile/suggest/property/", SuggestProperty.as_view(), name="reconcile-suggest-property")
    yield path("reconcile/suggest/type/", SuggestType.as_view(), name="reconcile-suggest-type")
    yield path("reconcile/properties/", ProposeProperties.as_view(), name="reconcile-properties")
    yield path("reconcile/preview/<public_id:public_id>", Preview.as_view(), name="reconcile-preview")
