from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Snapshot
from quotes.models.assignment import Assignment, AssignmentQuerySet
from quotes.models.guideline import Guideline

Reader = AbstractBaseUser | AnonymousUser


def visible_work(rows: AssignmentQuerySet, user: Reader) -> AssignmentQuerySet:
    """Without what others do on articles that the user reads blindly, or may come to."""
    return rows.filter(
        Q(annotator=user.pk) | ~Q(article__in=DoubleAnnotation.objects.blinding(user).values("article"))
    ).filter(Q(annotator=user.pk) | Q(blind=False))


class DoubleShareQuerySet(models.QuerySet["DoubleShare"]):
    def percent(self) -> int:
        """Of a hundred articles, how many are to be annotated twice; 0 while nobody has set it."""
        return self.values_list("percent", flat=True).first() or 0


class DoubleShare(models.Model):
    """How many of a hundred articles are annotated twice. One row; its history says who set it, and when."""

    THE_ONE = 1

    percent = models.PositiveSmallIntegerField(
        _("share in per cent"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Of the articles that annotators begin from now on, how many a second annotator reads, too, without seeing "
            "the first one's work. They are drawn by chance; 0 draws none."
        ),
    )

    objects = DoubleShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of double annotation")
        verbose_name_plural = _("share of double annotation")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(name="double_share_is_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="double_share_is_a_share",
                condition=Q(percent__gte=0, percent__lte=100),
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(percent)s per cent") % {"percent": self.percent})


class DoubleAnnotationQuerySet(models.QuerySet["DoubleAnnotation"]):
    def open(self) -> Self:
        """Those that are not settled yet."""
        return self.filter(settled_at=None)

    def blinding(self, user: Reader) -> Self:
        """Open ones of which the user must not know more than their own reading.

        Everybody while the two are at work, since anybody may become the second; afterwards only the two.
        """
        return self.open().filter(Q(finished_at=None) | Exists(_sides_of(user).filter(double=OuterRef("pk"))))

    def waiting_for_second(self, user: Reader) -> Self:
        """Open ones that lack their second reading, which the user may give; the first drawn ahead."""
        sides = DoubleSide.objects.filter(double=OuterRef("pk"))
        worked_on = Assignment.objects.filter(article=OuterRef("article"), annotator=user.pk)
        return (
            self.open()
            .filter(Exists(sides.filter(letter=DoubleSide.Letter.A)))
            .exclude(Exists(sides.filter(letter=DoubleSide.Letter.B)))
            .exclude(Exists(worked_on))
            .order_by("id")
        )

    def to_adjudicate(self) -> Self:
        """Those that both have finished and nobody has settled, the one that has waited longest ahead."""
        return self.open().filter(finished_at__isnull=False).order_by("finished_at", "id")

    def adjudicable_by(self, user: Reader) -> Self:
        """Those that wait for somebody to settle them, and may be settled by the user: neither of the two."""
        return self.to_adjudicate().exclude(Exists(_sides_of(user).filter(double=OuterRef("pk"))))

    def readable_by(self, user: Reader) -> Self:
        """Those whose both sides the user may look at: finished by others, or settled."""
        return self.exclude(pk__in=DoubleAnnotation.objects.blinding(user).values("pk"))


def _sides_of(user: Reader) -> "DoubleSideQuerySet":
    return DoubleSide.objects.filter(annotator=user.pk)


class DoubleAnnotation(models.Model):
    """An article that two annotators read without seeing each other's work, until a third settles where they differ.

    `finished_at` is written by the database, when both have finished.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="double_annotation"
    )
    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("text that both read"), on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)
    share = models.PositiveSmallIntegerField(
        _("share then, in per cent"), null=True, blank=True, help_text=_("Empty where somebody chose the article.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chosen by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty where it was drawn by chance."),
    )
    finished_at = models.DateTimeField(_("both finished"), null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DoubleAnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("double annotation")
        verbose_name_plural = _("double annotations")
        ordering = ("-id",)
        default_permissions = ()
        permissions = [
            ("make_doubleannotation", "Can have an article annotated twice"),
            ("adjudicate_doubleannotation", "Can settle where two annotators differ"),
            ("measure_doubleannotation", "Can see how far annotators agree"),
        ]
        constraints = [
            # Either by chance, or by somebody.
            models.CheckConstraint(
                name="double_is_drawn_or_chosen",
                condition=Q(share__isnull=False, made_by__isnull=True, share__gte=1, share__lte=100)
                | Q(share__isnull=True, made_by__isnull=False),
            ),
            models.CheckConstraint(
                name="double_is_settled_by_somebody",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)

    def side_of(self, user: Reader) -> "DoubleSide | None":
        """The user's own reading, if they are one of the two."""
        return self.sides.filter(annotator=user.pk).first()

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class DoubleSideQuerySet(models.QuerySet["DoubleSide"]):
    def hidden_from(self, user: Reader) -> Self:
        """Another's readings in what is still blind for the user."""
        return self.exclude(annotator=user.pk).filter(double__in=DoubleAnnotation.objects.blinding(user).values("pk"))

    def for_agreement(self) -> Self:
        """Those of articles that both have finished, in one order."""
        return (
            self.filter(double__finished_at__isnull=False)
            .select_related("double", "annotator", "guideline")
            .order_by("double", "letter")
        )


class DoubleSide(models.Model):
    """One annotator's reading of an article that is annotated twice.

    When its annotator finishes, the database writes down in `content` what they have marked, quote by quote: `quote`
    (its public id), `spans` ([start, end] in code points of the snapshot's text, the end exclusive), `kind`,
    `attribution`, `passage`, `speaker`, `organization`, `meeting` (public ids or null), `not_identified`, `tenure`,
    `spoken`, `spoken_known`, `occasion_not_named`, `label`, `topics`, `guideline` (the version it was made under). And
    in `guideline`, which version was in force then.
    """

    class Letter(models.TextChoices):
        A = "a", "A"
        B = "b", "B"

    double = models.ForeignKey(
        DoubleAnnotation, verbose_name=_("double annotation"), on_delete=models.PROTECT, related_name="sides"
    )
    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.PROTECT, related_name="side"
    )
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("annotator"), on_delete=models.PROTECT, related_name="sides"
    )
    letter = models.TextField(_("letter"), choices=Letter.choices)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)
    content = models.JSONField(_("what was marked"), null=True, blank=True, editable=False)
    guideline = models.ForeignKey(
        Guideline,
        verbose_name=_("guideline in force then"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DoubleSideQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings of one article by two")
        ordering = ("double", "letter")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="side_once", fields=["double", "letter"]),
            models.UniqueConstraint(name="side_by_two_people", fields=["double", "annotator"]),
            models.CheckConstraint(name="side_letter_is_known", condition=Q(letter__in=["a", "b"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_letter_display()}: {self.double}"


class Ruling(models.Model):
    """What the adjudicator has decided of two quotes that differ, or of one that only one of the two has marked.

    The quotes are named by their public ids, as in the sides' contents; "" stands for none.
    """

    class Takes(models.TextChoices):
        A = "a", "A"
        B = "b", "B"
        NEITHER = "neither", _("neither")

    double = models.ForeignKey(
        DoubleAnnotation, verbose_name=_("double annotation"), on_delete=models.PROTECT, related_name="rulings"
    )
    quote_a = models.TextField(_("A's quote"), blank=True, default="")
    quote_b = models.TextField(_("B's quote"), blank=True, default="")
    takes = models.TextField(_("what is taken"), choices=Takes.choices)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a difference")
        verbose_name_plural = _("decisions on differences")
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="ruling_once_of_a", fields=["double", "quote_a"], condition=~Q(quote_a="")),
            models.UniqueConstraint(name="ruling_once_of_b", fields=["double", "quote_b"], condition=~Q(quote_b="")),
            models.CheckConstraint(
                name="ruling_takes_what_is_there",
                condition=(Q(takes="a") & ~Q(quote_a=""))
                | (Q(takes="b") & ~Q(quote_b=""))
                | (Q(takes="neither") & ~(Q(quote_a="") & Q(quote_b=""))),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_takes_display())

    def taken(self) -> str:
        """The public id of the quote that stays; "" where neither does."""
        named: dict[str, Any] = {self.Takes.A: self.quote_a, self.Takes.B: self.quote_b}
        return str(named.get(self.takes, ""))
