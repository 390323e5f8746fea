"""The list of the queue page: which articles a reader has asked for, and how each stands."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from psycopg.types.range import DateRange

from articles.models import Article, Source
from quotes.admin.standing import with_standing
from quotes.models import Assignment, Suggestion
from quotes.models.doubling import visible_work
from quotes.pages.paging import Page, asked_after, page_of

SHOWN = [
    ("unfinished", _("unfinished")),
    ("mine", _("mine: assigned to me or begun by me")),
    ("begun", _("begun by anybody")),
    ("skipped", _("skipped by me")),
    ("finished", pgettext_lazy("work on an article", "finished")),
    ("all", _("all")),
]
# Of these the last ones come first: nobody works through them from the start.
NEWEST_FIRST = {"finished", "all"}


class QueueFilter(forms.Form):
    """What the list shows; all of it is optional, and lies in the address."""

    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label=_("any source")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    published_from = forms.DateField(
        label=_("Published from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    published_to = forms.DateField(
        label=_("Published to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    suggested = forms.BooleanField(label=_("With undecided suggestions"), required=False)

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, label_suffix="")
        with_articles = Source.objects.filter(Exists(Article.objects.filter(source=OuterRef("pk"))))
        self.fields["source"].queryset = with_articles  # type: ignore[attr-defined]
        languages = Article.objects.exclude(language="").order_by("language").values_list("language", flat=True)
        choices = [("", _("any language")), *((code, code) for code in languages.distinct())]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        since, until = asked.get("published_from"), asked.get("published_to")
        if since and until and until < since:
            self.add_error("published_to", _("This day lies before the first one."))
        return asked

    @property
    def shown(self) -> str:
        """What is to be shown: the unfinished ones unless another thing was asked for."""
        return self.cleaned_data.get("show") or "unfinished"

    def articles(self, user: User) -> QuerySet[Article]:
        """The articles asked for, in the order of their numbers; what can't be understood narrows nothing."""
        asked = self.cleaned_data
        articles = self._shown_to(user)
        if source := asked.get("source"):
            articles = articles.filter(source=source)
        if language := asked.get("language"):
            articles = articles.filter(language=language)
        if asked.get("published_from") or asked.get("published_to"):
            days = DateRange(asked.get("published_from"), asked.get("published_to"), "[]")
            articles = articles.filter(published_range__overlap=days)
        if asked.get("suggested"):
            open_ones = Suggestion.objects.visible_to(user).open().inside_body()
            articles = articles.filter(Exists(open_ones.filter(snapshot__article=OuterRef("pk"))))
        return articles.order_by("-id" if self.shown in NEWEST_FIRST else "id")

    def _shown_to(self, user: User) -> QuerySet[Article]:
        rows = Assignment.objects.all()
        match self.shown:
            case "mine":
                return rows.in_hand_of(user).articles()
            case "begun":
                return visible_work(rows.in_hand().filter(begun_at__isnull=False), user).articles()
            case "skipped":
                return rows.skipped().of(user).articles()
            case "finished":
                return rows.finished().articles()
            case "all":
                return Article.objects.all()
            case _:
                return rows.left()


def page_asked_for(request: HttpRequest, asked: QueueFilter) -> Page[Article]:
    """One page of the list, each article with its standing."""
    articles = with_standing(asked.articles(request.user), request.user).select_related("source")  # type: ignore[arg-type]
    after = asked_after(request)
    if after is not None:
        articles = articles.filter(Q(id__lt=after) if asked.shown in NEWEST_FIRST else Q(id__gt=after))
    return page_of(articles, lambda article: article.pk)
