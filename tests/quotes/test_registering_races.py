"""Somebody enters a tenure while the registry is being loaded: whoever came first is there, and the load gives way."""

import threading

import pytest
from django.db import connection

from people.models import Office, Tenure
from quotes.extraction.registry_files import read_rows
from quotes.registering import register
from tests import world
from tests.people.test_races import another_connection, wait_until_somebody_waits
from tests.quotes.test_registering import BOTH, HEAD

# Only what is committed can be seen from another connection.
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_load_waits_for_who_is_entering_a_tenure_and_gives_way_to_it(tmp_path):
    file, person, outcomes = tmp_path / "xp.toml", world.person("Пётр Лесной"), []
    file.write_text(HEAD, encoding="utf-8")
    register(read_rows(file))
    file.write_text(HEAD + BOTH, encoding="utf-8")

    def load():
        try:
            outcomes.append(register(read_rows(file)).remarks)
        finally:
            connection.close()

    with another_connection() as other, other.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_tenure (person_id, office_id, start, start_known, "end", end_known, evidence, single_seat)'
            " VALUES (%s, %s, '2019-01-01', 'other', '..', '', '', true)",
            [person.pk, Office.objects.get().pk],
        )
        loading = threading.Thread(target=load)
        loading.start()
        wait_until_somebody_waits(cursor)
        other.commit()
        loading.join(20)
    ((first, second),) = outcomes
    assert "Пётр Лесной" in first
    assert "Пётр Лесной" in second
    assert Tenure.objects.get().person == person
