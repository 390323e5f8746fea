"""The index follows the database: every table it reads, once no earlier transaction can still write."""

import time

import pytest
from django.db import connection
from django.db.models import Max

from people.acting import acting
from people.models import PersonName
from quotes.models import Change, Quote, Statement, Topic
from quotes.reviewing import approve
from quotes.search.documents import documents
from quotes.search.following import catch_up, epoch, rebuild
from quotes.search.index import Index
from quotes.search.published import find, records
from quotes.search.query import parse
from quotes.withdrawing import restore, withdraw
from tests import world

PATIENCE = 120  # seconds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def index(tmp_path):
    made = Index(tmp_path)
    rebuild(made)
    return made


@pytest.fixture
def found(index):
    """The numbers of the statements that answer, after the index has caught up."""

    def answer(text):
        last = Change.objects.aggregate(Max("xid"))["xid__max"] or 0
        deadline = time.monotonic() + PATIENCE
        with index.writer() as writer:
            position = writer.position()
            # A transaction of another test run on this server, in another database, may hold the rows back for a while.
            while (step := catch_up(writer, position)).changes or step.position.xid < last:
                assert time.monotonic() < deadline, "the change is still held back"
                position = step.position
        return [hit.id for hit in index.search(parse(text)).hits]

    return answer


def test_a_statement_is_found_from_its_approval_on(found):
    statement = world.submitted()
    assert found("мост") == []
    roman = world.user("roman", "reviewer")
    with acting(roman):
        approve(statement.current_revision, by=roman)
    assert found("мосты") == [statement.pk]


def test_a_withdrawn_statement_is_not_found_until_it_is_restored(found):
    statement, elena = world.published(), world.user("elena", "editor")
    assert found("мост") == [statement.pk]
    withdrawal = withdraw(statement, "Источник отозвал сообщение.", by=elena)
    assert found("мост") == []
    restore(withdrawal, "Источник подтвердил сообщение.", by=elena)
    assert found("мост") == [statement.pk]


def test_an_edit_takes_the_statement_from_the_index(found):
    statement = world.published()
    assert found("мост") == [statement.pk]
    Quote.objects.filter(statement=statement).update(kind="mixed")
    assert found("мост") == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("UPDATE people_person SET name_en = 'Ivan Lakes'", "Lakes"),
        (
            "INSERT INTO people_personname (person_id, text, language, kind) SELECT id, 'Озерец', 'ru', 'alias' FROM people_person",
            "Озерца",
        ),
        ("UPDATE people_meeting SET name_en = 'Gathering'", "Gathering"),
        ("UPDATE people_office SET name_en = 'Headman'", "Headman"),
        ("UPDATE articles_source SET name_en = 'Fabricated Herald'", "Fabricated"),
        ("UPDATE quotes_topic SET name_en = 'Crossings'", "Crossings"),
        ("DELETE FROM people_personname", "-Ваня"),
        ("DELETE FROM quotes_statement_topics", "-переправа"),
    ],
)
def test_a_change_of_what_the_document_reads_is_found(found, change, word):
    speaker = world.person()
    PersonName.objects.create(person=speaker, text="Ваня")
    held = world.tenure(speaker, world.office())
    statement = world.published(speaker=speaker, tenure=held, meeting=world.meeting())
    statement.topics.add(Topic.objects.create(name_ru="Переправа"))
    assert found(word) == []
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert found(word) == [statement.pk]


def test_the_addressee_of_a_statement_is_found(found):
    statement = world.draft()
    statement.addressees.create(person=world.person("Пётр Приезжий"))
    assert found("Приезжему") == []
    world.publish(statement)
    assert found("Приезжему") == [statement.pk]


def test_the_day_and_number_make_the_same_key_in_table_and_index():
    statement = world.published()
    (document,) = documents([statement.pk])
    assert document.key == statement.sort_key


def test_statements_of_imprecise_date_have_the_key_of_the_first_day_in_both():
    for spoken in ("2031-05", "2031-34", "2031"):
        statement = world.published(spoken=spoken)
        (document,) = documents([statement.pk])
        assert document.key == statement.sort_key


@pytest.mark.parametrize("gone", [1, 12])
def test_a_hit_that_is_gone_is_refilled_so_that_the_page_is_not_short(search_index, gone):
    of, elena = world.snapshot(), world.user("elena", "editor")
    *withdrawn, second, third = (world.published(of=of, spoken=f"2031-05-{20 - n:02}") for n in range(gone + 2))
    search_index()
    for statement in withdrawn:
        withdraw(statement, "Источник отозвал сообщение.", by=elena)
    answer = find("мост", read=records(Statement.objects.all()), limit=1)
    assert answer.statements == [second]
    assert find("мост", read=records(Statement.objects.all()), limit=1, after=answer.next).statements == [third]


def test_the_epoch_names_this_database():
    assert epoch() == epoch()
    assert epoch().count("-") == 2
    assert not Statement.objects.exists()
