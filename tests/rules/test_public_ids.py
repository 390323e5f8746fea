"""Public ids: eight characters made of the row's number, one for one; nobody sets, changes or gets one again."""

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LARGEST = 2**40 - 1
TABLES = [
    "people_person",
    "people_organization",
    "people_office",
    "people_meeting",
    "articles_source",
    "articles_article",
    "articles_snapshot",
    "quotes_topic",
    "quotes_statement",
    "quotes_quote",
]


def made(db, kind, numbers):
    return [
        row[0] for row in db.execute("SELECT public_id(%s, n) FROM unnest(%s::bigint[]) AS n", [kind, list(numbers)])
    ]


def test_every_table_with_a_public_id_is_guarded(db):
    having = db.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'public_id' AND is_generated = 'ALWAYS'"
    )
    assert sorted(row[0] for row in having) == sorted(TABLES)
    for trigger in ("id_is_given_once", "id_never_changes"):
        guarded = db.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [trigger])
        assert sorted(row[0] for row in guarded) == sorted(TABLES)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, LARGEST), min_size=100, max_size=300), st.sampled_from(["person", "statement"]))
def test_no_two_numbers_have_one_id(db, numbers, kind):
    ids = made(db, kind, numbers)
    assert len(set(ids)) == len(numbers)
    assert all(len(made_id) == 8 and set(made_id) <= set("0123456789abcdefghjkmnpqrstvwxyz") for made_id in ids)


def test_no_two_of_the_first_hundred_thousand_have_one_id(db):
    assert len(set(made(db, "statement", range(100_000)))) == 100_000


def test_rows_of_one_number_in_two_tables_have_unlike_ids(db):
    assert not set(made(db, "statement", range(1000))) & set(made(db, "quote", range(1000)))


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_beyond_forty_bits_are_refused(db, number):
    with pytest.raises(psycopg.errors.RaiseException, match="from 0 to"):
        made(db, "person", [number])


@pytest.mark.parametrize("table", TABLES)
def test_a_public_id_is_not_set(world, table):
    with pytest.raises(psycopg.errors.GeneratedAlways, match="public_id"):
        world.run(f"UPDATE {table} SET public_id = 'mine0000'")


@pytest.mark.parametrize("table", TABLES)
def test_a_number_is_not_chosen(world, table):
    with pytest.raises(psycopg.errors.GeneratedAlways, match='column "id"'):
        world.run(f"INSERT INTO {table} (id) VALUES (1)")


def test_copy_does_not_bring_numbers_of_its_own(world):
    world.run("DELETE FROM people_person WHERE id = %(third_person)s")
    copy = "COPY people_person (id, name_ru, name_be, name_en, about) FROM STDIN"
    with (
        pytest.raises(psycopg.errors.CheckViolation, match="id_is_given_once"),
        world.session.cursor() as cursor,
        cursor.copy(copy) as rows,
    ):
        rows.write_row([world.names["third_person"], "Чужой", "", "", ""])


def test_copy_in_a_session_that_drew_no_number_is_refused_by_name(connect):
    copy = "COPY people_person (id, name_ru, name_be, name_en, about) FROM STDIN"
    with (
        pytest.raises(psycopg.errors.CheckViolation, match="id_is_given_once"),
        connect().cursor() as cursor,
        cursor.copy(copy) as rows,
    ):
        rows.write_row([1, "Чужой", "", "", ""])


def test_copy_without_numbers_is_taken(world):
    with (
        world.session.cursor() as cursor,
        cursor.copy("COPY people_person (name_ru, name_be, name_en, about) FROM STDIN") as rows,
    ):
        rows.write_row(["Первый", "", "", ""])
        rows.write_row(["Второй", "", "", ""])
    assert world.ask("SELECT count(*) FROM people_person WHERE name_ru IN ('Первый', 'Второй')") == 2


def test_a_number_just_deleted_is_not_had_again_in_the_same_session(world):
    number = world.make("brief", "people_person", name_ru="Краткий", name_be="", name_en="", about="")
    world.run("DELETE FROM people_person WHERE id = %(brief)s")
    with pytest.raises(psycopg.errors.CheckViolation, match="id_is_given_once"):
        world.run(
            "INSERT INTO people_person (id, name_ru, name_be, name_en, about) OVERRIDING SYSTEM VALUE"
            " VALUES (%(number)s, 'Снова', '', '', '')",
            number=number,
        )
