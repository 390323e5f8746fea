import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.address import same_addresses
from articles.models.article import Article
from articles.models.source import Source
from articles.refusals import NotTakenIn
from people.dating import EdtfField, is_date

# Machines' own notes, written at each visit: no changes of the record, so that its history leaves them out.
NOTES = (
    "title",
    "etag",
    "last_modified",
    "polled_at",
    "read_at",
    "next_at",
    "minutes",
    "failures",
    "error",
    "error_params",
)


def http(field: str) -> Q:
    return Q(**{f"{field}__regex": r"^https?://\S+$"})


class FeedQuerySet(models.QuerySet["Feed"]):
    def followed(self) -> Self:
        """Feeds that are asked again and again."""
        return self.filter(followed=True, paused_at=None)

    def due(self) -> Self:
        """Followed feeds whose time has come, those that have waited longest first."""
        return self.followed().filter(next_at__lte=timezone.now()).order_by("next_at")

    def counted(self) -> Self:
        """Feeds with `listed`, how many pages they listed, and `found`, how many of these are articles here."""
        entries = FeedEntry.objects.filter(feed=OuterRef("pk")).order_by().values("feed")
        listed, found = (entries.annotate(number=Count(of)).values("number") for of in ("pk", "article"))
        return self.annotate(listed=Coalesce(Subquery(listed), 0), found=Coalesce(Subquery(found), 0))

    def at(self, address: str) -> Self:
        """Feeds at the address, however it is spelled."""
        return self.filter(address__in=same_addresses(address))


class Feed(models.Model):
    """A source's feed, which is asked in the background for new articles."""

    # Failed visits one after another until a feed is left alone; with the growing pauses that takes about five days.
    FAILURES_AT_MOST = 10
    LONGEST_PAUSE = datetime.timedelta(days=1)

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.CASCADE, related_name="feeds")
    address = models.TextField(_("address"), help_text=_("The address of the feed itself (RSS or Atom)."))
    followed = models.BooleanField(_("followed"), default=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    paused_at = models.DateTimeField(
        _("paused"), null=True, blank=True, help_text=_("When it was given up after failing again and again.")
    )
    title = models.TextField(_("title"), blank=True, help_text=_("What the feed calls itself."))
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    polled_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    next_at = models.DateTimeField(_("asked next"), default=timezone.now)
    minutes = models.PositiveIntegerField(_("minutes between visits"), default=30)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    error = models.TextField(blank=True)
    error_params = models.JSONField(blank=True, default=dict)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ("source", "id")
        # Whoever may change a source may change its feeds.
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="feed_address_once",
                fields=["address"],
                violation_error_message=_("This feed is on record already."),
            ),
            models.CheckConstraint(
                name="feed_address_is_http",
                condition=http("address"),
                violation_error_message=_("Write the whole address, from https:// on."),
            ),
            models.CheckConstraint(name="feed_paused_says_why", condition=Q(paused_at=None) | ~Q(error="")),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def trouble(self) -> str:
        """What went wrong at the last visit, as a sentence; "" where nothing did."""
        return told(self.error, self.error_params)

    def ask_now(self) -> None:
        """The next visit is due at once, whatever went wrong before."""
        self.next_at, self.paused_at, self.failures = timezone.now(), None, 0
        self.save(update_fields=["next_at", "paused_at", "failures"])

    def was_read(self, minutes: int | None = None, **marks: str) -> None:
        """The visit went well; `minutes` until the next one, where the feed said so, and marks for it."""
        now = timezone.now()
        self.minutes = minutes or self.minutes
        self.polled_at = self.read_at = now
        self.next_at = now + datetime.timedelta(minutes=self.minutes)
        self.failures, self.error, self.error_params, self.paused_at = 0, "", {}, None
        for name, value in marks.items():
            setattr(self, name, value)
        self.save(update_fields=[*NOTES, "paused_at"])

    def failed(self, refusal: NotTakenIn, *, wait: datetime.timedelta, for_good: bool) -> None:
        """The visit failed: the next one comes later each time, at least `wait` from now, and in the end none does."""
        self.failures += 1
        pause = datetime.timedelta(minutes=self.minutes * 2 ** min(self.failures, 10))
        self.polled_at = now = timezone.now()
        self.next_at = now + max(wait, min(pause, self.LONGEST_PAUSE))
        self.error, self.error_params = refusal.code, refusal.params
        if for_good or self.failures >= self.FAILURES_AT_MOST:
            self.paused_at = now
        self.save(update_fields=[*NOTES, "paused_at"])


