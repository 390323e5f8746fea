"""What the API says of each record. A field of v1 is never removed and never changes its meaning."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article, Snapshot, Source
from people.dating import KnownBy
from people.edtf import Edtf
from people.fields import OPEN
from people.models import Meeting, Office, Organization, Participant, Person, Tenure
from quotes.api.expanding import Expandable, Sparse
from quotes.models import Quote, Span, Statement, Topic
from quotes.pages.context import windows

ITS_PAGE = _("The page for people; it stays.")


class DateShape(serializers.Serializer[Any]):
    """A date as far as it is known: EDTF, the days it means, and how it is known."""

    edtf = serializers.CharField(help_text=_("2024-03-04, 2024-03, 2024-35 (third quarter) or 2024."))
    first = serializers.DateField(help_text=_("The first day it can mean."))
    last = serializers.DateField(help_text=_("The last day it can mean."))
    known_by = serializers.ChoiceField(
        choices=KnownBy.choices,
        allow_blank=True,
        help_text=_("How it is known; empty where an open end needs no telling."),
    )
    evidence = serializers.CharField(help_text=_("The other source, where the date is known from one."))


def date_shape(edtf: str | None, known: str, evidence: str = "") -> dict[str, Any] | None:
    """The value of a DateShape; None where no date is known."""
    if not edtf:
        return None
    date = Edtf.of(edtf)
    return {
        "edtf": edtf,
        "first": date.first.isoformat(),
        "last": date.last.isoformat(),
        "known_by": known,
        "evidence": evidence,
    }


class Named(serializers.ModelSerializer[Any]):
    """The parts that all named records share."""

    id = serializers.CharField(source="public_id", help_text=_("Never reused; a merged record’s id redirects."))
    name = serializers.CharField(help_text=_("In the language of the request, else in the first one that has it."))


class Paged(Sparse):
    """A record with a page of its own."""

    url = serializers.SerializerMethodField(help_text=ITS_PAGE)

    def get_url(self, record: Any) -> str:
        return str(self.context["request"].build_absolute_uri(record.get_absolute_url()))


NAMES = ("id", "name", "name_ru", "name_be", "name_en")


class OrganizationBrief(Named):
    class Meta:
        model = Organization
        fields = (*NAMES, "country")


class OrganizationShape(Sparse, OrganizationBrief):
    other_names = serializers.ListField(
        source="aliases", child=serializers.CharField(), help_text=_("Short names and abbreviations.")
    )

    class Meta(OrganizationBrief.Meta):
        fields = (*OrganizationBrief.Meta.fields, "other_names")  # type: ignore[assignment]


class OfficeBrief(Named):
    class Meta:
        model = Office
        fields = (*NAMES, "country")


class OfficeShape(Sparse, OfficeBrief):
    organization = Expandable(OrganizationBrief, lambda: OrganizationShape, allow_null=True)
    epithets = serializers.ListField(
        child=serializers.CharField(), help_text=_("What the press calls whoever holds it.")
    )

    class Meta(OfficeBrief.Meta):
        fields = (*OfficeBrief.Meta.fields, "organization", "epithets", "single_seat")  # type: ignore[assignment]


class PersonBrief(Named):
    class Meta:
        model = Person
        fields = NAMES


class TenureBrief(serializers.ModelSerializer[Tenure]):
    """Who held an office when, beside the person."""

    office = OfficeBrief()
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    ongoing = serializers.SerializerMethodField(help_text=_("Whether the person still holds the office."))

    class Meta:
        model = Tenure
        fields: tuple[str, ...] = ("office", "start", "end", "ongoing", "evidence")

    @extend_schema_field(DateShape(allow_null=True))
    def get_start(self, tenure: Tenure) -> dict[str, Any] | None:
        return date_shape(tenure.start, tenure.start_known)

    @extend_schema_field(DateShape(allow_null=True))
    def get_end(self, tenure: Tenure) -> dict[str, Any] | None:
        return None if tenure.end == OPEN else date_shape(tenure.end, tenure.end_known)

    def get_ongoing(self, tenure: Tenure) -> bool:
        return bool(tenure.end == OPEN)


class TenureShape(Sparse, TenureBrief):
    person = Expandable(PersonBrief, lambda: PersonShape)
    office = Expandable(OfficeBrief, lambda: OfficeShape)  # type: ignore[assignment]

    class Meta(TenureBrief.Meta):
        fields = ("person", *TenureBrief.Meta.fields)


class PersonShape(Paged, Named):
    other_names = serializers.SlugRelatedField[Any](
        source="names", slug_field="text", many=True, read_only=True, help_text=_("Aliases and other spellings.")
    )
    tenures = TenureBrief(many=True, read_only=True)

    class Meta:
        model = Person
        fields = (*NAMES, "about", "other_names", "tenures", "url")


class PartyShape(serializers.Serializer[Any]):
    """Somebody named by a record of their own or in words; exactly one of the three is there."""

    person = PersonBrief(allow_null=True)
    organization = OrganizationBrief(allow_null=True)
    in_words = serializers.CharField()


class ParticipantShape(PartyShape):
    role = serializers.ChoiceField(choices=Participant.Role.choices)


class MeetingBrief(Named):
    class Meta:
        model = Meeting
        fields = NAMES


class MeetingShape(Paged, Named):
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    participants = ParticipantShape(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = (*NAMES, "kind", "start", "end", "place", "participants", "url")

    @extend_schema_field(DateShape(allow_null=True))
    def get_start(self, meeting: Meeting) -> dict[str, Any] | None:
        return date_shape(meeting.start, meeting.start_known)

    @extend_schema_field(DateShape(allow_null=True))
    def get_end(self, meeting: Meeting) -> dict[str, Any] | None:
        return date_shape(meeting.end, meeting.end_known)


class SourceBrief(Named):
    class Meta:
        model = Source
        fields = (*NAMES, "kind")


class SourceShape(Paged, Named):
    class Meta:
        model = Source
        fields = (*NAMES, "kind", "host", "country", "url")


class ArticleBrief(serializers.ModelSerializer[Article]):
    id = serializers.CharField(source="public_id")
    address = serializers.CharField(help_text=_("Where it was published; empty for a text without an address."))
    published = serializers.SerializerMethodField(help_text=_("When it was printed, not when its words were said."))
    source = SourceBrief()  # type: ignore[assignment]  # a field of the record, not of the class

    class Meta:
        model = Article
        fields: tuple[str, ...] = ("id", "title", "address", "language", "published", "source")

    @extend_schema_field(DateShape(allow_null=True))
    def get_published(self, article: Article) -> dict[str, Any] | None:
        return date_shape(article.published, article.published_known)


class SnapshotBrief(serializers.ModelSerializer[Snapshot]):
    id = serializers.CharField(source="public_id")
    text_sha256 = serializers.CharField(help_text=_("SHA-256 of the text in UTF-8."))
    raw_sha256 = serializers.CharField(help_text=_("SHA-256 of the bytes that were taken in."))
    proof = serializers.CharField(
        source="proof.root", help_text=_("The hash by which words of the text can be proven: see docs/evidence.md.")
    )
    retrieved_at = serializers.DateTimeField(help_text=_("When the text was taken in, by our clock."))

    class Meta:
        model = Snapshot
        fields: tuple[str, ...] = (
            *("id", "text_sha256", "raw_sha256", "proof"),
            *("retrieved_at", "body_start", "body_end"),
        )
        extra_kwargs = {
            "body_start": {"help_text": _("Where the article itself begins: code points of the text before it.")},
            "body_end": {"help_text": _("Where it ends, exclusive.")},
        }


class ArticleShape(Paged, ArticleBrief):
    source = Expandable(SourceBrief, lambda: SourceShape)  # type: ignore[assignment]
    byline = serializers.CharField(help_text=_("The authors as printed."))
    credit = serializers.CharField(help_text=_("The line that names another source, as printed."))
    snapshots = SnapshotBrief(many=True, read_only=True)

    class Meta(ArticleBrief.Meta):
        fields = (*ArticleBrief.Meta.fields, "byline", "credit", "snapshots", "url")


class SpanShape(serializers.ModelSerializer[Span]):
    class Meta:
        model = Span
        fields = ("start", "end", "exact")
        extra_kwargs = {
            "start": {"help_text": _("Code points of the snapshot’s text before it.")},
            "end": {"help_text": _("Exclusive.")},
        }


class QuoteBrief(serializers.ModelSerializer[Quote]):
    """How one article words a statement, beside the statement."""

    id = serializers.CharField(source="public_id")
    statement = serializers.CharField(source="statement.public_id", help_text=_("The id of what it words."))
    words = serializers.CharField(help_text=_("As printed; where the report breaks them off, « […] » stands between."))
    passage = serializers.SerializerMethodField(help_text=_("The telling part, where one is marked."))
    spans = SpanShape(many=True, read_only=True)
    attribution = serializers.CharField(help_text=_("The words of the text that name the speaker."))
    snapshot = SnapshotBrief()
    article = ArticleBrief(source="snapshot.article")

    class Meta:
        model = Quote
        fields: tuple[str, ...] = (
            "id",
            "statement",
            "kind",
            "language",
            "words",
            "passage",
            "spans",
            "attribution",
            "snapshot",
            "article",
        )
        extra_kwargs = {"kind": {"help_text": _("The words of an indirect quote are the reporter’s.")}}

    @extend_schema_field(SpanShape(allow_null=True))
    def get_passage(self, quote: Quote) -> dict[str, Any] | None:
        if not quote.passage:
            return None
        return {"start": quote.passage_start, "end": quote.passage_end, "exact": quote.passage}


class QuoteShape(Sparse, QuoteBrief):
    article = Expandable(ArticleBrief, lambda: ArticleShape, source="snapshot.article")  # type: ignore[assignment]

    class Meta(QuoteBrief.Meta):
        pass


class WindowShape(serializers.Serializer[Any]):
    """A run of a snapshot's characters that is public; `start` and `end` count as those of spans."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField(trim_whitespace=False)


