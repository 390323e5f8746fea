"""The bar that accompanies the work on one article: who has it, what is left of it, and the ways on from it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from quotes.admin.standing import Standing
from quotes.assigning import drafts_of
from quotes.doubling import open_double, waits_for
from quotes.models import Assignment, DoubleAnnotation, Quote, Statement, Suggestion
from quotes.models.doubling import visible_work
from quotes.progress import Progress, progress_of
from quotes.reviewing import lacking

# What people usually say when they skip; anything else may be written instead.
USUAL_REASONS = (
    _("The text is broken or incomplete."),
    _("I don't read this language well enough."),
    _("I don't know the subject well enough."),
    _("It is too long for now."),
)


def queue_bar(request: HttpRequest, article: Article) -> dict[str, Any]:
    """The context of `admin/quotes/_queue_bar.html` on a page about the article."""
    return {"queue_bar": QueueBar(article, request.user)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A draft with what it still needs before it can be submitted, as sentences."""

    statement: Statement
    lacks: list[str]


class QueueBar:
    """What the bar shows one user of one article; each part is asked for when the template needs it."""

    usual_reasons = USUAL_REASONS

    def __init__(self, article: Article, user: User) -> None:
        self.article = article
        self.user = user
        self.may_take = user.has_perm("quotes.take_assignment")
        self.may_give = user.has_perm("quotes.give_assignment")

    @cached_property
    def rows(self) -> list[Assignment]:
        """The work on the article that the user may know of."""
        rows = visible_work(Assignment.objects.filter(article=self.article), self.user)
        return list(rows.select_related("annotator", "assigned_by", "passed_on_by", "reopened_by").order_by("id"))

    @cached_property
    def standing(self) -> Standing:
        return Standing.of(self.rows, self.double)

    @cached_property
    def double(self) -> DoubleAnnotation | None:
        """What makes it an article for two, until that is settled."""
        return open_double(self.article)

    @property
    def is_one_of_two(self) -> bool:
        """Whether the user reads it, or has read it, as one of two."""
        return self.double is not None and self.mine is not None and self.mine.is_kept

    @cached_property
    def is_for_another(self) -> bool:
        """Whether two read it already, or one whose second the user can't be."""
        if self.double is None or self.is_one_of_two or self.double.finished_at:
            return False
        first = self.double.sides.filter(letter="a").exists()
        return first and not waits_for(self.user, self.article)

    @property
    def may_adjudicate(self) -> bool:
        """Whether what differs is the user's to settle."""
        return (
            self.double is not None
            and self.user.has_perm("quotes.adjudicate_doubleannotation")
            and DoubleAnnotation.objects.adjudicable_by(self.user).filter(pk=self.double.pk).exists()
        )

    @property
    def may_double(self) -> bool:
        """Whether the user can have it annotated twice: nobody has marked anything in it yet."""
        return (
            self.double is None
            and not self.quotes
            and not self.is_finished
            and self.user.has_perm("quotes.make_doubleannotation")
            and not DoubleAnnotation.objects.filter(article=self.article).exists()
        )

    @property
    def holder(self) -> Assignment | None:
        return self.standing.holder

    @property
    def is_mine(self) -> bool:
        """Whether the user has the article in hand, or has finished it."""
        return self.holder is not None and self.holder.annotator_id == self.user.pk

    @property
    def is_finished(self) -> bool:
        return self.holder is not None and self.holder.finished_at is not None

    @property
    def is_workable(self) -> bool:
        """Whether the user can finish or skip it: it is theirs, or nobody's yet."""
        free = self.holder is None or self.is_mine
        return self.may_take and not self.is_finished and free and not self.is_for_another

    @property
    def may_reopen(self) -> bool:
        if self.double and self.double.finished_at:
            return False
        return self.is_finished and (self.may_give or (self.is_mine and self.may_take))

    @property
    def mine(self) -> Assignment | None:
        """The user's own row, whatever has become of it."""
        return next((row for row in self.rows if row.annotator_id == self.user.pk), None)

    @property
    def may_submit(self) -> bool:
        """Whether drafts can be submitted with the article; those of one that two read are when it is settled."""
        return self.double is None and self.user.has_perm("quotes.change_quote")

    @cached_property
    def quotes(self) -> int:
        return Quote.objects.visible_to(self.user).filter(snapshot__article=self.article).count()

    @cached_property
    def undecided(self) -> int:
        """How many suggestions nobody has decided on."""
        rows = Suggestion.objects.visible_to(self.user).open().inside_body()
        return rows.filter(snapshot__article=self.article).count()

    @cached_property
    def _drafts(self) -> list[Incomplete]:
        return [Incomplete(statement, lacking(statement)) for statement in drafts_of(self.article, self.user)]

    @property
    def incomplete(self) -> list[Incomplete]:
        """The user's drafts that lack something."""
        return [draft for draft in self._drafts if draft.lacks]

    @property
    def complete(self) -> int:
        """How many of the user's drafts lack nothing."""
        return len(self._drafts) - len(self.incomplete)

    @property
    def outcome(self) -> Assignment.Outcome:
        """How the article would be finished as it is now."""
        return Assignment.Outcome.ANNOTATED if self.quotes else Assignment.Outcome.NO_STATEMENTS

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.user)
