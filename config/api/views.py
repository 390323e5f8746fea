"""The addresses of the API that show no records: its root, its description, and all that it does not have."""

from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from config.api.schema import described
from quotes.api.views import Asks

ROOT = "api-root"


class Root(Asks, APIView):
    about = gettext_lazy("The addresses of the API, by their names.")

    @extend_schema(
        responses={
            200: {
                "type": "object",
                "required": ["statements", "search", "schema", "docs"],
                "additionalProperties": {"type": "string", "format": "uri"},
            }
        }
    )
    def get(self, request: Request) -> Response:
        root = reverse(f"api:{ROOT}", request=request)
        addresses = sorted(each for name in _names() if (each := _address(name, request)) and each != root)
        return Response({each.removeprefix(root).strip("/"): each for each in addresses})


class Schema(Asks, APIView):
    """The OpenAPI description, in the form that the Accept header chooses."""

    schema = None
    renderer_classes: Sequence[type[BaseRenderer]] = (
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
    )

    def get(self, _request: Request) -> Response:
        return Response(described())


class JsonSchema(Schema):
    renderer_classes = (OpenApiJsonRenderer2,)


class YamlSchema(Schema):
    renderer_classes = (OpenApiYamlRenderer2,)


class NoSuchAddress(APIView):
    """Answers addresses below the API that it does not have, in the form of its other answers."""

    schema = None

    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        raise NotFound(_("The API has no such address. /api/v1/ names its lists."))


def _names() -> set[str]:
    """The names of all addresses below the API's root."""
    _prefix, resolver = get_resolver().namespace_dict["api"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def _address(name: str, request: Request) -> str:
    """The address of that name, empty where it takes an id."""
    try:
        return str(reverse(f"api:{name}", request=request))
    except NoReverseMatch:
        return ""
