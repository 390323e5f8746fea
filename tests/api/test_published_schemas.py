"""Our answers by the very files that the Reconciliation Service API and Popolo publish: `make schemas` fetches them.

What else the answers say, and what the protocol asks beyond its schemas, is tested in test_reconcile.py, test_export.py.
"""

import json
from copy import deepcopy
from urllib.parse import urlencode

import jsonschema_rs
import pytest
from jsonschema import Draft3Validator, Draft7Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT3, DRAFT7

from people.models import Office, Organization, Tenure
from tests import published_schemas, world
from tests.published_schemas import NotFetched

pytestmark = pytest.mark.django_db
HERE = "/api/v1/reconcile/"
LANGUAGES = ("ru", "be", "en")
PARTS = {"persons": "person", "organizations": "organization", "posts": "post", "memberships": "membership"}

FORMATS = FormatChecker()
URI = jsonschema_rs.validator_for({"type": "string", "format": "uri"}, validate_formats=True)
FORMATS.checks("uri")(lambda value: not isinstance(value, str) or URI.is_valid(value))


def validators(group, draft, validator):
    """A validator for each schema of the group by its name; what a schema names that is not in the group is no schema."""
    try:
        schemas = published_schemas.schemas(group)
    except NotFetched:
        pytest.skip("the published schemas are not here: run make schemas")
    for schema in schemas.values():
        validator.check_schema(schema)
    registry = Registry().with_resources((one.id(), one) for one in map(draft.create_resource, schemas.values()))
    return {
        name.removesuffix(".json"): validator(schema, registry=registry, format_checker=FORMATS)
        for name, schema in schemas.items()
    }


@pytest.fixture(scope="session")
def reconciliation():
    # The files name no draft; «definitions» beside «contains» and «$id» are of the seventh.
    return validators("reconciliation-0.2", DRAFT7, Draft7Validator)


@pytest.fixture(scope="session")
def popolo():
    return validators("popolo", DRAFT3, Draft3Validator)


def kept_to(validator, value):
    """The value, which has nothing wrong by the schema."""
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)] == []
    return value


@pytest.fixture
def people():
    """Two of one name, one of them with all that a record can tell: names, offices, dates as far as they are known."""
    body = Organization.objects.create(name_ru="Администрация Заречья", name_en="Zarechye Council", aliases=["АЗ"])
    speaker = world.person(name_en="Ivan Ozyorny", name_be="Іван Азёрны", about="глава Заречья", gender="m")
    speaker.names.create(text="Ванька-мостостроитель", kind="alias")
    speaker.names.create(text="Иван Болотный", kind="former")
    head = world.tenure(speaker, world.office(organization=body, name_en="Head of Zarechye"), start="2030-34")
    head.evidence = "Вестник Заречья, 5; https://вестник.example/указ?о=мосте#глава, http://zarechye.example/?a=1,2."
    head.save()
    world.tenure(speaker, world.office("Мостостроитель"), start="2027", end="2029-05")
    Tenure.objects.create(person=speaker, office=world.office("Дорожник"), end="2026-03-04", end_known="other")
    of = world.snapshot()
    world.published(of=of, speaker=speaker)
    namesake = world.person(about="")
    world.published(of=of, speaker=namesake)
    lonely = world.person("Пётр Лесной")
    world.published(of=of, speaker=lonely)
    return speaker, namesake, lonely


# The reconciliation service


def asked(client, reconciliation, **queries):
    """What a batch of queries is answered; both are as published."""
    kept_to(reconciliation["reconciliation-query-batch"], queries)
    form = urlencode({"queries": json.dumps(queries)})
    response = client.post(f"{HERE}?lang=ru", form, content_type="application/x-www-form-urlencoded")
    return kept_to(reconciliation["reconciliation-result-batch"], response.json())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_is_as_published(client, reconciliation, language):
    manifest = kept_to(reconciliation["manifest"], client.get(HERE, {"lang": language}).json())
    assert {"view", "preview", "defaultTypes", "suggest", "extend"} <= manifest.keys()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"query": "Пётр Лесной"}, 1),
        ({"query": "Петром Лесным"}, 1),
        ({"query": "Ванька-мостостроитель"}, 1),
        ({"query": "Иван Болотный"}, 1),
        ({"query": "Ivan Ozyorny"}, 2),
        ({"query": "Иван Озёрный"}, 2),
        ({"query": "Иван Озёрный", "limit": 1}, 1),
        ({"query": "Иван Озёрный", "type": "person", "type_strict": "any"}, 2),
        ({"query": "Иван Озёрный", "type": ["organization", "person"], "type_strict": "should"}, 2),
        ({"query": "Иван Озёрный", "type": "organization"}, 0),
        ({"query": "Иван Озёрный", "properties": [{"pid": "office", "v": "Мостостроитель"}]}, 2),
        ({"query": "Иван Озёрный", "properties": [{"pid": "organization", "v": [{"id": "zzzzzzzz"}, 1, True]}]}, 2),
        ({"properties": [{"pid": "office", "v": "Мостостроитель"}]}, 0),
        ({"query": "Кто-то другой"}, 0),
        ({"query": ""}, 0),
    ],
)
def test_candidates_are_as_published(client, reconciliation, people, query, found):
    assert len(asked(client, reconciliation, q0=query)["q0"]["result"]) == found


