"""The OpenAPI description: what drf-spectacular sees by itself, and what it can't know."""

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_array_type
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import ModelSerializer

from config.api.problems import CONTENT_TYPE
from quotes.api.asking import LANGUAGE, Parameter
from quotes.api.expanding import ALWAYS, Sparse

Schema = dict[str, Any]
PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
# Every address may answer so; those with an id in them may answer so besides.
EVERYWHERE: Final = {
    400: gettext_lazy("Parameters that this address does not have, or values that they don’t take: all of them named."),
    406: gettext_lazy("None of the media types of the Accept header is there."),
    503: gettext_lazy(
        "The search index is being rebuilt, or the database is away; Retry-After says when to come back."
    ),
}
OF_RECORDS: Final = {
    301: gettext_lazy("The record was merged into another: its address."),
    404: gettext_lazy("There is no such record, or it is not public."),
    410: gettext_lazy("The record was withdrawn: why and when."),
}


def described() -> Schema:
    """The whole description in the reader's language, which is put together once for each."""
    return _described_in(get_language() or settings.LANGUAGE_CODE)


@cache
def _described_in(language: str) -> Schema:
    with override(language):
        schema: Schema = SchemaGenerator(api_version="").get_schema(public=True)  # type: ignore[no-untyped-call]
    return schema


class Description(AutoSchema):
    """Parameters as the view reads them, descriptions in the reader's language, names without «Shape»."""

    def get_override_parameters(self) -> list[Any]:
        here: Callable[[], Any] | None = getattr(self.view, "parameters_here", None)
        known = here() if here else ()
        return [_described(each) for each in (*known, LANGUAGE) if isinstance(each, Parameter)]

    def _get_pagination_parameters(self) -> list[Any]:
        return [] if hasattr(self.view, "parameters_here") else super()._get_pagination_parameters()  # type: ignore[no-untyped-call]

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        name = "about_one" if getattr(self.view, "action", "") == "retrieve" else "about"
        return str(getattr(self.view, name, "") or super().get_description())

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return super().get_serializer_name(serializer, direction).removesuffix("Shape")

    def _postprocess_serializer_schema(self, schema: Schema, serializer: Any, direction: Any) -> Schema:
        told: Schema = super()._postprocess_serializer_schema(schema, serializer, direction)  # type: ignore[no-untyped-call]
        told.pop("description", None)  # a docstring, which is for those who read the code
        if isinstance(serializer, ModelSerializer):
            # Whoever asks for some fields gets no others. Else all are there, whatever a form may leave empty.
            told["required"] = [
                name for name in told["properties"] if name == ALWAYS or not isinstance(serializer, Sparse)
            ]
        return {name: value for name, value in told.items() if value != []}


class ExpandableSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """In brief or in full."""

    target_class = "quotes.api.expanding.Expandable"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> Schema:
        brief, full = (
            auto_schema.resolve_serializer(each, direction).ref for each in (self.target.brief, self.target.full())
        )
        either = {"anyOf": [brief, full]}
        return build_array_type(either) if self.target.many else either


def with_problems(result: Schema, generator: Any, request: Any, public: bool) -> Schema:  # noqa: ARG001 - a hook
    """Adds to every operation the errors that it may answer with."""
    result["components"].setdefault("schemas", {})["Problem"] = _problem()
    for path, operations in result["paths"].items():
        for operation in operations.values():
            told: Mapping[int, Any] = EVERYWHERE | (OF_RECORDS if "{" in path else {})
            for status, why in told.items():
                operation["responses"].setdefault(str(status), _answer(status, str(why)))
    return result


def _answer(status: int, why: str) -> Schema:
    if status == HTTPStatus.MOVED_PERMANENTLY:
        location = {"schema": {"type": "string", "format": "uri"}, "required": True}
        return {"description": why, "headers": {"Location": location}}
    return {"description": why, "content": {CONTENT_TYPE: {"schema": PROBLEM}}}


def _described(parameter: Parameter) -> OpenApiParameter:
    return OpenApiParameter(
        parameter.name,
        dict(parameter.schema),
        OpenApiParameter.QUERY,
        required=bool(parameter.missing),
        description=str(parameter.about),
        style=None if parameter.explode is None else "form",
        explode=parameter.explode,
    )


def _problem() -> Schema:
    text = {"type": "string"}
    wrong = {
        "type": "object",
        "required": ["parameter", "value", "detail"],
        "properties": {
            "parameter": text | {"description": _("Its name.")},
            "value": text | {"description": _("What was given; long values are cut.")},
            "detail": text | {"description": _("What to do.")},
        },
    }
    return {
        "type": "object",
        "description": _("An error (RFC 9457), in the language of the request."),
        "required": ["type", "title", "status"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text | {"description": _("What happened, for people.")},
            "errors": {"type": "array", "items": wrong, "description": _("Each parameter that was refused.")},
            "id": text | {"description": _("Of a withdrawn record.")},
            "withdrawn_at": text | {"format": "date-time", "description": _("When it was withdrawn.")},
        },
    }
