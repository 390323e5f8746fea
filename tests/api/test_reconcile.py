"""The reconciliation service: what OpenRefine and its like ask, answered by the protocol's rules and honestly scored.

The schemas below say anew what the community group's version 0.2 asks of each answer.
"""

import json
import sys
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from people.merging import merge
from people.models import Organization
from tests import world

pytestmark = pytest.mark.django_db
HERE = "/api/v1/reconcile/"
FORM = "application/x-www-form-urlencoded"


def record(required, **properties):
    return {"type": "object", "required": required, "properties": properties}


TEXT = {"type": "string"}
WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
TYPE = {"oneOf": [record(["id"], id=TEXT, name=TEXT), TEXT]}
SERVICE = record([], service_url={"type": "string", "pattern": "^https?://"}, service_path=TEXT)
MANIFEST = record(
    ["versions", "name", "identifierSpace", "schemaSpace"],
    versions={"type": "array", "contains": {"const": "0.2"}}, name=TEXT, identifierSpace=TEXT, schemaSpace=TEXT, documentation=TEXT,
    view=record(["url"], url=WITH_ID),
    defaultTypes={"type": "array", "items": TYPE, "uniqueItems": True},
    suggest=record([], entity=SERVICE, property=SERVICE, type=SERVICE),
    preview=record(["url", "width", "height"], url=WITH_ID, width={"type": "integer"}, height={"type": "integer"}),
    extend=record([], propose_properties=SERVICE, property_settings={"type": "array"}),
)  # fmt: skip
CANDIDATE = record(
    ["id", "name", "score"],
    id=TEXT, name=TEXT, description=TEXT, score={"type": "number"}, match={"type": "boolean"}, type={"type": "array", "items": TYPE},
    features={"type": "array", "items": record([], id=TEXT, value={"type": ["number", "boolean"]})},
)  # fmt: skip
RESULTS = {"type": "object", "additionalProperties": record(["result"], result={"type": "array", "items": CANDIDATE})}
VALUE = {
    "oneOf": [
        record(["id", "name"], id=TEXT, name=TEXT) | {"additionalProperties": False},
        record(["str"], str=TEXT) | {"additionalProperties": False},
        record(["int"], int={"type": "integer"}) | {"additionalProperties": False},
    ]
}
EXTENDED = record(
    ["meta", "rows"],
    meta={"type": "array", "items": record(["id", "name"], id=TEXT, name=TEXT)},
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": VALUE}},
    },
)
SUGGESTED = record(
    ["result"],
    result={
        "type": "array",
        "items": record(["id", "name"], id=TEXT, name=TEXT, description=TEXT, notable={"type": "array", "items": TYPE}),
    },
)


def answer(response, schema):
    assert response.status_code == 200, response.content
    Draft202012Validator(schema).validate(response.json())
    return response.json()


def match(client, name, **more):
    """The candidates for one name, asked as OpenRefine does: by a form."""
    queries = json.dumps({"q0": {"query": name, **more}})
    response = client.post(f"{HERE}?lang=ru", f"queries={quote(queries, safe='')}", content_type=FORM)
    return answer(response, RESULTS)["q0"]["result"]


@pytest.fixture
def ozyorny():
    body = Organization.objects.create(name_ru="Администрация Заречья")
    speaker = world.person(name_en="Ivan Ozyorny", about="глава Заречья")
    speaker.names.create(text="Ванька-мостостроитель")
    world.tenure(speaker, world.office(organization=body))
    world.published(speaker=speaker)
    return speaker


def test_the_manifest_says_what_the_service_can(client):
    manifest = answer(client.get(HERE), MANIFEST)
    assert manifest["view"]["url"] == "http://testserver/p/{{id}}"
    assert manifest["identifierSpace"] == "http://testserver/p/"
    for named in ("entity", "property", "type"):
        service = manifest["suggest"][named]
        assert client.get(service["service_path"]).status_code == 200
    assert client.get(manifest["extend"]["propose_properties"]["service_path"]).json()["properties"]


