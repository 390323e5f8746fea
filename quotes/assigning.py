"""Who annotates which article: the next one for somebody, assign, take over, skip, finish, reopen.

Whoever changes anything here locks the article's row first, so that of two at once the second sees what the first did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Article
from quotes.doubling import enter, read_by_two, waits_for
from quotes.models import Assignment, DoubleAnnotation, Statement
from quotes.models.assignment import NOT_GIVEN_UP, AssignmentQuerySet, texts_to_annotate
from quotes.refusals import Refused, refusals
from quotes.reviewing import lacking, submit


def next_for(user: AbstractBaseUser, *, leaving: Article | None = None) -> Assignment | None:
    """The user's next article, begun: what was assigned to them, what they have begun, then what came in first.

    What waits to be read by a second annotator comes before what nobody has begun: so both read it in the same weeks,
    under the same guideline, and it waits no longer than it must to be settled.

    Whoever is `leaving` an article unfinished gets another one, and what they have begun before only when nothing else
    is left. Nobody gets what another has in hand, what is finished, has no text, or what they have skipped. None: nothing
    is left. Two who ask at once get two articles.
    """
    with refusals():
        while article := _next_article(user, leaving):
            # Its row is ours now. What another has done with it meanwhile is seen only by asking again.
            holder = _own(article, user) or _holder(article)
            if holder is None:
                return _take(article, user)
            if holder.annotator_id == user.pk and holder.finished_at is None:
                return _begun(holder)
            if waits_for(user, article):
                return _take(article, user, blind=True)
    return None


def _next_article(user: AbstractBaseUser, leaving: Article | None) -> Article | None:
    """The article, its row locked."""
    with_text = texts_to_annotate().filter(article=OuterRef("article"))
    own = Assignment.objects.in_hand_of(user).filter(Exists(with_text)).as_they_come()
    first = own.filter(begun_at=None) if leaving else own
    if leaving:
        own = own.exclude(article=leaving)
    waiting = Assignment.objects.waiting_for(user)
    second = DoubleAnnotation.objects.waiting_for_second(user)
    if leaving:
        waiting, second = waiting.exclude(pk=leaving.pk), second.exclude(article=leaving)
    return (
        _article_of(first)
        or _second_of(second)
        # What another is just taking is left to them; only where nothing else is there do we wait to see what they do.
        or waiting.select_for_update(no_key=True, skip_locked=True).first()
        or waiting.select_for_update(no_key=True).first()
        or _article_of(own)
    )


def _article_of(rows: AssignmentQuerySet) -> Article | None:
    row = rows.first()
    return _locked(row.article_id) if row else None


def _second_of(doubles: QuerySet[DoubleAnnotation]) -> Article | None:
    """The first of their articles that nobody is just taking."""
    articles = Article.objects.filter(double_annotation__in=doubles.order_by().values("pk"))
    return (
        articles.order_by("double_annotation__id")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
        .first()
    )


def begin(article: Article, *, by: AbstractBaseUser) -> Assignment:
    """The user has the article in hand from now on, also one they had skipped. Raises Refused where another has it."""
    with refusals():
        return _in_hand_of(_locked(article.pk), by)


def begin_if_free(article: Article, *, by: AbstractBaseUser) -> Assignment | None:
    """As `begin`, for somebody who just works on it; nothing happens, and None, where another has it."""
    with refusals():
        holder = _own(_locked(article.pk), by) or _holder(article)
        free = holder is None or holder.annotator_id == by.pk or waits_for(by, article)
        return _in_hand_of(article, by) if free else None


def take_over(article: Article, *, by: AbstractBaseUser) -> Assignment:
    """The user has the article in hand, whoever has it unfinished. Raises Refused where another has finished it."""
    with refusals():
        holder = _own(_locked(article.pk), by) or _holder(article)
        if holder and holder.annotator_id != by.pk and holder.finished_at is None and not waits_for(by, article):
            _pass_on([holder], by)
        return _in_hand_of(article, by)


def skip(article: Article, reason: str, *, by: AbstractBaseUser) -> Assignment:
    """The user gives the article up, and it waits for others. Raises Refused, also where there is no reason."""
    with refusals():
        row = _in_hand_of(_locked(article.pk), by)
        row.skipped_at, row.skip_reason = timezone.now(), reason.strip()
        row.save(update_fields=["skipped_at", "skip_reason"])
        return row


def finish(article: Article, outcome: str, *, by: AbstractBaseUser) -> Assignment:
    """The user is done with the article, which never comes back by itself. Finishing once more changes nothing.

    Raises Refused where another has it, or where the outcome is not true: quotes say otherwise.
    """
    with refusals():
        row = _in_hand_of(_locked(article.pk), by)
        if row.finished_at is None or row.outcome != outcome:
            row.finished_at, row.outcome = timezone.now(), outcome
            row.reopened_by, row.reopened_at, row.reopen_reason = None, None, ""
            row.save(update_fields=["finished_at", "outcome", "reopened_by", "reopened_at", "reopen_reason"])
        return row


def reopen(article: Article, reason: str = "", *, by: AbstractBaseUser) -> Assignment | None:
    """The article is once more in the hands of the annotator who had finished it; None where nobody had."""
    with refusals():
        row = _own(_locked(article.pk), by) or _holder(article)
        if row is None or row.finished_at is None:
            return None
        row.finished_at, row.outcome = None, ""
        row.reopened_by, row.reopened_at, row.reopen_reason = by, timezone.now(), reason.strip()  # type: ignore[assignment]
        row.save(update_fields=["finished_at", "outcome", "reopened_by", "reopened_at", "reopen_reason"])
        return row


@dataclass(frozen=True, slots=True)
class Given:
    """How many articles were given out, and how many were left as they are, and why."""

    given: int
    finished: int
    begun: int
    without_text: int


def assign(
    articles: Iterable[Article], *, to: AbstractBaseUser | None, by: AbstractBaseUser, begun_too: bool = False
) -> Given:
    """The articles are `to`'s to annotate from now on, or wait for anybody if `to` is None.

    Finished ones stay finished, and what another has begun stays theirs unless `begun_too`. As many queries, however
    many articles there are. Raises Refused.
    """
    with refusals():
        # In one order whoever assigns what, so that no two wait for each other for ever.
        numbers = sorted(article.pk for article in articles)
        locked = list(Article.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
        held = {row.article_id: row for row in Assignment.objects.held().filter(article__in=numbers)}
        readable = set(texts_to_annotate().filter(article__in=numbers).values_list("article_id", flat=True))
        finished = {number for number, row in held.items() if row.finished_at}
        theirs = {number for number, row in held.items() if to and row.annotator_id == to.pk and not row.finished_at}
        begun = set() if begun_too else {number for number, row in held.items() if row.begun_at}
        # Nobody takes another's place where two annotate.
        begun = (begun | read_by_two(numbers)) - finished - theirs
        left = finished | begun | ((set(numbers) - readable) if to else set())
        changing = [article for article in locked if article.pk not in left | theirs]
        _pass_on([held[article.pk] for article in changing if article.pk in held], by)
        if to:
            _give(changing, to, by)
        given = len(changing) + len(theirs)
        return Given(given, len(finished), len(begun), len(left - finished - begun))


def _give(articles: list[Article], to: AbstractBaseUser, by: AbstractBaseUser) -> None:
    fields = _fresh(assigned_by=by)
    there = Assignment.objects.of(to).filter(article__in=articles)
    again = set(there.values_list("article_id", flat=True))
    there.update(**fields)
    Assignment.objects.bulk_create(
        Assignment(article=article, annotator=to, **fields)  # type: ignore[misc]
        for article in articles
        if article.pk not in again
    )


def submit_complete(article: Article, *, by: User) -> int:
    """The user's drafts in the article that lack nothing are submitted; how many. Raises Refused."""
    with refusals():
        complete = [statement for statement in drafts_of(article, by) if not lacking(statement)]
        for statement in complete:
            submit(statement, by=by)
        return len(complete)


