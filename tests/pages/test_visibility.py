"""Only what another person approved is public; a draft's traces are on no page."""

import re

import pytest

from articles.models import Article
from people.acting import acting
from quotes.annotating import write_quote
from quotes.models import Quote, Topic
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import publish

pytestmark = pytest.mark.django_db


def draft_everywhere(make=world.draft, **fields):
    """A statement with a speaker, a meeting, a source, an article and a topic that nothing else has."""
    article = Article.objects.create(source=world.source("Тайный вестник"), title="Тайная статья")
    statement = make(
        of=world.snapshot(article=article),
        speaker=world.person("Тайный Человек"),
        meeting=world.meeting("Тайная встреча"),
        label="тайное имя",
        **fields,
    )
    topic = Topic.objects.create(name_ru="Тайная тема")
    statement.topics.add(topic)
    return [statement, statement.speaker, statement.meeting, article.source, article, topic]


@pytest.mark.parametrize("make", [world.draft, world.submitted])
def test_who_and_what_has_nothing_published_has_no_page(client, read, search_index, make):
    records = draft_everywhere(make)
    search_index()
    for record in records:
        text = read(record.get_absolute_url(), 404)
        assert "Тайн" not in text
    for address in ("/", "/search", "/search?q=тайный", "/search?q=мост"):
        text = read(address).replace("тайный", "")
        assert "тайн" not in text.lower(), address
        assert world.BRIDGE not in text


def test_the_same_records_have_pages_once_it_is_approved(client):
    for record in draft_everywhere(world.published):
        assert client.get(record.get_absolute_url()).status_code == 200


def test_a_withdrawal_takes_their_pages_away_again(client):
    statement, *others = draft_everywhere(world.published)
    with acting(elena := world.user("elena", "editor")):
        withdraw(statement, "Ошибка.", by=elena)
    assert {client.get(record.get_absolute_url()).status_code for record in others} == {404}


def test_a_draft_beside_published_statements_stays_hidden_on_their_shared_pages(read, story, search_index):
    draft = world.draft(
        of=story.snapshot, words=("дороги отремонтируют раньше",), kind="indirect", speaker=story.speaker,
        meeting=story.meeting, label="тайное имя",
    )  # fmt: skip
    draft.topics.add(story.topic)
    search_index()
    for record in (story.speaker, story.meeting, story.article, story.topic):
        text = read(record.get_absolute_url())
        assert re.search(r"\b1 statement\b", text)
        assert "тайное имя" not in text
        assert "дороги отремонтируют" not in text
    assert "1 statement in its articles" in read(story.source.get_absolute_url())
    assert "Мост построят published 5 May 2031 · 1 statement" in read(story.source.get_absolute_url())


def test_an_article_with_drafts_only_is_not_listed_by_its_source(read, story):
    other = Article.objects.create(source=story.source, title="Тайная статья")
    world.draft(of=world.snapshot(article=other))
    assert "Тайная статья" not in read(story.source.get_absolute_url())


def test_somebody_addressed_without_words_of_their_own_is_named_but_not_linked(client, read, story):
    page = client.get(story.statement.get_absolute_url()).content.decode()
    assert story.guest.name in page
    assert story.guest.get_absolute_url() not in page
    assert client.get(story.guest.get_absolute_url()).status_code == 404
    world.published(speaker=story.guest)
    assert story.guest.get_absolute_url() in client.get(story.statement.get_absolute_url()).content.decode()


def test_an_article_shows_its_own_wording_and_never_its_text(read, story):
    text = read(story.article.get_absolute_url())
    assert "первый пролёт покажется просто смешным" in text
    assert "Глава Заречья принял посла" not in text
    other = story.statement.quotes.exclude(pk=story.statement.lead_id).get().snapshot.article
    text = read(other.get_absolute_url())
    assert "переправу достроят к осени" in text
    assert "первый пролёт" not in text


def test_a_quote_in_an_article_of_a_statement_led_by_another_is_counted_once(read, story):
    with acting(world.user("anna", "annotator")):
        quote = Quote(snapshot=story.snapshot, kind="indirect")
        write_quote(story.statement, quote, world.anchors(story.snapshot, "дороги отремонтируют раньше"))
    publish(story.statement)
    assert "1 statement" in read(story.source.get_absolute_url())
    assert "2 statements" not in read(story.source.get_absolute_url())


def test_a_topics_page_has_the_statements_of_its_narrower_topics(read, story):
    text = read(story.broad.get_absolute_url())
    assert "Мосты" in text
    assert "первый пролёт" in text
    assert "Транспорт" in read(story.topic.get_absolute_url())


def test_a_persons_page_tells_the_offices_over_time(read, story):
    world.tenure(story.speaker, world.office("Мэр Слободы", name_en="Mayor of Sloboda"), "2024-03", "2029-35")
    text = read(story.speaker.get_absolute_url())
    now = "Head of Zarechye, Заречье 1 January 2030 – present"
    before = "Mayor of Sloboda March 2024 – third quarter of 2029"
    assert now in text
    assert before in text
    assert text.index(now) < text.index(before)
