"""Exports read back by other people's libraries, and compared field by field with the record."""

import csv
import gc
import io
import json
import tracemalloc

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from pybtex.database import parse_string
from pyld import jsonld

from people.models import Office, Organization, Person, Tenure
from quotes.exporting import reading
from quotes.exporting.tables import QUOTES, safe
from quotes.models import Approval, Quote, Revision, Span, Statement
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
FILES = (
    "statements.jsonl",
    "quotes.csv",
    "statements.csl.json",
    "statements.bib",
    "statements.ris",
    "statements.jsonld",
    "annotations.jsonld",
    "people.popolo.json",
)
SCHEMA = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}
# What the context of W3C's annotations means by the terms that we use; the model says it in prose, too.
OA, DC = "http://www.w3.org/ns/oa#", "http://purl.org/dc/elements/1.1/"
ANNO = {
    "oa": OA, "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TimeState": "oa:TimeState",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "Text": "http://purl.org/dc/dcmitype/Text", "identifying": "oa:identifying",
    "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "items": {"@type": "@id", "@id": "http://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"}, "via": {"@type": "@id", "@id": "oa:via"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end",
    "sourceDate": "oa:sourceDate", "created": "http://purl.org/dc/terms/created",
    "format": f"{DC}format", "language": f"{DC}language",
}  # fmt: skip


def stored(address, _options):
    """The two contexts, and nothing from the network."""
    context = {"https://schema.org": SCHEMA, "http://www.w3.org/ns/anno.jsonld": ANNO}[address]
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": context},
    }


def export(client, name, **question):
    response = client.get(f"/api/v1/export/{name}", question, headers={"accept-language": "ru"})
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def table(client, **question):
    return list(csv.DictReader(io.StringIO(export(client, "quotes.csv", **question), newline="")))


@pytest.fixture
def three():
    """An indirect, a mixed statement of two spans and one of an imprecise date, with all that a record can have."""
    speaker = world.person(name_en="Ivan Ozyorny", about="глава Заречья", gender="m")
    speaker.names.create(text="Ванька-мостостроитель", kind="alias")
    body = Organization.objects.create(name_ru="Администрация Заречья", aliases=["АЗ"])
    held = world.tenure(speaker, world.office(organization=body), start="2030-34")
    of = world.snapshot(address="https://vestnik.example/most?a=1&b=2", byline="А. Репортёр")
    common = {"of": of, "speaker": speaker, "tenure": held, "meeting": world.meeting()}
    return {
        "indirect": world.published(words=(world.ROADS,), kind="indirect", attribution="Он добавил", **common),
        "mixed": world.published(
            words=("Работы", "уже идут"), kind="mixed", attribution="пояснил он", label="=1+1", **common
        ),
        "imprecise": world.published(spoken="2031-35", spoken_known="other", spoken_evidence="Сайт", **common),
    }


class TestTheTable:
    def test_has_a_row_for_each_quote_with_what_the_record_says(self, client, three):
        rows = {row["statement_id"]: row for row in table(client)}
        assert len(rows) == 3
        for statement in three.values():
            row, quote = rows[statement.public_id], statement.lead
            assert list(row) == [column.name for column in QUOTES]
            assert (row["quote_id"], row["kind"], row["language"]) == (quote.public_id, quote.kind, "ru")
            assert row["words"] == quote.words
            assert row["spans"] == "; ".join(f"{span.start}-{span.end}" for span in quote.spans.all())
            assert (row["speaker"], row["speaker_id"]) == ("Иван Озёрный", statement.speaker.public_id)
            assert (row["office"], row["meeting"]) == ("Глава Заречья", "Встреча с послом Приморья")
            assert (row["spoken"], row["spoken_known_by"]) == (statement.spoken, statement.spoken_known)
            assert (row["published"], row["byline"]) == ("2031-05-05", "А. Репортёр")
            assert row["address"] == "https://vestnik.example/most?a=1&b=2"
            assert row["text_sha256"] == quote.snapshot.text_sha256
            assert row["url"] == f"http://testserver/s/{statement.public_id}"
        assert (rows[three["imprecise"].public_id]["spoken_first"], rows[three["imprecise"].public_id]["spoken_last"]) == (
            "2031-07-01", "2031-09-30",
        )  # fmt: skip
        assert rows[three["mixed"].public_id]["words"] == "Работы […] уже идут"

    def test_gives_a_spreadsheet_no_formula(self, client, three):
        row = next(row for row in table(client) if row["statement_id"] == three["mixed"].public_id)
        assert row["label"] == "'=1+1"

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''", "слово", "", "— да"]
    )
    def test_a_cell_made_safe_can_be_made_what_it_was(self, text):
        made = safe(text)
        assert made.removeprefix("'") == text
        assert made[:1] not in tuple("=+-@\t\r＝＋－＠")

    def test_has_a_byte_order_mark_for_those_who_ask(self, client, three):
        assert export(client, "quotes.csv", bom="true").startswith("\ufeffquote_id,")
        assert export(client, "quotes.csv").startswith("quote_id,")
        assert client.get("/api/v1/export/quotes.csv?bom=1").status_code == 400

    def test_is_read_by_frictionless(self, client, three, tmp_path):
        from frictionless import Resource

        (tmp_path / "quotes.csv").write_text(export(client, "quotes.csv"), encoding="utf-8", newline="")
        with Resource(path="quotes.csv", basepath=str(tmp_path)) as resource:
            rows = resource.read_rows()
        assert {row["quote_id"] for row in rows} == {one.lead.public_id for one in three.values()}
        assert {row["words"] for row in rows} == {one.lead.words for one in three.values()}


