"""What our pages in the admin share: its site, its permissions, and the frame that admin pages have."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import Article
from quotes.assigning import begin_if_free


class AdminViews:
    """Views of pages beside a model admin's own."""

    def __init__(self, model_admin: admin.ModelAdmin[Any]) -> None:
        self.model_admin = model_admin
        self.site = model_admin.admin_site

    def page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        """The template in the admin's frame."""
        frame = {**self.site.each_context(request), "opts": self.model_admin.opts}
        return TemplateResponse(request, template, {**frame, **context})

    def require(self, request: HttpRequest, permission: str) -> None:
        """Raises PermissionDenied where the user lacks the permission."""
        if not request.user.has_perm(permission):
            raise PermissionDenied


class StatementViews(AdminViews):
    """Views of pages beside the statement admin's own."""

    def begin(self, request: HttpRequest, article: Article) -> None:
        """Whoever marks a quote in an article that nobody has in hand has it in hand; before anything else is locked."""
        if request.user.has_perm("quotes.take_assignment"):
            begin_if_free(article, by=request.user)  # type: ignore[arg-type]
