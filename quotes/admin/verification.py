from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quotes.models import Verification


@admin.register(Verification)
class VerificationAdmin(admin.ModelAdmin[Verification]):
    """What the hourly checks of the whole record found; to be read only."""

    list_display = ("started_at", "holds", "snapshots", "spans", "statements")

    @admin.display(description=_("all hold"), boolean=True)
    def holds(self, verification: Verification) -> bool:
        return not verification.faults

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Verification | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Verification | None = None) -> bool:
        return False
