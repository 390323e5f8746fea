"""What the pages hung into the statement admin share: its site, its permissions, and the frame that admin pages have."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import Article
from quotes.assigning import begin_if_free
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

    def begin(self, request: HttpRequest, article: Article) -> None:
        """Whoever marks a quote in an article that nobody has in hand has it in hand; before anything else is locked."""
        if request.user.has_perm("quotes.take_assignment"):
            begin_if_free(article, by=request.user)  # type: ignore[arg-type]
