"""Two people at one record at the same moment: the database decides, and the loser is told in words."""

import html
import threading

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.merging import CannotMerge, merge
from people.models import Person, Tenure
from tests import world

# Only what is committed can be seen from another connection.
pytestmark = pytest.mark.django_db(transaction=True)


def another_connection():
    parameters = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return psycopg.connect(**{name: parameters[name] for name in names if parameters.get(name)})


def wait_until_somebody_waits(cursor):
    """Returns once another session waits for a lock that this one holds."""
    for _try in range(200):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        if cursor.fetchone()[0]:
            return
        threading.Event().wait(0.02)
    pytest.fail("nobody waits for the lock")


def test_who_saves_an_overlapping_tenure_a_moment_later_is_told_and_loses_nothing_typed():
    boss = world.user("boss")
    boss.is_superuser = True
    boss.save()
    post, first, second = world.office(), world.person("Пётр Лесной"), world.person("Иван Озёрный")
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(boss)
    sent = {"person": second.pk, "office": post.pk, "start": "5 мая 2024", "start_known": "other", "end": ".."}
    sent |= {"evidence": "устав"}
    answers = []

    def save():
        answers.append(browser.post(reverse("admin:people_tenure_add"), sent))
        connection.close()

    with another_connection() as other, other.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_tenure (person_id, office_id, start, start_known, "end", end_known, evidence, single_seat)'
            " VALUES (%s, %s, '2024-01-01', 'other', '..', '', '', true)",
            [first.pk, post.pk],
        )
        saving = threading.Thread(target=save)
        saving.start()
        wait_until_somebody_waits(cursor)
        other.commit()
        saving.join(20)
    (answer,) = answers
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "certainly holds this office on some of these days" in shown
    assert 'value="5 мая 2024"' in shown
    assert 'value="устав"' in shown
    assert Tenure.objects.get().person == first


def test_of_two_merges_of_one_record_at_once_the_second_is_refused():
    elena = world.user("elena")
    gone, first, second = (world.person(name) for name in ("И. Озёрный", "Иван Озёрный", "Пётр Лесной"))
    outcomes = []

    def merge_too():
        try:
            merge(Person.objects.get(pk=gone.pk), second, by=elena)
        except CannotMerge as refused:
            outcomes.append(refused.code)
        connection.close()

    with another_connection() as other, other.cursor() as cursor:
        cursor.execute("UPDATE people_person SET merged_into_id = %s WHERE id = %s", [first.pk, gone.pk])
        merging = threading.Thread(target=merge_too)
        merging.start()
        wait_until_somebody_waits(cursor)
        other.commit()
        merging.join(20)
    assert outcomes == ["merged_already"]
    gone.refresh_from_db()
    assert gone.merged_into == first
