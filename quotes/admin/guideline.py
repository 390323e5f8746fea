"""The guideline: read by everybody, written by editors as a draft, and published as a version that stays."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.admin.base import RecordAdmin
from people.differing import compare
from quotes.admin.guide import read_guide
from quotes.headed import blocks
from quotes.models import Guideline
from quotes.publishing import publish
from quotes.refusals import SENTENCES, Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern


@admin.register(Guideline)
class GuidelineAdmin(RecordAdmin):
    """Versions of the guideline; a draft can be changed, what is published can only be read."""

    rule_sentences = SENTENCES
    list_display = ("__str__", "published_at", "published_by")
    fields = ("text_ru", "text_en")

    class Media:
        css = {"all": ["annotation/annotation.css"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_dbfield(
            db_field, request, **kwargs, widget=Textarea(attrs={"rows": 30, "cols": 100})
        )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Guideline]":
        return super().get_queryset(request).select_related("published_by")

    def get_urls(self) -> "list[URLPattern]":
        view = self.admin_site.admin_view
        return [
            path("guide/", view(self.guide), name="quotes_guide"),
            path("read/", view(self.read), name="quotes_guideline_read"),
            path("read/<int:version>/", view(self.read), name="quotes_guideline_version"),
            path("<int:pk>/publish/", view(require_POST(self.publish)), name="quotes_guideline_publish"),
            *super().get_urls(),
        ]

    def guide(self, request: HttpRequest) -> HttpResponse:
        """How to work here: the guide to the pages, beside the guideline for what is annotated on them."""
        return read_guide(request, self.admin_site)

    def read(self, request: HttpRequest, version: int | None = None) -> HttpResponse:
        """A version in the reader's language, by default the one in force; `?against=` shows what is new since another."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versions = list(Guideline.objects.published().select_related("published_by"))
        shown = get_object_or_404(Guideline, version=version) if version else next(iter(versions), None)
        against = next((one for one in versions if str(one.version) == request.GET.get("against")), None)
        draft = None
        if self.has_change_permission(request):
            draft = Guideline.objects.filter(version=None).first()
        return TemplateResponse(
            request,
            "admin/quotes/guideline.html",
            {
                **self.admin_site.each_context(request),
                "opts": Guideline._meta,
                "title": str(shown) if shown else _("Guideline"),
                "shown": shown,
                "blocks": blocks(shown.text) if shown else [],
                "versions": versions,
                "against": against,
                "runs": compare(against.text, shown.text) if shown and against else [],
                "draft": draft,
                "may_add": self.has_add_permission(request),
            },
        )

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publishes the draft as the next version."""
        guideline = get_object_or_404(Guideline, pk=pk)
        if not super().has_change_permission(request, guideline):
            raise PermissionDenied
        try:
            publish(guideline, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(reverse("admin:quotes_guideline_changelist"))
        messages.success(request, _("Published: new quotes are made under version %(n)s.") % {"n": guideline.version})
        return redirect(reverse("admin:quotes_guideline_version", args=[guideline.version]))

    def has_change_permission(self, request: HttpRequest, guideline: Guideline | None = None) -> bool:
        """Not of what is published."""
        return super().has_change_permission(request, guideline) and (guideline is None or guideline.version is None)

    def has_delete_permission(self, request: HttpRequest, guideline: Guideline | None = None) -> bool:
        return super().has_delete_permission(request, guideline) and (guideline is None or guideline.version is None)

    def get_changeform_initial_data(self, _request: HttpRequest) -> dict[str, Any]:
        """A new version begins with the text of the one in force."""
        current = Guideline.objects.in_force()
        return {"text_ru": current.text_ru, "text_en": current.text_en} if current else {}
