from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from quotes.admin.base import LookedAtOnly
from quotes.models import Verification


@admin.register(Verification)
class VerificationAdmin(LookedAtOnly):
    """What the hourly checks of the whole record found; to be read only."""

    list_display = ("started_at", "holds", "snapshots", "spans", "statements")

    @admin.display(description=_("all hold"), boolean=True)
    def holds(self, verification: Verification) -> bool:
        return not verification.faults
