"""What a role that owns the tables might try without changing the schema: shadows, blind transactions, deferral."""

import psycopg
import pytest

from tests.rules.acts import refusal_of
from tests.rules.rows import FIRST, SECOND, TEASER, draft, place, published, submitted

start, end = place(FIRST)
second, second_end = place(SECOND)
OURS = """
    SELECT p.proname, p.proconfig FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.proname NOT LIKE 'procrastinate%'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def test_every_function_of_the_rules_keeps_its_own_search_path(db):
    paths = dict(db.execute(OURS).fetchall())
    assert {
        "write_history",
        "approval_by_another",
        "span_is_exact",
        "tenure_takes_seats",
        "edtf_range",
        "note_changes",
    } <= set(paths)
    assert {str(config) for config in paths.values()} == {"['search_path=public, pg_temp']"}


def test_a_temporary_table_does_not_hide_who_wrote(world):
    submitted(world)
    world.run("CREATE TEMP TABLE quotes_authorship (LIKE public.quotes_authorship)")
    assert refusal_of(world, lambda w: w.approval("revision", "anna")) == "approval_by_another"


def test_without_its_search_path_the_rule_reads_the_temporary_table(world):
    submitted(world)
    world.check()
    world.run("ALTER FUNCTION approval_by_another() RESET search_path")
    world.run("CREATE TEMP TABLE quotes_authorship (LIKE public.quotes_authorship)")
    world.approval("revision", "anna")
    assert world.is_public()


def test_a_temporary_table_does_not_catch_the_history(world):
    world.run("CREATE TEMP TABLE people_historyentry (LIKE public.people_historyentry)")
    world.run("UPDATE people_person SET about = 'тихо' WHERE id = %(person)s")
    assert world.ask("SELECT after FROM public.people_historyentry ORDER BY id DESC LIMIT 1") == {"about": "тихо"}


def test_a_function_of_another_schema_does_not_say_who_writes(world):
    submitted(world)
    world.run(
        "CREATE SCHEMA elsewhere; CREATE FUNCTION elsewhere.refuse(text, text) RETURNS void LANGUAGE sql AS 'SELECT';"
        " SET LOCAL search_path = elsewhere, public"
    )
    assert refusal_of(world, lambda w: w.approval("revision", "anna")) == "approval_by_another"


def test_rows_are_taken_under_an_empty_search_path_as_when_a_dump_is_restored(world):
    world.check()
    # A restore puts the triggers on after the rows; columns that are computed, and constraints, are there before.
    world.run("ALTER TABLE quotes_statement DISABLE TRIGGER USER; ALTER TABLE people_tenure DISABLE TRIGGER USER")
    world.run("SET LOCAL search_path = ''")
    world.run(
        "INSERT INTO public.quotes_statement (speaker_not_identified, spoken, spoken_known, spoken_evidence,"
        " occasion_not_named, label, created_at) VALUES (false, '2031-03-04', 'text', '', false, '', now());"
        ' INSERT INTO public.people_tenure (person_id, office_id, start, start_known, "end", end_known, evidence,'
        " single_seat) VALUES (%(person)s, %(seats)s, '2031', 'text', '..', '', '', false)"
    )


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize(
    "write",
    [
        "UPDATE articles_snapshot SET body_end = 20 WHERE id = %(snapshot)s",
        "UPDATE people_office SET single_seat = true WHERE id = %(seats)s",
        "INSERT INTO people_person (name_ru, name_be, name_en, about) VALUES ('Х', '', '', '')",
        "DELETE FROM people_personname WHERE id = %(alias)s",
    ],
)
def test_nobody_writes_in_a_transaction_that_sees_only_its_beginning(committed, connect, level, write):
    world = committed.elsewhere(connect())
    world.session.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
    assert refusal_of(world, lambda w: w.run(write)) == "record_is_written_read_committed"


def test_without_that_rule_a_blind_transaction_moves_the_body_away_from_a_quote(committed, connect):
    blind = committed.elsewhere(connect())
    blind.session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    blind.ask("SELECT 1 FROM articles_snapshot")
    draft(committed)
    committed.session.commit()
    # The rule goes for this transaction only: what follows is rolled back.
    blind.run("DROP TRIGGER record_is_written_read_committed ON articles_snapshot")
    blind.run("UPDATE articles_snapshot SET body_end = 20 WHERE id = %(snapshot)s")
    blind.check()
    blind.session.rollback()


def test_a_blind_transaction_may_read(committed, connect):
    world = committed.elsewhere(connect())
    world.session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    assert world.ask("SELECT count(*) FROM people_person") > 0


def test_a_quote_checked_early_is_checked_again_when_its_words_go(world):
    draft(world)
    world.run("SET CONSTRAINTS ALL IMMEDIATE")
    assert refusal_of(world, lambda w: w.run("DELETE FROM quotes_span WHERE quote_id = %(quote)s")) == "quote_has_words"


def test_a_check_put_off_comes_at_the_commit(committed):
    draft(committed)
    committed.session.commit()
    committed.run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    committed.run("DELETE FROM quotes_span WHERE quote_id = %(quote)s")
    with pytest.raises(psycopg.errors.CheckViolation, match="quote_has_words"):
        committed.session.commit()


def test_rules_that_are_not_for_the_commit_can_not_be_put_off(world):
    for rule in ("spans_are_disjoint", "tenure_one_holder_at_a_time", "snapshot_body_is_inside"):
        with pytest.raises(psycopg.errors.WrongObjectType), world.session.transaction():
            world.session.execute(f"SET CONSTRAINTS {rule} DEFERRED")


def test_spans_that_change_places_in_one_update_are_taken_whole_or_not_at_all(world):
    draft(world)
    swap = (
        f"UPDATE quotes_span SET start = CASE id WHEN %(quote_span)s THEN {second} ELSE {start} END,"
        f' "end" = CASE id WHEN %(quote_span)s THEN {second_end} ELSE {end} END,'
        f" exact = CASE id WHEN %(quote_span)s THEN '{SECOND}' ELSE '{FIRST}' END"
        " WHERE id IN (%(quote_span)s, %(second_span)s)"
    )
    assert refusal_of(world, lambda w: w.run(swap)) in (None, "spans_are_disjoint")
    words = world.session.execute(
        "SELECT exact FROM quotes_span WHERE quote_id = %(quote)s ORDER BY start", world.names
    ).fetchall()
    assert words == [(FIRST,), (SECOND,)]


def test_copy_brings_no_wrong_span(world):
    draft(world)
    copy = 'COPY quotes_span (quote_id, start, "end", exact) FROM STDIN'
    tease, tease_end = place(TEASER)
    for row, rule in (
        ((world.names["quote"], 0, 5, "Осень"), "span_is_exact"),
        ((world.names["quote"], tease, tease_end, TEASER), "span_inside_body"),
    ):

        def load(w, row=row):
            with w.session.cursor() as cursor, cursor.copy(copy) as rows:
                rows.write_row(row)

        assert refusal_of(world, load) == rule


def test_copy_brings_no_approval_by_the_author(world):
    submitted(world)

    def load(w):
        with (
            w.session.cursor() as cursor,
            cursor.copy("COPY quotes_approval (revision_id, approved_by_id, approved_at) FROM STDIN") as rows,
        ):
            rows.write_row((w.names["revision"], w.names["anna"], "2031-03-05T12:00:00+00:00"))

    assert refusal_of(world, load) == "approval_by_another"


def test_a_statement_is_not_deleted_and_made_anew_under_its_revisions(world):
    published(world)
    world.run(
        "UPDATE quotes_statement SET lead_id = NULL; DELETE FROM quotes_span; DELETE FROM quotes_quote;"
        " DELETE FROM quotes_addressee; DELETE FROM quotes_statement_topics; DELETE FROM quotes_statement"
    )
    again = (
        "INSERT INTO quotes_statement (id, speaker_not_identified, spoken_known, spoken_evidence, occasion_not_named,"
        " label, created_at) OVERRIDING SYSTEM VALUE VALUES (%(statement)s, false, '', '', false, '', now())"
    )
    assert refusal_of(world, lambda w: w.run(again)) == "id_is_given_once"


def test_a_quote_is_not_deleted_and_made_anew_over_its_spans_in_another_snapshot(world):
    draft(world)
    world.run("DELETE FROM quotes_quote WHERE id = %(other_quote)s")
    again = (
        "INSERT INTO quotes_quote (id, statement_id, snapshot_id, kind, language, attribution) OVERRIDING SYSTEM VALUE"
        " VALUES (%(other_quote)s, %(statement)s, %(other_snapshot)s, 'direct', 'ru', '')"
    )
    assert refusal_of(world, lambda w: w.run(again)) == "id_is_given_once"


def test_an_ordinary_role_can_not_switch_triggers_off_for_its_session(world):
    if world.ask("SELECT rolsuper FROM pg_roles WHERE rolname = session_user"):
        with world.session.transaction():
            world.run("CREATE ROLE rules_ordinary; SET LOCAL ROLE rules_ordinary")
            with pytest.raises(psycopg.errors.InsufficientPrivilege), world.session.transaction():
                world.run("SET session_replication_role = replica")
            world.run("RESET ROLE; DROP ROLE rules_ordinary")
        return
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.run("SET session_replication_role = replica")
