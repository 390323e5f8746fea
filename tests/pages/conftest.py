"""What the pages' tests share: a reader who reads English, counting of queries, a story with two reports."""

from types import SimpleNamespace

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from people.acting import acting
from people.models import Organization, Participant
from quotes.annotating import write_quote
from quotes.models import Addressee, Quote, Statement, Topic
from quotes.reviewing import approve, submit
from tests import world

PASSAGE = "первый пролёт покажется просто смешным"
WORDS = f"Мы строим мост вдвоём. Через год {PASSAGE}. Мост будет построен к осени"
FAR = "Далеко в начале статьи речь шла о погоде. "
STORY = (
    f"{FAR}{'Подробности погоды никому не нужны. ' * 20}Глава Заречья принял посла.\n\n"
    f"«{WORDS}», — сказал Иван Озёрный.\n"
    f"Он добавил, что дороги отремонтируют раньше. {'Потом говорили о рыбе. ' * 30}Встреча закончилась обедом."
)


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def read(client):
    """The visible text of a page, its spaces made one; the status must be the one given."""

    def text(address, status=200):
        response = client.get(address)
        assert response.status_code == status, address
        body = lxml.html.fromstring(response.content).find("body")
        return " ".join(body.text_content().split())

    return text


@pytest.fixture
def count_queries():
    def count(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count


@pytest.fixture
def story():
    """A statement at a meeting, with office, passage, label, topic, addressees, and a second report in other words."""
    speaker, guest = world.person(name_en="Ivan Ozyorny"), world.person("Пётр Морской")
    post = world.office(name_en="Head of Zarechye", organization=Organization.objects.create(name_ru="Заречье"))
    tenure = world.tenure(speaker, post)
    meeting = world.meeting(place="Дворец на холме")
    Participant.objects.create(meeting=meeting, person=speaker, role="host")
    Participant.objects.create(meeting=meeting, in_words="советники", role="present")
    article = Article.objects.create(
        source=world.source(), title="Мост построят", published="2031-05-05", published_known="address",
        address="https://vestnik.example/most", credit="По материалам агентства «Вымысел».",
    )  # fmt: skip
    snapshot = world.snapshot(STORY, article=article)
    statement = world.draft(
        words=(WORDS,), of=snapshot, speaker=speaker, tenure=tenure, meeting=meeting, label="смешной мост",
        spoken_known="other", spoken_evidence="https://vymysel.example/vstrecha",
    )  # fmt: skip
    start = STORY.index(PASSAGE)
    other = world.snapshot(
        "Глава Заречья заявил, что переправу достроят к осени.",
        article=Article.objects.create(source=world.source("Приморские известия", kind="newspaper"), title="Новость"),
    )
    broad = Topic.objects.create(name_ru="Транспорт")
    topic = Topic.objects.create(name_ru="Мосты", parent=broad)
    with acting(world.user("anna", "annotator")):
        Quote.objects.filter(statement=statement).update(passage_start=start, passage_end=start + len(PASSAGE))
        Addressee.objects.create(statement=statement, person=guest)
        statement.topics.add(topic)
        write_quote(
            statement, Quote(snapshot=other, kind="indirect"), world.anchors(other, "переправу достроят к осени")
        )
    return SimpleNamespace(
        statement=publish(statement), speaker=speaker, guest=guest, meeting=meeting, source=article.source,
        article=article, snapshot=snapshot, topic=topic, broad=broad,
    )  # fmt: skip


def publish(statement):
    """The statement as it stands now, submitted by Anna and approved by Roman."""
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    statement = Statement.objects.get(pk=statement.pk)
    with acting(anna):
        revision = submit(statement, by=anna)
    with acting(roman):
        approve(revision, by=roman)
    return Statement.objects.get(pk=statement.pk)
