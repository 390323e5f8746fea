"""Addresses that are neither a list nor a record: they answer a question, or give a file."""

from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from quotes.api.views import Asks


class Answering(Asks, APIView):
    """Takes the parameters that it describes, and no others."""


class GivingFiles(Answering):
    """The address alone says in which form it answers, whatever the client would rather have."""

    def perform_content_negotiation(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        force: bool = False,  # noqa: ARG002 - as above
    ) -> tuple[BaseRenderer, str]:
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type
