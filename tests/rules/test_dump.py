"""A backup is worth what can be restored from it: a whole dump comes back, with every rule in force."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from config.postgres_binaries import of_wheel
from tests.rules.rows import build, published

TABLES = ("quotes_statement", "quotes_span", "quotes_approval", "articles_snapshot", "people_historyentry")


def programs():
    """The folder of pg_dump and pg_restore that belong to the server of this run."""
    given = os.environ.get("TEST_POSTGRES_BIN")
    return Path(given) if given else of_wheel()


@pytest.fixture
def restored(rules_url, connect):
    """The address of a database that was filled from a dump of the record, a published statement in it."""
    folder = programs()
    address = urlsplit(rules_url)
    copy = address._replace(path=f"{address.path}_restored").geturl()
    world = build(connect())
    published(world)
    world.session.commit()
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{address.path.strip("/")}_restored"')
        server.execute(f'CREATE DATABASE "{address.path.strip("/")}_restored"')
        dump = subprocess.run([folder / "pg_dump", "-Fc", "-d", rules_url], check=True, capture_output=True).stdout
        subprocess.run([folder / "pg_restore", "--no-owner", "--exit-on-error", "-d", copy], input=dump, check=True)
        yield copy
        server.execute(f'DROP DATABASE "{address.path.strip("/")}_restored"')


def test_a_restored_record_is_the_one_that_was_dumped_and_keeps_its_rules(rules_url, restored):
    with psycopg.connect(rules_url) as before, psycopg.connect(restored) as after:
        for table in TABLES:
            query = f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {table} AS t"
            assert before.execute(query).fetchone() == after.execute(query).fetchone(), table
        assert after.execute("SELECT count(*) FROM quotes_approval").fetchone()[0] > 0
        with pytest.raises(psycopg.errors.CheckViolation) as refused, after.transaction():
            after.execute("UPDATE articles_snapshot SET text = 'иное'")
        assert refused.value.diag.constraint_name == "snapshot_never_changes"
        last = before.execute("SELECT max(id) FROM people_person").fetchone()[0]
        made = after.execute(
            "INSERT INTO people_person (name_ru, name_be, name_en, about) VALUES ('Проба', '', '', '') RETURNING id"
        )
        assert made.fetchone()[0] > last
