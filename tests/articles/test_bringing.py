"""Bringing an article in by its address: what is taken in, what is kept of the answer, and what is refused."""

import io
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.bringing import bring
from articles.ingest import ingest
from articles.models import Article, Retrieval, Snapshot, Source
from articles.refusals import NotTakenIn
from people.models import HistoryEntry
from tests.articles.test_article_admin import EMPTY, INGEST, said_after, seen
from tests.articles.test_article_admin import browser as browser
from tests.website import Answer, Website, article, redirect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def web(settings):
    with Website() as site:
        settings.FETCH_OPEN_TARGETS = [site.name()]
        yield site


@pytest.fixture
def local(db):
    """The source whose site is this machine."""
    return Source.objects.create(name_ru="Примерская газета", host="127.0.0.1", kind="sample")


def take(address, **said):
    return bring(address, by=None, **said)


def refusal(address, **said):
    with pytest.raises(NotTakenIn) as caught:
        take(address, **said)
    assert not Article.objects.exists()
    assert not Snapshot.objects.exists()
    assert not Retrieval.objects.exists()
    return str(caught.value)


class TestWhatIsTakenIn:
    def test_is_the_page_with_what_its_site_answered(self, web, local):
        marks = {"ETag": '"v1"', "Last-Modified": "Mon, 04 Mar 2024 10:00:00 GMT"}
        web.routes |= {"/old": redirect("/2024/03/04/most"), "/2024/03/04/most": Answer(article(), headers=marks)}
        done = take(web.url("/old"))
        assert (done.is_new_article, done.is_new_snapshot) == (True, True)
        assert done.snapshot.method == "fetch"
        assert bytes(done.snapshot.raw).decode() == article()
        assert (done.article.source, done.article.address) == (local, web.url("/2024/03/04/most"))
        assert (done.article.published, done.article.published_known) == ("2024-03-04", "address")
        answer = done.snapshot.retrievals.get()
        assert (answer.asked, answer.address) == (web.url("/old"), web.url("/2024/03/04/most"))
        assert (answer.status, answer.content_type) == (200, "text/html; charset=utf-8")
        assert (answer.etag, answer.last_modified) == ('"v1"', "Mon, 04 Mar 2024 10:00:00 GMT")

    def test_twice_is_one_snapshot_with_two_answers(self, web, local):
        web.routes |= {"/most": Answer(article()), "/most?utm_source=x": Answer(article())}
        first, second = take(web.url("/most")), take(web.url("/most?utm_source=x"))
        assert second.snapshot == first.snapshot
        assert first.snapshot.retrievals.count() == 2

    def test_changed_is_a_new_snapshot_of_the_article(self, web, local):
        web.routes["/most"] = Answer(article())
        first = take(web.url("/most"))
        web.routes["/most"] = Answer(article(words="Мост простоит двести лет"))
        second = take(web.url("/most"))
        assert second.article == first.article
        assert second.is_new_snapshot

    def test_is_the_article_of_the_canonical_address_on_the_same_site(self, web, local):
        web.routes["/amp/most"] = Answer(article(head=f'<link rel="canonical" href="{web.url("/most")}">'))
        assert take(web.url("/amp/most")).article.address == web.url("/most")

    def test_does_not_become_another_site_s_article_by_its_own_word(self, web, local, paper):
        web.routes["/most"] = Answer(article(head='<link rel="canonical" href="https://example.com/most">'))
        done = take(web.url("/most"))
        assert (done.article.source, done.article.address) == (local, web.url("/most"))

    def test_is_the_article_on_record_at_the_address_asked_for(self, web, local):
        known = Article.objects.create(source=local, address=web.url("/short"), title="Мост")
        web.routes |= {"/short": redirect("/long"), "/long": Answer(article())}
        assert take(web.url("/short")).article == known

    def test_is_the_text_that_was_pasted_before_without_an_address(self, web, local):
        web.routes["/most"] = Answer(article())
        text = "\n".join(re.findall("<(?:h1|p)>(.*?)</", article()))
        pasted = ingest(text.encode(), method="paste", by=None, source=local)
        done = take(web.url("/most"))
        assert done.snapshot == pasted.snapshot
        assert (done.snapshot.method, done.snapshot.retrievals.count()) == ("paste", 1)
        assert Article.objects.get().address == web.url("/most")

    def test_may_be_in_an_old_code_page(self, web, local):
        page = article().replace('<meta charset="utf-8">', "").encode("cp1251")
        web.routes["/most"] = Answer(page, type="text/html; charset=windows-1251")
        done = take(web.url("/most"))
        assert "Мост простоит сто лет" in done.snapshot.text
        assert done.snapshot.encoding == "cp1251"


