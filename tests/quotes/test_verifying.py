"""The hourly check finds what was done behind the triggers' back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from people.acting import acting
from people.merging import merge
from quotes.models import Verification
from quotes.tasks import verify_record
from quotes.verifying import verify
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind_the_back():
    """Changes a table with its triggers switched off, as broken storage or a careless owner would."""

    def run(table, change):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {change}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


def test_a_sound_record_verifies():
    world.published()
    found = verify()
    assert found.faults == []
    assert (found.snapshots, found.spans, found.statements) == (1, 1, 1)


def test_a_word_changed_in_a_span_is_found(behind_the_back):
    statement = world.published()
    behind_the_back("quotes_span", "exact = 'Мост не будет построен'")
    assert {"rule": "span_is_exact", "id": statement.lead.public_id} in verify().faults


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("quotes_quote", "kind = 'indirect'"),
        ("quotes_statement", "spoken = '2031-05-06'"),
        ("quotes_statement", "label = 'весенний мост'"),
        ("quotes_statement", "occasion_not_named = false"),
    ],
)
def test_a_published_statement_that_is_not_what_was_approved_is_found(behind_the_back, table, change):
    statement = world.published()
    behind_the_back(table, change)
    assert verify().faults == [{"rule": "published_is_what_was_approved", "id": statement.public_id}]


@pytest.mark.parametrize("change", ["root = repeat('0', 64)", "secret = proof_secret()"])
def test_a_proof_that_is_not_the_texts_is_found(behind_the_back, change):
    statement = world.published()
    behind_the_back("articles_proof", change)
    assert verify().faults == [{"rule": "snapshot_proof", "id": statement.lead.snapshot.public_id}]


def test_a_merge_of_the_speaker_is_no_fault():
    world.published(speaker=(merged := world.person("И. Озёрный")))
    elena = world.user("elena", "editor")
    with acting(elena):
        merge(merged, world.person(), by=elena)
    assert verify().faults == []


def test_an_approval_by_an_author_is_found(behind_the_back):
    statement = world.published()
    behind_the_back("quotes_approval", "approved_by_id = (SELECT user_id FROM quotes_authorship LIMIT 1)")
    assert verify().faults == [{"rule": "published_is_what_was_approved", "id": statement.public_id}]


def test_the_command_names_what_does_not_hold(behind_the_back, capsys):
    statement = world.published()
    call_command("verify_record")
    assert "1 snapshots, 1 spans, 1 published statements: all hold" in capsys.readouterr().out
    behind_the_back("quotes_span", "exact = 'иное'")
    with pytest.raises(CommandError, match=statement.lead.public_id):
        call_command("verify_record")


def test_the_background_task_leaves_its_finding():
    world.published()
    verify_record(timestamp=0)
    assert Verification.objects.get().statements == 1
