"""Rule 7: every change of a record is in its history, with time and who: the application's user, else the role."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from tests.rules.rows import build, draft, published

# Tables of ours that keep no history, and why.
WITHOUT = {
    "people_historyentry": "it is the history",
    "quotes_verification": "it is the log of checks that the machine runs, and no part of the record",
    "quotes_sheetupload": "it is kept for an hour, between a trial and its act, and no part of the record",
    "quotes_reading": "it is the log of what the machine has read, and no part of the record",
    "articles_feedentry": "it is the log of what feeds have listed and what became of it, and no part of the record",
    "articles_feedentrykey": "as the entries that it names",
    "articles_host": "it is the workers' timetable and their copy of robots.txt, and no part of the record",
    "quotes_workingcopy": "it is what somebody types and has not saved, and no part of the record",
    "quotes_presence": "it is who has a page open, and no part of the record",
    "quotes_opening": "it is who reads what at this moment, and no part of the record",
    "quotes_requestcount": "it is who asks the API how often, forgotten with the minute, and no part of the record",
    "quotes_change": "it is the search index's list of what to read again, and says nothing that the history does not",
}
LAST = "SELECT {} FROM people_historyentry ORDER BY id DESC LIMIT 1"


def our_tables():
    models = [
        model
        for app in ("people", "articles", "quotes")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return {model._meta.db_table for model in models if model._meta.managed}


@pytest.mark.parametrize("trigger", ["history", "record_is_emptied_whole", "record_is_written_read_committed"])
def test_every_table_has_it(db, trigger):
    having = {
        row[0] for row in db.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [trigger])
    }
    assert having - set(WITHOUT) == our_tables() - set(WITHOUT)


def test_no_trigger_is_switched_off(db):
    assert db.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'").fetchall() == []


def test_a_row_made_is_noted_whole_with_time_and_user(world):
    world.acting("vera").make("new", "people_person", name_ru="Новый", name_be="", name_en="", about="")
    at, user, table, row, action, before, after = world.session.execute(
        LAST.format("at, user_id, table_name, row_id, action, before, after")
    ).fetchone()
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert (user, table, row) == (world.names["vera"], "people_person", world.names["new"])
    assert (action, before, after["name_ru"]) == ("INSERT", None, "Новый")
    assert after["public_id"] == world.ask("SELECT public_id FROM people_person WHERE id = %(new)s")


def test_a_change_notes_only_what_differs(world):
    world.acting("vera").run("UPDATE people_person SET name_ru = 'Иной', about = about WHERE id = %(person)s")
    assert world.ask(LAST.format("action")) == "UPDATE"
    assert world.ask(LAST.format("before")) == {"name_ru": "Пётр Примеров"}
    assert world.ask(LAST.format("after")) == {"name_ru": "Иной"}


def test_a_change_of_nothing_is_not_noted(world):
    count = world.ask("SELECT count(*) FROM people_historyentry")
    world.run("UPDATE people_person SET name_ru = name_ru")
    assert world.ask("SELECT count(*) FROM people_historyentry") == count


def test_a_row_deleted_is_noted_whole(world):
    world.run("DELETE FROM people_personname WHERE id = %(alias)s")
    assert world.ask(LAST.format("action")) == "DELETE"
    assert world.ask(LAST.format("before ->> 'text'")) == "Петя"
    assert world.ask(LAST.format("after")) is None


def test_each_row_of_a_bulk_change_is_noted(world):
    count = world.ask("SELECT count(*) FROM people_historyentry")
    changed = world.run("UPDATE people_person SET about = 'изменено'")[0]
    assert changed > 1
    assert world.ask("SELECT count(*) FROM people_historyentry") == count + changed


def test_without_a_user_of_the_application_the_role_is_there(world):
    world.acting(None).run("UPDATE people_person SET about = 'руками' WHERE id = %(person)s")
    assert world.ask(LAST.format("user_id")) is None
    assert world.ask(LAST.format("role")) == world.ask("SELECT session_user::text")


def test_a_user_who_is_told_for_one_transaction_is_forgotten_in_the_next(connect):
    world = build(connect())
    world.acting("anna").session.commit()
    world.run("UPDATE people_person SET about = 'потом' WHERE id = %(person)s")
    assert world.ask(LAST.format("user_id")) is None


def test_the_changes_of_one_transaction_share_its_number(world):
    draft(world)
    numbers = world.session.execute(
        "SELECT DISTINCT transaction_id FROM people_historyentry WHERE table_name = 'quotes_span' AND row_id = %s",
        [world.names["second_span"]],
    ).fetchall()
    assert numbers == [(world.ask("SELECT pg_current_xact_id()::text::bigint"),)]


def test_bytes_and_texts_are_not_kept_twice(world):
    kept = world.ask(
        "SELECT after FROM people_historyentry WHERE table_name = 'articles_snapshot' ORDER BY id DESC LIMIT 1"
    )
    assert {"raw", "text"} & set(kept) == set()
    assert kept["text_sha256"]


def test_what_the_triggers_do_is_noted_as_the_users_own(world):
    published(world)
    world.acting("vera").run("UPDATE quotes_quote SET kind = 'mixed' WHERE id = %(quote)s")
    entry = world.session.execute(
        "SELECT user_id, before, after FROM people_historyentry WHERE table_name = 'quotes_statement' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    was = {"current_revision_id": world.names["revision"]}
    assert entry == (world.names["vera"], was, {"current_revision_id": None})


def test_without_its_trigger_a_change_leaves_no_trace(world):
    world.run("DROP TRIGGER history ON people_person")
    count = world.ask("SELECT count(*) FROM people_historyentry")
    world.run("UPDATE people_person SET about = 'тихо'")
    assert world.ask("SELECT count(*) FROM people_historyentry") == count


def test_the_whole_record_may_be_emptied_at_once(world):
    draft(world)
    world.check()
    tables = ", ".join(sorted(our_tables()))
    world.run(f"TRUNCATE {tables}")
    assert world.ask("SELECT count(*) FROM people_historyentry") == 0
