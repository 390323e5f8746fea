"""Articles that two annotators read without seeing each other's work: drawn by chance or chosen, and who reads them."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Exists, OuterRef

from articles.models import Article, Snapshot
from quotes.models import Assignment, DoubleAnnotation, DoubleShare, DoubleSide, Quote
from quotes.models.assignment import texts_to_annotate
from quotes.refusals import refusals


def enter(row: Assignment, *, anew: bool = False) -> None:
    """Whoever has just begun the article is one of its two annotators, if it is one for two; chance may make it so.

    `anew`: they have had it before, so that chance has spoken. The article's row is locked by the caller.
    """
    double = DoubleAnnotation.objects.open().filter(article=row.article_id).first()
    if double is None and not anew and not row.blind:
        double = _drawn(row)
    if double is not None:
        _read_by(double, row)


def choose(article: Article, *, by: AbstractBaseUser) -> DoubleAnnotation | None:
    """The article is annotated twice, because somebody wants it so. Nothing happens, and None, where it is already.

    Raises Refused where somebody has marked quotes in it or finished it, or where it has no text.
    """
    with refusals():
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        text = _text_of(article.pk)
        if text is None or DoubleAnnotation.objects.filter(article=article).exists():
            return None
        double = DoubleAnnotation.objects.create(article=article, snapshot=text, made_by_id=by.pk)
        if row := Assignment.objects.in_hand().filter(article=article, begun_at__isnull=False).first():
            _read_by(double, row)
        return double


def waits_for(user: AbstractBaseUser, article: Article) -> bool:
    """Whether the article lacks a second reading that the user may give."""
    return DoubleAnnotation.objects.waiting_for_second(user).filter(article=article).exists()


def read_by_two(articles: Iterable[int]) -> set[int]:
    """Of the articles with these numbers, those that somebody reads as one of two."""
    sides = DoubleSide.objects.filter(double=OuterRef("pk"))
    rows = DoubleAnnotation.objects.open().filter(Exists(sides), article__in=list(articles))
    return set(rows.values_list("article_id", flat=True))


def open_double(article: Article) -> DoubleAnnotation | None:
    """The article's double annotation, while it is not settled."""
    return (
        DoubleAnnotation.objects.open()
        .filter(article=article)
        .select_related("snapshot")
        .defer("snapshot__raw", "snapshot__text")
        .first()
    )


def _drawn(row: Assignment) -> DoubleAnnotation | None:
    share = DoubleShare.objects.percent()
    if secrets.randbelow(100) >= share:
        return None
    # What others had in hand was drawn then, or not.
    begun_before = Assignment.objects.filter(article=row.article_id, begun_at__isnull=False).exclude(pk=row.pk)
    quoted = Quote.objects.filter(snapshot__article=row.article_id)
    text = _text_of(row.article_id)
    if text is None or begun_before.exists() or quoted.exists() or not _somebody_else(row.annotator_id):
        return None
    if DoubleAnnotation.objects.filter(article=row.article_id).exists():
        return None
    return DoubleAnnotation.objects.create(article_id=row.article_id, snapshot=text, share=share)


def _read_by(double: DoubleAnnotation, row: Assignment) -> None:
    letter = DoubleSide.Letter.B if row.blind else DoubleSide.Letter.A
    if not DoubleSide.objects.filter(assignment=row).exists():
        DoubleSide.objects.create(double=double, assignment=row, annotator_id=row.annotator_id, letter=letter)


def _text_of(article: int) -> Snapshot | None:
    """The newest text with words, as everybody gets it."""
    return texts_to_annotate().filter(article=article).only("pk").order_by("-id").first()


def _somebody_else(annotator: int) -> bool:
    """Whether another person may annotate at all: else it would wait for ever."""
    return User.objects.with_perm("quotes.take_assignment").exclude(pk=annotator).exists()
