"""What comes back in a restoration has its authors and its guideline as before; what the database writes is its own."""

from tests.rules.rows import draft

BACK = """
    INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {columns} FROM jsonb_populate_record(NULL::{table}, (
        SELECT before FROM people_historyentry WHERE table_name = '{table}' AND action = 'DELETE' ORDER BY id DESC LIMIT 1
    ))
"""
RESTORED = """
    INSERT INTO people_restoration (at, transaction_id, table_name, row_id, entry_id, reason, user_id)
    SELECT '2000-01-01', 0, 'quotes_statement', %(statement)s, max(id), 'Ошибка', %(vera)s FROM people_historyentry
"""


def bring_back(world, table):
    columns = world.ask(
        "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
        f" WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped"
    )
    world.run(BACK.format(table=table, columns=columns))


def deleted_and_brought_back(world):
    """A draft of Anna's with its quote, which Boris has deleted and Vera brings back."""
    draft(world)
    world.check()
    world.acting("boris").run(
        "UPDATE quotes_statement SET lead_id = NULL; DELETE FROM quotes_span; DELETE FROM quotes_quote;"
        " DELETE FROM quotes_addressee; DELETE FROM quotes_statement_topics; DELETE FROM quotes_statement"
    )
    world.acting("vera").run(RESTORED)
    bring_back(world, "quotes_statement")


def test_who_wrote_a_deleted_draft_is_an_author_of_it_again_and_so_is_who_restored_it(world):
    deleted_and_brought_back(world)
    authors = world.ask(
        "SELECT array_agg(user_id ORDER BY user_id) FROM quotes_authorship WHERE statement_id = %(statement)s"
    )
    assert set(authors) >= {world.names["anna"], world.names["vera"]}


def test_the_moment_and_the_transaction_are_the_databases_own(world):
    draft(world)
    world.acting("vera").run(RESTORED)
    assert world.ask("SELECT at > '2020-01-01' FROM people_restoration")
    assert world.ask("SELECT transaction_id = pg_current_xact_id()::text::bigint FROM people_restoration")


def test_a_quote_that_comes_back_keeps_its_guideline_and_a_new_one_has_the_one_in_force(world):
    draft(world)
    world.check()
    was = world.ask("SELECT guideline_id FROM quotes_quote WHERE id = %(quote)s")
    world.run(
        "INSERT INTO quotes_guideline (text_ru, text_en, published_at) VALUES ('Новое', 'New', now());"
        " DELETE FROM quotes_span WHERE quote_id = %(quote)s;"
        " UPDATE quotes_statement SET lead_id = NULL WHERE lead_id = %(quote)s;"
        " DELETE FROM quotes_quote WHERE id = %(quote)s"
    )
    world.acting("vera").run(RESTORED)
    bring_back(world, "quotes_quote")
    assert world.ask("SELECT guideline_id FROM quotes_quote WHERE id = %(quote)s") == was
    assert was != world.ask("SELECT id FROM quotes_guideline ORDER BY version DESC NULLS LAST LIMIT 1")
