"""Everything that answers a question as one file, sent while it is written; and single records in the same forms."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from people.finding import every_word_in
from people.models import Person
from quotes.api import filters as by
from quotes.api.answering import Answering, GivingFiles
from quotes.api.asking import Asked, flag, words
from quotes.api.loading import with_all_parts
from quotes.api.views import ITS_NAME, SearchUnavailable, refuse_absent
from quotes.exporting import popolo
from quotes.exporting.annotations import CONTEXT
from quotes.exporting.forms import FORMS, Form, annotations, as_json, site_of, without_context
from quotes.exporting.reading import Question, batches
from quotes.exporting.tables import BOM
from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.linked_data import document, statement_node
from quotes.search.index import IndexUnavailable

POPOLO: Final = "people.popolo.json"
JSON_LD: Final = "application/ld+json"
ANNOTATION: Final = f'{JSON_LD}; profile="{CONTEXT}"'
WORDS: Final = words("q", _("Words that must all occur, in any form; “phrase”, -word, OR."))
MARK: Final = flag("bom", _("Whether the file begins with a byte order mark, by which Excel knows that it is UTF-8."))


def asked_question(asked: Asked) -> Question | None:
    """What statements are asked for; None where nothing public passes the filters."""
    try:
        return Question(asked.text("q"), by.filters(asked))
    except by.NothingPublic:
        return None


class Streaming(GivingFiles):
    """A file that is written while it is sent."""

    name: ClassVar[str]
    media_type: ClassVar[str]

    def answer(self, pieces: Iterator[str]) -> HttpResponseBase:
        """The pieces as the file. What goes wrong before the first of them is still an error's answer."""
        try:
            first = next(pieces, "")
        except IndexUnavailable as error:
            raise SearchUnavailable from error
        headers = {"Content-Disposition": f'attachment; filename="skazano-{self.name}"', "X-Accel-Buffering": "no"}
        sent = () if self.request.method == "HEAD" else (piece.encode() for piece in chain([first], pieces))
        return StreamingHttpResponse(sent, content_type=self.media_type, headers=headers)


def export_of(form: Form) -> type[Streaming]:
    """The view of a form."""
    is_table = form.media_type.startswith("text/csv")

    class Export(Streaming):
        """Published statements that answer the question, the newest first."""

        name = form.name
        media_type = form.media_type
        about = form.about
        parameters = (WORDS, by.IDS, *by.OF_STATEMENTS, *([MARK] if is_table else []))

        @extend_schema(
            operation_id=f"export_{form.name.replace('.', '_')}",
            responses={(200, form.media_type.split(";")[0]): _kind_of(form)},
        )
        def get(self, request: Request) -> HttpResponseBase:
            """The whole file. A connection that breaks off leaves it without its end."""
            head = f"{BOM if self.asked.get('bom') else ''}{form.head}"
            return self.answer(_pieces(form, head, asked_question(self.asked), request))

    return Export


def _kind_of(form: Form) -> Any:
    """What the file is to those who read JSON: a list, an object, or text."""
    objects = {"type": "object", "additionalProperties": True}
    return {"[": {"type": "array", "items": objects}, "{": objects}.get(form.head[:1], {"type": "string"})


def _pieces(form: Form, head: str, question: Question | None, request: Request) -> Iterator[str]:
    """A piece for each batch. In the language of the request, which is another one's by the time that it is written."""
    language = get_language() or "ru"
    begun = False
    for batch in batches(question) if question else ():
        with override(language):
            written = form.between.join(form.write(batch, request))
        yield f"{form.between if begun else head}{written}"
        begun = True
    yield form.tail if begun else f"{head}{form.tail}"


