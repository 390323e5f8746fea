"""Rule 7 and public ids: the history only grows and is written by nothing else; numbers are given once."""

from tests.rules.acts import Act
from tests.rules.rows import draft, published

PERSON = "INSERT INTO people_person (id, name_ru, name_be, name_en, about) OVERRIDING SYSTEM VALUE VALUES ({}, 'Х', '', '', '')"
GIVEN, STAYS = "id_is_given_once", "id_never_changes"
WHOLE = "record_is_emptied_whole"

RESTORING = (
    "INSERT INTO people_restoration (at, transaction_id, table_name, row_id, entry_id, reason, user_id)"
    " SELECT now(), 0, 'people_person', 1, max(id), '{}', {} FROM people_historyentry; "
)
RESTORED = RESTORING.format("Ошибка", "%(anna)s")
GONE = "DELETE FROM people_personname; DELETE FROM people_person WHERE id = %(third_person)s; "
BACK = (
    "INSERT INTO people_person (id, name_ru, name_be, name_en, about, registry_key) OVERRIDING SYSTEM VALUE"
    " SELECT row_id, {}, before ->> 'name_be', before ->> 'name_en', before ->> 'about', before ->> 'registry_key'"
    " FROM people_historyentry WHERE table_name = 'people_person' AND action = 'DELETE'"
)


def restored(world):
    """A restoration is on record."""
    world.acting("anna").run(RESTORED)


ACTS = [
    Act("an entry is changed", "UPDATE people_historyentry SET role = 'nobody'", "history_only_grows", draft),
    Act("an entry is deleted", "DELETE FROM people_historyentry", "history_only_grows", draft),
    Act(
        "an entry is made up",
        "INSERT INTO people_historyentry (at, transaction_id, table_name, row_id, action, role)"
        " VALUES (now(), 1, 'people_person', 1, 'UPDATE', 'skazano')",
        "history_is_written_by_triggers",
    ),
    Act("the history is emptied", "TRUNCATE people_historyentry CASCADE", WHOLE, draft),
    Act("approvals are emptied", "TRUNCATE quotes_approval", WHOLE, published),
    Act("authors are emptied", "TRUNCATE quotes_authorship", WHOLE, draft),
    Act("snapshots are emptied with all that stands on them", "TRUNCATE articles_snapshot CASCADE", WHOLE, draft),
    Act("a number that was never drawn", PERSON.format("900000"), GIVEN),
    Act("a number that was drawn by another row", PERSON.format("%(anna)s + 800000"), GIVEN),
    Act(
        "the number of a deleted row",
        "DELETE FROM people_personname; DELETE FROM people_person WHERE id = %(third_person)s; "
        + PERSON.format("%(third_person)s"),
        GIVEN,
    ),
    Act(
        "the sequence is set back",
        "DELETE FROM people_person WHERE id = %(third_person)s;"
        " SELECT setval(pg_get_serial_sequence('people_person', 'id'), %(third_person)s, false);"
        " INSERT INTO people_person (name_ru, name_be, name_en, about) VALUES ('Х', '', '', '')",
        GIVEN,
    ),
    Act("a deleted row comes back under its number", GONE + RESTORED + BACK.format("before ->> 'name_ru'")),
    Act("it comes back without a restoration", GONE + BACK.format("before ->> 'name_ru'"), GIVEN),
    Act("another row comes back under its number", GONE + RESTORED + BACK.format("'Х'"), GIVEN),
    Act("a restoration gives a number that nobody had", RESTORED + PERSON.format("900000"), GIVEN),
    Act(
        "a restoration makes new rows, too",
        RESTORED + "INSERT INTO people_person (name_ru, name_be, name_en, about) VALUES ('Х', '', '', '')",
    ),
    Act("a restoration in another's name", RESTORING.format("Ошибка", "%(vera)s"), "restoration_by_its_user"),
    Act("a restoration by nobody", RESTORED, "restoration_by_its_user", user=None),
    Act("a restoration without a reason", RESTORING.format(" ", "%(anna)s"), "restoration_says_why"),
    Act("its reason is rewritten", RESTORED + "UPDATE people_restoration SET reason = 'Х'", "restorations_only_grow"),
    Act("it is deleted", RESTORED + "DELETE FROM people_restoration", "restorations_only_grow"),
    Act("restorations are emptied", "TRUNCATE people_restoration", WHOLE, restored),
    Act("a row takes a new number", "UPDATE people_person SET id = DEFAULT WHERE id = %(third_person)s", STAYS),
    Act("a statement takes a new number", "UPDATE quotes_topic SET id = DEFAULT WHERE id = %(topic)s", STAYS),
    Act(
        "many rows at once",
        "INSERT INTO people_person (name_ru, name_be, name_en, about) VALUES ('А', '', '', ''), ('Б', '', '', '');"
        " INSERT INTO people_person (name_ru, name_be, name_en, about)"
        " SELECT n, '', '', '' FROM unnest(ARRAY['В', 'Г', 'Д']) AS n ORDER BY n DESC LIMIT 3;"
        " MERGE INTO people_person p USING (VALUES ('Е'), ('Ж')) AS n (name) ON p.name_ru = n.name"
        " WHEN NOT MATCHED THEN INSERT (name_ru, name_be, name_en, about) VALUES (n.name, '', '', '')",
    ),
]
