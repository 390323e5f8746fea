from typing import Self

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.public_ids import public_id
from quotes.citing import wording
from quotes.citing.wording import BETWEEN_SPANS as BETWEEN_SPANS
from quotes.models.doubling import DoubleSide, Reader
from quotes.models.guideline import Guideline
from quotes.models.statement import Statement


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: Reader) -> Self:
        """Without those of a reading that the user must not see: see `DoubleAnnotationQuerySet.blinding`."""
        return self.exclude(side__in=DoubleSide.objects.hidden_from(user).values("pk"))

    def hidden_from(self, user: Reader) -> Self:
        """Those that `visible_to` leaves out."""
        return self.filter(side__in=DoubleSide.objects.hidden_from(user).values("pk"))

    def of_open_readings(self) -> Self:
        """Those of articles that are annotated twice and not settled yet."""
        return self.filter(side__in=DoubleSide.objects.filter(double__settled_at=None).values("pk"))

    def as_printed(self) -> Self:
        """In the order of their places: text by text as those were taken in, and within one from top to bottom."""
        return self._placed().order_by("snapshot_id", "place", "pk")

    def within_the_first(self, count: int) -> Self:
        """Those of the texts in which the first so many of `as_printed` stand: few rows to find the places of."""
        texts = self.order_by("snapshot_id").values_list("snapshot_id", flat=True)[:count]
        return self.filter(snapshot__in=set(texts))

    def following(self, number: int) -> Self:
        """Those that come after the quote of this number in the order of `as_printed`; all where there is none."""
        at = Quote.objects.filter(pk=number).values_list("snapshot_id", self._place()).first()
        if at is None:
            return self
        later = Q(place__gt=at[1]) | Q(place=at[1], pk__gt=number)
        return self._placed().filter(Q(snapshot__gt=at[0]) | Q(later, snapshot=at[0]))

    def _placed(self) -> Self:
        return self.annotate(place=self._place())

    @staticmethod
    def _place() -> Subquery:
        """Where the first span begins."""
        return Subquery(Span.objects.filter(quote=OuterRef("pk")).order_by("start").values("start")[:1])

    def for_names(self) -> Self:
        """With what `str()` of them reads."""
        return self.prefetch_related("spans")

    def with_sources(self) -> Self:
        """With the articles that they stand in and those articles' sources; without the texts."""
        return self.select_related("snapshot__article__source").defer("snapshot__raw", "snapshot__text")

    def with_texts(self) -> Self:
        """The same with the texts and their proofs."""
        return self.select_related("snapshot__article__source", "snapshot__proof").defer("snapshot__raw")


class Quote(models.Model):
    """How one snapshot words a statement: spans of its text, and what they are."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("direct speech")
        INDIRECT = "indirect", _("indirect speech")
        MIXED = "mixed", _("indirect with quoted words")

    public_id = public_id("quote")
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="quotes"
    )
    snapshot = models.ForeignKey(Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="quotes")
    kind = models.TextField(_("kind"), choices=Kind.choices, default=Kind.DIRECT)
    language = models.TextField(_("language"), default="ru", help_text=_("Two letters (ISO 639): ru, be, en."))
    attribution = models.TextField(
        _("attribution as printed"),
        blank=True,
        help_text=_("The words of the text that name the speaker: “said the head of state”."),
    )
    passage_start = models.PositiveIntegerField(_("passage from"), null=True, blank=True)
    passage_end = models.PositiveIntegerField(_("passage to"), null=True, blank=True)
    # Written by the database alone, which keeps it whatever an update says.
    guideline = models.ForeignKey(
        Guideline,
        verbose_name=_("guideline that it was made under"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="quotes",
    )
    # Written by the database alone, as the guideline is.
    side = models.ForeignKey(
        DoubleSide,
        verbose_name=_("reading that it comes from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text=_("Where the article is annotated twice: whose of the two it is."),
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="quote_kind_is_known", condition=Q(kind__in=["direct", "indirect", "mixed"])),
            models.CheckConstraint(
                name="quote_language_is_iso",
                condition=Q(language__regex=r"^[a-z]{2,3}$"),
                violation_error_message=_("Write the language as two small letters, for example ru."),
            ),
            models.CheckConstraint(
                name="quote_passage_is_whole",
                condition=Q(passage_start__isnull=True, passage_end__isnull=True)
                | Q(passage_start__isnull=False, passage_end__isnull=False, passage_start__lt=F("passage_end")),
                violation_error_message=_("A passage needs a start and a later end."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def may_be_written_by(self, user: Reader) -> bool:
        """Whether it is the user's to change where its article is read by two; the database has the last word."""
        if self.side is None or not self.side.double.is_open:
            return True
        if self.side.double.finished_at:
            return self.side.double.side_of(user) is None
        return self.side.annotator_id == user.pk and self.side.finished_at is None

    @property
    def words(self) -> str:
        """The words as printed; where the report breaks them off, « […] » stands between the parts."""
        return BETWEEN_SPANS.join(span.exact for span in self.spans.all())

    @property
    def passage(self) -> str:
        """The telling part, as printed; empty where none is marked."""
        if self.passage_start is None or self.passage_end is None:
            return ""
        spans = (wording.Span(span.start, span.end, span.exact) for span in self.spans.all())
        return wording.passage_of(spans, self.passage_start, self.passage_end)


class Span(models.Model):
    """A run of a snapshot's characters that belongs to a quote; outer quotation marks are left out.

    `start` and `end` count code points of the snapshot's text, the end exclusive; `exact` is what stands there.
    """

    quote = models.ForeignKey(Quote, verbose_name=_("quote"), on_delete=models.CASCADE, related_name="spans")
    start = models.PositiveIntegerField(_("from"))
    end = models.PositiveIntegerField(_("to"))
    exact = models.TextField(_("exact words"))

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        ordering = ("start",)
        # Whether the very same words are quoted elsewhere. Words may be longer than a B-tree takes.
        indexes = [HashIndex(fields=["exact"], name="span_by_words")]
        constraints = [
            models.CheckConstraint(
                name="span_is_not_empty",
                condition=Q(start__gte=0, start__lt=F("end")),
                violation_error_message=_("A span needs a start and a later end."),
            ),
        ]

    def __str__(self) -> str:
        return self.exact