@pytest.mark.parametrize(
    "name", ["Иван Озёрный", "иван озерный", "Озёрный Иван", "Ivan Ozyorny", "Ванька-мостостроитель"]
)
def test_a_name_to_the_letter_in_any_form_that_is_known_is_a_match(client, ozyorny, name):
    (found,) = match(client, name)
    assert (found["id"], found["score"], found["match"]) == (ozyorny.public_id, 100, True)
    assert found["description"] == "глава Заречья"


@pytest.mark.parametrize("name", ["Иваном Озёрным", "Озёрный", "И. Озёрный", "Иван Озёрнный"])
def test_a_name_that_is_only_like_it_is_a_candidate_and_no_match(client, ozyorny, name):
    (found,) = match(client, name)
    assert found["id"] == ozyorny.public_id
    assert 50 < found["score"] < 100
    assert found["match"] is False


@pytest.mark.parametrize("name", ["Пётр Озёрный", "Кто-то другой", "", "🙂", "\ud800", "\x00", "а" * 5000])
def test_a_name_of_nobody_here_has_no_candidate(client, ozyorny, name):
    assert match(client, name) == []


def test_two_of_one_name_are_candidates_and_none_is_the_match(client, ozyorny):
    other = world.person(about="мостостроитель")
    world.published(of=world.snapshot(world.TEXT + "!"), speaker=other)
    found = match(client, "Иван Озёрный")
    assert {one["id"] for one in found} == {ozyorny.public_id, other.public_id}
    assert not any(one["match"] for one in found)


def test_another_column_of_the_table_tells_namesakes_apart(client, ozyorny):
    other = world.person()
    world.published(of=world.snapshot(world.TEXT + "!"), speaker=other)
    first, second = match(client, "Иван Озёрный", properties=[{"pid": "office", "v": "глава заречья"}])
    assert (first["id"], first["score"]) == (ozyorny.public_id, 100)
    assert second["score"] == 70
    assert [one["value"] for one in second["features"]] == [1, 0]
    (by_id,) = match(
        client,
        "Иван Озёрный",
        limit=1,
        properties=[{"pid": "organization", "v": {"id": ozyorny.tenures.get().office.organization.public_id}}],
    )
    assert by_id["id"] == ozyorny.public_id


def test_a_property_that_disagrees_is_no_match_however_right_the_name(client, ozyorny):
    (found,) = match(client, "Иван Озёрный", properties=[{"pid": "office", "v": ["посол", "министр"]}])
    assert (found["match"], found["score"]) == (False, 70)


def test_people_without_a_published_statement_are_nobody(client):
    world.draft(speaker=world.person("Тайный Советник"))
    assert match(client, "Тайный Советник") == []
    assert client.get(f"{HERE}suggest/entity/?prefix=Тайный").json() == {"result": []}


def test_people_who_are_not_public_crowd_nobody_out(client):
    for number in range(12):
        world.person("Пётр Лесной", about=str(number)).names.create(text="Лесник")
    speaker = world.person("Пётр Лесной")
    speaker.names.create(text="Лесник")
    world.published(speaker=speaker)
    for name in ("Пётр Лесной", "Петром Лесным", "Пётр Леснной", "Лессник"):
        assert [one["id"] for one in match(client, name)] == [speaker.public_id], name


def test_as_many_candidates_are_told_as_are_asked_for(client):
    of = world.snapshot()
    for number in range(12):
        world.published(of=of, speaker=world.person("Пётр Лесной", about=str(number)))
    assert len(match(client, "Пётр Леснной", limit=12)) == 12
    assert len(match(client, "Пётр Леснной")) == 5


def test_a_merged_person_is_found_as_the_one_who_took_over(client, ozyorny):
    twin = world.person("Иоанн Озёрный")
    merge(twin, into=ozyorny, by=world.user("elena", "editor"))
    assert [one["id"] for one in match(client, "Иоанн Озёрный")] == [ozyorny.public_id]


