"""Read-only lists and records of what is published. Every queryset starts from what the public may see."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final, NoReturn

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, NotFound
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from articles.address import same_addresses
from articles.models import Article, Snapshot, Source
from people.finding import every_word_in
from people.models import Meeting, Office, Organization, Person, Tenure
from quotes.api import filters as by
from quotes.api.asking import Asked, Parameter, choices, day, id_list, patterns, read, words
from quotes.api.expanding import expandable, names
from quotes.api.loading import loaded
from quotes.api.shapes import (
    ArticleShape,
    MeetingShape,
    OfficeShape,
    OrganizationShape,
    PersonShape,
    QuoteShape,
    SnapshotShape,
    SourceShape,
    StatementShape,
    TenureShape,
    TopicShape,
)
from quotes.models import Quote, Statement, Topic
from quotes.pages import visible
from quotes.pages.absent import why_absent
from quotes.pages.permalinks import moved_to
from quotes.search.finding import NO_FILTERS, Filters
from quotes.search.index import IndexUnavailable
from quotes.search.published import RETRY_SECONDS, find, index, is_up_to_date, records
from quotes.search.query import Query

LONGEST_NAME: Final = 200  # code points: each word costs the database several patterns
FIELDS_SHOWN: Final = gettext_lazy("The fields to show, where not all are wanted; the id always comes along.")
FIELDS_EXPANDED: Final = gettext_lazy("Fields whose records are shown in full instead of in brief.")
ITS_NAME: Final = words(
    "q", gettext_lazy("Words that must all stand in a name or an alias, in any form."), LONGEST_NAME
)
COUNTRY: Final = patterns("country", gettext_lazy("Countries, as two letters (ISO 3166)."), "[A-Z]{2}", "BY,KZ")
HELD: Final = id_list("office", gettext_lazy("Offices that they have held."))
HELD_IN: Final = id_list("organization", gettext_lazy("Organizations in which they have held an office."))
SPOKE_AT: Final = id_list("meeting", gettext_lazy("Occasions on which they spoke."))
SPOKE_ON: Final = id_list("topic", gettext_lazy("Topics on which they spoke, each with its narrower ones."))


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

    def __init__(self) -> None:
        super().__init__(_("The search index is being rebuilt. Try again in a minute."))


class Asks:
    """A view that reads what it is asked before it does anything, and refuses all that is wrong at once.

    `about` says in the reader's language what is there, for the schema and the page of the documentation.
    """

    about: ClassVar[Promise | str] = ""
    parameters: ClassVar[Sequence[Parameter]] = ()
    asked: Asked

    def parameters_here(self) -> Sequence[Parameter]:
        return self.parameters

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        self.asked = read(request.query_params, self.parameters_here())


class PublicListViewSet(Asks, ListModelMixin, GenericViewSet[Any]):
    """Lists newest first by a unique column."""

    filter_backends = ()
    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    # Where the words of `q` are looked for; a lookup that leads to many rows may repeat a record.
    names: ClassVar[tuple[str, ...]] = ("name_ru", "name_be", "name_en")

    def parameters_here(self) -> Sequence[Parameter]:
        of_every = of_shape(self.serializer_class)
        if self.action != "list":
            return of_every
        return (*self.parameters, *of_every, *self.paginator.parameters)  # type: ignore[union-attr]

    @cached_property
    def chosen(self) -> Filters:
        """What statements are filtered by. Raises NothingPublic where nothing passes."""
        return by.filters(self.asked)

    def public(self) -> QuerySet[Any]:
        """The records that the public may see."""
        raise NotImplementedError

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the rows that were asked for, words aside."""
        return rows

    def get_queryset(self) -> QuerySet[Any]:
        """A record with all that is shown of it; of a list, the rows that pass, for `paginate_queryset` to load."""
        if self.action != "list":
            return self.shown()
        rows = self.public()
        try:
            rows = self.filtered(rows)
            if "id" in self.asked:
                rows = rows.filter(pk__in=by.found(rows.model, self.asked, "id"))
        except by.NothingPublic:
            return rows.none()
        text = self.asked.text("q")
        return rows.filter(pk__in=self.public().filter(every_word_in(text, *self.names)).values("pk")) if text else rows

    def get_serializer_context(self) -> dict[str, Any]:
        asked = {name: self.asked.many(name) for name in ("fields", "expand")}
        return {**super().get_serializer_context(), **asked}

    def shown(self) -> QuerySet[Any]:
        """The records with what is shown of them."""
        return loaded(self.public(), self.asked.many("fields"), self.asked.many("expand"))

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of the rows. Which they are is one query, what they say others: to plan one over the tables of all takes
        PostgreSQL far longer than to answer them.
        """
        if self.asked.get("count"):
            self.paginator.total = self.count(queryset)  # type: ignore[union-attr]
        keys = queryset.select_related(None).only("pk", *(column.lstrip("-") for column in self.ordering))
        page = super().paginate_queryset(keys) or []
        rows = self.shown().in_bulk([row.pk for row in page])
        return [rows[row.pk] for row in page if row.pk in rows]

    def count(self, rows: QuerySet[Any]) -> int:
        return rows.order_by().count()


def of_shape(shape: Any) -> Sequence[Parameter]:
    """What can be asked of every list and record: some of its fields, more of what they name."""
    some = choices("fields", FIELDS_SHOWN, names(shape))
    expanded = expandable(shape)
    return (some, choices("expand", FIELDS_EXPANDED, expanded)) if expanded else (some,)


class PublicViewSet(RetrieveModelMixin, PublicListViewSet):
    """And records by public id."""

    lookup_field = "public_id"
    lookup_value_converter = "public_id"
    about_one: ClassVar[Promise | str] = ""


class PersonViewSet(PublicViewSet):
    about = gettext_lazy("People who made a published statement.")
    about_one = gettext_lazy("A person. The id of a record that was merged into another redirects to that one.")
    serializer_class = PersonShape
    parameters = (ITS_NAME, by.IDS, HELD, HELD_IN, SPOKE_AT, SPOKE_ON)
    names = (*PublicViewSet.names, "names__text")

    def public(self) -> QuerySet[Person]:
        return visible.people()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for name, model, path in (("office", Office, "office"), ("organization", Organization, "office__organization")):
            if numbers := by.found(model, self.asked, name):
                rows = rows.filter(pk__in=Tenure.objects.filter(**{f"{path}__in": numbers}).values("person"))
        spoke = Filters(meetings=by.found(Meeting, self.asked, "meeting"), topics=by.found(Topic, self.asked, "topic"))
        return rows.filter(pk__in=by.statements_passing(spoke).values("speaker")) if spoke != Filters() else rows

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            merged = Person.objects.filter(public_id=kwargs["public_id"], merged_into__isnull=False)
            if target := merged.values_list("merged_into__public_id", flat=True).first():
                return moved_to(request, reverse("api:person-detail", args=[target], request=request))
            raise


class OfficeViewSet(PublicViewSet):
    about = gettext_lazy("Offices that people with a published statement have held.")
    about_one = gettext_lazy("An office.")
    serializer_class = OfficeShape
    parameters = (
        ITS_NAME,
        by.IDS,
        COUNTRY,
        id_list("organization", gettext_lazy("Organizations that they belong to.")),
        id_list("person", gettext_lazy("People who have held them.")),
    )
    names = (*PublicViewSet.names, "epithets")

    def public(self) -> QuerySet[Office]:
        return visible.held_offices()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if people := by.found(Person, self.asked, "person"):
            rows = rows.filter(pk__in=visible.tenures().filter(person__in=people).values("office"))
        return _of(rows, self.asked, organization=Organization, country=None)


class TenureViewSet(PublicListViewSet):
    about = gettext_lazy(
        "Who held which office, from when to when. A tenure has no id of its own: person, office and dates tell it."
    )
    serializer_class = TenureShape
    parameters = (
        id_list("person", gettext_lazy("Who held it.")),
        id_list("office", gettext_lazy("Which office.")),
        id_list("organization", gettext_lazy("Organizations that the offices belong to.")),
        day("on", gettext_lazy("A day on which they may have held it, as far as the dates tell.")),
    )

    def public(self) -> QuerySet[Tenure]:
        return visible.tenures()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if when := self.asked.get("on"):
            rows = rows.filter(possible__contains=when)
        if bodies := by.found(Organization, self.asked, "organization"):
            rows = rows.filter(office__organization__in=bodies)
        return _of(rows, self.asked, person=Person, office=Office)


class OrganizationViewSet(PublicViewSet):
    about = gettext_lazy("Organizations that made a published statement, or to which an office of the list belongs.")
    about_one = gettext_lazy("An organization.")
    serializer_class = OrganizationShape
    parameters = (ITS_NAME, by.IDS, COUNTRY)
    names = (*PublicViewSet.names, "aliases")

    def public(self) -> QuerySet[Organization]:
        return visible.named_organizations()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return _of(rows, self.asked, country=None)


class MeetingViewSet(PublicViewSet):
    about = gettext_lazy("Occasions of published statements, with who took part.")
    about_one = gettext_lazy("An occasion.")
    serializer_class = MeetingShape
    parameters = (
        ITS_NAME,
        by.IDS,
        choices("kind", gettext_lazy("Kinds of occasions."), Meeting.Kind.values),
        id_list("speaker", gettext_lazy("Who spoke there: ids of people or of organizations.")),
        id_list("topic", gettext_lazy("Topics that were spoken on there.")),
        *by.range_of(
            "start",
            gettext_lazy("Begun on this day or later; an imprecise date counts as its first day."),
            gettext_lazy("Begun on this day or earlier; an imprecise date counts as its first day."),
        ),
    )

    def public(self) -> QuerySet[Meeting]:
        return visible.meetings()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = rows.filter(by.published_on("start_range", by.days(self.asked, "start")))
        if {"speaker", "topic"} & set(self.asked.values):
            spoken = by.filters(
                Asked({name: self.asked.many(name) for name in ("speaker", "topic") if name in self.asked})
            )
            rows = rows.filter(pk__in=by.statements_passing(spoken).values("meeting"))
        return _of(rows, self.asked, kind=None)


class SourceViewSet(PublicViewSet):
    about = gettext_lazy("Sources that reported published statements.")
    about_one = gettext_lazy("A source.")
    serializer_class = SourceShape
    parameters = (ITS_NAME, by.IDS, choices("kind", gettext_lazy("Kinds of sources."), Source.Kind.values), COUNTRY)

    def public(self) -> QuerySet[Source]:
        return visible.sources()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return _of(rows, self.asked, kind=None, country=None)


class ArticleViewSet(PublicViewSet):
    about = gettext_lazy("Articles that reported published statements, with the hashes of their snapshots.")
    about_one = gettext_lazy("An article.")
    serializer_class = ArticleShape
    parameters = (
        words("q", gettext_lazy("Words that must all stand in the title or in the source’s name."), LONGEST_NAME),
        by.IDS,
        by.SOURCE,
        words("address", gettext_lazy("The address at which it was published, however it is spelled.")),
        patterns("language", gettext_lazy("Languages, as two letters: ru, be, en."), "[a-z]{2,3}", "ru,be"),
        *(by.SPEAKER, by.OFFICE, by.ORGANIZATION, by.MEETING, by.TOPIC),
        *by.range_of(
            "published",
            gettext_lazy("Published on this day or later; an imprecise date counts as its first day."),
            gettext_lazy("Published on this day or earlier; an imprecise date counts as its first day."),
        ),
    )
    names = ("title", "source__name_ru", "source__name_be", "source__name_en")

    def public(self) -> QuerySet[Article]:
        return visible.articles()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        of_statements = ("speaker", "office", "organization", "meeting", "topic")
        if set(of_statements) & set(self.asked.values):
            said = by.filters(Asked({name: self.asked.get(name) for name in of_statements if name in self.asked}))
            quoted = visible.quotes().filter(by.passing_quotes(said))
            # Those are public anyway; to ask it twice leads the planner through all articles.
            rows = Article.objects.filter(pk__in=quoted.values("snapshot__article"))
        rows = rows.filter(by.published_on("published_range", by.days(self.asked, "published")))
        if address := self.asked.text("address").replace("\0", ""):
            rows = rows.filter(address__in=same_addresses(address))
        return _of(rows, self.asked, source=Source, language=None)


class SnapshotViewSet(PublicViewSet):
    about = gettext_lazy(
        "Texts of articles as retrieved once: their hashes, and the published words with their surroundings."
    )
    about_one = gettext_lazy("A snapshot.")
    serializer_class = SnapshotShape
    parameters = (
        by.IDS,
        id_list("article", gettext_lazy("Articles whose text it is.")),
        id_list("source", gettext_lazy("Sources that published it.")),
        patterns("sha256", gettext_lazy("SHA-256 of the text or of the bytes."), "[0-9a-f]{64}", "9f86d081…"),
    )

    def public(self) -> QuerySet[Snapshot]:
        return visible.snapshots().light()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """No cache may hand what one key reads to another."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ["Authorization"])
        if getattr(request, "auth", None) is not None:
            answer.headers["Cache-Control"] = "private, no-cache"
        return answer

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if hashes := self.asked.many("sha256"):
            rows = rows.filter(Q(text_sha256__in=hashes) | Q(raw_sha256__in=hashes))
        if sources := by.found(Source, self.asked, "source"):
            rows = rows.filter(article__source__in=sources)
        return _of(rows, self.asked, article=Article)