class SnapshotShape(Sparse, SnapshotBrief):
    article = Expandable(ArticleBrief, lambda: ArticleShape)
    characters = serializers.SerializerMethodField(help_text=_("How many code points the whole text has."))
    windows = serializers.SerializerMethodField(
        help_text=_("The published words with what stands around them: all of the text that is public.")
    )
    text = serializers.SerializerMethodField(help_text=_("The whole text, for a key that may read it; else null."))

    class Meta(SnapshotBrief.Meta):
        fields = (*SnapshotBrief.Meta.fields, "media_type", "encoding", "article", "characters", "windows", "text")

    def get_characters(self, snapshot: Snapshot) -> int:
        return len(snapshot.text)

    @extend_schema_field(WindowShape(many=True))
    def get_windows(self, snapshot: Snapshot) -> list[dict[str, Any]]:
        body = (snapshot.body_start, snapshot.body_end)
        quotes = [[(span.start, span.end) for span in quote.spans.all()] for quote in snapshot.public_quotes]  # type: ignore[attr-defined]
        return [
            {"start": start, "end": end, "text": snapshot.text[start:end]}
            for start, end in windows(snapshot.text, body, quotes, window=settings.CONTEXT_WINDOW)
        ]

    def get_text(self, snapshot: Snapshot) -> str | None:
        key = self.context["request"].auth
        return str(snapshot.text) if key is not None and key.may_read_texts is True else None


