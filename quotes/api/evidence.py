"""The evidence packet of a statement."""

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from quotes.api.answering import GivingFiles
from quotes.api.views import refuse_absent
from quotes.models import Statement
from quotes.packet.making import file_name, for_packets, packet


class Evidence(GivingFiles):
    """All that is needed to check a published statement without us: see docs/evidence.md."""

    about = _(
        "A packet to check a published statement by without us: a zip file; with the whole texts for a key that may read them."
    )

    @extend_schema(operation_id="statement_evidence", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """A zip file; with the whole texts for a key that may read them."""
        found = for_packets(Statement.objects.published()).filter(public_id=public_id).first()
        if found is None:
            refuse_absent(public_id, public_id)
        found.take_lead()
        whole = bool(getattr(request.auth, "may_read_texts", False))
        response = HttpResponse(
            packet(found, request, whole=whole),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{file_name(found)}"'},
        )
        patch_vary_headers(response, ["Authorization"])
        if whole:
            response.headers["Cache-Control"] = "private, no-cache"
        return response