class TestARefusal:
    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (
                Answer(b"%PDF-1.7", type="application/pdf"),
                "It is neither a web page nor plain text, but application/pdf.",
            ),
            (Answer(b"%PDF-1.7"), "It is neither a web page nor plain text, but application/pdf."),
            (Answer(b"\x89PNG\r\n", type="image/png"), "It is neither a web page nor plain text, but image/png."),
            (Answer(b"\0" * 9, type="video/mp4"), "It is neither a web page nor plain text, but video/mp4."),
            (
                Answer("<rss></rss>", type="application/rss+xml"),
                "It is neither a web page nor plain text, but application/rss",
            ),
            (Answer("", type="text/html"), "There is no text in it."),
            (Answer("<html><body><a href='/'>x</a></body></html>"), "No article was found on this page."),
            (Answer(article(), 404), "There is no such page any more on 127.0.0.1."),
            (Answer(article(title="404 — Страница не найдена")), "There is no such page any more on 127.0.0.1."),
            (Answer(article(title="Страница не найдена")), "There is no such page any more on 127.0.0.1."),
            (Answer(article(title="Just a moment...")), "The site 127.0.0.1 wants to see that a person is asking."),
            (Answer(article(), 403), "The site 127.0.0.1 does not give this page to us (403)"),
            (Answer(article(), 429), "The site 127.0.0.1 asks to wait (429)."),
            (Answer(article(), 500), "The site 127.0.0.1 answered with the error 500."),
            (
                Answer(article(head='<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>')),
                "This page says that its article is not free to read",
            ),
            (redirect("/"), "The address leads to the front page of 127.0.0.1"),
            (redirect("/login?next=/most"), "The address leads to a page of 127.0.0.1 that asks to log in."),
            (redirect("http://10.1.2.3/"), "“10.1.2.3” is not a place on the public internet"),
        ],
    )
    def test_says_what_to_do_and_stores_nothing(self, web, local, answer, said):
        web.routes |= {"/most": answer, "/": Answer(article()), "/login?next=/most": Answer(article(title="Вход"))}
        told = refusal(web.url("/most"))
        assert told.startswith(said)
        assert "%" not in told

    def test_of_a_page_too_large_says_so(self, web, local, settings):
        settings.INGEST_MAX_BYTES = 1000
        web.routes["/most"] = Answer(b"a " * 501)
        assert refusal(web.url("/most")).startswith("It is larger than 1000\xa0bytes")

    def test_of_a_site_that_is_no_source_s_says_so(self, web):
        web.routes["/most"] = Answer(article())
        assert refusal(web.url("/most")).startswith("No source has the site 127.0.0.1 yet.")

    def test_leaves_free_articles_alone(self, web, local):
        head = '<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
        web.routes["/most"] = Answer(article(head=head, title="В доме 404 открыли мост"))
        assert take(web.url("/most")).is_new_article