class TopicBrief(Named):
    class Meta:
        model = Topic
        fields: tuple[str, ...] = NAMES


class TopicShape(Paged, TopicBrief):
    broader = TopicBrief(source="parent", allow_null=True)

    class Meta(TopicBrief.Meta):
        fields = (*NAMES, "broader", "url")


class StatementShape(Paged):
    id = serializers.CharField(source="public_id", help_text=_("Never reused; a withdrawn statement’s id answers 410."))
    label = serializers.CharField(  # type: ignore[assignment]  # a field of the record, not of the class
        help_text=_("A nickname. Not verbatim, whatever it looks like.")
    )
    speaker = Expandable(PersonBrief, lambda: PersonShape, allow_null=True)
    speaker_organization = Expandable(OrganizationBrief, lambda: OrganizationShape, allow_null=True)
    speaker_not_identified = serializers.BooleanField(
        help_text=_("The text does not say who; the attribution as printed stands for the name.")
    )
    office = Expandable(
        OfficeBrief,
        lambda: OfficeShape,
        source="tenure.office",
        allow_null=True,
        help_text=_("The office in which the speaker spoke."),
    )
    spoken = serializers.SerializerMethodField(help_text=_("When it was said, not when it was printed."))
    meeting = Expandable(MeetingBrief, lambda: MeetingShape, allow_null=True)
    addressees = PartyShape(many=True, read_only=True)
    topics = Expandable(TopicBrief, lambda: TopicShape, many=True)
    lead = serializers.CharField(
        source="lead.public_id", help_text=_("The id of the quote whose wording is shown first.")
    )
    quotes = QuoteBrief(many=True, read_only=True)
    revision = serializers.IntegerField(
        source="current_revision.number", help_text=_("Which state of the statement this is.")
    )
    approved_at = serializers.DateTimeField(
        source="current_revision.approval.approved_at",
        help_text=_("When a second person approved it in this state."),
    )

    class Meta:
        model = Statement
        fields = (
            "id",
            "label",
            "speaker",
            "speaker_organization",
            "speaker_not_identified",
            "office",
            "spoken",
            "meeting",
            "occasion_not_named",
            "addressees",
            "topics",
            "lead",
            "quotes",
            "revision",
            "approved_at",
            "url",
        )

    @extend_schema_field(DateShape())
    def get_spoken(self, statement: Statement) -> dict[str, Any] | None:
        return date_shape(statement.spoken, statement.spoken_known, statement.spoken_evidence)