def test_json_lines_are_the_records_of_the_api(client, three):
    records = [json.loads(line) for line in export(client, "statements.jsonl").splitlines()]
    assert [record["id"] for record in records] == [one.public_id for one in Statement.objects.newest()]
    for record in records:
        assert record == client.get(f"/api/v1/statements/{record['id']}/").json()


class TestCitations:
    @pytest.mark.filterwarnings("ignore:The following arguments")  # citeproc-py knows fewer fields than CSL has
    def test_in_csl_are_those_of_the_pages(self, client, three):
        items = json.loads(export(client, "statements.csl.json"))
        read = CiteProcJSON(items)
        for statement in three.values():
            (own,) = client.get(f"/s/{statement.public_id}/cite.json?lang=ru").json()
            assert own in items
            assert read[f"skazano-{statement.public_id}"].type == (
                "speech" if statement.lead.kind == "direct" else "article-newspaper"
            )

    def test_in_bibtex(self, client, three):
        entries = parse_string(export(client, "statements.bib"), "bibtex").entries
        assert set(entries) == {f"skazano-{one.public_id}" for one in three.values()}
        entry = entries[f"skazano-{three['imprecise'].public_id}"]
        assert (entry.fields["year"], entry.fields["eventdate"]) == ("2031", "2031-07/2031-09")
        assert "month" not in entry.fields

    def test_in_ris(self, client, three):
        records = {record["id"]: record for record in rispy.loads(export(client, "statements.ris"))}
        assert set(records) == {f"skazano-{one.public_id}" for one in three.values()}
        assert records[f"skazano-{three['indirect'].public_id}"]["abstract"] == world.ROADS
        assert records[f"skazano-{three['imprecise'].public_id}"]["date"] == "2031///Q3"


