"""What readers and programs are told when the site can't answer at all."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config.failures import RETRY_SECONDS, is_away
from tests import world

LOST = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    """A reader of English; errors reach them as the site answers them."""
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


@pytest.fixture
def lose_the_database():
    """From then on the process has a connection whose other end is gone."""

    def lose():
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    yield lose
    connection.close()


@LOST
@pytest.mark.parametrize("address", ["/", "/p/00000000/x", "/search"])
def test_without_its_database_a_page_says_so_and_when_to_come_back(client, search_index, lose_the_database, address):
    world.published()
    search_index()
    lose_the_database()
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == str(RETRY_SECONDS)
    assert response["Cache-Control"] == "no-cache"
    page = response.content.decode()
    assert '<html lang="en">' in page
    assert "Try again in a minute." in page
    assert 'role="search"' not in page


@LOST
def test_without_its_database_the_admin_says_the_same(client, lose_the_database):
    client.force_login(world.user("anna", "annotator"))
    lose_the_database()
    response = client.post("/admin/quotes/topic/add/", {"name_ru": "Мосты"})
    assert response.status_code == 503
    assert "Try again in a minute." in response.content.decode()


@LOST
@pytest.mark.parametrize("address", ["/api/v1/statements/", "/api/v1/people/00000000/"])
def test_without_its_database_the_api_says_so_as_the_api_does(client, lose_the_database, address):
    lose_the_database()
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert response["Retry-After"] == str(RETRY_SECONDS)
    assert response.json() == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer. Try again in a minute.",
    }


def test_a_request_that_makes_no_sense_is_told_in_every_language(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Check the address" in response.content.decode()
    assert "Проверьте адрес" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/api/v1/statements/"])
def test_what_the_database_refuses_is_a_fault_of_ours_and_no_outage(client, address):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE quotes_statement RENAME TO elsewhere")
    response = client.get(address)
    assert response.status_code == 500
    assert "Retry-After" not in response.headers
    assert "The error is on our side and has been noted." in response.content.decode()


@pytest.mark.django_db
def test_a_question_that_takes_too_long_is_no_outage():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        with pytest.raises(OperationalError) as caught:
            cursor.execute("SELECT pg_sleep(10)")
    assert not is_away(caught.value)