def test_another_type_has_no_candidates(client, ozyorny):
    assert match(client, "Иван Озёрный", type="organization") == []
    assert len(match(client, "Иван Озёрный", type=["organization", "person"])) == 1


def test_a_table_is_extended_by_what_is_known(client, ozyorny):
    asked = {
        "ids": [ozyorny.public_id, "zzzzzzzz"],
        "properties": [{"id": name} for name in ("office", "name_en", "other_names", "statements", "x")],
    }
    told = answer(client.get(HERE, {"extend": json.dumps(asked)}, headers={"accept-language": "en"}), EXTENDED)
    office = ozyorny.tenures.get().office
    assert told["rows"][ozyorny.public_id] == {
        "office": [{"id": office.public_id, "name": "Глава Заречья"}],
        "name_en": [{"str": "Ivan Ozyorny"}],
        "other_names": [{"str": "Ванька-мостостроитель"}],
        "statements": [{"int": 1}],
    }
    assert told["rows"]["zzzzzzzz"] == {"office": [], "name_en": [], "other_names": [], "statements": []}
    assert [one["name"] for one in told["meta"]] == [
        "offices",
        "name in English",
        "other names",
        "published statements",
    ]


def test_what_is_typed_is_completed(client, ozyorny):
    told = answer(client.get(f"{HERE}suggest/entity/", {"prefix": "озер"}), SUGGESTED)
    assert [one["id"] for one in told["result"]] == [ozyorny.public_id]
    assert answer(client.get(f"{HERE}suggest/entity/", {"prefix": "озер", "cursor": 1}), SUGGESTED)["result"] == []
    told = answer(client.get(f"{HERE}suggest/property/", {"prefix": "off"}), SUGGESTED)
    assert [one["id"] for one in told["result"]] == ["office"]


def test_a_preview_can_be_framed_and_leads_to_the_page(client, ozyorny):
    response = client.get(f"{HERE}preview/{ozyorny.public_id}")
    assert response.status_code == 200
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    page = response.content.decode()
    assert "Глава Заречья" in page
    assert f"/p/{ozyorny.public_id}" in page
    assert client.get(f"{HERE}preview/zzzzzzzz").status_code == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("queries", "{"), ("queries", "[]"), ("queries", "[" * 100_000),
        ("queries", json.dumps({f"q{n}": {"query": "a"} for n in range(51)})),
        ("extend", "{}x"), ("extend", json.dumps({"ids": ["a"] * 201, "properties": []})),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_refused_by_name(client, name, value):
    response = client.post(HERE, f"{name}={quote(value)}", content_type=FORM)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [one["parameter"] for one in response.json()["errors"]] == [name]


def faults(client, name, asked, language="en"):
    """What is wrong: the values, and what is said of them."""
    response = client.get(HERE, {name: json.dumps(asked)}, headers={"accept-language": language})
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert {one["parameter"] for one in errors} == {name}
    return [(one["value"], one["detail"]) for one in errors]


def test_all_that_is_wrong_with_queries_is_told_by_place_and_value(client):
    asked = {
        "q0": 1,
        "имя": {"query": ["Иван"], "limit": 0},
        "q2": {"query": "a", "limit": "x", "properties": {"pid": "office"}},
        "q3": {"query": "a", "properties": [{"pid": "office", "v": 1}, {"v": 1}, "office", {"pid": 5}]},
        "q4": {"query": "a", "limit": True},
    }
    assert faults(client, "queries", asked) == [
        ("1", "q0: Give a JSON object."),
        ("0", "имя.limit: Give a whole number from 1 on."),
        ('["Иван"]', "имя.query: Give a text."),
        ('"x"', "q2.limit: Give a whole number from 1 on."),
        ('{"pid": "office"}', "q2.properties: Give a list."),
        ("null", "q3.properties[1].pid: Give a text."),
        ('"office"', "q3.properties[2]: Give a JSON object."),
        ("5", "q3.properties[3].pid: Give a text."),
        ("true", "q4.limit: Give a whole number from 1 on."),
    ]


