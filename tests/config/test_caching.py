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