class TopicViewSet(PublicViewSet):
    about = gettext_lazy("Topics that published statements have, and the broader ones above them.")
    about_one = gettext_lazy("A topic.")
    serializer_class = TopicShape
    parameters = (ITS_NAME, by.IDS, id_list("broader", gettext_lazy("Topics of which they are a part.")))

    def public(self) -> QuerySet[Topic]:
        return visible.topics()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if above := by.found(Topic, self.asked, "broader"):
            rows = rows.filter(parent__in=above)
        return rows


class QuoteViewSet(PublicViewSet):
    # Words are looked for in statements, which come with their quotes: there an index finds them.
    about = gettext_lazy(
        "How articles word published statements: exact characters of a snapshot. Words are looked for in statements, which "
        "come with their quotes."
    )
    about_one = gettext_lazy("A quote. That of a withdrawn statement answers 410.")
    serializer_class = QuoteShape
    parameters = (
        by.IDS,
        id_list("statement", gettext_lazy("Statements that they word.")),
        id_list("snapshot", gettext_lazy("Snapshots in which they stand.")),
        *by.OF_STATEMENTS,
    )

    def public(self) -> QuerySet[Quote]:
        return visible.quotes()

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = Asked({name: value for name, value in self.asked.values.items() if name != "id"})
        rows = rows.filter(by.passing_quotes(by.filters(asked)))
        return _of(rows, self.asked, statement=Statement, snapshot=Snapshot)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            public_id = kwargs["public_id"]
            quote = Quote.objects.select_related("statement").filter(public_id=public_id).first()
            if quote and self._was_public(quote):
                refuse_absent(str(quote.statement.public_id), public_id)
            raise

    @staticmethod
    def _was_public(quote: Quote) -> bool:
        approved = quote.statement.revisions.filter(approval__isnull=False)
        return approved.filter(content__quotes__contains=[{"id": quote.public_id}]).exists()


