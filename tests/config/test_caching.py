"""What may change at any moment is asked for again."""

import gzip

import pytest
from django.test import Client

from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db


def test_no_answer_about_a_statement_is_kept_without_asking_again(client):
    statement = world.published(label="осенний мост")
    address = statement.get_absolute_url()
    answers = [client.get(address), client.get(f"/s/{statement.public_id}/old-name"), client.get("/s/zzzzzzzz/x")]
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    answers.append(client.get(address))
    assert [answer.status_code for answer in answers] == [200, 301, 404, 410]
    assert {answer["Cache-Control"] for answer in answers} == {"no-cache"}


def records(statement):
    return [
        statement.get_absolute_url(),
        statement.speaker.get_absolute_url(),
        f"/api/v1/statements/{statement.public_id}/",
    ]


def test_whoever_has_a_page_already_is_told_so_until_anything_on_it_changes(client):
    statement = world.published(label="осенний мост")
    for address in ["/", *records(statement)]:
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-cache")
    russian = client.get("/?lang=ru")["ETag"]
    assert client.get("/?lang=en", headers={"if-none-match": russian}).status_code == 200
    tag = client.get(statement.get_absolute_url())["ETag"]
    type(statement.speaker).objects.filter(pk=statement.speaker_id).update(name_ru="Иван Заозёрный")
    assert client.get(statement.get_absolute_url(), headers={"if-none-match": tag}).status_code == 200
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    assert client.get(statement.get_absolute_url(), headers={"if-none-match": tag}).status_code == 410


def told(response):
    """Its status, and its headers but for what is left of the limit."""
    return response.status_code, {name: value for name, value in response.items() if name != "RateLimit"}


def test_head_is_answered_as_get_is_but_for_the_content(client, search_index):
    statement = world.published(label="осенний мост")
    search_index()
    schema = client.get("/api/v1/schema.json").json()
    of_the_api = [
        path.replace("{public_id}", statement.public_id) for path, does in schema["paths"].items() if "get" in does
    ]
    pages = ["/", "/search?q=мост", "/about", "/data", "/feed.atom", "/sitemap.xml", "/robots.txt", "/nothing"]
    tagged = set()
    for address in [*pages, *records(statement), *of_the_api, "/api/v1/statements/?foo=1", "/api/v1/docs/"]:
        got, head = client.get(address), client.head(address)
        assert told(head) == told(got), address
        assert head.getvalue() == b""
        if got.status_code == 200 and "ETag" in got:
            tagged.add(address)
            kept = {"if-none-match": got["ETag"]}
            got, head = client.get(address, headers=kept), client.head(address, headers=kept)
            assert told(head) == told(got), address
            assert head.status_code == 304
    assert {"/", *records(statement), "/api/v1/statements/", "/api/v1/search/", "/api/v1/changes/"} <= tagged


def test_public_answers_are_sent_compressed_to_whoever_takes_it(client):
    statement = world.published()
    for address in ["/", "/feed.atom", "/sitemap.xml", "/nothing", *records(statement)]:
        plain, packed = client.get(address), client.get(address, headers={"accept-encoding": "br, gzip"})
        assert packed["Content-Encoding"] == "gzip", address
        assert gzip.decompress(packed.content) == plain.content
        assert "Content-Encoding" not in plain.headers
        assert "Accept-Encoding" in plain["Vary"]
        if packed.status_code == 200:
            tag = packed["ETag"]
            kept = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": tag})
            assert (kept.status_code, tag[:2]) == (304, "W/")


def test_pages_with_a_secret_of_one_person_are_never_compressed(client):
    """Their length would tell an attacker something of the secret, a bit at a time."""
    statement = world.published()
    visitor = Client(headers={"accept-encoding": "gzip"})
    for address in ("/admin/login/", f"/s/{statement.public_id}/report"):
        page = visitor.get(address, follow=True)
        assert page.status_code == 200
        assert "csrfmiddlewaretoken" in page.content.decode()
        assert "Content-Encoding" not in page.headers
    visitor.force_login(world.user("olga", "editor"))
    for address in ("/admin/", f"/admin/quotes/statement/{statement.pk}/change/"):
        page = visitor.get(address)
        assert page.status_code == 200
        assert "Content-Encoding" not in page.headers
