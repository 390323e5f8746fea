"""Lists page by key, newest first, and cost the same for one row and for many."""

import re

import pytest

from articles.models import Article
from people.models import Participant
from quotes.models import Addressee, Topic
from tests import world
from tests.pages.conftest import publish

pytestmark = pytest.mark.django_db
MANY = 9


def more(story, count, **fields):
    """More published statements of the story's speaker, each in an article of its own."""
    topic = story.topic
    for number in range(count):
        article = Article.objects.create(source=story.source, title=f"Статья {number}")
        text = f"«Слово номер {number}», — сказал Иван Озёрный."
        statement = world.published(
            of=world.snapshot(text, article=article), words=(f"Слово номер {number}",), speaker=story.speaker,
            tenure=story.statement.tenure, meeting=story.meeting, **fields,
        )  # fmt: skip
        statement.topics.add(topic, Topic.objects.create(name_ru=f"Тема {number}", parent=story.broad))


def walked(client, address):
    """The addresses of the statements (or articles) listed, page after page."""
    found, pages = [], 0
    while address:
        page = client.get(address).content.decode()
        listed = page.split("<main", 1)[1].split('class="pager"', 1)[0]
        found += re.findall(r'(?:class="onward"><a|<li>\s*<a) href="(/[sa]/[^"?]+)', listed)
        step = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = step and step[1].replace("&amp;", "&")
        pages += 1
    return found, pages


@pytest.mark.slow  # Forty-five statements are made, each approved by another person.
@pytest.mark.parametrize("indexed", [True, False], ids=["by the index", "without one"])
def test_walking_the_pages_meets_every_statement_once_newest_first(client, story, search_index, indexed):
    more(story, 30, spoken="2031-06-01")
    more(story, 14, spoken="2030-35")
    if indexed:
        search_index()
    for record in (story.speaker, story.meeting, story.topic):
        found, pages = walked(client, record.get_absolute_url())
        assert pages == 3
        assert len(found) == len(set(found)) == 45
    articles, pages = walked(client, story.source.get_absolute_url())
    assert pages == 3
    assert len(articles) == len(set(articles)) == 45


def test_statements_of_a_person_stand_by_the_day_said_the_newest_first(read, story):
    world.published(speaker=story.speaker, label="раньше", spoken="2029")
    world.published(speaker=story.speaker, label="позже", spoken="2032-01")
    text = read(story.speaker.get_absolute_url())
    places = [text.index(f"Known as {label}") for label in ("позже", "смешной мост", "раньше")]
    assert places == sorted(places)


@pytest.mark.parametrize("after", ["", "x", "-1", "1e5", "9" * 30, "٣", "%00", "0"])
def test_a_place_that_no_page_gave_is_no_error(client, story, after):
    for record in (story.speaker, story.source, story.article):
        assert client.get(f"{record.get_absolute_url()}?after={after}").status_code == 200


def pages_of(story):
    records = {name: getattr(story, name) for name in ("speaker", "meeting", "source", "article", "topic", "broad")}
    return {"home": "/", "search": "/search", "question": "/search?q=слово+OR+мост"} | {
        name: record.get_absolute_url() for name, record in records.items()
    }


@pytest.mark.slow  # Nine more statements are made, and the index twice.
def test_the_queries_do_not_grow_with_the_rows(client, story, count_queries, search_index):
    pages = pages_of(story)
    search_index()
    client.get("/")  # what is read once per process
    few = {name: count_queries(lambda address=address: client.get(address)) for name, address in pages.items()}
    more(story, MANY)
    for number in range(MANY):
        world.published(of=story.snapshot, words=("дороги отремонтируют раньше",), speaker=story.speaker)
        Participant.objects.create(meeting=story.meeting, person=world.person(f"Гость {number}"))
        world.tenure(story.speaker, world.office(f"Пост {number}"))
    search_index()
    many = {name: count_queries(lambda address=address: client.get(address)) for name, address in pages.items()}
    assert many == few
    assert max(few.values()) <= 16


def test_the_queries_of_a_statements_page_do_not_grow_with_its_parts(client, story, count_queries):
    one = count_queries(lambda: client.get(story.statement.get_absolute_url()))
    for number in range(MANY):
        Addressee.objects.create(statement=story.statement, person=world.person(f"Слушатель {number}"))
        Participant.objects.create(meeting=story.meeting, person=world.person(f"Гость {number}"))
        story.statement.topics.add(Topic.objects.create(name_ru=f"Тема {number}"))
    address = publish(story.statement).get_absolute_url()
    assert count_queries(lambda: client.get(address)) == one
