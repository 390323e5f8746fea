"""The list of articles, to which this app adds how far each is annotated, and the editor's “Assign to…”.

The admin of articles knows nothing of quotes; its class is replaced here by one that does.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.article import ArticleAdmin
from articles.models import Article
from quotes.admin.standing import Standing, name_of, with_standing
from quotes.assigning import Given, assign
from quotes.models import Assignment, DoubleAnnotation, Quote
from quotes.models.assignment import texts_to_annotate
from quotes.models.doubling import visible_work

if TYPE_CHECKING:
    from collections.abc import Iterable

# At once: so many rows are locked together.
ASSIGNED_AT_MOST = 1000


class StandingFilter(admin.SimpleListFilter):
    """By how far the article is annotated."""

    title = gettext_lazy("annotation")
    parameter_name = "annotation"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("left", gettext_lazy("not finished")),
            ("waiting", gettext_lazy("waits")),
            ("assigned", Assignment.State.ASSIGNED.label),
            ("begun", Assignment.State.BEGUN.label),
            ("skipped", gettext_lazy("skipped by somebody")),
            ("annotated", gettext_lazy("finished: annotated")),
            ("no_statements", gettext_lazy("finished: no statements")),
            ("textless", gettext_lazy("without a text")),
        ]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        left = Assignment.objects.left()
        rows = visible_work(Assignment.objects.all(), request.user)
        match self.value():
            case "left":
                return articles.filter(pk__in=left.values("pk"))
            case "waiting":
                return articles.filter(pk__in=left.values("pk")).exclude(_has(rows.held()))
            case "assigned":
                return articles.filter(_has(rows.in_hand().filter(begun_at=None)))
            case "begun":
                return articles.filter(_has(rows.in_hand().filter(begun_at__isnull=False)))
            case "skipped":
                return articles.filter(_has(rows.skipped()))
            case "annotated" | "no_statements":
                return articles.filter(_has(rows.finished().filter(outcome=self.value())))
            case "textless":
                return articles.exclude(_has(texts_to_annotate()))
            case _:
                return articles


class AnnotatorFilter(admin.SimpleListFilter):
    """By who has the article in hand, or has finished it."""

    title = gettext_lazy("annotator")
    parameter_name = "annotator"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        held = visible_work(Assignment.objects.held().filter(annotator=OuterRef("pk")), request.user)
        holding = User.objects.filter(Exists(held))
        return [(str(user.pk), name_of(user)) for user in holding.order_by("username")]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value() or ""
        if not chosen.isascii() or not chosen.isdigit() or len(chosen) > 9:
            return articles
        return articles.filter(
            _has(visible_work(Assignment.objects.held().filter(annotator=int(chosen)), request.user))
        )


class QuotedFilter(admin.SimpleListFilter):
    """By whether anything is quoted from it."""

    title = gettext_lazy("quotes")
    parameter_name = "quoted"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("with quotes")), ("no", gettext_lazy("without quotes"))]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        quoted = Exists(Quote.objects.visible_to(request.user).filter(snapshot__article=OuterRef("pk")))
        match self.value():
            case "yes":
                return articles.filter(quoted)
            case "no":
                return articles.exclude(quoted)
            case _:
                return articles


def _has(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(article=OuterRef("pk")))


class AssignForm(forms.Form):
    """To whom. Nothing is chosen beforehand: “nobody” takes articles away."""

    NOBODY = "nobody"

    annotator = forms.ChoiceField(label=gettext_lazy("Annotator"))
    begun_too = forms.BooleanField(label=gettext_lazy("also those that somebody has begun"), required=False)

    def __init__(self, sent: Any) -> None:
        super().__init__(sent, label_suffix="")
        annotators = User.objects.with_perm("quotes.take_assignment", include_superusers=False).order_by("username")
        self.annotators = {str(user.pk): user for user in annotators}
        self.fields["annotator"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((number, name_of(user)) for number, user in self.annotators.items()),
            (self.NOBODY, _("nobody: let them wait for anybody")),
        ]

    def clean_annotator(self) -> User | None:
        """The annotator, or None for nobody."""
        return self.annotators.get(self.cleaned_data["annotator"])


admin.site.unregister(Article)


@admin.register(Article)
class AnnotatedArticleAdmin(ArticleAdmin):
    """Articles with their annotation: who has each in hand, how it was finished, what is quoted from it."""

    history_parts = (*ArticleAdmin.history_parts, "assignments")  # type: ignore[assignment]  # one more part
    actions = ("assign",)

    class Media:
        css = {"all": ["queue/queue.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return with_standing(super().get_queryset(request), request.user)

    def get_list_display(self, request: HttpRequest) -> "list[Any]":
        # After the way to the annotation: what stands further to the right is off many a screen.
        columns = list(super().get_list_display(request))
        place = columns.index("annotation") + 1
        return [*columns[:place], "standing", "quotes", *columns[place:]]

    def get_list_filter(self, request: HttpRequest) -> "list[Any]":
        return [StandingFilter, AnnotatorFilter, QuotedFilter, *super().get_list_filter(request)]

    def parts_of(self, request: HttpRequest, article: Any) -> tuple[str, ...]:
        """Without who works on it, where the reader must not know that yet."""
        blind = DoubleAnnotation.objects.blinding(request.user).filter(article=article).exists()
        return ArticleAdmin.history_parts if blind else super().parts_of(request, article)

    def has_give_permission(self, request: HttpRequest) -> bool:
        """What the action `assign` asks for."""
        return request.user.has_perm("quotes.give_assignment")

    @admin.display(description=gettext_lazy("state"))
    def standing(self, article: Any) -> str:
        standing = Standing.of_article(article)
        work = reverse("admin:quotes_article_work", args=[article.public_id])
        skips = format_html_join("", '<span class="skip">{}</span>', ((skip,) for skip in standing.skips))
        return format_html('<a href="{}">{}</a>{}', work, standing.words, skips)

    @admin.display(description=gettext_lazy("quotes"), ordering="quote_count")
    def quotes(self, article: Any) -> int:
        return int(article.quote_count)

    @admin.action(description=gettext_lazy("Assign to…"), permissions=["give"])
    def assign(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        """Asks to whom, then gives the chosen articles to them."""
        form = AssignForm(request.POST if "to" in request.POST else None)
        chosen = list(Article.objects.filter(pk__in=articles.order_by().values("pk"))[: ASSIGNED_AT_MOST + 1])
        if len(chosen) > ASSIGNED_AT_MOST:
            told = _("Choose no more than %(n)s articles at a time.") % {"n": ASSIGNED_AT_MOST}
            messages.error(request, told)
            return None
        if form.is_valid():
            to = form.cleaned_data["annotator"]
            given = assign(chosen, to=to, by=request.user, begun_too=form.cleaned_data["begun_too"])  # type: ignore[arg-type]
            self._tell(request, to, given)
            return None
        return TemplateResponse(
            request,
            "admin/quotes/assign.html",
            {
                **self.admin_site.each_context(request),
                "opts": Article._meta,
                "title": _("Assign articles"),
                "articles": chosen,
                "form": form,
                "checkbox": ACTION_CHECKBOX_NAME,
            },
        )

    def _tell(self, request: HttpRequest, to: User | None, given: Given) -> None:
        done = (
            ngettext("%(n)s article is assigned to %(name)s.", "%(n)s articles are assigned to %(name)s.", given.given)
            if to
            else ngettext("%(n)s article waits for anybody.", "%(n)s articles wait for anybody.", given.given)
        )
        messages.success(request, done % {"n": given.given, "name": name_of(to) if to else ""})
        for sentence in self._left(given):
            messages.warning(request, sentence)

    def _left(self, given: Given) -> "Iterable[str]":
        """What was left as it is, and why."""
        if given.finished:
            told = ngettext(
                "%(n)s is finished: reopen it instead.", "%(n)s are finished: reopen them instead.", given.finished
            )
            yield told % {"n": given.finished}
        if given.begun:
            told = ngettext(
                "%(n)s stays with who has begun it.", "%(n)s stay with those who have begun them.", given.begun
            )
            yield told % {"n": given.begun}
        if given.without_text:
            told = ngettext("%(n)s has no text to annotate.", "%(n)s have no text to annotate.", given.without_text)
            yield told % {"n": given.without_text}
