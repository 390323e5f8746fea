from typing import Any, Self

from django.db import connection, models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.addresses import address_of
from people.dating import EdtfField, date_range, is_date, is_known, known_by
from people.models import Meeting, Organization, Person, Tenure
from people.parties import one_of_three
from people.public_ids import public_id
from people.slugs import slug
from quotes.models.doubling import DoubleSide, Reader
from quotes.models.topic import Topic
from quotes.models.withdrawal import Withdrawal

# Pages below a statement's own, whose addresses are no slugs.
BELOW_A_STATEMENT = ("embed", "report")
# Code points of its words by which a statement without a label is called.
NAME_LENGTH = 60


def slug_of(label_or_words: str) -> str:
    """The readable end of a statement's address."""
    made = slug(label_or_words)
    return "s" if made in ("", *BELOW_A_STATEMENT) else made


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> Self:
        """Statements whose present state another person approved and nobody has withdrawn: what the public sees."""
        return self.filter(current_revision__approval__isnull=False).exclude(self._withdrawn())

    def visible_to(self, user: Reader) -> Self:
        """Without those quoted in a reading that the user must not see: see `DoubleAnnotationQuerySet.blinding`."""
        quotes = self.model.quotes.rel.related_model._base_manager
        hidden = quotes.filter(side__in=DoubleSide.objects.hidden_from(user).values("pk"))
        return self.exclude(pk__in=hidden.values("statement"))

    def ever_published(self) -> Self:
        """Statements that the public has seen at some time."""
        return self.filter(revisions__approval__isnull=False).distinct()

    def withdrawn(self) -> Self:
        """Statements taken back, with the withdrawal still in force."""
        return self.filter(self._withdrawn())

    def awaiting_review(self) -> Self:
        """Statements submitted and neither approved nor returned yet."""
        return self.filter(
            current_revision__isnull=False,
            current_revision__approval__isnull=True,
            current_revision__returned__isnull=True,
        )

    def returned(self) -> Self:
        """Statements sent back to their authors, and not changed since."""
        return self.filter(current_revision__returned__isnull=False)

    def reviewable_by(self, user_id: int) -> Self:
        """Statements that wait for a verdict which is the user's to give: those they wrote no part of, oldest first."""
        own = self.model.authorships.rel.related_model._base_manager.filter(statement=OuterRef("pk"), user=user_id)
        return self.awaiting_review().exclude(self._withdrawn()).exclude(Exists(own)).order_by("current_revision__id")

    def returned_to(self, user_id: int) -> Self:
        """Statements that the user has a part in, sent back and not submitted anew since."""
        revisions = self.model.revisions.rel.related_model._base_manager
        later = revisions.filter(statement=OuterRef("statement"), number__gt=OuterRef("number"))
        sent_back = revisions.filter(~Exists(later), statement=OuterRef("pk"), returned__isnull=False)
        return self.filter(Exists(sent_back), authorships__user=user_id).exclude(self._withdrawn())

    def draft(self) -> Self:
        """Statements whose present state nobody has submitted."""
        return self.filter(current_revision=None)

    def in_state(self, state: str) -> Self:
        """Statements of which `Statement.state` says `state`."""
        if state == Statement.State.WITHDRAWN:
            return self.withdrawn()
        return {
            Statement.State.DRAFT: self.draft,
            Statement.State.SUBMITTED: self.awaiting_review,
            Statement.State.RETURNED: self.returned,
            Statement.State.PUBLISHED: self.published,
        }[Statement.State(state)]().exclude(self._withdrawn())

    def for_states(self) -> Self:
        """With all that `Statement.state` looks at."""
        return self.select_related("current_revision__approval", "current_revision__returned").prefetch_related(
            "withdrawals"
        )

    def by(self, person: Person) -> Self:
        """What a person said."""
        return self.filter(speaker=person)

    def at(self, meeting: Meeting) -> Self:
        """What was said on an occasion."""
        return self.filter(meeting=meeting)

    def on(self, topic: Topic) -> Self:
        """Statements of a topic or of one of its narrower topics."""
        having = self.model.topics.through.objects.filter(Q(topic=topic) | Q(topic__parent=topic))
        return self.filter(pk__in=having.values("statement"))

    def older_than(self, sort_key: int) -> Self:
        """Those that come after this key in the order of `newest`."""
        return self.filter(sort_key__lt=sort_key)

    def newest(self) -> Self:
        """In the order of the day said, the newest first; of one day, the last entered first."""
        return self.order_by("-sort_key")

    def last_approved(self) -> Self:
        """Published statements in the order in which they became public, the last one first."""
        return self.order_by("-current_revision__approval__id")

    def for_cards(self) -> Self:
        """With all that a card shows: speaker, office then, occasion, the words and their source."""
        # The words in a query of their own: PostgreSQL takes the longer to plan a query the more tables it joins, and
        # for all of them at once several times as long as to answer it.
        quotes: Any = self.model.quotes.rel.related_model._default_manager
        return self.select_related("speaker", "speaker_organization", "tenure__office", "meeting").prefetch_related(
            Prefetch("lead", quotes.with_sources()), "lead__spans", "topics"
        )

    def for_feeds(self) -> Self:
        """With all that a feed's entry shows, and `first_approved_at`."""
        revisions = self.model.revisions.rel.related_model._base_manager
        approved = revisions.filter(statement=OuterRef("pk"), approval__isnull=False).order_by("number")
        return (
            self.for_cards()
            .select_related("current_revision__approval")
            .defer("current_revision__content")
            .annotate(first_approved_at=Subquery(approved.values("approval__approved_at")[:1]))
        )

    def for_names(self) -> Self:
        """With what `str()` of them reads."""
        return self.select_related("lead").prefetch_related("lead__spans")

    def with_reports(self) -> Self:
        """With the wording of each article that reports it, for lists that may show another than the leading one."""
        snapshots = Snapshot.objects.light().select_related("article__source")
        return self.prefetch_related("quotes__spans", Prefetch("quotes__snapshot", snapshots))

    def for_page(self) -> Self:
        """With all that a statement's own page shows; the only place where the public side reads an article's text.

        The leading quote is one of the `quotes`: `Statement.take_lead` finds it there.
        """
        # Not all of them joined: to plan that takes PostgreSQL ten times as long as to answer it.
        quotes: Any = self.model.quotes.rel.related_model._default_manager
        return (
            self.select_related("speaker", "meeting", "current_revision__approval")
            .defer("current_revision__content")
            .prefetch_related(
                "speaker_organization",
                Prefetch("tenure", Tenure.objects.select_related("office__organization")),
                "addressees__person",
                "addressees__organization",
                "meeting__participants__person",
                "meeting__participants__organization",
                "topics",
                Prefetch("quotes", quotes.with_texts()),
                "quotes__spans",
            )
        )

    @staticmethod
    def _withdrawn() -> Exists:
        return Exists(Withdrawal.objects.filter(statement=OuterRef("pk"), restored_at=None))


