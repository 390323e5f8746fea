"""The same statement in another article is found by its words; another statement of the same speaker is not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Organization, Person
from quotes import twins as module
from quotes.models import Quote, Span, Statement
from quotes.twins import ALIKE, content, likeness, twins
from quotes.withdrawing import withdraw
from tests import world

# Words of invented people: one saying in two reports each.
SAME = [
    ("Мост будет построен к осени", "мост построят к осени"),
    ("Мост будет построен к осени", "Мост через Заречку будет построен к осени, и это не обсуждается"),
    ("Мы завершим ремонт всех дорог до конца года", "ремонт дорог завершат до конца года"),
    (
        "Урожай зерновых в этом году превысит десять миллионов тонн",
        "в этом году урожай зерновых будет больше десяти миллионов тонн",
    ),
    (
        "Никаких новых налогов для малого бизнеса мы вводить не собираемся",
        "новых налогов для малого бизнеса вводить не планируется",
    ),
    ("Я считаю, что эта граница должна остаться открытой", "граница должна остаться открытой"),
    (
        "Сегодня мы подписали соглашение о поставках леса на 300 миллионов рублей. Это хороший результат, "
        "которого мы ждали два года",
        "подписано соглашение о поставках леса на 300 миллионов",
    ),
    ("Мост пабудуюць да восені, дарогі адрамантуюць", "дарогі адрамантуюць, а мост пабудуюць да восені"),
    ("The bridge will be built by autumn", "the bridge would be built by autumn, he promised"),
    ("Ёлки в Заречье наряжать рано", "елки в заречье рано наряжать"),
]
DIFFERENT = [
    ("Мост будет построен к осени", "Дороги отремонтируют раньше"),
    ("Мост будет построен к осени", "Мост через Заречку обойдётся в десять миллионов рублей"),
    ("Мы завершим ремонт всех дорог до конца года", "До конца года мы примем новый бюджет Заречья"),
    (
        "Урожай зерновых в этом году превысит десять миллионов тонн",
        "В этом году мы потеряли десять миллионов рублей на ремонте дорог",
    ),
    ("Никаких новых налогов мы вводить не собираемся", "Новых школ в этом году откроют две"),
    ("Мы за мир", "Мы за порядок"),
    ("Это не так", "Это так и есть"),
    ("", "Мост"),
    ("И это всё", "И что"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_reports_of_one_saying_are_alike(one, other):
    assert likeness(content(one), content(other)) >= ALIKE
    assert likeness(content(one), content(other)) == likeness(content(other), content(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_sayings_about_the_same_matter_are_not(one, other):
    assert likeness(content(one), content(other)) < ALIKE


@pytest.fixture
def bridge():
    """A statement about the bridge, known from one article."""
    return world.draft()


def report(words="мост построят к осени"):
    """Another article of the day."""
    return world.snapshot(f"Как стало известно, {words}.\nПо материалам газеты.")


def found(of=None, words="мост построят к осени", speaker=None, **more):
    of = of or report(words)
    return [one.statement for one in twins(words, speaker or Person.objects.first(), of, user=AnonymousUser(), **more)]


@pytest.mark.django_db
class TestFinding:
    def test_a_statement_known_from_another_article_is_found_in_other_words(self, bridge):
        assert found() == [bridge]
        assert found(words="дороги отремонтируют") == []

    def test_nobody_elses_is(self, bridge):
        assert found(speaker=world.person("Пётр Лесной")) == []
        assert found(speaker=Organization.objects.create(name_ru="Совет")) == []

    def test_an_organization_has_twins_too(self):
        body = Organization.objects.create(name_ru="Совет")
        said = world.draft(speaker_organization=body)
        assert found(speaker=body) == [said]

    def test_the_texts_own_statements_are_not_twins_of_it(self, bridge):
        assert found(of=bridge.lead.snapshot) == []

    @pytest.mark.parametrize(
        ("spoken", "is_found"),
        [("2031-05-06", True), ("2031-05-07", True), ("2031-05-08", False), ("2031-05", True), ("2032", False)],
    )
    def test_a_date_that_is_days_apart_tells_them_apart(self, bridge, spoken, is_found):
        assert found(spoken=spoken) == [bridge] * is_found

    def test_without_a_date_the_days_before_the_publication_count(self, bridge):
        assert found() == [bridge]
        Statement.objects.update(spoken="2031-04-01")
        assert found() == []
        Statement.objects.update(spoken=None, spoken_known="")
        assert found() == [bridge]
        assert found(spoken="2025-01-01") == [bridge]

    def test_a_withdrawn_one_is_not_offered(self):
        said = world.published()
        assert found() == [said]
        withdraw(said, "Ошибка.", by=world.user("elena", "editor"))
        assert found() == []

    def test_the_likeliest_comes_first(self, bridge):
        closer = world.draft(of=report("мост построят непременно к осени"), words=("мост построят непременно к осени",))
        assert found(words="к осени мост непременно построят") == [closer, bridge]

    def test_the_queries_do_not_grow_and_no_more_is_compared_than_a_bound(self, bridge, monkeypatch):
        counts = []
        for more in (1, 7):
            for number in range(more):
                world.draft(
                    of=report(f"мост построят к осени {more}{number}"), words=(f"мост построят к осени {more}{number}",)
                )
            of = report()
            with CaptureQueriesContext(connection) as queries:
                assert found(of=of)
            counts.append(len(queries))
        assert counts[0] == counts[1]
        monkeypatch.setattr(module, "COMPARED", 1)
        assert len(found()) == 1


@pytest.mark.slow  # It makes two thousand statements, each checked by the database.
@pytest.mark.django_db
def test_a_speaker_of_thousands_of_statements_is_no_slower_than_one_may_wait():
    of, speaker = world.snapshot(), world.person()
    statements = Statement.objects.bulk_create(
        Statement(speaker=speaker, spoken="2031-05-04", spoken_known="text") for _number in range(2_000)
    )
    quotes = Quote.objects.bulk_create(Quote(statement=statement, snapshot=of) for statement in statements)
    start = of.text.index(world.BRIDGE)
    Span.objects.bulk_create(
        Span(quote=quote, start=start, end=start + len(world.BRIDGE), exact=world.BRIDGE) for quote in quotes
    )
    other = report()
    with CaptureQueriesContext(connection) as queries:
        assert len(found(of=other, speaker=speaker)) == module.AT_MOST
    assert sum(float(query["time"]) for query in queries) < 1
