"""Statements in other people's pages: the code to copy, the page for a frame, and oEmbed."""

from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree as ET

import lxml.html
import pytest

from articles.models import Article
from people.acting import acting
from quotes.models import Quote, Statement
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import PASSAGE, WORDS, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(client):
    """The blockquote that a statement's page offers, parsed."""

    def offered(statement, **query):
        response = client.get(f"/s/{statement.public_id}", query, follow=True)
        code = lxml.html.fromstring(response.content.decode()).get_element_by_id("cite-embed").text_content()
        return lxml.html.fragment_fromstring(code)

    return offered


@pytest.fixture
def ask(client):
    def oembed(url, **query):
        return client.get("/oembed", {"url": url} | query)

    return oembed


def text_of(part):
    return " ".join(part.text_content().split())


def page(statement):
    return f"http://testserver{statement.get_absolute_url()}"


class TestTheCode:
    def test_says_the_words_who_when_where_and_links_to_article_and_record(self, piece, story):
        quote = piece(story.statement)
        permanent = f"http://testserver/s/{story.statement.public_id}"
        assert quote.tag == "blockquote"
        assert (quote.get("cite"), quote.get("lang")) == (permanent, "ru")
        assert text_of(quote.find("p")) == f"«{WORDS}»"
        assert text_of(quote.find("footer")) == (
            "— Ivan Ozyorny, Head of Zarechye, Встреча с послом Приморья, 4 May 2031. "
            "Quoted in: Мост построят, Заречный вестник (вымышлен), published 5 May 2031. "
            "Skazano: in context, with the proof"
        )
        assert [link.get("href") for link in quote.iter("a")] == ["https://vestnik.example/most", permanent]

    def test_needs_no_script_no_style_and_nothing_to_load(self, piece, story):
        quote = piece(story.statement)
        assert {part.tag for part in quote.iter()} == {"blockquote", "p", "footer", "a", "cite"}
        assert {name for part in quote.iter() for name in part.attrib} == {"cite", "lang", "href"}

    def test_puts_no_quotation_marks_around_a_report_and_says_what_it_is(self, piece):
        quote = piece(world.published(words=(world.ROADS,), kind="indirect", spoken_known="publication"))
        assert text_of(quote.find("p")) == world.ROADS
        assert "by the date of publication. Indirect speech: these are the reporter’s words." in text_of(quote)
        assert "Reported, not verbatim, in:" in text_of(quote)

    def test_never_has_the_nickname(self, piece, story):
        assert "смешной" not in lxml.html.tostring(piece(story.statement), encoding="unicode")

    def test_escapes_what_articles_say(self, piece):
        evil = "Мост</p><script>alert(\"1\")</script> & 'всё'"
        quote = piece(world.published(of=world.snapshot(f"Он: «{evil}»."), words=(evil,), attribution=""))
        assert text_of(quote.find("p")) == f"«{evil}»"
        assert not list(quote.iter("script"))

    def test_is_there_for_each_wording(self, piece, story):
        other = story.statement.quotes.exclude(pk=story.statement.lead_id).get()
        quote = piece(story.statement, quote=other.public_id)
        assert text_of(quote.find("p")) == "переправу достроят к осени"
        assert quote.get("cite").endswith(f"?quote={other.public_id}")


