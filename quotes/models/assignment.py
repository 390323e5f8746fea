import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Snapshot


class HasWords(Func):
    """Whether the snapshot's body holds anything but white space; an index of the database knows it beforehand."""

    function = "has_words"
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(F("text"), F("body_start"), F("body_end"))


def texts_to_annotate() -> models.QuerySet[Snapshot]:
    """Snapshots whose body has words."""
    return Snapshot.objects.filter(HasWords())


NOT_GIVEN_UP = Q(skipped_at__isnull=True, passed_on_at__isnull=True)
# Blind readings are beside the one that an article has.
HELD = Q(skipped_at__isnull=True, passed_on_at__isnull=True, blind=False)
# Of an article that two annotate, while what they have found is not settled.
NOT_SETTLED = Q(article__double_annotation__isnull=False, article__double_annotation__settled_at__isnull=True)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def held(self) -> Self:
        """Those that keep an article in somebody's hands: assigned, begun or finished. One of an article at most."""
        return self.filter(HELD)

    def in_hand(self) -> Self:
        """Held, and still to be finished."""
        return self.held().filter(finished_at=None)

    def in_hand_of(self, user: AbstractBaseUser) -> Self:
        """What the user still has to finish, second readings too."""
        return self.filter(NOT_GIVEN_UP, finished_at=None).of(user)

    def finished(self) -> Self:
        """Held, and done with; what is annotated twice is done with when it is settled."""
        return self.held().filter(finished_at__isnull=False).exclude(NOT_SETTLED)

    def skipped(self) -> Self:
        """Given up with a reason."""
        return self.filter(skipped_at__isnull=False)

    def of(self, user: AbstractBaseUser) -> Self:
        """One annotator's."""
        return self.filter(annotator=user.pk)

    def as_they_come(self) -> Self:
        """In the order in which somebody should work on theirs: what was assigned first, then what they took."""
        return self.order_by(
            Case(When(assigned_by__isnull=False, then=Value(0)), default=Value(1)),
            F("begun_at").asc(nulls_last=True),
            "assigned_at",
            "id",
        )

    def articles(self) -> models.QuerySet[Article]:
        """The articles of these."""
        return Article.objects.filter(Exists(self.filter(article=OuterRef("pk"))))

    def left(self) -> models.QuerySet[Article]:
        """Articles with a text that nobody has finished."""
        return _with_words().exclude(Exists(self.finished().filter(article=OuterRef("pk"))))

    def waiting_for(self, user: AbstractBaseUser) -> models.QuerySet[Article]:
        """Articles with a text that nobody has in hand and the user has not skipped, those that came in first ahead.

        Nor those that the user reads, or has read, as the second of two.
        """
        mine = self.of(user).filter(Q(skipped_at__isnull=False) | Q(blind=True))
        return (
            _with_words()
            .exclude(Exists(self.held().filter(article=OuterRef("pk"))))
            .exclude(Exists(mine.filter(article=OuterRef("pk"))))
            .order_by("id")
        )

    def numbers_of(self, user: AbstractBaseUser) -> dict[str, int]:
        """How many articles are finished: `done` in all, `mine` by the user, `mine_today` by them since midnight.

        One that is annotated twice is done when it is settled, and counts for both annotators when they finish.
        """
        mine = NOT_GIVEN_UP & Q(finished_at__isnull=False, annotator=user.pk)
        midnight = datetime.datetime.combine(timezone.localdate(), datetime.time(), timezone.get_current_timezone())
        counts: dict[str, Any] = {
            "done": Count("id", filter=HELD & Q(finished_at__isnull=False) & ~NOT_SETTLED),
            "mine": Count("id", filter=mine),
            "mine_today": Count("id", filter=mine & Q(finished_at__gte=midnight)),
        }
        return self.aggregate(**counts)


def _with_words() -> models.QuerySet[Article]:
    return Article.objects.filter(Exists(texts_to_annotate().filter(article=OuterRef("pk"))))


