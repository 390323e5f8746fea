"""The addresses of the API that show no records: its root, its description, and all that it does not have."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView
from rest_framework.views import APIView

from config.api.parameters import refuse_unknown


class TakesNoParameters(APIView):
    """Refuses what is no parameter of every address, as the views of records do by their filter."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request, frozenset())


class Root(TakesNoParameters, APIRootView):
    """The addresses of the lists."""


class Schema(TakesNoParameters, SpectacularAPIView):
    """The OpenAPI description."""


class NoSuchAddress(APIView):
    """Answers addresses below the API that it does not have, in the form of its other answers."""

    schema = None

    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        raise NotFound(_("The API has no such address. /api/v1/ names its lists."))
