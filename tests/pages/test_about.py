"""What the site says of itself is there, from every page, and true."""

import lxml.html
import pytest
from django.conf import settings

from tests import world

pytestmark = pytest.mark.django_db
PAGES = ("/about", "/method", "/privacy")


def test_every_page_leads_to_them(client, story):
    for address in ("/", "/search", "/nothing", story.statement.get_absolute_url(), *PAGES):
        footer = lxml.html.fromstring(client.get(address, {"lang": "be"}).content).find(".//footer")
        found = footer.xpath(".//a/@href")
        assert [f"{page}?lang=be" for page in PAGES] == [each for each in found if each.split("?")[0] in PAGES]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("language", "word"), [("ru", "высказывани"), ("be", "выказванн"), ("en", "statement")])
def test_they_are_there_in_each_language(client, address, language, word):
    response = client.get(address, {"lang": language})
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert word in lxml.html.fromstring(response.content.decode()).find(".//main").text_content()


def test_who_runs_the_site_is_named_where_it_is_set_and_nowhere_invented(read, settings):
    for page in PAGES:
        assert "Who runs this site" not in read(page)
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "Заречный архив (вымышлен)", "archive@zarechye.example"
    for page in PAGES:
        assert "Who runs this site Заречный архив (вымышлен) archive@zarechye.example" in read(page)


def test_as_much_is_shown_around_words_as_is_said(read):
    assert f"at most {settings.CONTEXT_WINDOW} characters around them" in read("/about")


def test_readers_get_no_cookies_as_the_privacy_page_says(client, story, search_index):
    search_index()
    records = (story.statement, story.speaker, story.meeting, story.source, story.article, story.topic)
    addresses = [record.get_absolute_url() for record in records]
    for address in (*addresses, *PAGES, "/", "/search?q=мост", "/search?q=мост&lang=be", "/nothing", "/api/v1/"):
        assert not client.get(address).cookies, address


def test_nothing_is_loaded_from_elsewhere_as_the_privacy_page_says(client, story):
    world.published(of=story.snapshot)
    for address in ("/", "/search", *PAGES, story.statement.get_absolute_url(), story.speaker.get_absolute_url()):
        page = lxml.html.fromstring(client.get(address).content.decode())
        loaded = page.xpath(
            "//img/@src | //script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //iframe/@src"
        )
        assert loaded
        assert all(each.startswith("/static/") for each in loaded), loaded