class Assignment(models.Model):
    """One annotator's work on one article, from being given it or taking it to finishing or giving it up.

    Suggestions and quotes don't finish an article: only its annotator does, by saying so.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("assigned")
        BEGUN = "begun", _("begun")
        SKIPPED = "skipped", _("skipped")
        FINISHED = "finished", pgettext_lazy("work on an article", "finished")
        PASSED_ON = "passed_on", _("passed on")

    class Outcome(models.TextChoices):
        ANNOTATED = "annotated", _("annotated")
        NO_STATEMENTS = "no_statements", _("no statements")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="assignments"
    )
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("annotator"), on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty where the annotator took it."),
    )
    assigned_at = models.DateTimeField(_("assigned or taken"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    skipped_at = models.DateTimeField(_("skipped"), null=True, blank=True)
    skip_reason = models.TextField(_("why it was skipped"), blank=True)
    finished_at = models.DateTimeField(pgettext_lazy("work on an article", "finished"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), choices=Outcome.choices, blank=True)
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("passed on by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who took it over, or an editor who gave it to somebody else."),
    )
    passed_on_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reopened by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    reopen_reason = models.TextField(
        _("why it was reopened"),
        blank=True,
        help_text=_("Empty where the outcome was no longer true: a quote was added or deleted."),
    )
    blind = models.BooleanField(
        _("blind"), default=False, help_text=_("A second reading beside another's, which it doesn't see.")
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("articles to annotate")
        ordering = ("-id",)
        default_permissions = ("view",)
        permissions = [
            ("take_assignment", "Can take articles to annotate"),
            ("give_assignment", "Can assign articles, and reopen what others finished"),
        ]
        indexes = [models.Index(fields=["annotator", "finished_at"], name="assignment_by_annotator")]
        constraints = [
            models.UniqueConstraint(name="assignment_once", fields=["article", "annotator"]),
            # Assigned, begun or finished: in the hands of one person, so that no two do the same work.
            models.UniqueConstraint(name="assignment_in_one_hand", fields=["article"], condition=HELD),
            models.CheckConstraint(
                name="assignment_is_given_or_begun",
                condition=Q(assigned_by__isnull=False) | Q(begun_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_skip_says_why",
                condition=Q(skipped_at__isnull=True, skip_reason="")
                | Q(skipped_at__isnull=False, skip_reason__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="assignment_finish_has_outcome",
                condition=Q(finished_at__isnull=True, outcome="")
                | Q(finished_at__isnull=False, begun_at__isnull=False, outcome__in=["annotated", "no_statements"]),
            ),
            models.CheckConstraint(
                name="assignment_is_passed_on_by_somebody",
                condition=Q(passed_on_at__isnull=True, passed_on_by__isnull=True)
                | Q(passed_on_at__isnull=False, passed_on_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_ends_one_way",
                condition=Q(skipped_at__isnull=True, finished_at__isnull=True)
                | Q(finished_at__isnull=True, passed_on_at__isnull=True)
                | Q(skipped_at__isnull=True, passed_on_at__isnull=True),
            ),
            # What is finished again is no longer reopened.
            models.CheckConstraint(
                name="assignment_is_reopened_whole",
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reopen_reason="")
                | Q(reopened_at__isnull=False, finished_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annotator}: {self.article}"

    @property
    def state(self) -> "Assignment.State":
        """Where the work stands."""
        if self.skipped_at:
            return self.State.SKIPPED
        if self.passed_on_at:
            return self.State.PASSED_ON
        if self.finished_at:
            return self.State.FINISHED
        return self.State.BEGUN if self.begun_at else self.State.ASSIGNED

    @property
    def is_kept(self) -> bool:
        """Whether its annotator has not given it up."""
        return self.state in {self.State.ASSIGNED, self.State.BEGUN, self.State.FINISHED}

    @property
    def is_held(self) -> bool:
        """Whether it keeps the article in its annotator's hands."""
        return self.is_kept and not self.blind

    @property
    def since(self) -> datetime.datetime:
        """Since when it has been in its state."""
        return self.skipped_at or self.passed_on_at or self.finished_at or self.begun_at or self.assigned_at
