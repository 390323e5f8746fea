"""The page that explains the API to people: written where words are needed, else read from the schema itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.api.schema import described
from quotes.models import Statement
from quotes.pages.reading import read_only
from quotes.search.query import parse

Schema = Mapping[str, Any]

PREFIX: Final = "/api/v1/"
COMPONENT: Final = "#/components/schemas/"
# A question that finds something wherever there is a statement: a word of this length from the last one.
SHORTEST_WORD: Final = 5
ANY_WORD: Final = "bridge"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the things that a value can be: «string», «Span[]»; `shape` is the part of the page that describes it."""

    text: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A parameter or a field: its name, what it can be, the words that it takes, what it means."""

    name: str
    kinds: list[Kind]
    words: list[str]
    about: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of record, or of a part of one."""

    name: str
    fields: list[Told]


@dataclass(frozen=True, slots=True)
class Address:
    """An address: what is there, what it takes, what it answers with, and an example that answers here and now."""

    key: str
    path: str
    about: str
    parameters: list[Told]
    answers: list[Kind]
    example: str


@read_only
def documentation(request: HttpRequest) -> HttpResponse:
    schema = Reader(described())
    context = {
        "addresses": list(schema.addresses()),
        "shapes": list(schema.shapes()),
        "examples": _first_examples(),
    }
    return render(request, "api/docs.html", context)


def _first_examples() -> list[str]:
    """Addresses of the API that answer something on this very site, as long as there is anything."""
    newest = Statement.objects.published().for_cards().newest().first()
    word = next((word for word in _words(newest) if len(word) >= SHORTEST_WORD), ANY_WORD)
    asked = [
        _address("statements/", page_size=2),
        _address("search/", q=word, facets="speaker,source"),
        _address("people/", fields="name,tenures", lang="be"),
    ]
    return [*asked, f"{PREFIX}statements/{newest.public_id}/?expand=speaker,meeting"] if newest else asked


def _words(statement: Statement | None) -> list[str]:
    clauses = parse(statement.words).clauses if statement else ()
    return ["".join(filter(str.isalpha, term.text)) for clause in clauses for term in clause]


def _address(path: str, **query: object) -> str:
    return f"{PREFIX}{path}?{urlencode(query, safe=',')}"


class Reader:
    """Reads a schema for the page."""

    def __init__(self, schema: Schema) -> None:
        self._paths, self._components = schema["paths"], schema["components"]["schemas"]

    def addresses(self) -> Iterator[Address]:
        for path, operations in self._paths.items():
            if "get" in operations:
                yield self._address(path, operations["get"])

    def shapes(self) -> Iterator[Shape]:
        """Of lists, what every one of them says is told in words."""
        for name, component in sorted(self._components.items()):
            if "properties" in component and not name.startswith("Paginated"):
                yield Shape(name, [self._told(field, each) for field, each in component["properties"].items()])

    def _address(self, path: str, operation: Schema) -> Address:
        asked = [each for each in operation.get("parameters", []) if each["in"] == "query"]
        takes_id = any(each["in"] == "path" for each in operation.get("parameters", []))
        takes_more = any(each.get("required") for each in asked)
        return Address(
            key=operation["operationId"],
            path=path,
            about=operation.get("description", ""),
            parameters=[self._told(each["name"], each["schema"], each.get("description", "")) for each in asked],
            answers=self._kinds(self._answer(operation)),
            example="" if takes_id or takes_more else path,
        )

    def _answer(self, operation: Schema) -> Schema:
        """What it answers with; of a list, the kind of its results."""
        content: Schema = operation["responses"].get("200", {}).get("content", {})
        answer: Schema = next((each["schema"] for each in content.values()), {})
        listed: Schema = self._components.get(answer.get("$ref", "").removeprefix(COMPONENT), {})
        results: Schema = listed.get("properties", {}).get("results", answer)
        return results

    def _told(self, name: str, schema: Schema, about: str = "") -> Told:
        about = about or schema.get("description", "")
        return Told(name, self._kinds(schema), list(dict.fromkeys(self._words(schema))), about.partition("\n")[0])

    def _kinds(self, schema: Schema) -> list[Kind]:
        return list(dict.fromkeys(self._each_kind(schema)))

    def _each_kind(self, schema: Schema, ending: str = "") -> Iterator[Kind]:
        for one in _alternatives(schema):
            yield from self._each_kind(one, ending)
        if name := schema.get("$ref", "").removeprefix(COMPONENT):
            is_described = "properties" in self._components[name]
            yield Kind(name + ending, name) if is_described else Kind(f"string{ending}")
        types = schema.get("type", [])
        for kind in [types] if isinstance(types, str) else types:
            if kind == "array":
                yield from self._each_kind(schema["items"], f"{ending}[]")
            else:
                yield Kind((schema.get("format", kind) if kind == "string" else kind) + ending)

    def _words(self, schema: Schema) -> Iterator[str]:
        named = self._components.get(schema.get("$ref", "").removeprefix(COMPONENT), {})
        yield from (str(word) for word in (*schema.get("enum", []), *named.get("enum", [])) if word)
        for one in (*_alternatives(schema), *filter(None, [schema.get("items")])):
            yield from self._words(one)


def _alternatives(schema: Schema) -> Iterator[Schema]:
    for either in ("anyOf", "oneOf", "allOf"):
        yield from schema.get(either, [])
