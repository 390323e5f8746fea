"""Sources' feeds in the admin: followed, asked at once, given up; and what became of each page that they list."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.forms import FeedForm
from articles.models import Feed, FeedEntry, Source
from articles.models.feed import FeedQuerySet
from articles.tasks import ask_for, visit_hosts
from people.admin.base import PartInline, RecordAdmin

if TYPE_CHECKING:
    _Permitted = admin.options.BaseModelAdmin[Any]
else:
    _Permitted = object


class OfSource(_Permitted):
    """A feed is a part of what is on record of its source: whoever may change the one may change the other."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - as Django calls it
        return request.user.has_perm("articles.view_source") or self.has_change_permission(request)

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return request.user.has_perm("articles.change_source")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - as above
        return request.user.has_perm("articles.change_source")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - as above
        return request.user.has_perm("articles.change_source")


class ShowsFeeds(_Permitted):
    """Columns that the list of feeds and the page of their source share."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        feeds = super().get_queryset(request)
        assert isinstance(feeds, FeedQuerySet)  # noqa: S101 - tells mypy what the model's manager makes
        return feeds.counted()

    @admin.display(description=gettext_lazy("state"))
    def state(self, feed: Feed) -> str:
        """How it goes, and what to do if it does not."""
        if feed._state.adding:
            return "—"
        if not feed.followed:
            return _("not followed")
        if feed.paused_at:
            return _("Given up: %(why)s To try again, choose “Ask now” in the list of feeds.") % {"why": feed.trouble}
        if feed.error:
            return _("Failed, and is tried again: %(why)s") % {"why": feed.trouble}
        return _("in order") if feed.read_at else _("is asked for the first time within a minute")

    @admin.display(description=gettext_lazy("pages"))
    def pages(self, feed: Any) -> str:
        """How many pages it listed, and how many of them are articles here: a link to all of them."""
        if feed._state.adding:
            return "—"
        counts = {"listed": feed.listed, "found": feed.found}
        address = f"{reverse('admin:articles_feedentry_changelist')}?feed__id__exact={feed.pk}"
        return format_html(
            '<a href="{}">{}</a>', address, _("%(listed)s listed, %(found)s of them articles here") % counts
        )


class FeedInline(OfSource, ShowsFeeds, PartInline):
    """A source's feeds."""

    model = Feed
    form = FeedForm
    fields = ("address", "followed", "state", "polled_at", "next_at", "pages")
    readonly_fields = ("state", "polled_at", "next_at", "pages")


@admin.register(Feed)
class FeedAdmin(OfSource, ShowsFeeds, RecordAdmin):
    """All feeds with their state; those given up come by the filter."""

    form = FeedForm
    list_display = ("name", "source", "state", "polled_at", "next_at", "pages")
    list_select_related = ("source",)
    list_filter = ("followed", ("paused_at", admin.EmptyFieldListFilter), ("source", admin.RelatedOnlyFieldListFilter))
    search_fields = ("address", "title", "source__name_ru", "source__name_be", "source__name_en")
    autocomplete_fields = ("source",)
    readonly_fields = ("title", "state", "polled_at", "read_at", "next_at", "minutes", "pages", "created_at")
    fieldsets = (
        (None, {"fields": ("source", "address", "followed")}),
        (
            gettext_lazy("How it goes"),
            {"fields": ("state", "title", "polled_at", "read_at", "next_at", "minutes", "pages")},
        ),
        (gettext_lazy("On record"), {"fields": ("created_at",)}),
    )
    actions = ("ask_now",)

    @admin.display(description=gettext_lazy("feed"), ordering="address")
    def name(self, feed: Feed) -> str:
        return f"{feed.title} ({feed.address})" if feed.title else feed.address

    def get_fieldsets(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        """How it goes is told of what goes already."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            ask_for(obj)

    @admin.action(description=gettext_lazy("Ask now"), permissions=["change"])
    def ask_now(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        """Those chosen are asked by the worker, those given up included."""
        asked = [feed for feed in feeds if feed.followed]
        for feed in asked:
            feed.ask_now()
            ask_for(feed)
        told = ngettext(
            "%(number)s feed is asked now; what is new appears in a minute.",
            "%(number)s feeds are asked now; what is new appears in a minute.",
            len(asked),
        )
        messages.success(request, told % {"number": len(asked)})


@admin.register(FeedEntry)
class FeedEntryAdmin(OfSource, admin.ModelAdmin[FeedEntry]):
    """What feeds have listed, and what became of it, to look at."""

    list_display = ("headline", "outcome", "why", "article_link", "feed", "seen_at", "tries", "next_try")
    list_display_links = None
    list_select_related = ("feed", "article")
    list_filter = ("state", ("feed", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "address")
    actions = ("try_again",)
    fields = readonly_fields = (
        "feed",
        "address",
        "title",
        "published",
        "seen_at",
        "outcome",
        "why",
        "article_link",
        "tries",
        "next_try",
    )
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["people/admin.css"]}

    def has_add_permission(self, _request: HttpRequest, *_args: Any) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Entries go with their feed alone: one that was deleted would be listed, and fetched, once more."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.display(description=gettext_lazy("page"), ordering="title")
    def headline(self, entry: FeedEntry) -> str:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', entry.address, entry)

    @admin.display(description=gettext_lazy("outcome"), ordering="state")
    def outcome(self, entry: FeedEntry) -> str:
        return entry.get_state_display()

    @admin.display(description=gettext_lazy("why"))
    def why(self, entry: FeedEntry) -> str:
        return entry.trouble or "—"

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, entry: FeedEntry) -> str:
        if entry.article is None:
            return "—"
        address = reverse("admin:articles_article_change", args=[entry.article.pk])
        return format_html('<a href="{}">{}</a>', address, entry.article)

    @admin.display(description=gettext_lazy("fetched next"), ordering="next_at")
    def next_try(self, entry: FeedEntry) -> Any:
        return entry.next_at if entry.state == FeedEntry.State.WAITING else None

    @admin.action(description=gettext_lazy("Fetch the page again"), permissions=["change"])
    def try_again(self, request: HttpRequest, entries: QuerySet[FeedEntry]) -> None:
        """Pages that were given up or too old are fetched after all."""
        open_ones = entries.filter(state__in=[FeedEntry.State.FAILED, FeedEntry.State.OLD, FeedEntry.State.WAITING])
        number = 0
        for entry in open_ones:
            entry.try_again()
            number += 1
        visit_hosts()
        told = ngettext("%(number)s page is fetched.", "%(number)s pages are fetched.", number)
        messages.success(request, told % {"number": number})


def ask_for_new(source: Source) -> None:
    """The worker asks the source's feeds that were never asked."""
    for feed in source.feeds.followed().filter(polled_at=None):
        ask_for(feed)
