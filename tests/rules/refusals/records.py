"""Rule 7 and public ids: the history only grows and is written by nothing else; numbers are given once."""

from tests.rules.acts import Act
from tests.rules.rows import draft, published

PERSON = "INSERT INTO people_person (id, name_ru, name_be, name_en, about) OVERRIDING SYSTEM VALUE VALUES ({}, 'Х', '', '', '')"
GIVEN, STAYS = "id_is_given_once", "id_never_changes"
WHOLE = "record_is_emptied_whole"

ACTS = [
    Act("an entry is changed", "UPDATE people_historyentry SET role = 'nobody'", "history_only_grows", draft),
    Act("an entry is deleted", "DELETE FROM people_historyentry", "history_only_grows", draft),
    Act(
        "an entry is made up",
        "INSERT INTO people_historyentry (at, transaction_id, table_name, row_id, action, role)"
        " VALUES (now(), 1, 'people_person', 1, 'UPDATE', 'skazano')",
        "history_is_written_by_triggers",
    ),
    Act("the history is emptied", "TRUNCATE people_historyentry", WHOLE, draft),
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
