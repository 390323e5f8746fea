"""Feeds, read by feedparser and compared with the record."""

import datetime

import feedparser
import lxml.etree
import lxml.html
import pytest
from django.test import Client

from people.acting import acting
from people.merging import merge
from quotes.models import Statement
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import WORDS, publish

pytestmark = pytest.mark.django_db


def feed(address, client=None, **headers):
    """What feedparser makes of the answer; it must be well-formed."""
    response = (client or Client()).get(address, headers=headers)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    # feedparser cleans HTML as browsers would not: the tests look at what was sent.
    parsed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    return parsed


def addresses(story):
    """All feeds that the story is in."""
    records = {"p": story.speaker, "m": story.meeting, "o": story.source, "t": story.topic}
    return ["/feed.atom", "/search.atom?q=мост", *(f"/{at}/{of.public_id}/feed.atom" for at, of in records.items())]


def moment(text):
    return datetime.datetime.fromisoformat(text)


class TestAnEntry:
    @pytest.fixture
    def entry(self, story):
        [entry] = feed("/feed.atom?lang=en").entries
        return entry

    def test_says_what_the_record_says(self, entry, story):
        permanent = f"/s/{story.statement.public_id}"
        approval = story.statement.current_revision.approval
        assert entry.title == "«первый пролёт покажется просто смешным» · Ivan Ozyorny"
        assert entry.link == f"http://testserver{story.statement.get_absolute_url()}?lang=en"
        assert entry.author_detail == {
            "name": "Ivan Ozyorny",
            "href": f"http://testserver{story.speaker.get_absolute_url()}",
        }
        assert entry.id == f"tag:testserver,{approval.approved_at:%Y-%m-%d}:{permanent}/1"
        assert moment(entry.updated) == moment(entry.published) == approval.approved_at
        [tag] = entry.tags
        assert (tag.term, tag.label, tag.scheme) == (story.topic.public_id, "Мосты", "http://testserver/t/")
        assert {(link.rel, link.href) for link in entry.links} == {
            ("alternate", entry.link),
            ("via", "https://vestnik.example/most"),
        }

    def test_has_the_words_as_text_with_who_when_where_and_source(self, entry, story):
        [content] = entry.content
        assert content.type == "text/html"
        body = lxml.html.fromstring(content.value)
        [quote] = body.xpath("//blockquote")
        assert quote.text_content() == f"«{WORDS}»"
        assert (quote.get("lang"), quote.get("cite")) == ("ru", "https://vestnik.example/most")
        text = " ".join(body.text_content().split())
        assert "Ivan Ozyorny, Head of Zarechye · 4 May 2031 · Встреча с послом Приморья" in text
        assert "Source: Заречный вестник (вымышлен) (sample), Мост построят" in text
        assert all(each.get("href").startswith("http") for each in body.xpath("//a"))

    def test_never_has_the_nickname(self, entry):
        assert "смешной мост" not in str(entry)

    def test_tells_first_publication_from_the_last_approval_and_comes_anew_when_corrected(self, entry, story):
        first = entry.published
        with acting(world.user("anna")):
            Statement.objects.filter(pk=story.statement.pk).update(label="мост, иначе")
        publish(story.statement)
        [corrected] = feed("/feed.atom").entries
        assert corrected.id.endswith(f"/s/{story.statement.public_id}/2")
        assert corrected.published == first
        assert moment(corrected.updated) > moment(first)
        assert corrected.updated == feed("/feed.atom").feed.updated

    def test_escapes_what_looks_like_markup(self, story):
        text = "Глава сказал: «Мост <b>&amp; дорога</b> ]]> будет»."
        world.published(of=world.snapshot(text), words=("Мост <b>&amp; дорога</b> ]]> будет",))
        newest = feed("/feed.atom").entries[0]
        body = lxml.html.fromstring(newest.content[0].value)
        assert body.xpath("//blockquote")[0].text_content() == "«Мост <b>&amp; дорога</b> ]]> будет»"
        assert newest.title.startswith("«Мост <b>&amp; дорога</b>")


def test_only_direct_speech_is_in_quotation_marks():
    of = world.snapshot()
    world.published(of=of, words=(world.ROADS,), kind="indirect")
    world.published(of=of, words=("Работы,", "уже идут"), kind="mixed", spoken="2031-35", spoken_known="publication")
    mixed, indirect = feed("/feed.atom?lang=en").entries
    assert indirect.title.startswith(f"{world.ROADS} · ")
    assert mixed.title.startswith("Работы, […] уже идут · ")
    for entry, badge in ((indirect, "Indirect speech: these are"), (mixed, "Indirect with quoted words: the")):
        assert badge in entry.content[0].value
        assert "«" not in lxml.html.fromstring(entry.content[0].value).xpath("//blockquote")[0].text_content()
    assert "third quarter of 2031 (by the date of publication)" in mixed.content[0].value


def test_a_speaker_who_is_not_identified_is_not_taken_for_the_site():
    world.published(speaker_not_identified=True)
    [entry] = feed("/feed.atom?lang=en").entries
    assert entry.author == "Speaker not identified"


