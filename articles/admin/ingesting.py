"""The page on which an article is taken in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from articles.admin.showing import annotation_address, doubt_about
from articles.forms import IngestForm
from articles.ingest import Ingested
from articles.models import Article, Source
from articles.refusals import too_large
from people.admin.searching import SearchedSelect

View = Callable[[HttpRequest], HttpResponse]

FIELDSETS: Any = (
    (None, {"fields": ["address", "text", "upload"]}),
    (
        gettext_lazy("About the article"),
        {"fields": ["source", "source_name", "title", ("published", "published_known")]},
    ),
)
_CHUNK = 64 * 1024


def may_ingest(request: HttpRequest) -> bool:
    """Taking in makes a snapshot and, for a new publication, an article."""
    return request.user.has_perms(["articles.add_article", "articles.add_snapshot"])


def ingest_page(model_admin: admin.ModelAdmin[Article]) -> View:
    """The view; what is typed comes back with every refusal."""

    @csrf_protect
    def page(request: HttpRequest) -> HttpResponse:
        if not may_ingest(request):
            raise PermissionDenied
        form = _form(model_admin, request)
        if request.method == "POST" and form.is_valid() and (ingested := form.take_in(request.user)):
            _tell(request, ingested)
            return redirect(annotation_address(ingested.snapshot.public_id) or _change_page(ingested.article))
        return _shown(model_admin, request, form)

    # The check of the form's token reads what was posted, and what is too large to be read would end there in a bare
    # “Bad Request”. So it comes second here; nothing else is done before it.
    @csrf_exempt
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            request.POST  # noqa: B018 - reads it
        except RequestDataTooBig:
            while request.read(_CHUNK):  # else the browser, still sending, would see no answer
                pass
            messages.error(request, str(too_large(settings.INGEST_MAX_BYTES)))
            return redirect(request.path)
        return page(request)

    return guarded


def _form(model_admin: admin.ModelAdmin[Article], request: HttpRequest) -> IngestForm:
    """The form, its source chosen and made as elsewhere in the admin."""
    form = IngestForm(request.POST, request.FILES) if request.method == "POST" else IngestForm()
    field, site = form.fields["source"], model_admin.admin_site
    assert isinstance(field, ModelChoiceField)  # noqa: S101 - tells mypy what the form says
    key = Article._meta.get_field("source")
    may_add = site.get_model_admin(Source).has_add_permission(request)
    select = SearchedSelect(key, site)
    field.widget = RelatedFieldWidgetWrapper(select, key.remote_field, site, can_add_related=may_add)
    field.widget.choices = field.choices
    return form


def _shown(model_admin: admin.ModelAdmin[Article], request: HttpRequest, form: IngestForm) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Take in an article"),
        "opts": model_admin.opts,
        "adminform": AdminForm(form, FIELDSETS, {}),  # type: ignore[arg-type]  # any form will do
        "errors": form.errors,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/articles/article/ingest.html", context)


def _change_page(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _tell(request: HttpRequest, ingested: Ingested) -> None:
    """Says what was found, and what to look at."""
    level = messages.SUCCESS if ingested.is_new_snapshot else messages.INFO
    messages.add_message(request, level, " ".join(_sentences(ingested)))
    if doubt := doubt_about(ingested.article):
        messages.warning(request, doubt)


def _sentences(ingested: Ingested) -> list[str]:
    article, snapshot = ingested.article, ingested.snapshot
    if not ingested.is_new_snapshot:
        told = [_("This text is already here: “%(title)s”.") % {"title": article}]
    elif ingested.is_new_article:
        told = [_("Taken in: “%(title)s”.") % {"title": article}]
    else:
        told = [
            _("The text has changed since it was last taken in: a new snapshot of “%(title)s”.") % {"title": article}
        ]
    bounds = {"start": snapshot.body_start, "end": snapshot.body_end, "length": len(snapshot.text)}
    told.append(_("The article itself: characters %(start)s–%(end)s of %(length)s.") % bounds)
    if article.credit:
        told.append(_("Credit: “%(credit)s”.") % {"credit": article.credit.replace("\n", " · ")})
    if number := len(ingested.left_out):
        told.append(
            ngettext("%(n)s line is left outside it.", "%(n)s lines are left outside it.", number) % {"n": number}
        )
    if ingested.title_is_proposed:
        told.append(_("Its title is the first sentence: the text came without one."))
    if ingested.kept:
        names = ", ".join(str(label_for_field(name, Article)) for name in ingested.kept)
        told.append(
            _("The record says otherwise and was kept: %(names)s. Change it on the article's page.") % {"names": names}
        )
    return told