class TestTheAdmin:
    def test_takes_an_address_alone(self, browser, web, local):
        web.routes["/most"] = Answer(article())
        said = said_after(browser, address=web.url("/most"))
        assert "Taken in: “В Примерске открыли мост”." in said
        assert HistoryEntry.objects.get(table_name="articles_retrieval").user.username == "researcher"

    def test_says_how_long_it_may_take(self, browser, web):
        assert "Given alone, the page is fetched now, which takes up to 20 seconds." in seen(browser.get(INGEST))

    def test_says_beside_the_address_why_nothing_came(self, browser, web, local):
        response = browser.post(INGEST, EMPTY | {"address": web.url("/gone"), "title": "Свой"})
        page = response.content.decode()
        assert "There is no such page any more" in page
        assert page.index("There is no such page any more") < page.index('name="text"')
        assert 'value="Свой"' in page
        assert web.url("/gone") in page

    def test_fetches_nothing_where_a_text_is_given(self, browser, web, local):
        said_after(browser, address=web.url("/most"), text="Мэр открыл мост. «Мост простоит», — сказал он.")
        assert web.requests == []

    def test_fetches_nothing_for_those_who_may_only_look(self, web, local, django_user_model):
        client = Client()
        client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
        assert client.post(INGEST, EMPTY | {"address": web.url("/most")}).status_code == 403
        assert web.requests == []

    def test_shows_what_the_site_answered(self, browser, web, local):
        web.routes["/most"] = Answer(article(), headers={"ETag": '"v1"'})
        snapshot = take(web.url("/most")).snapshot
        page = seen(browser.get(f"/admin/articles/snapshot/{snapshot.pk}/change/"))
        assert web.url("/most") in page
        assert '"v1"' in page

    def test_writes_nothing_while_it_fetches(self, browser, web, local):
        """Else whoever follows the changes would wait as long as the site takes."""
        seen_then = []

        def route(handler):
            seen_then.extend(query["sql"] for query in queries.captured_queries)
            handler.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

        web.routes["/most"] = route
        with CaptureQueriesContext(connections["default"]) as queries:
            browser.post(INGEST, EMPTY | {"address": web.url("/most")})
        assert seen_then
        assert [sql for sql in seen_then if sql.startswith(("INSERT", "UPDATE", "DELETE"))] == []


class TestTheCommand:
    def run(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("ingest", *arguments, stdout=out, stderr=err)
        except CommandError as error:
            err.write(f"{error}\n")
        return out.getvalue(), err.getvalue()

    def test_takes_addresses_among_files(self, web, local, tmp_path):
        web.routes |= {"/a": Answer(article()), "/b": Answer(article("Второй мост", "Второй простоит столько же"))}
        file = tmp_path / "most.txt"
        file.write_text("Мэр открыл мост. «Мост простоит», — сказал он.", encoding="utf-8")
        out, err = self.run(web.url("/a"), str(file), web.url("/b"), "--source", "127.0.0.1")
        assert (out.count("new article"), err) == (3, "")
        assert sorted(Snapshot.objects.values_list("method", flat=True)) == ["fetch", "fetch", "file"]

    def test_says_why_an_address_gave_nothing(self, web, local):
        _out, err = self.run(web.url("/gone"))
        assert f"{web.url('/gone')}: There is no such page any more" in err
        assert f"Not taken in: {web.url('/gone')}" in err

    def test_refuses_two_addresses_for_one_article(self, web, local):
        _out, err = self.run(web.url("/a"), "--address", web.url("/b"))
        assert "Give the page to fetch without --address" in err
        assert web.requests == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"FETCH_OPEN_TARGETS": "127.0.0.1:8000"}, "articles.E001"),
        ({"FETCH_CONTACT": ""}, "articles.W001"),
        ({}, ""),
    ],
)
@pytest.mark.slow  # A process of its own, as the settings are read at its start.
def test_the_deployment_check_sees_how_fetching_is_set(given, said):
    production = {
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "skazano.example",
        "HTTPS": "True",
        "FETCH_CONTACT": "editors@skazano.example",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=configured.BASE_DIR,
        env=os.environ | production | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in done.stderr
    assert done.returncode == (1 if said else 0), done.stderr