class TestTheFrame:
    def test_may_be_framed_by_anybody_and_loosens_nothing_else(self, client, story):
        ours = client.get(story.statement.get_absolute_url())
        frame = client.get(f"/s/{story.statement.public_id}/embed")
        assert frame.status_code == 200
        assert "X-Frame-Options" not in frame
        assert ours["X-Frame-Options"] == "DENY"
        rules = ours["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in rules
        loosened = rules.replace("frame-ancestors 'none'", "frame-ancestors *")
        assert sorted(frame["Content-Security-Policy"].split("; ")) == sorted(loosened.split("; "))
        assert WORDS in frame.content.decode()

    def test_of_a_withdrawn_statement_says_so_in_the_frame(self, client, story):
        with acting(elena := world.user("elena", "editor")):
            withdraw(story.statement, "Слова приписаны не тому.", by=elena)
        frame = client.get(f"/s/{story.statement.public_id}/embed")
        assert (frame.status_code, "X-Frame-Options" in frame) == (410, False)
        assert "Слова приписаны не тому." in frame.content.decode()
        assert PASSAGE not in frame.content.decode()

    def test_of_a_draft_is_unknown(self, client):
        assert client.get(f"/s/{world.draft().public_id}/embed").status_code == 404

    @pytest.mark.parametrize("word", ["embed", "report"])
    def test_hides_no_statement_that_is_called_so(self, client, word):
        statement = world.published(label=word.title())
        assert statement.get_absolute_url() == f"/s/{statement.public_id}/s"
        assert "Embed" in client.get(statement.get_absolute_url()).content.decode()


class TestOEmbed:
    def test_is_announced_by_the_statements_page(self, client, story):
        head = lxml.html.fromstring(client.get(story.statement.get_absolute_url()).content.decode()).find("head")
        for kind, media_type in (("json", "application/json+oembed"), ("xml", "text/xml+oembed")):
            [link] = head.xpath(f"link[@type='{media_type}']")
            response = client.get(link.get("href").removeprefix("http://testserver"))
            assert response.status_code == 200
            asked = parse_qs(urlsplit(link.get("href")).query)
            assert asked == {"format": [kind], "url": [f"http://testserver/s/{story.statement.public_id}"]}

    def test_answers_as_the_specification_has_it(self, ask, story):
        answer = ask(page(story.statement)).json()
        html = answer.pop("html")
        assert lxml.html.fragment_fromstring(html).tag == "blockquote"
        assert WORDS in html
        assert answer.pop("height") > 100
        assert answer == {
            "version": "1.0", "type": "rich", "title": "Ivan Ozyorny: a statement", "author_name": "Ivan Ozyorny",
            "provider_name": "Skazano", "provider_url": "http://testserver/", "cache_age": 3600, "width": 600,
        }  # fmt: skip

    def test_says_the_same_in_xml(self, ask, story):
        response = ask(page(story.statement), format="xml")
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        told = {part.tag: part.text for part in ET.fromstring(response.content)}  # noqa: S314 - our own
        assert told == {name: str(value) for name, value in ask(page(story.statement)).json().items()}

    def test_brings_any_characters_through_xml(self, ask):
        words = "Мост готов & <весь>"
        of = world.snapshot(f"Он: «{words}».")
        Article.objects.filter(pk=of.article_id).update(title="Заго\x0bло\x1fвок]]>")
        statement = world.published(of=of, words=(words,), attribution="")
        told = ET.fromstring(ask(page(statement), format="xml").content)  # noqa: S314 - our own
        assert "Заго ло вок]]&gt;" in told.findtext("html")

    def test_stays_within_the_bounds(self, ask, story):
        answer = ask(page(story.statement), maxwidth="320", maxheight="90").json()
        assert (answer["width"], answer["height"]) == (320, 90)
        assert ask(page(story.statement), maxwidth="50").json()["width"] == 50
        assert ask(page(story.statement), maxwidth="5000").json()["width"] == 600

    def test_takes_every_address_of_a_statement(self, ask, story):
        statement = story.statement
        for path in (
            f"/s/{statement.public_id}",
            f"/s/{statement.public_id.upper()}/x",
            f"/s/{statement.public_id}/embed",
        ):
            assert ask(f"http://testserver{path}").status_code == 200, path

    def test_speaks_the_language_of_the_address(self, ask, story):
        assert "Цитируется по" in ask(f"{page(story.statement)}?lang=ru").json()["html"]

    def test_names_no_reporters_words_the_speakers(self, ask):
        statement = world.published(words=(world.ROADS,), kind="indirect")
        assert ask(page(statement)).json()["author_name"] == "Заречный вестник (вымышлен)"

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({}, 400),
            ({"url": ""}, 400),
            ({"url": "{page}", "maxwidth": "wide"}, 400),
            ({"url": "{page}", "maxheight": "0"}, 400),
            ({"url": "{page}", "format": "yaml"}, 501),
            ({"url": "https://elsewhere.example{path}"}, 404),
            ({"url": "http://testserver/p/{id}"}, 404),
            ({"url": "http://testserver/s/00000000"}, 404),
            ({"url": "http://testserver/nowhere"}, 404),
            ({"url": "http://[broken"}, 404),
            ({"url": "javascript:alert(1)"}, 404),
            ({"url": "\x00"}, 404),
        ],
    )
    def test_refuses_what_it_can_not_answer(self, client, story, query, status):
        path = story.statement.get_absolute_url()
        known = {"page": f"http://testserver{path}", "path": path, "id": story.statement.public_id}
        given = {name: value.format(**known) for name, value in query.items()}
        assert client.get(f"/oembed?{urlencode(given)}").status_code == status

    def test_of_a_withdrawn_statement_is_gone_and_of_a_changed_one_not_found(self, ask):
        gone, changed = world.published(), world.published()
        with acting(elena := world.user("elena", "editor")):
            withdraw(gone, "Ошибка.", by=elena)
            Statement.objects.filter(pk=changed.pk).update(label="иначе")
        assert ask(page(gone)).status_code == 410
        assert ask(page(changed)).status_code == 404
        assert "Мост" not in ask(page(gone)).content.decode()


def test_an_english_statement_has_english_marks_for_who_asks_in_english(ask):
    statement = world.draft(of=world.snapshot('"It stays open," he said.'), words=("It stays open",), attribution="")
    Quote.objects.filter(statement=statement).update(language="en")
    assert "“It stays open”" in ask(page(publish(statement))).json()["html"]
