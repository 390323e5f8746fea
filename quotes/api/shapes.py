"""What the API says of each record. A field of v1 is never removed and never changes its meaning."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article, Snapshot, Source
from people.edtf import Edtf
from people.fields import OPEN
from people.models import Meeting, Office, Organization, Participant, Person, Tenure
from quotes.models import Quote, Span, Statement, Topic


class DateShape(serializers.Serializer[Any]):
    """A date as far as it is known: EDTF, the days it means, and how it is known."""

    edtf = serializers.CharField(help_text="2024-03-04, 2024-03, 2024-35 (third quarter) or 2024.")
    first = serializers.DateField(help_text="The first day it can mean.")
    last = serializers.DateField(help_text="The last day it can mean.")
    known_by = serializers.CharField(
        help_text="text, address, publication, other; empty where an open end needs no telling."
    )
    evidence = serializers.CharField(help_text="The other source, where the date is known from one.")


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

    id = serializers.CharField(source="public_id", help_text="Never reused; a merged record's id redirects.")
    name = serializers.CharField(help_text="In the language of the request, else in the first one that has it.")


NAMES = ("id", "name", "name_ru", "name_be", "name_en")


class OrganizationShape(Named):
    class Meta:
        model = Organization
        fields = (*NAMES, "country")


class OfficeShape(Named):
    class Meta:
        model = Office
        fields = (*NAMES, "country")


class PersonBrief(Named):
    class Meta:
        model = Person
        fields = NAMES


class TenureShape(serializers.ModelSerializer[Tenure]):
    office = OfficeShape()
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    ongoing = serializers.SerializerMethodField(help_text="Whether the person still holds the office.")

    class Meta:
        model = Tenure
        fields = ("office", "start", "end", "ongoing", "evidence")

    @extend_schema_field(DateShape(allow_null=True))
    def get_start(self, tenure: Tenure) -> dict[str, Any] | None:
        return date_shape(tenure.start, tenure.start_known)

    @extend_schema_field(DateShape(allow_null=True))
    def get_end(self, tenure: Tenure) -> dict[str, Any] | None:
        return None if tenure.end == OPEN else date_shape(tenure.end, tenure.end_known)

    def get_ongoing(self, tenure: Tenure) -> bool:
        return bool(tenure.end == OPEN)


class PersonShape(Named):
    other_names = serializers.SlugRelatedField[Any](
        source="names", slug_field="text", many=True, read_only=True, help_text="Aliases and other spellings."
    )
    tenures = TenureShape(many=True, read_only=True)
    url = serializers.SerializerMethodField(help_text="The page for people.")

    class Meta:
        model = Person
        fields = (*NAMES, "about", "other_names", "tenures", "url")

    def get_url(self, person: Person) -> str:
        return page(self, person)


class PartyShape(serializers.Serializer[Any]):
    """Somebody named by a record of their own or in words; exactly one of the three is there."""

    person = PersonBrief(allow_null=True)
    organization = OrganizationShape(allow_null=True)
    in_words = serializers.CharField()


class ParticipantShape(PartyShape):
    role = serializers.ChoiceField(choices=Participant.Role.choices)


class MeetingBrief(Named):
    class Meta:
        model = Meeting
        fields = NAMES


class MeetingShape(Named):
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    participants = ParticipantShape(many=True, read_only=True)
    url = serializers.SerializerMethodField(help_text="The page for people.")

    class Meta:
        model = Meeting
        fields = (*NAMES, "kind", "start", "end", "place", "participants", "url")

    @extend_schema_field(DateShape(allow_null=True))
    def get_start(self, meeting: Meeting) -> dict[str, Any] | None:
        return date_shape(meeting.start, meeting.start_known)

    @extend_schema_field(DateShape(allow_null=True))
    def get_end(self, meeting: Meeting) -> dict[str, Any] | None:
        return date_shape(meeting.end, meeting.end_known)

    def get_url(self, meeting: Meeting) -> str:
        return page(self, meeting)


class SourceBrief(Named):
    class Meta:
        model = Source
        fields = (*NAMES, "kind")


class SourceShape(Named):
    url = serializers.SerializerMethodField(help_text="The page for people.")

    class Meta:
        model = Source
        fields = (*NAMES, "kind", "host", "country", "url")

    def get_url(self, source: Source) -> str:
        return page(self, source)


class ArticleBrief(serializers.ModelSerializer[Article]):
    id = serializers.CharField(source="public_id")
    published = serializers.SerializerMethodField()
    source = SourceBrief()  # type: ignore[assignment]  # a field of the record, not of the class

    class Meta:
        model = Article
        fields = ("id", "title", "address", "language", "published", "source")

    @extend_schema_field(DateShape(allow_null=True))
    def get_published(self, article: Article) -> dict[str, Any] | None:
        return date_shape(article.published, article.published_known)


class SnapshotBrief(serializers.ModelSerializer[Snapshot]):
    id = serializers.CharField(source="public_id")
    proof = serializers.CharField(
        source="proof.root", help_text="The hash by which words of the text can be proven: see docs/evidence.md."
    )

    class Meta:
        model = Snapshot
        fields = ("id", "text_sha256", "raw_sha256", "proof", "retrieved_at", "body_start", "body_end")


class ArticleShape(ArticleBrief):
    snapshots = SnapshotBrief(many=True, read_only=True)
    url = serializers.SerializerMethodField(help_text="The page for people.")

    class Meta(ArticleBrief.Meta):
        fields = (*ArticleBrief.Meta.fields, "byline", "credit", "snapshots", "url")  # type: ignore[assignment]

    def get_url(self, article: Article) -> str:
        return page(self, article)


class SpanShape(serializers.ModelSerializer[Span]):
    class Meta:
        model = Span
        fields = ("start", "end", "exact")
        extra_kwargs = {
            "start": {"help_text": "Code points of the snapshot's text before it."},
            "end": {"help_text": "Exclusive."},
        }


class QuoteShape(serializers.ModelSerializer[Quote]):
    id = serializers.CharField(source="public_id")
    statement = serializers.CharField(source="statement.public_id")
    words = serializers.CharField(help_text="As printed; where the report breaks them off, « […] » stands between.")
    passage = serializers.SerializerMethodField(help_text="The telling part, where one is marked.")
    spans = SpanShape(many=True, read_only=True)
    snapshot = SnapshotBrief()
    article = ArticleBrief(source="snapshot.article")

    class Meta:
        model = Quote
        fields = (
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

    @extend_schema_field(SpanShape(allow_null=True))
    def get_passage(self, quote: Quote) -> dict[str, Any] | None:
        if not quote.passage:
            return None
        return {"start": quote.passage_start, "end": quote.passage_end, "exact": quote.passage}


class TopicShape(Named):
    class Meta:
        model = Topic
        fields = NAMES


class StatementShape(serializers.ModelSerializer[Statement]):
    id = serializers.CharField(source="public_id", help_text="Never reused; a withdrawn statement's id answers 410.")
    label = serializers.CharField(  # type: ignore[assignment]  # a field of the record, not of the class
        help_text="A nickname. Not verbatim, whatever it looks like."
    )
    speaker = PersonBrief(allow_null=True)
    speaker_organization = OrganizationShape(allow_null=True)
    office = OfficeShape(source="tenure.office", allow_null=True, help_text="The office in which the speaker spoke.")
    spoken = serializers.SerializerMethodField(help_text="When it was said, not when it was printed.")
    meeting = MeetingBrief(allow_null=True)
    addressees = PartyShape(many=True, read_only=True)
    topics = TopicShape(many=True, read_only=True)
    lead = serializers.CharField(source="lead.public_id", help_text="The quote whose wording is shown first.")
    quotes = QuoteShape(many=True, read_only=True)
    revision = serializers.IntegerField(source="current_revision.number")
    approved_at = serializers.DateTimeField(source="current_revision.approval.approved_at")
    url = serializers.SerializerMethodField(help_text="The page for people; it stays.")

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

    def get_url(self, statement: Statement) -> str:
        return page(self, statement)


def page(serializer: "serializers.BaseSerializer[Any]", record: Any) -> str:
    """The record's page with the host of the request."""
    return str(serializer.context["request"].build_absolute_uri(record.get_absolute_url()))
