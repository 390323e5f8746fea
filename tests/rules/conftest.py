"""A migrated database of its own, reached by psycopg alone: what is tried here, any program could try."""

import psycopg
import pytest

from tests.databases import name_of_run
from tests.rules.rows import World, build


def pytest_collection_modifyitems(items):
    """These rules hold on every server that the checks know."""
    for item in items:
        if "rules_url" in item.fixturenames:
            item.add_marker("database")


@pytest.fixture(scope="session")
def rules_url(database_server, template):
    """The address of a migrated database that is dropped after the run; rows committed here disturb no other test."""
    name = f"{name_of_run()}_rules"
    yield database_server.create(name, template)
    database_server.drop(name)


@pytest.fixture
def connect(rules_url):
    """Opens a session; those still open at the end of the test are rolled back."""
    opened = []

    def open_session(**kwargs):
        session = psycopg.connect(rules_url, cursor_factory=psycopg.ClientCursor, **kwargs)
        session.execute("SET lock_timeout = '20s'")
        session.commit()
        opened.append(session)
        return session

    yield open_session
    for session in opened:
        session.close()


@pytest.fixture(scope="session")
def kept_session(rules_url):
    """A session that tests have one after another: a new one has to read the catalogue and the rules' code each time."""
    with psycopg.connect(rules_url, cursor_factory=psycopg.ClientCursor) as session:
        yield session
        session.rollback()


@pytest.fixture
def db(kept_session):
    """A session in a transaction that is rolled back."""
    kept_session.execute("SET lock_timeout = '20s'")
    kept_session.commit()
    yield kept_session
    kept_session.rollback()
    kept_session.execute("RESET ALL; DISCARD SEQUENCES")
    kept_session.commit()


@pytest.fixture
def world(db) -> World:
    """The rows that a statement needs, in a transaction that is rolled back."""
    return build(db)


@pytest.fixture
def committed(connect) -> World:
    """The same rows, committed, for tests with several sessions."""
    world = build(connect())
    world.session.commit()
    return world


@pytest.fixture
def two_sessions(committed, connect):
    """The same rows from another session; what comes next in the first one is not committed yet."""

    def session(stage):
        stage(committed)
        committed.session.commit()
        return committed, committed.elsewhere(connect())

    return session
