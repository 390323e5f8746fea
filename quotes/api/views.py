"""Read-only lists and records of what is published. Every queryset starts from what has a public page."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ReadOnlyModelViewSet

from articles.models import Article, Snapshot, Source
from people.finding import every_word_in
from people.models import Meeting, Person
from quotes.api.shapes import ArticleShape, MeetingShape, PersonShape, QuoteShape, SourceShape, StatementShape
from quotes.models import Quote, Statement
from quotes.models.statement import StatementQuerySet
from quotes.pages import visible
from quotes.pages.permalinks import moved_to
from quotes.search.index import IndexUnavailable
from quotes.search.published import RETRY_SECONDS, find, records

WORDS = OpenApiParameter("q", OpenApiTypes.STR, description="Words that must all occur; “phrase”, -word, OR.")
ITS_WORDS = OpenApiParameter("q", OpenApiTypes.STR, description="Words that must all stand in the quote.")
ITS_NAME = OpenApiParameter("q", OpenApiTypes.STR, description="Words that must all stand in a name or an alias.")


class Gone(APIException):
    """A record that was taken back; the answer says why and when."""

    status_code = 410
    default_code = "gone"

    def __init__(self, detail: str, more: dict[str, Any]) -> None:
        super().__init__(detail)
        self.more = more


class SearchUnavailable(APIException):
    """The index is being rebuilt: everything but the search works."""

    status_code = 503
    default_code = "search_unavailable"
    wait = RETRY_SECONDS  # told in the header Retry-After


class PublicViewSet(ReadOnlyModelViewSet[Any]):
    """Lists newest first by a unique column; records by public id; `q` where the list can be searched."""

    lookup_field = "public_id"
    lookup_value_converter = "public_id"
    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    parameters: ClassVar[tuple[str, ...]] = ("q",)
    # Where words are looked for; a lookup that leads to many rows may repeat a record.
    names: ClassVar[tuple[str, ...]] = ("name_ru", "name_be", "name_en")

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.public()
        words = self.request.query_params.get("q", "") if self.action == "list" else ""
        return rows.filter(pk__in=rows.filter(every_word_in(words, *self.names)).values("pk")) if words else rows

    def public(self) -> QuerySet[Any]:
        """The records that have a public page, with what their shape needs."""
        raise NotImplementedError


@extend_schema_view(list=extend_schema(parameters=[ITS_NAME]))
class PersonViewSet(PublicViewSet):
    """People who made a published statement."""

    serializer_class = PersonShape
    names = (*PublicViewSet.names, "names__text")

    def public(self) -> QuerySet[Person]:
        return visible.people().prefetch_related("names", "tenures__office")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            merged = Person.objects.filter(public_id=kwargs["public_id"], merged_into__isnull=False)
            if target := merged.values_list("merged_into__public_id", flat=True).first():
                return moved_to(request, reverse("api:person-detail", args=[target], request=request))
            raise


@extend_schema_view(list=extend_schema(parameters=[ITS_NAME]))
class MeetingViewSet(PublicViewSet):
    """Occasions of published statements."""

    serializer_class = MeetingShape

    def public(self) -> QuerySet[Meeting]:
        return visible.meetings().prefetch_related("participants__person", "participants__organization")


@extend_schema_view(list=extend_schema(parameters=[ITS_NAME]))
class SourceViewSet(PublicViewSet):
    """Sources that reported published statements."""

    serializer_class = SourceShape

    def public(self) -> QuerySet[Source]:
        return visible.sources()


@extend_schema_view(list=extend_schema(parameters=[ITS_NAME]))
class ArticleViewSet(PublicViewSet):
    """Articles that reported published statements, with the hashes of their snapshots."""

    serializer_class = ArticleShape
    names = ("title", "source__name_ru", "source__name_be", "source__name_en")

    def public(self) -> QuerySet[Article]:
        snapshots = Prefetch("snapshots", Snapshot.objects.light())
        return visible.articles().select_related("source").prefetch_related(snapshots)


@extend_schema_view(list=extend_schema(parameters=[ITS_WORDS]))
class QuoteViewSet(PublicViewSet):
    """Quotes of published statements: exact characters of a snapshot."""

    serializer_class = QuoteShape
    names = ("spans__exact",)

    def public(self) -> QuerySet[Quote]:
        snapshot = Prefetch("snapshot", Snapshot.objects.light().select_related("article__source"))
        return visible.quotes().select_related("statement").prefetch_related("spans", snapshot)


@extend_schema_view(list=extend_schema(parameters=[WORDS]))
class StatementViewSet(PublicViewSet):
    """Published statements in the order of the day they were said, the newest first."""

    serializer_class = StatementShape
    ordering = ("-sort_key",)

    def public(self) -> QuerySet[Statement]:
        return with_all_parts(Statement.objects.published())

    def get_queryset(self) -> QuerySet[Any]:
        words = self.request.query_params.get("q", "") if self.action == "list" else ""
        return self.public().filter(pk__in=self._found(words)) if words.strip() else self.public()

    def _found(self, words: str) -> list[int]:
        """The statements of the asked page, and one more by which the paginator sees that there is a next one."""
        cursor = self.paginator.decode_cursor(self.request)  # type: ignore[union-attr]
        position, backwards = (cursor.position, cursor.reverse) if cursor else (None, False)
        size = self.paginator.get_page_size(self.request)  # type: ignore[union-attr]
        try:
            found = find(
                words,
                order="oldest" if backwards else "newest",
                after=position,
                limit=size + 1,
                read=records(Statement.objects.only("pk")),
            )
        except IndexUnavailable as error:
            raise SearchUnavailable(_("The search index is being rebuilt. Try again in a minute.")) from error
        return [statement.pk for statement in found.statements]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            self._refuse_withdrawn(kwargs["public_id"])
            raise

    def _refuse_withdrawn(self, public_id: str) -> None:
        statement = Statement.objects.ever_published().withdrawn().filter(public_id=public_id).first()
        if statement is not None:
            withdrawal = statement.withdrawals.get(restored_at=None)
            raise Gone(withdrawal.reason, {"id": public_id, "withdrawn_at": withdrawal.withdrawn_at.isoformat()})


def with_all_parts(statements: StatementQuerySet) -> QuerySet[Statement]:
    """With everything that a StatementShape says, in a number of queries that does not grow."""
    snapshots = Prefetch("quotes__snapshot", Snapshot.objects.light().select_related("article__source"))
    return (
        statements.select_related("speaker", "speaker_organization", "tenure__office", "meeting", "lead")
        .select_related("current_revision__approval")
        .defer("current_revision__content")
        .prefetch_related("addressees__person", "addressees__organization", "topics")
        .prefetch_related("lead__spans", "quotes__spans", "quotes__statement", snapshots)
    )