class TestLinkedData:
    def test_of_all_statements_is_that_of_their_pages(self, client, three):
        graph = jsonld.expand(json.loads(export(client, "statements.jsonld")), {"documentLoader": stored})
        nodes = {node["https://schema.org/identifier"][0]["@value"]: node for node in graph}
        assert set(nodes) == {one.public_id for one in three.values()}
        assert "@type" in nodes[three["mixed"].public_id]
        abstract = nodes[three["mixed"].public_id]["https://schema.org/abstract"]
        assert abstract == [{"@value": "Работы […] уже идут"}]
        assert "https://schema.org/text" not in nodes[three["indirect"].public_id]
        assert "https://schema.org/dateCreated" not in nodes[three["imprecise"].public_id]
        for statement in three.values():
            address = f"/api/v1/statements/{statement.public_id}/statement.jsonld?lang=ru"
            alone = jsonld.expand(client.get(address).json(), {"documentLoader": stored})
            assert alone == [nodes[statement.public_id]]

    def test_annotations_select_the_words_by_their_text_and_by_their_place(self, client, three):
        (page,) = jsonld.expand(json.loads(export(client, "annotations.jsonld")), {"documentLoader": stored})
        items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
        read = {item["@id"]: item for item in items}
        for statement in three.values():
            quote = statement.lead
            item = read[f"http://testserver/s/{statement.public_id}?quote={quote.public_id}"]
            assert item["@type"] == [f"{OA}Annotation"]
            assert item[f"{OA}hasBody"][0]["@id"] == f"http://testserver/s/{statement.public_id}"
            targets = item[f"{OA}hasTarget"]
            assert len(targets) == quote.spans.count()
            for target, span in zip(targets, quote.spans.all(), strict=True):
                by = {one["@type"][0].removeprefix(OA): one for one in target[f"{OA}hasSelector"]}
                exact, prefix, suffix = (
                    by["TextQuoteSelector"][OA + name][0]["@value"] for name in ("exact", "prefix", "suffix")
                )
                start, end = (by["TextPositionSelector"][OA + name][0]["@value"] for name in ("start", "end"))
                text = quote.snapshot.text
                assert (start, end, exact) == (span.start, span.end, span.exact)
                assert text[start:end] == exact
                assert text[max(start - 32, 0) : start] == prefix
                assert text[end : min(end + 32, quote.snapshot.body_end)] == suffix
                source = target[f"{OA}hasSource"][0]
                assert source["@id"].endswith(f"/snapshots/{quote.snapshot.public_id}/")
                assert source[f"{OA}via"][0]["@id"] == quote.snapshot.article.address

    def test_a_statements_own_annotations_are_the_same(self, client, three):
        everything = json.loads(export(client, "annotations.jsonld"))["items"]
        statement = three["mixed"]
        page = client.get(f"/api/v1/statements/{statement.public_id}/annotations.jsonld")
        assert page["Content-Type"].startswith("application/ld+json; profile=")
        (own,) = page.json()["items"]
        assert own in everything

    def test_shows_no_more_of_the_text_than_the_pages(self, client, three, settings):
        settings.CONTEXT_WINDOW = 5
        for item in json.loads(export(client, "annotations.jsonld"))["items"]:
            for target in item["target"]:
                assert len(target["selector"][0]["prefix"]) <= 5


def popolo_errors(document):
    """What is wrong by Popolo's schemas: their types and patterns, said anew, and every field that we have by name."""
    text = {"type": "string", "minLength": 1}
    date = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}

    def record(required, **properties):
        return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}

    def several(one):
        return {"type": "array", "minItems": 1, "items": one}

    names = several(record(["name"], name=text, note=text))
    links = several(record(["url"], url={"type": "string", "pattern": "^https?://"}, note=text))
    schema = record(
        ["persons", "organizations", "posts", "memberships"],
        persons=several(record(["id", "name"], id=text, name=text, other_names=names, gender=text, summary=text, links=links)),
        organizations=several(record(["id", "name"], id=text, name=text, other_names=names)),
        posts=several(record(["id", "label", "role"], id=text, label=text, role=text, other_label=several(text), organization_id=text)),
        memberships=several(record(
            ["person_id", "post_id", "role"], person_id=text, post_id=text, organization_id=text, role=text,
            start_date=date, end_date=date, sources=links,
        )),
    )  # fmt: skip
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


