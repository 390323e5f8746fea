"""Addresses that are neither a list nor a record: they answer a question, or give a file."""

from typing import Any, ClassVar

from rest_framework.generics import GenericAPIView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView


class Answering(APIView):
    """Takes the parameters that it names, and no others; the shared policy says how they are refused."""

    action = "answer"
    parameters: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        policy: GenericAPIView[Any] = GenericAPIView()  # has what the settings say
        for backend in policy.filter_backends:
            backend().filter_queryset(request, None, self)  # type: ignore[arg-type]  # there are no rows


class GivingFiles(Answering):
    """The address alone says in which form it answers, whatever the client would rather have."""

    def perform_content_negotiation(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        force: bool = False,  # noqa: ARG002 - as above
    ) -> tuple[BaseRenderer, str]:
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type
