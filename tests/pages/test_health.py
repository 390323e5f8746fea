"""What a load balancer is told."""

import pytest
from django.db import connection


def test_a_process_that_answers_is_alive_without_asking_the_database(client):
    # Without the mark that allows it, any query would fail this test.
    assert client.get("/health/alive").json() == {"process": "ok"}


@pytest.mark.django_db
def test_database_and_index_make_it_ready(client, search_index):
    search_index()
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "index": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("no_search_index")
def test_a_missing_index_makes_it_not_ready(client):
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "index": "is missing or being rebuilt"}


@pytest.mark.django_db
def test_a_database_that_does_not_answer_makes_it_not_ready(client, search_index):
    search_index()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        # A transaction that has failed refuses whatever is asked of it next.
        with pytest.raises(Exception, match="timeout"):
            cursor.execute("SELECT pg_sleep(1)")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"database": "does not answer", "index": "ok"}