class PopoloExport(Streaming):
    """People who made a published statement, with the offices that they hold or held."""

    name = POPOLO
    media_type = "application/json"
    about = _("People who made a published statement, with the offices that they hold or held, in Popolo.")
    parameters = (ITS_NAME,)

    @extend_schema(
        operation_id="export_people_popolo",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """A Popolo document: persons, organizations, posts, memberships."""
        people = visible.people()
        if typed := self.asked.text("q").strip():
            named = people.filter(every_word_in(typed, "name_ru", "name_be", "name_en", "names__text"))
            people = people.filter(pk__in=named.values("pk"))
        return self.answer(_document(people, request))


def _document(people: QuerySet[Person], request: Request) -> Iterator[str]:
    language = get_language() or "ru"
    opening = "{"
    for name, records in popolo.parts(people, site_of(request)):
        yield f'{opening}"{name}": [\n'
        yield from _told(records, language)
        yield "\n]"
        opening = ",\n"
    yield "}\n"


def _told(records: Iterator[list[dict[str, Any]]], language: str) -> Iterator[str]:
    comma = ""
    while True:
        with override(language):
            batch = next(records, None)
        if batch is None:
            return
        yield comma + ",\n".join(map(as_json, batch))
        comma = ",\n"


class OneFile(GivingFiles):
    """A published statement in one of the forms; what is not public answers as its record does."""

    def statement(self, public_id: str) -> Statement:
        found = with_all_parts(Statement.objects.published()).filter(public_id=public_id).first()
        if found is None:
            refuse_absent(public_id, public_id)
        return found


class LinkedStatement(OneFile):
    """A statement in schema.org's vocabulary."""

    about = _("A statement in schema.org’s vocabulary, JSON-LD, as its page has it.")

    @extend_schema(operation_id="statement_jsonld", responses={(200, JSON_LD): OpenApiTypes.OBJECT})
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """As its page has it."""
        node = document(statement_node(self.statement(public_id), site_of(request)))
        return HttpResponse(f"{as_json(node)}\n", content_type=JSON_LD)


class AnnotatedStatement(OneFile):
    """A statement's quotes as W3C Web Annotations."""

    about = _("A statement’s quotes as W3C Web Annotations, the leading quote’s first.")

    @extend_schema(operation_id="statement_annotations", responses={(200, JSON_LD): OpenApiTypes.OBJECT})
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """A page of annotations, the leading quote's first."""
        items = [without_context(each) for each in annotations([self.statement(public_id)], request)]
        page = {
            "@context": CONTEXT,
            "id": request.build_absolute_uri(request.path),
            "type": "AnnotationPage",
            "items": items,
        }
        return HttpResponse(f"{as_json(page)}\n", content_type=ANNOTATION)


class PopoloPerson(GivingFiles):
    """A person with their offices, in Popolo."""

    about = _("A person with their offices, in Popolo.")

    @extend_schema(operation_id="person_popolo", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """A Popolo document of one person; of whoever took the record over, where it was merged."""
        people = visible.people().filter(pk=visible.person(public_id).pk)
        return HttpResponse(f"{as_json(popolo.document(people, site_of(request)))}\n", content_type="application/json")


class FileShape(serializers.Serializer[Any]):
    """A form of export."""

    name = serializers.CharField()
    url = serializers.URLField()
    media_type = serializers.CharField()


class Exports(Answering):
    """The files that there are; each takes the same question as the search."""

    about = _("The files that there are; each takes the same question as the search.")

    @extend_schema(responses=FileShape(many=True), operation_id="exports")
    def get(self, request: Request) -> Response:
        """Their names, addresses and types."""
        files = [*((form.name, form.media_type) for form in FORMS), (POPOLO, PopoloExport.media_type)]
        return Response(
            [
                {"name": name, "url": reverse(f"api:export-{name}", request=request), "media_type": media_type}
                for name, media_type in files
            ]
        )


def patterns() -> Iterable[URLPattern]:
    """Each form has an address of its own, with the name of its file."""
    yield path("export/", Exports.as_view(), name="exports")
    for form in FORMS:
        yield path(f"export/{form.name}", export_of(form).as_view(), name=f"export-{form.name}")
    yield path(f"export/{POPOLO}", PopoloExport.as_view(), name=f"export-{POPOLO}")
    yield path("statements/<public_id:public_id>/statement.jsonld", LinkedStatement.as_view(), name="statement-jsonld")
    yield path(
        "statements/<public_id:public_id>/annotations.jsonld",
        AnnotatedStatement.as_view(),
        name="statement-annotations",
    )
    yield path("people/<public_id:public_id>/popolo.json", PopoloPerson.as_view(), name="person-popolo")
