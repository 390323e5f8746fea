"""The id in an address decides; every other spelling leads to the one that stays."""

import re

import pytest

from people.merging import merge
from tests import world

pytestmark = pytest.mark.django_db


def records(story):
    return [story.statement, story.speaker, story.meeting, story.source, story.article, story.topic]


def test_a_wrong_or_missing_slug_leads_to_the_right_one_for_good(client, story):
    for record in records(story):
        right = record.get_absolute_url()
        start = right.rsplit("/", 1)[0]
        shouted = start[:3] + start[3:].upper()
        for wrong in (start, f"{start}/", f"{start}/wrong", f"{right}/", f"{start}/a/b", shouted):
            response = client.get(f"{wrong}?lang=be")
            assert (response.status_code, response.headers["Location"]) == (301, f"{right}?lang=be"), wrong
        assert client.get(right).status_code == 200


def test_an_unknown_id_gives_a_page_with_a_search_box(client):
    for letter in "spmoat":
        response = client.get(f"/{letter}/00000000/x")
        assert response.status_code == 404
        assert 'role="search"' in response.content.decode()
        assert 'id="q-main"' in response.content.decode()


def test_a_merged_persons_address_leads_to_the_one_that_took_over(client, story):
    twin = world.person("И. Озёрный")
    old = twin.get_absolute_url()
    assert client.get(old).status_code == 404
    merge(twin, into=story.speaker, by=world.user("elena", "editor"))
    response = client.get(old)
    assert (response.status_code, response.headers["Location"]) == (301, story.speaker.get_absolute_url())


def test_a_merge_into_somebody_unpublished_tells_no_name(client):
    known, twin = world.person("Тихий Человек"), world.person("Тихий")
    merge(twin, into=known, by=world.user("elena", "editor"))
    assert client.get(twin.get_absolute_url()).status_code == 404


def test_the_canonical_address_has_no_language(client, story):
    address = story.statement.get_absolute_url()
    page = client.get(f"{address}?lang=be").content.decode()
    assert f'<link rel="canonical" href="http://testserver{address}">' in page
    assert f'hreflang="en" href="http://testserver{address}?lang=en"' in page


def test_a_slug_does_not_change_with_the_readers_language(client, story):
    address = story.speaker.get_absolute_url()
    assert client.get(address, headers={"accept-language": "ru"}).status_code == 200
    assert client.get(address, headers={"accept-language": "en"}).status_code == 200


def test_a_name_in_a_script_without_latin_letters_still_has_an_address(client):
    who = world.person("…")
    world.published(speaker=who)
    assert who.get_absolute_url().endswith("/person")
    assert client.get(who.get_absolute_url()).status_code == 200


def test_a_chosen_language_goes_along_to_the_next_page(client, story):
    page = client.get("/?lang=ru").content.decode()
    assert f'href="{story.statement.get_absolute_url()}?lang=ru"' in page
    assert '<input type="hidden" name="lang" value="ru">' in page
    assert 'lang="ru"' in page.split("<head>")[0]
    unchosen = client.get("/").content.decode().split("</header>")[1]
    # A feed is in one language for good, whoever reads it.
    assert re.findall(r"[^\"]*\?lang=", unchosen) == ["/feed.atom?lang="]


def test_language_links_keep_the_rest_of_the_address(client, search_index):
    search_index()
    page = client.get("/search?q=мост&order=oldest&lang=en").content.decode()
    assert 'href="/search?q=%D0%BC%D0%BE%D1%81%D1%82&amp;order=oldest&amp;lang=ru"' in page