class TestPopolo:
    def test_people_hold_offices_in_bodies(self, client, three):
        read = json.loads(export(client, "people.popolo.json"))
        speaker, held = three["mixed"].speaker, Tenure.objects.get()
        assert read["persons"] == [
            {
                "id": speaker.public_id, "name": "Иван Озёрный", "gender": "male", "summary": "глава Заречья",
                "other_names": [{"name": "Ivan Ozyorny"}, {"name": "Ванька-мостостроитель", "note": "alias"}],
                "links": [{"url": f"http://testserver/p/{speaker.public_id}"}],
            }
        ]  # fmt: skip
        body = held.office.organization
        assert read["organizations"] == [{"id": body.public_id, "name": body.name_ru, "other_names": [{"name": "АЗ"}]}]
        assert [(one["id"], one["label"], one["organization_id"]) for one in read["posts"]] == [
            (held.office.public_id, "Глава Заречья", body.public_id)
        ]
        assert read["memberships"] == [
            {
                "person_id": speaker.public_id, "post_id": held.office.public_id, "organization_id": body.public_id,
                "role": "Глава Заречья", "start_date": "2030",
            }
        ]  # fmt: skip

    def test_tells_other_labels_of_a_post_and_the_addresses_of_the_evidence_as_programs_write_them(self, client, three):
        Office.objects.update(name_en="Head of Zarechye")
        evidence = (
            "Вестник Заречья, 5; https://вестник.example/указ#глава, http://vestnik.example/?a=1,2., "
            "https://[нигде, https://{нет}.example/, «https://zarechye.example/%D0%B3», https://zarechye.example/100%."
        )
        Tenure.objects.update(evidence=evidence)
        read = json.loads(export(client, "people.popolo.json"))
        assert read["posts"][0]["other_label"] == ["Head of Zarechye"]
        addresses = [
            "https://xn--b1agjinxh.example/%D1%83%D0%BA%D0%B0%D0%B7#%D0%B3%D0%BB%D0%B0%D0%B2%D0%B0",
            "http://vestnik.example/?a=1,2",
            "https://zarechye.example/%D0%B3",
            "https://zarechye.example/100%25",
        ]
        assert [one["url"] for one in read["memberships"][0]["sources"]] == addresses
        assert not popolo_errors(read)

    def test_of_one_person_is_the_same(self, client, three):
        speaker = three["mixed"].speaker
        alone = client.get(f"/api/v1/people/{speaker.public_id}/popolo.json?lang=ru").json()
        assert alone == json.loads(export(client, "people.popolo.json"))
        assert json.loads(export(client, "people.popolo.json", q="Никто"))["persons"] == []

    def test_keeps_to_the_types_and_patterns_of_the_published_schemas(self, client, three):
        assert not popolo_errors(json.loads(export(client, "people.popolo.json")))