def test_a_batch_is_as_published(client, reconciliation, people):
    told = asked(client, reconciliation, q0={"query": "Иван Озёрный"}, q1={"query": "Никто"}, я={"query": "Лесной"})
    assert {key: len(one["result"]) for key, one in told.items()} == {"q0": 2, "q1": 0, "я": 1}
    assert asked(client, reconciliation) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "schema", "prefix", "found"),
    [
        ("entity", "suggest-entities-response", "оз", 2),
        ("entity", "suggest-entities-response", "лес", 1),
        ("entity", "suggest-entities-response", "никто", 0),
        ("property", "suggest-properties-response", "name_", 3),
        ("property", "suggest-properties-response", "никто", 0),
        ("type", "suggest-types-response", "person", 1),
        ("type", "suggest-types-response", "никто", 0),
    ],
)
def test_what_completes_a_word_is_as_published(client, reconciliation, people, language, kind, schema, prefix, found):
    told = client.get(f"{HERE}suggest/{kind}/", {"prefix": prefix, "lang": language}).json()
    assert len(kept_to(reconciliation[schema], told)["result"]) == found


def extended(client, reconciliation, people):
    proposed = client.get(f"{HERE}properties/", {"type": "person"}).json()["properties"]
    query = {
        "ids": [*(one.public_id for one in people), "zzzzzzzz"],
        "properties": [{"id": one["id"]} for one in proposed],
    }
    kept_to(reconciliation["data-extension-query"], query)
    return client.get(HERE, {"extend": json.dumps(query)}).json()


def test_a_table_is_extended_as_published(client, reconciliation, people):
    told = kept_to(reconciliation["data-extension-response"], extended(client, reconciliation, people))
    speaker, namesake, _lonely = people
    values = told["rows"][speaker.public_id]
    assert all(values.values())
    assert {next(iter(one)) for some in values.values() for one in some} == {"id", "str", "int"}
    assert told["rows"][namesake.public_id]["office"] == []
    assert not any(told["rows"]["zzzzzzzz"].values())


def test_properties_are_proposed_in_the_shape_of_suggested_ones(client, reconciliation):
    told = client.get(f"{HERE}properties/", {"type": "person"}).json()
    assert kept_to(reconciliation["suggest-properties-response"], {"result": told["properties"]})["result"]


def spoilt(value, *path, to):
    """The value with another one at the path."""
    value = deepcopy(value)
    *way, last = path
    place = value
    for step in way:
        place = place[step]
    assert last in place or isinstance(place, list)
    if to is None:
        del place[last]
    else:
        place[last] = to
    return value


def refused(validator, value):
    """Where the value is wrong by the schema."""
    return {error.json_path for error in validator.iter_errors(value)}


