"""The description of the API is valid, and the API keeps to it whatever it is asked."""

from contextlib import contextmanager

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.api.urls import router
from config.wsgi import application

pytestmark = pytest.mark.django_db


def described(client, language="en"):
    return client.get("/api/v1/schema.json", headers={"accept-language": language}).json()


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_the_schema_is_valid_openapi(client, language):
    validate(described(client, language))


def test_the_schema_is_the_same_in_every_form(client):
    for accept, address in (
        ("application/vnd.oai.openapi+json", "/api/v1/schema/"),
        ("application/vnd.oai.openapi", "/api/v1/schema/"),
        ("*/*", "/api/v1/schema.yaml"),
    ):
        text = client.get(address, headers={"accept": accept, "accept-language": "en"}).content
        assert yaml.safe_load(text) == described(client)


def test_the_schema_names_every_address_of_the_root(client):
    root = client.get("/api/v1/").json()
    paths = described(client)["paths"]
    assert {f"/api/v1/{prefix}/" for prefix, _view, _name in router.registry} <= paths.keys()
    for address in root.values():
        path = address.removeprefix("http://testserver")
        assert path in paths or path.startswith(("/api/v1/schema", "/api/v1/docs"))


def test_each_parameter_says_what_it_means_in_the_readers_language(client):
    russian, english = described(client, "ru"), described(client, "en")
    for path, operations in english["paths"].items():
        for method, operation in operations.items():
            for one, other in zip(
                operation.get("parameters", []), russian["paths"][path][method].get("parameters", []), strict=True
            ):
                if one["in"] == "query":
                    assert one["description"], (path, one["name"])
                    assert one["description"] != other["description"], (path, one["name"])


def operations():
    """The operations, by their paths, of the schema as it is served."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema.json", application)
    return {each.ok().path: each.ok() for each in schema.get_all_operations()}


def some_id(client, path, paths):
    """A record of the list that the path begins with; a person where there is no such list."""
    begin = path.partition("{")[0]
    listed = begin if begin in paths else "/api/v1/people/"
    return client.get(listed, {"page_size": 1}).json()["results"][0]["id"]


def without_cursor(case):
    """A cursor is opaque: no description says which ones a list has given."""
    if isinstance(case.query, dict):
        case.query.pop("cursor", None)
    return case


@contextmanager
def one_connection():
    """The application answers within the test's own transaction, as it does to Django's test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_whatever_is_asked_the_answer_is_as_described(client, record):
    paths = described(client)["paths"]
    ids = {path: some_id(client, path, paths) for path in paths if "{public_id}" in path}
    with one_connection():
        found = operations()
        assert len(found) > 20
        for path, operation in found.items():
            fixed = {"path_parameters": {"public_id": ids[path]}} if path in ids else {}
            good, bad = (operation.as_strategy(mode, **fixed) for mode in GenerationMode)

            @settings(max_examples=10, derandomize=True, database=None, phases=[Phase.generate])
            @given(st.one_of(good.map(without_cursor), bad))
            def answers_as_described(case):
                # What is in a text of JSON, no description of a text can say.
                unsaid = [positive_data_acceptance] if "/reconcile/" in case.path else []
                case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=unsaid)

            answers_as_described()