class TestTheQuestion:
    def test_is_that_of_the_search(self, client, three, search_index):
        search_index()
        assert {row["statement_id"] for row in table(client, q="мосты")} == {three["imprecise"].public_id}
        assert {row["kind"] for row in table(client, kind="indirect,mixed")} == {"indirect", "mixed"}
        assert len(table(client, speaker=three["mixed"].speaker.public_id)) == 3
        assert table(client, q="такого слова нет") == []

    @pytest.mark.parametrize(
        "name", ["statements.csl.json", "statements.jsonld", "annotations.jsonld", "people.popolo.json"]
    )
    def test_without_an_answer_gives_a_whole_file(self, client, name):
        assert json.loads(export(client, name)) is not None

    @pytest.mark.parametrize(
        ("question", "name"),
        [("speeker=1", "speeker"), ("kind=direct,loud", "kind"), ("speaker=nobody", "speaker"), ("q=a&q=b", "q")],
    )
    def test_that_can_not_be_read_is_refused_by_name(self, client, question, name):
        response = client.get(f"/api/v1/export/quotes.csv?{question}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert [one["parameter"] for one in response.json()["errors"]] == [name]

    def test_by_what_nothing_public_has_finds_nothing(self, client):
        assert table(client, speaker="zzzzzzzz") == []
        assert json.loads(export(client, "statements.csl.json", speaker="zzzzzzzz")) == []

    @pytest.mark.usefixtures("no_search_index")
    def test_without_an_index_only_everything_is_there(self, client):
        assert client.get("/api/v1/export/quotes.csv?q=мост").status_code == 503
        assert client.get("/api/v1/export/quotes.csv").status_code == 200

    def test_in_small_batches_gives_each_statement_once(self, client, search_index, monkeypatch):
        of = world.snapshot()
        made = {world.published(of=of, spoken=f"2031-05-0{1 + day % 3}").public_id for day in range(7)}
        search_index()
        for question in (reading.Question(), reading.Question("мост")):
            seen = [one.public_id for batch in reading.batches(question, 2) for one in batch]
            assert len(seen) == 7
            assert set(seen) == made

    def test_is_answered_in_the_readers_language(self, client, three):
        response = client.get("/api/v1/export/quotes.csv", headers={"accept-language": "en"})
        assert "Ivan Ozyorny" in b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_public_is_in_no_file(client, name):
    world.draft(label="ЧЕРНОВИК", meeting=world.meeting("ЧЕРНОВИК"), speaker=world.person("ЧЕРНОВИК"))
    withdraw(
        world.published(label="ОТОЗВАНО", speaker=world.person("ОТОЗВАНО")),
        "Источник отозвал.",
        by=world.user("elena", "editor"),
    )
    kept = world.published(speaker=world.person("Виден"), of=world.snapshot(world.TEXT + "."))
    told = export(client, name)
    assert "ЧЕРНОВИК" not in told
    assert "ОТОЗВАНО" not in told
    assert kept.public_id in told or kept.speaker.public_id in told


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_name_and_a_type_and_is_the_same_for_every_accept(client, name):
    response = client.get(f"/api/v1/export/{name}", headers={"accept": "text/html"})
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="skazano-{name}"'
    listed = {one["name"]: one for one in client.get("/api/v1/export/").json()}
    assert response["Content-Type"] == listed[name]["media_type"]
    assert listed[name]["url"] == f"http://testserver/api/v1/export/{name}"
    assert client.head(f"/api/v1/export/{name}").status_code == 200


@pytest.mark.parametrize("ending", ["statement.jsonld", "annotations.jsonld"])
def test_a_withdrawn_statement_answers_410_in_every_form(client, ending):
    statement = world.published()
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    response = client.get(f"/api/v1/statements/{statement.public_id}/{ending}")
    assert (response.status_code, response.json()["detail"]) == (410, "Источник отозвал сообщение.")
    assert client.get(f"/api/v1/statements/zzzzzzzz/{ending}").status_code == 404


@pytest.mark.parametrize("name", ["statements.jsonl", "annotations.jsonld", "people.popolo.json"])
def test_rows_are_read_in_batches_so_that_memory_does_not_grow(client, name, monkeypatch):
    monkeypatch.setattr(reading.batches, "__defaults__", (5,))
    monkeypatch.setattr("quotes.exporting.popolo.BATCH", 5)
    of = world.snapshot()

    def make(count):
        for _ in range(count):
            world.published(of=of, speaker=world.person(f"Говорящий {Person.objects.count()}"))

    def largest():
        with CaptureQueriesContext(connection) as queries:
            export(client, name)
        sizes = [query["sql"].count(",") for query in queries]
        return max(sizes), len(queries)

    make(10)
    size, few = largest()
    make(10)
    grown, many = largest()
    assert grown <= size + 1, "no query names more rows than before"
    assert many > few


def test_five_times_the_rows_take_no_more_memory(client, monkeypatch):
    monkeypatch.setattr(reading.batches, "__defaults__", (10,))
    statement = world.published()

    def peak():
        gc.collect()
        gc.freeze()
        tracemalloc.start()
        response = client.get("/api/v1/export/quotes.csv")
        rows = 0
        for piece in response.streaming_content:
            rows += piece.count(b"\n")
            gc.collect()  # or what is measured is when Python happens to look for what refers to itself
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        gc.unfreeze()
        return rows, most

    many_quotes(statement, 40)
    peak()  # what is made once
    few, at_first = peak()
    many_quotes(statement, 160)
    many, later = peak()
    assert (few, many) == (42, 202)
    assert later < at_first * 1.2


def many_quotes(statement, count):
    """So many more published statements of the same words, past the rules, which would take minutes."""
    lead, revision = statement.lead, statement.current_revision
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("statement", "quote", "span", "revision", "approval"):
            cursor.execute(f"ALTER TABLE quotes_{table} DISABLE TRIGGER USER")
        made = Statement.objects.bulk_create(
            Statement(speaker=statement.speaker, spoken="2031-05-04", spoken_known="text", occasion_not_named=True)
            for _ in range(count)
        )
        quotes = Quote.objects.bulk_create(Quote(statement=one, snapshot=lead.snapshot) for one in made)
        span = lead.spans.get()
        Span.objects.bulk_create(Span(quote=one, start=span.start, end=span.end, exact=span.exact) for one in quotes)
        revisions = Revision.objects.bulk_create(
            Revision(statement=one, number=1, content={}, submitted_by=revision.submitted_by) for one in made
        )
        Approval.objects.bulk_create(
            Approval(revision=one, approved_by=revision.approval.approved_by) for one in revisions
        )
        for one, quote, submitted in zip(made, quotes, revisions, strict=True):
            one.lead, one.current_revision = quote, submitted
        Statement.objects.bulk_update(made, ["lead", "current_revision"], batch_size=500)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