class StatementViewSet(PublicViewSet):
    about = gettext_lazy(
        "Published statements in the order of the day they were said, the newest first. With words (q) they are looked for "
        "in all their forms, as on the search page; the order stays."
    )
    about_one = gettext_lazy("A statement. The id of a withdrawn one answers 410, with the reason and the day.")
    serializer_class = StatementShape
    parameters = (
        words("q", gettext_lazy("Words that must all occur, in any form; “phrase”, -word, OR.")),
        by.IDS,
        *by.OF_STATEMENTS,
    )
    ordering = ("-sort_key",)

    def public(self) -> QuerySet[Statement]:
        return Statement.objects.published()

    def get_queryset(self) -> QuerySet[Any]:
        if self.action != "list":
            return self.shown()
        rows = self.public()
        text = self.asked.text("q").strip()
        try:
            found = self._found(text) if text or self._is_sooner_found() else None
        except by.NothingPublic:
            return rows.none()
        except IndexUnavailable as error:
            if text:
                raise SearchUnavailable from error
            found = None
        return rows.filter(by.passing(self.chosen) if found is None else Q(pk__in=found))

    def _is_sooner_found(self) -> bool:
        """Whether to ask the index for what passes filters, too: it knows all that the record does.

        PostgreSQL looks through the newest statements until it has met enough that pass, half a second for a rare office.
        """
        if self.chosen == NO_FILTERS or self.chosen.ids:
            return False
        try:
            return is_up_to_date()
        except IndexUnavailable:
            return False

    def count(self, rows: QuerySet[Any]) -> int:
        """Counted in the index where it knows all that the record does, which takes no time."""
        if self._total is not None:
            return self._total
        try:
            if is_up_to_date():
                return index().count(Query(), self.chosen)
        except by.NothingPublic:
            return 0
        except IndexUnavailable:
            pass
        return super().count(rows)

    _total: int | None = None

    def _found(self, text: str) -> list[int]:
        """The statements of the asked page, and one more by which the paginator sees that there is a next one.

        Raises IndexUnavailable.
        """
        cursor = self.paginator.decode_cursor(self.request)  # type: ignore[union-attr]
        position, backwards = (cursor.position, cursor.reverse) if cursor else (None, False)
        size = self.paginator.get_page_size(self.request)  # type: ignore[union-attr]
        found = find(
            text,
            order="oldest" if backwards else "newest",
            after=position,
            limit=size + 1,
            filters=self.chosen,
            read=records(Statement.objects.only("pk")),
        )
        self._total = found.total
        return [statement.pk for statement in found.statements]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            refuse_absent(kwargs["public_id"], kwargs["public_id"])


def refuse_absent(statement: str, public_id: str) -> NoReturn:
    """Says why a record of a statement that was public is not: 410 with the reason, 404 while it is being revised.

    Raises Http404 for what never was public.
    """
    absence = why_absent(statement)
    if absence.withdrawal:
        at = absence.withdrawal.withdrawn_at.isoformat()
        raise Gone(absence.withdrawal.reason, {"id": public_id, "withdrawn_at": at})
    raise NotFound(_("The statement is being revised and comes back when another person has approved it."))


def _of(rows: QuerySet[Any], asked: Asked, **columns: Any) -> QuerySet[Any]:
    """The rows with the values asked for in columns of their own: numbers of a model's records, else words."""
    for name, model in columns.items():
        if name in asked:
            values: Any = by.found(model, asked, name) if model else asked.many(name)
            rows = rows.filter(**{f"{name}__in": values})
    return rows
