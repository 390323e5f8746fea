"""The page that explains the API to people: written where words are needed, else read from the schema itself."""

from collections.abc import Iterable, Iterator, Mapping
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
ANY_WORD: Final = "мост"


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
    schema = described()
    context = {
        "addresses": list(_addresses(schema)),
        "shapes": list(_shapes(schema)),
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
    return f"{PREFIX}{path}?{urlencode(query)}"


def _addresses(schema: Schema) -> Iterator[Address]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if method == "get":
                yield _told_address(path, operation)


def _told_address(path: str, operation: Schema) -> Address:
    asked = [each for each in operation.get("parameters", []) if each["in"] == "query"]
    takes_id = any(each["in"] == "path" for each in operation.get("parameters", []))
    takes_more = any(each.get("required") for each in asked)
    return Address(
        key=operation["operationId"],
        path=path,
        about=operation.get("description", ""),
        parameters=[_told(each["name"], each["schema"], each.get("description", "")) for each in asked],
        answers=_kinds(_answer(operation)),
        example="" if takes_id or takes_more else path,
    )


def _answer(operation: Schema) -> Schema:
    content = operation["responses"].get("200", {}).get("content", {})
    answer: Schema = next(iter(content.values()), {}).get("schema", {})
    return answer


def _shapes(schema: Schema) -> Iterator[Shape]:
    for name, component in sorted(schema["components"]["schemas"].items()):
        if "properties" in component:
            fields = component["properties"].items()
            yield Shape(name, [_told(field, each, each.get("description", "")) for field, each in fields])


def _told(name: str, schema: Schema, about: str) -> Told:
    words = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return Told(name, _kinds(schema), [str(word) for word in words], about.partition("\n")[0])


def _kinds(schema: Schema) -> list[Kind]:
    return list(dict.fromkeys(_each_kind(schema)))


def _each_kind(schema: Schema, ending: str = "") -> Iterable[Kind]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(COMPONENT)
        yield Kind(name + ending, name)
    for either in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(either, []):
            yield from _each_kind(one, ending)
    types = schema.get("type", [])
    for kind in [types] if isinstance(types, str) else types:
        if kind == "array":
            yield from _each_kind(schema["items"], f"{ending}[]")
        else:
            yield Kind(schema.get("format", kind) + ending if kind == "string" else kind + ending)
