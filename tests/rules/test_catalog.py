"""No rule without a test that refuses by it; and the rules' migrations go back and forth."""

import re

import psycopg
import pytest

from tests.conftest import migrate
from tests.databases import name_of_run
from tests.rules.test_refusals import REFUSED

CHECKS = (
    "SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE contype IN ('c', 'x')"
    " AND t.relname ~ '^(people|articles|quotes)_'"
)
UNIQUE = (
    "SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid"
    " WHERE x.indisunique AND NOT x.indisprimary AND t.relname ~ '^(people|articles|quotes)_'"
)
RAISED = "SELECT prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
ONLY_GROW = "SELECT DISTINCT tgname FROM pg_trigger WHERE tgfoid = 'refuse_change'::regproc"
# Held by the other tests of this folder, or by nothing that an act could show.
ELSEWHERE = {
    "record_is_written_read_committed": "test_tricks",
    "revision_number_once": "the database numbers revisions itself, under the statement's lock",
    "quote_of_statement": "stands only for the key that leads here from statement_lead_is_its_own",
    "tenure_of_person": "stands only for the key that leads here from statement_tenure_is_speakers",
    "authorships_only_grow": "in the acts by its own name",
}


def names(db, query):
    return {row[0] for row in db.execute(query)}


def test_each_rule_has_an_act_that_is_refused_by_its_name(db):
    raised = {rule for source in names(db, RAISED) for rule in re.findall(r"refuse\('(\w+)'", source)}
    # Django's own names end in eight digits and what they hold: a positive number, a unique column.
    own = {rule for rule in names(db, CHECKS) | names(db, UNIQUE) if not re.search("_(check|key|uniq)$", rule)}
    tried = {act.rule for act in REFUSED}
    assert (raised | own | names(db, ONLY_GROW)) - tried - set(ELSEWHERE) == set()


@pytest.fixture
def own_database(database_server, template):
    """The address of a migrated database that no other test sees."""
    name = f"{name_of_run()}_back_and_forth"
    yield database_server.create(name, template)
    database_server.drop(name)


def rules_of(url):
    with psycopg.connect(url) as db:
        return names(db, CHECKS) | names(db, UNIQUE) | names(db, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")


@pytest.mark.slow  # It migrates a database of its own five times.
def test_the_migrations_go_back_and_forth(own_database):
    left = "SELECT count(*) FROM pg_proc WHERE proname = ANY (%s)"
    ours = ["refuse", "edtf_range", "write_history", "span_is_exact", "merge_undone", "text_sha256", "stop_history"]
    before = rules_of(own_database)
    for label in ("quotes", "articles", "people"):
        migrate(own_database, label, "0002")
    with psycopg.connect(own_database) as db:
        assert names(db, "SELECT tgname FROM pg_trigger WHERE tgname IN ('history', 'id_is_given_once')") == set()
    migrate(own_database, "people", "zero")
    with psycopg.connect(own_database) as db:
        assert db.execute(left, [ours]).fetchone() == (0,)
    migrate(own_database)
    assert rules_of(own_database) == before
