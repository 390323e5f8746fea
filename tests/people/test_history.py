import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from people.acting import acting
from people.history import Change, events, history_of
from people.models import Office, Organization, Person, PersonName
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def changes_of(event):
    return [change for act in event.acts for change in act.changes]


def test_a_change_is_told_with_its_author_and_what_stood_before(elena):
    person = world.person("Иван Озёрный")
    with acting(elena):
        Person.objects.filter(pk=person.pk).update(about="поэт")
    newest = events(history_of(person))[0]
    assert newest.who == "elena"
    assert changes_of(newest) == [Change("who this is", "", "поэт")]


def test_a_change_made_in_the_database_itself_names_its_role():
    person = world.person("Иван Озёрный")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET about = 'поэт' WHERE id = %s", [person.pk])
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    assert events(history_of(person))[0].who == f"{role}, in the database itself"


def test_parts_are_told_in_words_and_stay_when_they_are_deleted():
    person = world.person("Иван Озёрный")
    world.tenure(person, world.office("Глава Заречья"), "2024-35", "..")
    alias = PersonName.objects.create(person=person, text="Дед Иван", kind="former")
    alias.delete()
    acts = [act for event in events(history_of(person, "names", "tenures")) for act in event.acts]
    assert [(act.subject, act.action) for act in acts] == [
        ("Other name: Дед Иван", "deleted"),
        ("Other name: Дед Иван", "made"),
        ("Tenure: Иван Озёрный, Глава Заречья", "made"),
        ("Person: Иван Озёрный", "made"),
    ]
    told = {change.name: change.after for change in acts[2].changes}
    assert told["from"] == "third quarter of 2024"
    assert told["until"] == "present"
    assert told["how the date is known"] == "from another source"
    assert told["office"] == "Глава Заречья"
    assert Change("kind", "former name", "") in acts[0].changes


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_deleted_part_is_called_by_the_name_it_had_in_any_language(language):
    body = Organization.objects.create(name_ru="Совет Заречья")
    Office.objects.create(organization=body, **{f"name_{language}": "Старшыня"}).delete()
    (event,) = events(history_of(body, "offices"))
    assert [act.subject for act in event.acts] == [
        "Office: Старшыня",
        "Office: Старшыня",
        "Organization: Совет Заречья",
    ]


def test_a_part_is_told_on_the_page_of_the_record_that_it_left():
    one, other = world.person("Иван Озёрный"), world.person("Пётр Лесной")
    alias = PersonName.objects.create(person=one, text="Дед")
    alias.person = other
    alias.save()
    for person in (one, other):
        moved = events(history_of(person, "names"))[0].acts
        assert Change("person", "Иван Озёрный", "Пётр Лесной") in [change for act in moved for change in act.changes]


def test_changes_that_one_user_made_in_one_transaction_stand_together(elena):
    # The test itself is one transaction.
    with acting(elena):
        person = world.person("Иван Озёрный")
        PersonName.objects.create(person=person, text="Дед Иван")
    (event,) = events(history_of(person, "names"))
    assert [act.action for act in event.acts] == ["made", "made"]


def test_another_apps_records_have_their_history_too_with_parts_of_parts():
    statement = world.draft()
    told = events(history_of(statement, "quotes", "quotes__spans"))
    subjects = {act.subject.split(":")[0] for event in told for act in event.acts}
    assert {"Statement", "Quote", "Span"} <= subjects


def test_the_queries_do_not_grow_with_the_entries():
    person, post = world.person(), world.office(single_seat=False)
    counts = []
    for more in (2, 9):
        for _number in range(more):
            world.tenure(world.person(), post)
            world.tenure(person, post)
        with CaptureQueriesContext(connection) as queries:
            events(history_of(person, "tenures"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_history_button_tells_what_was_done_by_sql_and_pages_long_histories(client, elena):
    client.force_login(elena)
    person = world.person("Иван Озёрный")
    with connection.cursor() as cursor:
        for number in range(120):
            cursor.execute("UPDATE people_person SET about = %s WHERE id = %s", [f"поэт {number}", person.pk])
    address = reverse("admin:people_person_history", args=[person.pk])
    newest = html.unescape(client.get(address, headers={"accept-language": "en"}).content.decode())
    assert "<del>поэт 118</del>" in newest
    assert "<ins>поэт 119</ins>" in newest
    assert "121 changes" in newest
    assert "<ins>Иван Озёрный</ins>" in client.get(address, {"p": 2}).content.decode()


def test_records_of_other_apps_keep_the_admins_own_history_page(client):
    boss = world.user("boss")
    boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    answer = client.get(reverse("admin:auth_user_history", args=[boss.pk]), headers={"accept-language": "en"})
    assert "doesn’t have a change history" in answer.content.decode()
