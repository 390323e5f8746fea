"""How often the API answers: by key, else by address, over all processes of the site, and told on every answer."""

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openapi_spec_validator import validate

from people.acting import acting
from quotes.keys import give
from quotes.limiting import WINDOW, count, forget
from quotes.models import ApiKey, RequestCount
from quotes.reporting import sender_of
from tests import world

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/people/"
ROOT = Path(__file__).parents[2]
LATER = f"UPDATE quotes_requestcount SET since = since - interval '{WINDOW} s'"


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    settings.API_REQUESTS_PER_MINUTE_WITH_KEY = 5


@pytest.fixture
def secret():
    key = ApiKey(name="mirror", owner="Desk")
    with acting(elena := world.user("elena", "editor")):
        return give(key, by=elena)


def ask(client, address=ADDRESS, secret=None, **headers):
    headers = {"accept-language": "en"} | headers
    return client.get(address, headers=headers | ({"authorization": f"Bearer {secret}"} if secret else {}))


def statuses(client, times, **how):
    return [ask(client, **how).status_code for _ in range(times)]


def later():
    """A minute goes by."""
    with connection.cursor() as cursor:
        cursor.execute(LATER)


def test_whoever_asks_too_often_is_told_when_to_come_back(client):
    assert statuses(client, 3) == [200] * 3
    response = ask(client)
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    seconds = int(response["Retry-After"])
    assert WINDOW - 5 < seconds <= WINDOW
    assert response.json() == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": f"3 requests a minute are answered. Ask again in {seconds} seconds.",
    }
    assert response["RateLimit"] == f'"address";r=0;t={seconds}'
    later()
    assert statuses(client, 4) == [200] * 3 + [429]


def test_the_refusal_is_in_the_readers_language(client):
    statuses(client, 3)
    response = ask(client, **{"accept-language": "ru"})
    assert response["Content-Language"] == "ru"
    assert re.search("[а-я]", response.json()["detail"])


def test_each_answer_says_what_is_left(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 20
    etag = ask(client)["ETag"]
    answers = {
        ask(client).status_code: ask(client),
        304: ask(client, **{"if-none-match": etag}),
        400: ask(client, "/api/v1/people/?foo=1"),
        404: ask(client, "/api/v1/nope/"),
        301: ask(client, "/api/v1/people"),
        401: ask(client, secret="skz_wrong"),
        405: client.post(ADDRESS),
    }
    left = []
    for status, response in answers.items():
        assert response.status_code == status
        assert response["RateLimit-Policy"] == f'"address";q=20;w={WINDOW}'
        left.append(int(re.fullmatch(r'"address";r=(\d+);t=\d+', response["RateLimit"])[1]))
    assert left == [17, 16, 15, 14, 13, 12, 11]


def test_pages_are_not_counted(client):
    world.published()
    assert {client.get("/").status_code for _ in range(5)} == {200}
    assert "RateLimit" not in client.get("/").headers
    assert not RequestCount.objects.exists()


def test_a_key_may_ask_more_often_and_is_counted_for_itself(client, secret):
    assert statuses(client, 4) == [200] * 3 + [429]
    assert statuses(client, 6, secret=secret) == [200] * 5 + [429]
    assert ask(client, secret=secret)["RateLimit-Policy"] == f'"key";q=5;w={WINDOW}'


def test_trying_keys_is_counted_by_address(client):
    assert statuses(client, 4, secret="skz_wrong") == [401] * 3 + [429]


def test_addresses_are_counted_apart_and_households_of_the_newer_kind_together():
    def from_(address):
        return statuses(Client(REMOTE_ADDR=address), 3)

    assert from_("192.0.2.1") == from_("192.0.2.2") == [200] * 3
    assert from_("2001:db8::1") == [200] * 3
    assert from_("2001:db8::2") == [429] * 3


def test_behind_a_proxy_the_address_is_the_one_that_our_own_proxy_saw(settings):
    settings.PROXIES = 1
    proxy = Client(REMOTE_ADDR="10.0.0.1")
    for invented in range(3):
        assert ask(proxy, **{"x-forwarded-for": f"192.0.2.{invented}, 198.51.100.7"}).status_code == 200
    assert ask(proxy, **{"x-forwarded-for": "198.51.100.7"}).status_code == 429
    assert ask(proxy, **{"x-forwarded-for": "198.51.100.8"}).status_code == 200


def test_without_a_proxy_the_header_is_anybodys_invention():
    client = Client(REMOTE_ADDR="192.0.2.1")
    told = [ask(client, **{"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert told == [200] * 3 + [429]


def test_an_address_is_kept_as_a_hash_of_the_day_and_forgotten_with_the_minute(client):
    ask(client)
    (kept,) = RequestCount.objects.all()
    assert "127.0.0.1" not in kept.client
    today = datetime.datetime.now(datetime.UTC).date()
    assert kept.client == sender_of("127.0.0.1", today, purpose="config.api.limits")
    assert kept.client != sender_of("127.0.0.1", today)  # nobody can tell whose error report it is
    assert forget() == 0
    later()
    assert forget() == 1
    assert not RequestCount.objects.exists()


def test_a_limit_of_0_is_none(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    assert statuses(client, 10) == [200] * 10
    assert "RateLimit" not in ask(client).headers


def test_a_request_is_counted_by_one_statement(client):
    count("somebody")
    with CaptureQueriesContext(connection) as captured:
        count("somebody")
    assert len(captured) == 1


def test_the_counts_are_written_to_no_log_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE oid = 'quotes_requestcount'::regclass")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_api_says_so_and_not_that_it_was_asked_too_often():
    client = Client(raise_request_exception=False)
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    response = ask(client)
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    connection.close()


def test_the_schema_tells_of_the_limits_at_every_address(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    validate(schema)
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert operation["responses"].keys() >= {"401", "429"}
            for response in operation["responses"].values():
                assert response["headers"].keys() >= {"RateLimit", "RateLimit-Policy"}
    assert "Retry-After" in schema["paths"]["/api/v1/people/"]["get"]["responses"]["429"]["headers"]


ASKING = """
import sys, threading
import django
django.setup()
from django.db import connection
from django.test import Client
seen = []
def ask():
    for _ in range(15):
        seen.append(Client().get("/api/v1/people/").status_code)
    connection.close()
print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=ask) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(seen.count(200), seen.count(429))
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_together_answer_no_more_than_one_would():
    of_the_tests = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = os.environ | {"DATABASE_URL": of_the_tests, "API_REQUESTS_PER_MINUTE": "20"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASKING],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0].split() for process in processes]
    assert sum(int(answered) for answered, _refused in told) == 20
    assert sum(int(refused) for _answered, refused in told) == 40