class FeedEntryQuerySet(models.QuerySet["FeedEntry"]):
    def waiting(self) -> Self:
        """Entries whose page is still to be fetched, of feeds that are followed."""
        return self.filter(state=FeedEntry.State.WAITING, feed__followed=True)

    def due(self) -> Self:
        """Waiting entries whose time has come, the newest first."""
        return self.waiting().filter(next_at__lte=timezone.now()).order_by("-id")


class FeedEntry(models.Model):
    """A page that a feed has listed, and what became of it. Its keys see to it that it is listed once."""

    TRIES_AT_MOST = 5

    class State(models.TextChoices):
        WAITING = "waiting", _("to be fetched")
        TAKEN = "taken", _("taken in")
        KNOWN = "known", _("was here already")
        OLD = "old", _("too old when the feed was added")
        FAILED = "failed", _("given up")

    feed = models.ForeignKey(Feed, verbose_name=_("feed"), on_delete=models.CASCADE, related_name="entries")
    address = models.TextField(_("address"))
    host = models.TextField(_("site"), help_text=_("Host and port that are asked for the page."))
    title = models.TextField(_("title"), blank=True)
    published = EdtfField(_("published"), null=True, blank=True, help_text=_("The day that the feed names."))
    seen_at = models.DateTimeField(_("first listed"), auto_now_add=True)
    state = models.TextField(_("outcome"), choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("fetched next"), default=timezone.now)
    error = models.TextField(blank=True)
    error_params = models.JSONField(blank=True, default=dict)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed entry")
        verbose_name_plural = _("feed entries")
        ordering = ("-id",)
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["next_at"], name="feed_entry_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                name="feed_entry_state_is_known",
                condition=Q(state__in=["waiting", "taken", "known", "old", "failed"]),
            ),
            models.CheckConstraint(name="feed_entry_address_is_http", condition=http("address")),
            models.CheckConstraint(
                name="feed_entry_found_has_article",
                condition=Q(state__in=["taken", "known"], article__isnull=False)
                | ~Q(state__in=["taken", "known"]) & Q(article__isnull=True),
            ),
            models.CheckConstraint(name="feed_entry_failed_says_why", condition=~Q(state="failed") | ~Q(error="")),
            is_date("feed_entry", "published"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def trouble(self) -> str:
        """Why the page was not taken in, as a sentence; "" where there is no reason to give."""
        return told(self.error, self.error_params)

    def found(self, article: Article, state: str) -> None:
        """The entry's page is this article."""
        self.state, self.article, self.error, self.error_params = state, article, "", {}
        self.save()

    def failed(self, refusal: NotTakenIn, *, wait: datetime.timedelta, for_good: bool) -> None:
        """The page could not be taken in: it is tried again after `wait`, unless that is hopeless or often enough."""
        self.error, self.error_params = refusal.code, refusal.params
        self.next_at = timezone.now() + wait
        if for_good or self.tries >= self.TRIES_AT_MOST:
            self.state = self.State.FAILED
        self.save()

    def try_again(self) -> None:
        """The page is fetched once more, with all tries before it."""
        self.state, self.tries, self.next_at = self.State.WAITING, 0, timezone.now()
        self.save()

    def postpone(self, until: datetime.datetime) -> None:
        """It was not its turn yet, which is no try."""
        self.tries, self.next_at = max(0, self.tries - 1), until
        self.save(update_fields=["tries", "next_at"])


class FeedEntryKey(models.Model):
    """A name under which an entry is known: its page, and the guids by which feeds call it. Each name has one entry."""

    entry = models.ForeignKey(FeedEntry, on_delete=models.CASCADE, related_name="keys")
    key = models.TextField()

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="feed_entry_key_once", fields=["key"])]

    def __str__(self) -> str:
        return self.key


class Host(models.Model):
    """A web server that is visited in the background: when it may be asked next, and what its robots.txt says.

    All workers share these rows, and so the pace.
    """

    name = models.TextField(_("site"), help_text=_("Host and port."))
    free_at = models.DateTimeField(_("may be asked from"), default=timezone.now)
    robots = models.TextField(
        _("robots.txt"), null=True, blank=True, help_text=_("Empty text: no rules. NULL: the site could not say.")
    )
    robots_until = models.DateTimeField(_("robots.txt holds until"), null=True, blank=True)

    class Meta:
        verbose_name = _("visited site")
        verbose_name_plural = _("visited sites")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="host_name_once", fields=["name"])]

    def __str__(self) -> str:
        return self.name


def told(code: str, params: dict[str, Any]) -> str:
    """The sentence for a refusal that was noted by its code; the bare code where a later version has dropped it."""
    if not code:
        return ""
    try:
        return str(NotTakenIn(code, **params))
    except KeyError:
        return gettext("Error: %(code)s") % {"code": code}