def drafts_of(article: Article, user: AbstractBaseUser) -> list[Statement]:
    """The statements with a quote in the article that the user wrote a part of, and that nobody has submitted."""
    drafts = Statement.objects.in_state(Statement.State.DRAFT).filter(authorships__user=user.pk)
    return list(drafts.filter(quotes__snapshot__article=article).distinct().select_related("lead").order_by("id"))


def _locked(number: int) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=number)


def _holder(article: Article) -> Assignment | None:
    return Assignment.objects.held().filter(article=article).first()


def _own(article: Article, user: AbstractBaseUser) -> Assignment | None:
    """The user's work on the article, if they have not given it up; a second reading too."""
    return Assignment.objects.of(user).filter(NOT_GIVEN_UP, article=article).first()


def _in_hand_of(article: Article, user: AbstractBaseUser) -> Assignment:
    """The user's row, begun or finished; made where nobody has the article, or where a second reading waits for them.

    Raises Refused where another has it.
    """
    holder = _own(article, user) or _holder(article)
    if holder is None:
        return _take(article, user)
    if holder.annotator_id == user.pk:
        return _begun(holder)
    if not waits_for(user, article):
        raise Refused("assignment_in_one_hand")
    return _take(article, user, blind=True)


def _begun(row: Assignment) -> Assignment:
    if row.begun_at is None:
        row.begun_at = timezone.now()
        row.save(update_fields=["begun_at"])
        enter(row)
    return row


def _take(article: Article, user: AbstractBaseUser, *, blind: bool = False) -> Assignment:
    fields = _fresh(begun_at=timezone.now(), blind=blind)
    row, made = Assignment.objects.update_or_create(article=article, annotator_id=user.pk, defaults=fields)
    enter(row, anew=not made)
    return row


def _pass_on(rows: Iterable[Assignment], by: AbstractBaseUser) -> None:
    numbers = [row.pk for row in rows]
    Assignment.objects.filter(pk__in=numbers).update(passed_on_by=by, passed_on_at=timezone.now())


def _fresh(**fields: Any) -> dict[str, Any]:
    """What a row says that begins anew, whatever became of it before; its history keeps that."""
    nothing = dict.fromkeys(("assigned_by", "begun_at", "skipped_at", "finished_at"))
    nothing |= dict.fromkeys(("passed_on_by", "passed_on_at", "reopened_by", "reopened_at"))
    words = {"skip_reason": "", "outcome": "", "reopen_reason": ""}
    return {**nothing, **words, "blind": False, "assigned_at": timezone.now()} | fields