class TestASpoiltAnswerIsRefused:
    def test_a_manifest(self, client, reconciliation):
        manifest, schema = client.get(HERE).json(), reconciliation["manifest"]
        assert refused(schema, spoilt(manifest, "identifierSpace", to=None)) == {"$"}
        assert refused(schema, spoilt(manifest, "versions", to=["0.1"])) == {"$.versions"}
        assert refused(schema, spoilt(manifest, "view", "url", to="https://zarechye.example/")) == {"$.view.url"}
        assert refused(schema, spoilt(manifest, "preview", "width", to="400")) == {"$.preview.width"}
        assert refused(schema, spoilt(manifest, "defaultTypes", 0, "name", to=None)) == {"$.defaultTypes[0]"}
        assert refused(schema, spoilt(manifest, "suggest", "entity", "service_url", to=1)) == {
            "$.suggest.entity.service_url"
        }

    def test_queries(self, reconciliation):
        schema = reconciliation["reconciliation-query-batch"]
        assert refused(schema, {"q0": {"limit": 1}}) == {"$.q0"}
        assert refused(schema, {"q0": {"query": "a", "properties": [{"pid": "office"}]}}) == {"$.q0.properties[0]"}

    def test_candidates(self, client, reconciliation, people):
        told = asked(client, reconciliation, q0={"query": "Иван Озёрный"})
        schema, first = reconciliation["reconciliation-result-batch"], ("q0", "result", 0)
        assert refused(schema, spoilt(told, "q0", "result", to=None)) == {"$.q0"}
        assert refused(schema, spoilt(told, *first, "score", to=None)) == {"$.q0.result[0]"}
        assert refused(schema, spoilt(told, *first, "match", to="true")) == {"$.q0.result[0].match"}
        assert refused(schema, spoilt(told, *first, "type", 0, "id", to=None)) == {"$.q0.result[0].type[0]"}
        assert refused(schema, spoilt(told, *first, "features", 0, "value", to="1")) == {
            "$.q0.result[0].features[0].value"
        }

    @pytest.mark.parametrize(
        ("kind", "schema"),
        [
            ("entity", "suggest-entities-response"),
            ("property", "suggest-properties-response"),
            ("type", "suggest-types-response"),
        ],
    )
    def test_what_completes_a_word(self, client, reconciliation, people, kind, schema):
        told = client.get(f"{HERE}suggest/{kind}/", {"prefix": ""}).json()
        told = told if told["result"] else client.get(f"{HERE}suggest/{kind}/", {"prefix": "оз"}).json()
        assert refused(reconciliation[schema], spoilt(told, "result", 0, "name", to=None)) == {"$.result[0]"}
        assert refused(reconciliation[schema], spoilt(told, "result", to=None)) == {"$"}

    def test_an_extension(self, client, reconciliation, people):
        told, schema = extended(client, reconciliation, people), reconciliation["data-extension-response"]
        row = ("rows", people[0].public_id)
        assert refused(schema, spoilt(told, *row, "statements", 0, to={"int": "1"})) != set()
        assert refused(schema, spoilt(told, *row, "office", 0, to={"id": "zzzzzzzz"})) != set()
        assert refused(schema, spoilt(told, "meta", 0, "name", to=None)) == {"$.meta[0]"}
        foreign = {"id": "office", "name": "offices", "service": "https://zarechye.example/указ"}
        assert refused(schema, spoilt(told, "meta", 0, to=foreign)) == {"$.meta[0].service"}
        assert refused(reconciliation["data-extension-query"], {"ids": []}) == {"$"}

    def test_records_of_popolo(self, client, popolo, people):
        told = client.get(f"/api/v1/people/{people[0].public_id}/popolo.json").json()
        person, organization, post = (told[part][0] for part in ("persons", "organizations", "posts"))
        held = next(one for one in told["memberships"] if "sources" in one)
        assert refused(popolo["person"], spoilt(person, "name", to=5)) == {"$.name"}
        assert refused(popolo["person"], spoilt(person, "other_names", 0, "name", to=None)) == {"$.other_names[0].name"}
        assert refused(popolo["person"], spoilt(person, "links", 0, "url", to="p/zzzzzzzz")) == {"$.links[0].url"}
        assert refused(popolo["organization"], spoilt(organization, "other_names", to=["АЗ"])) == {"$.other_names[0]"}
        assert refused(popolo["post"], spoilt(post, "other_label", to=[{"label": "Head"}])) == {"$.other_label[0]"}
        assert refused(popolo["membership"], spoilt(held, "start_date", to="2030-Q3")) == {"$.start_date"}
        assert refused(popolo["membership"], spoilt(held, "sources", 0, "url", to="https://a.example/указ")) == {
            "$.sources[0].url"
        }


def formats(schema):
    """All formats that a schema asks for."""
    if isinstance(schema, dict):
        asked_here = {schema["format"]} if isinstance(schema.get("format"), str) else set()
        return asked_here.union(*map(formats, schema.values()))
    return set().union(*map(formats, schema)) if isinstance(schema, list) else set()


def test_no_format_that_a_schema_asks_for_goes_unchecked(reconciliation, popolo):
    named = set().union(*(formats(one.schema) for one in (*reconciliation.values(), *popolo.values())))
    assert "uri" in named
    assert named <= FORMATS.checkers.keys()


# Popolo


def kept_to_popolo(popolo, document):
    for part, records in document.items():
        for record in records:
            kept_to(popolo[PARTS[part]], record)
    return document


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_with_offices_is_told_in_popolo_as_published(client, popolo, people, language):
    speaker = people[0]
    document = client.get(f"/api/v1/people/{speaker.public_id}/popolo.json", {"lang": language}).json()
    kept_to_popolo(popolo, document)
    assert {part: len(records) for part, records in document.items()} == {
        "persons": 1,
        "organizations": 1,
        "posts": 3,
        "memberships": 3,
    }
    dates = {(one.get("start_date"), one.get("end_date")) for one in document["memberships"]}
    assert dates == {("2030", None), ("2027", "2029-05"), (None, "2026-03-04")}


def test_a_person_without_offices_is_told_in_popolo_as_published(client, popolo, people):
    document = client.get(f"/api/v1/people/{people[1].public_id}/popolo.json").json()
    assert len(kept_to_popolo(popolo, document)["persons"]) == 1
    assert document["memberships"] == []


def test_the_export_of_people_is_popolo_as_published(client, popolo, people):
    document = json.loads(b"".join(client.get("/api/v1/export/people.popolo.json").streaming_content))
    assert len(kept_to_popolo(popolo, document)["persons"]) == 3
    assert len(document["posts"]) == Office.objects.count()
