"""What the lists of the machine's own rows have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LookedAtOnly(admin.ModelAdmin[Any]):
    """Rows that nobody makes, changes or deletes here."""

    class Media:
        css = {"all": ["people/admin.css", "annotation/annotation.css"]}

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
