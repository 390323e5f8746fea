"""How far an article has come, as lists and bars tell it: who has it in hand, who has skipped it, what is quoted from it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from articles.models import Article
from quotes.models import Assignment, DoubleAnnotation, Quote, Statement, Suggestion
from quotes.models.assignment import texts_to_annotate
from quotes.models.doubling import Reader, visible_work


def name_of(user: AbstractBaseUser) -> str:
    """What colleagues call a user."""
    full_name = user.get_full_name() if isinstance(user, User) else ""
    return full_name or user.get_username()


def with_standing(articles: QuerySet[Article], user: Reader) -> QuerySet[Article]:
    """With all that a list tells the user of them. One query more, however many articles; numbers are counted for these
    alone.

    `newest_text` is the public id of the newest snapshot with words.
    """
    newest = texts_to_annotate().filter(article=OuterRef("pk")).order_by("-id").values("public_id")[:1]
    rows = visible_work(Assignment.objects.all(), user).select_related("annotator").order_by("id")
    quotes = Quote.objects.visible_to(user).filter(snapshot__article=OuterRef("pk"))
    return articles.prefetch_related("double_annotation", Prefetch("assignments", rows, to_attr="work")).annotate(
        newest_text=Subquery(newest),
        quote_count=_number(quotes, "snapshot__article"),
        public_count=_number(quotes.filter(statement__in=Statement.objects.published()), "snapshot__article"),
        undecided_count=_number(
            Suggestion.objects.visible_to(user).open().inside_body().filter(snapshot__article=OuterRef("pk")),
            "snapshot__article",
        ),
    )


def _number(rows: QuerySet[Any], key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have made of one article's annotation, as one user may see it.

    `holder` has it in hand, or has finished it; `double`, if there is one, is not settled yet.
    """

    holder: Assignment | None
    skipped: list[Assignment]
    double: DoubleAnnotation | None = None

    @classmethod
    def of(cls, rows: list[Assignment], double: DoubleAnnotation | None = None) -> "Standing":
        """From all rows of an article that the user may see, their annotators fetched, and its double annotation."""
        holder = next((row for row in rows if row.is_held), None) or next((row for row in rows if row.is_kept), None)
        open_one = double if double and double.is_open else None
        return cls(holder, [row for row in rows if row.state == Assignment.State.SKIPPED], open_one)

    @classmethod
    def of_article(cls, article: Any) -> "Standing":
        """Of an article fetched by `with_standing`."""
        return cls.of(article.work, getattr(article, "double_annotation", None))

    @property
    def holder_name(self) -> str:
        return name_of(self.holder.annotator) if self.holder else ""

    @property
    def words(self) -> str:
        """In one line: who has it, or how it was finished."""
        if self.double and self.double.finished_at:
            return _("annotated twice: what differs is still to be settled")
        if self.double and self.holder is None:
            return _("is annotated twice, independently")
        if self.holder is None:
            return _("waits")
        name = {"name": self.holder_name}
        if self.holder.state == Assignment.State.FINISHED:
            return {
                Assignment.Outcome.ANNOTATED: _("finished by %(name)s: annotated"),
                Assignment.Outcome.NO_STATEMENTS: _("finished by %(name)s: no statements"),
            }[Assignment.Outcome(self.holder.outcome)] % name
        if self.holder.state == Assignment.State.BEGUN:
            return _("begun by %(name)s") % name
        return _("assigned to %(name)s") % name

    @property
    def skips(self) -> list[str]:
        """Each skip in one line: who, and why."""
        return [
            _("skipped by %(name)s: %(reason)s") % {"name": name_of(row.annotator), "reason": row.skip_reason}
            for row in self.skipped
        ]