class Statement(models.Model):
    """What one speaker said once: who, in what office, when, on what occasion. How it was worded is in its quotes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    public_id = public_id("statement")
    speaker = models.ForeignKey(
        Person,
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        db_index=False,  # the index statement_by_speaker begins with it
    )
    speaker_organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization that speaks"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    speaker_not_identified = models.BooleanField(
        _("speaker not identified"),
        default=False,
        help_text=_("The text does not say who; the attribution as printed stands for the name."),
    )
    tenure = models.ForeignKey(
        Tenure,
        verbose_name=_("office then"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text=_("The office in which the speaker spoke."),
    )
    spoken = EdtfField(_("said"), null=True, blank=True, help_text=_("4 March 2024, 2024-03, 2024-Q3 or 2024."))
    spoken_known = known_by()
    spoken_evidence = models.TextField(
        _("evidence for the date"), blank=True, help_text=_("The other source: its address or its name.")
    )
    spoken_range = date_range("spoken")
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("occasion"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    occasion_not_named = models.BooleanField(_("occasion not named"), default=False)
    label = models.TextField(
        _("label"), blank=True, help_text=_("A nickname people know it by. Always shown as not verbatim.")
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="statements")
    lead = models.ForeignKey(
        "Quote",
        verbose_name=_("leading quote"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Whose wording is shown first."),
    )
    current_revision = models.ForeignKey(
        "Revision",
        verbose_name=_("current revision"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What was submitted, as long as nothing has changed since."),
    )
    # The place in the order by day said and number: one unique key to sort and page by, here and in the search index.
    sort_key = models.GeneratedField(
        expression=Func(F("spoken"), F("id"), function="statement_sort_key"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        unique=True,
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-id",)
        permissions = [
            ("review_statement", _("Can approve and return statements")),
            ("withdraw_statement", _("Can withdraw and restore statements")),
        ]
        indexes = [
            # What a person said, newest first. In the order of all statements, somebody who has been silent for years
            # comes after everybody else's.
            models.Index(fields=["speaker", "sort_key"], name="statement_by_speaker"),
        ]
        constraints = [
            is_date("statement", "spoken"),
            is_known("statement", "spoken", "spoken_known"),
            models.CheckConstraint(
                name="statement_evidence_for_date_is_named",
                condition=~Q(spoken_known="other") | Q(spoken_evidence__regex=r"\S"),
                violation_error_message=_("The date is known from another source: name that source."),
            ),
            models.CheckConstraint(
                name="statement_has_one_speaker_at_most",
                condition=Q(speaker__isnull=True, speaker_organization__isnull=True)
                | Q(speaker_organization__isnull=True, speaker_not_identified=False)
                | Q(speaker__isnull=True, speaker_not_identified=False),
                violation_error_message=_("Choose a person, or an organization, or “not identified”: only one."),
            ),
            models.CheckConstraint(
                name="statement_tenure_needs_speaker",
                condition=Q(tenure__isnull=True) | Q(speaker__isnull=False),
                violation_error_message=_("An office goes with a person who speaks."),
            ),
            models.CheckConstraint(
                name="statement_has_one_occasion_at_most",
                condition=Q(meeting__isnull=True) | Q(occasion_not_named=False),
                violation_error_message=_("Choose an occasion or “not named”, not both."),
            ),
        ]

    def __str__(self) -> str:
        """The label, else the first words; the id alone while there is no quote."""
        return self.label or Truncator(self.words).chars(NAME_LENGTH) or self.public_id

    def get_absolute_url(self) -> str:
        return address_of("statement", self.public_id, self.slug)

    @property
    def slug(self) -> str:
        """The readable end of the address, in Latin letters: the label, else the first words."""
        return slug_of(self.label or self.words)

    @property
    def words(self) -> str:
        """The words of the leading quote; empty while there is none."""
        return self.lead.words if self.lead else ""

    def take_lead(self) -> None:
        """Let `lead` be the one among the `quotes` that are read already, with all that was read of it: no query."""
        self.lead = next((quote for quote in self.quotes.all() if quote.pk == self.lead_id), None)

    @property
    def speaker_name(self) -> str:
        """Who spoke, in the reader's language; for an unidentified speaker the attribution as printed."""
        if known := self.speaker or self.speaker_organization:
            return known.name
        return self.lead.attribution if self.lead else ""

    @property
    def state(self) -> "Statement.State":
        """Where it stands on its way to the public."""
        if any(withdrawal.restored_at is None for withdrawal in self.withdrawals.all()):
            return self.State.WITHDRAWN
        if self.current_revision is None:
            return self.State.DRAFT
        if hasattr(self.current_revision, "approval"):
            return self.State.PUBLISHED
        return self.State.RETURNED if hasattr(self.current_revision, "returned") else self.State.SUBMITTED

    @property
    def is_with_its_authors(self) -> bool:
        """Whether it is theirs to submit or to delete: nobody waits for it, and nobody reads it."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    def fingerprint(self) -> str:
        """What tells whether anything that readers are shown has changed meanwhile; one query."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT md5(statement_content(%s)::text)", [self.pk])
            return str(cursor.fetchone()[0])

    def may_be_approved_by(self, user_id: int) -> bool:
        """Whether the user wrote no part of it."""
        return not self.authorships.filter(user_id=user_id).exists()


class Addressee(models.Model):
    """To whom a statement was addressed. Somebody without a record is named in words."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="addressees"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="addressed"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="addressed",
    )
    in_words = models.TextField(_("in words"), blank=True, help_text=_("For somebody who has no record of their own."))

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ("id",)
        constraints = [
            one_of_three("addressee"),
            models.UniqueConstraint(name="addressee_person_once", fields=["statement", "person"]),
            models.UniqueConstraint(name="addressee_organization_once", fields=["statement", "organization"]),
        ]

    def __str__(self) -> str:
        return self.in_words or str(self.person or self.organization)