def test_all_that_is_wrong_with_an_extension_is_told_by_place_and_value(client):
    assert faults(client, "extend", {"ids": ["a", 1], "properties": [{"id": "office"}, {}, 7]}) == [
        ("1", "ids[1]: Give a text."),
        ("null", "properties[1].id: Give a text."),
        ("7", "properties[2]: Give a JSON object."),
    ]
    assert faults(client, "extend", {"ids": "a"}) == [
        ('"a"', "ids: Give a list."),
        ("null", "properties: Give a list."),
    ]


def test_faults_are_told_in_bounds(client):
    told = faults(client, "queries", {"q" * 5000: {"query": "a", "properties": ["Ы" * 200] * 100}})
    assert len(told) == 20
    assert all(len(value) < 110 and len(detail) < 150 for value, detail in told)


def test_a_value_as_deep_as_can_be_read_is_no_error_of_ours(client):
    deepest = sys.getrecursionlimit()
    for depth in range(deepest - 400, deepest, 7):
        asked = f'{{"q0": {{"limit": {"[" * depth}{"]" * depth}}}}}'
        assert client.get(HERE, {"queries": asked}).status_code == 400


def test_halves_of_pairs_are_answered(client, ozyorny):
    queries = json.dumps({"\ud800": {"query": "Иван Озёрный"}})
    assert answer(client.get(HERE, {"queries": queries}), RESULTS)["?"]["result"]
    extend = json.dumps({"ids": ["\ud800"], "properties": [{"id": "office"}]})
    assert answer(client.get(HERE, {"extend": extend}), EXTENDED)["rows"] == {"?": {"office": []}}
    assert faults(client, "queries", {"\ud800": {"query": ["\ud800"]}}) == [('["?"]', "?.query: Give a text.")]


@pytest.mark.parametrize("cursor", ["-1", "x", "1001", "0" * 5000, "²"])
def test_a_place_that_can_not_be_is_refused(client, cursor):
    assert client.get(f"{HERE}suggest/entity/", {"prefix": "а", "cursor": cursor}).status_code == 400


def test_a_form_of_more_than_a_megabyte_is_refused_unread(client):
    response = client.post(HERE, "queries=" + "а" * 1_000_000, content_type=FORM)
    assert [one["parameter"] for one in response.json()["errors"]] == ["queries"]


def test_hostile_values_are_only_values(client, ozyorny):
    odd = [None, True, {"id": None}, {"id": {"x": []}}, [[]], {"name": "\ud800"}, 1e400, -1]
    assert (
        match(client, "Иван Озёрный", properties=[{"pid": "office", "v": odd}, {"pid": "\x00", "v": 1}])[0]["match"]
        is False
    )


def test_a_form_to_the_address_without_its_slash_is_answered_too(client, ozyorny):
    response = client.post(
        "/api/v1/reconcile", f"queries={quote(json.dumps({'q0': {'query': 'Иван Озёрный'}}))}", content_type=FORM
    )
    assert response.json()["q0"]["result"][0]["match"] is True
    assert client.post(HERE, "other=1", content_type=FORM).status_code == 400


def test_queries_do_not_grow_with_people(client, ozyorny):
    def count():
        with CaptureQueriesContext(connection) as queries:
            match(client, "Иван Озёрный", properties=[{"pid": "office", "v": "x"}])
        return len(queries)

    few = count()
    for number in range(6):
        namesake = world.person("Иван Озёрный", about=str(number))
        world.tenure(namesake, world.office(f"Пост {number}"))
        world.published(of=world.snapshot(world.TEXT + str(number)), speaker=namesake)
    assert count() == few
