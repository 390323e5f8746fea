"""What the pages hung into the statement admin share: its site, its permissions, and the frame that admin pages have."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from quotes.models import Statement


class StatementViews:
    """Views of pages beside the statement admin's own."""

    def __init__(self, model_admin: admin.ModelAdmin[Statement]) -> None:
        self.model_admin = model_admin
        self.site = model_admin.admin_site

    def page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        """The template in the admin's frame."""
        return TemplateResponse(
            request, template, {**self.site.each_context(request), "opts": Statement._meta, **context}
        )