def test_each_feed_has_the_statement_and_tells_where_it_is_from(story, search_index):
    search_index()
    for address in addresses(story):
        parsed = feed(address)
        assert len(parsed.entries) == 1, address
        links = {link.rel: link.href for link in parsed.feed.links}
        assert parsed.feed.id == links["self"]
        assert links["self"].startswith(f"http://testserver{address.split('?')[0]}")
        page = Client().get(links["alternate"].removeprefix("http://testserver"))
        assert page.status_code == 200
        assert feed(links["self"]).feed.id == parsed.feed.id
        assert parsed.feed.title.endswith(" · Сказано")


def test_a_sources_feed_has_its_own_wording(story):
    other = story.statement.quotes.exclude(pk=story.statement.lead_id).get().snapshot.article.source
    [entry] = feed(f"/o/{other.public_id}/feed.atom").entries
    assert entry.title == "переправу достроят к осени · Иван Озёрный"
    assert "первый пролёт" not in entry.content[0].value


def test_a_feeds_language_is_that_of_its_address_and_never_the_browsers(story):
    for language, name in (("be", "Сказана"), ("en", "Skazano")):
        parsed = feed(f"/feed.atom?lang={language}", **{"accept-language": "ru"})
        assert (parsed.feed.language, parsed.feed.author) == (language, name)
    plain = Client().get("/feed.atom", headers={"accept-language": "en"})
    assert feedparser.parse(plain.content).feed.language == "ru"
    assert plain.headers["Content-Language"] == "ru"
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert feed("/feed.atom?lang=xx").feed.id == "http://testserver/feed.atom?lang=ru"


def test_whoever_asks_again_gets_a_few_bytes_until_something_changed(client, story):
    first = client.get("/feed.atom")
    tag = first.headers["ETag"]
    again = client.get("/feed.atom", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    squeezed = client.get("/feed.atom", headers={"if-none-match": f"W/{tag}", "accept-encoding": "gzip"})
    assert squeezed.status_code == 304
    with acting(elena := world.user("elena", "editor")):
        withdraw(story.statement, "Ошибка.", by=elena)
    # Nothing in the feed is newer, but something is gone.
    changed = client.get("/feed.atom", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert "Last-Modified" not in changed.headers
    assert feedparser.parse(changed.content).entries == []


def test_an_empty_feed_is_the_same_at_any_time(client):
    assert client.get("/feed.atom").content == client.get("/feed.atom").content
    assert feed("/feed.atom").feed.updated == "2000-01-01T00:00:00+00:00"


def test_what_became_public_last_comes_first_whenever_it_was_said(story, search_index):
    world.published(of=story.snapshot, words=("Мы строим мост",), spoken="1999", speaker=story.speaker)
    search_index()
    for address in ("/feed.atom", f"/p/{story.speaker.public_id}/feed.atom", "/search.atom?q=мост"):
        assert [entry.title.split(" · ")[0] for entry in feed(address).entries] == [
            "«Мы строим мост»",
            "«первый пролёт покажется просто смешным»",
        ]


def test_a_feed_has_the_newest_fifty(story, search_index, count_queries):
    client = Client()
    search_index()
    few = {address: count_queries(lambda at=address: client.get(at)) for address in addresses(story)}
    for _ in range(51):
        more = world.draft(
            of=story.snapshot, words=("Мы строим мост",), speaker=story.speaker, meeting=story.meeting,
            tenure=story.statement.tenure,
        )  # fmt: skip
        more.topics.add(story.topic)
        world.publish(more)
    search_index()
    for address, queries in few.items():
        assert count_queries(lambda at=address: client.get(at)) == queries
        parsed = feed(address)
        assert len(parsed.entries) == 50, address
        assert len({entry.id for entry in parsed.entries}) == 50


def test_the_order_and_page_of_a_search_make_no_other_feed(story, search_index):
    search_index()
    one = feed("/search.atom?q=мост&order=oldest&after=17&utm_source=x&speaker=")
    assert one.feed.id == "http://testserver/search.atom?q=%D0%BC%D0%BE%D1%81%D1%82&lang=ru"
    assert one.feed.title == "мост · Сказано"
    assert len(one.entries) == 1


def test_while_the_index_is_rebuilt_a_search_has_no_feed_and_others_have(client, story, no_search_index):
    response = client.get("/search.atom?q=мост")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert len(feed("/feed.atom").entries) == 1


def test_a_merged_persons_feed_leads_to_the_other_and_an_unknown_one_is_404(client, story):
    twin = world.person("И. Озёрный")
    assert client.get(f"/p/{twin.public_id}/feed.atom").status_code == 404
    merge(twin, into=story.speaker, by=world.user("elena", "editor"))
    response = client.get(f"/p/{twin.public_id}/feed.atom?lang=be")
    assert (response.status_code, response.headers["Location"]) == (
        301, f"/p/{story.speaker.public_id}/feed.atom?lang=be",
    )  # fmt: skip
    for letter in "pmot":
        assert client.get(f"/{letter}/00000000/feed.atom").status_code == 404
    assert client.get(f"/a/{story.article.public_id}/feed.atom").status_code == 301


def test_a_feed_is_well_formed_whatever_stands_in_names(story):
    type(story.speaker).objects.filter(pk=story.speaker.pk).update(name_ru="Иван\x01\x1f & <Озёрный>\ufffe")
    [entry] = feed(f"/p/{story.speaker.public_id}/feed.atom?lang=ru").entries
    assert entry.author.startswith("Иван")
    lxml.etree.fromstring(Client().get("/feed.atom").content)
