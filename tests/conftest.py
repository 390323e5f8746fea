"""What every test may ask for: the database server, the shared folder; and which skips are allowed."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.test import override_settings

from tests import environment

# How long an example takes says more of the machine than of what is tested.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """The server is up before the first test that asks for the database, and down when nobody uses it."""
    server = environment.own_server()
    if server is None:
        yield
        return
    server.start()
    yield
    server.release()


@pytest.fixture(scope="session", autouse=True)
def quick_settings():
    """Static files straight from their folders, and passwords that cost no time."""
    changes = {
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with override_settings(**changes):
        yield


@pytest.fixture(scope="session")
def shared_dir():
    """The folder of real samples beside the checkout. Its texts are read, never copied into the project."""
    if not SHARED.is_dir():
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("the shared folder with real samples is not beside this checkout")
    return SHARED


@pytest.fixture
def search_index(settings, tmp_path):
    """Fills the index from what is there when it is called, if it does not hold all of it already."""
    from django.db import connection

    from quotes.search import published
    from quotes.search.following import rebuild
    from quotes.search.index import Index

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    published.index.cache_clear()
    held = []

    def fill():
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(seq), count(*) FROM quotes_change")
            there = cursor.fetchone()
        if held != [there]:
            rebuild(Index(settings.SEARCH_INDEX_DIR))
            held[:] = [there]

    yield fill
    published.index.cache_clear()


@pytest.fixture
def no_search_index(settings, tmp_path):
    """There is no index: searches say so."""
    from quotes.search import published

    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    published.index.cache_clear()
    yield
    published.index.cache_clear()


def pytest_collection_modifyitems(items):
    """Marks that tests would only forget: who asks for the database, who drives a browser."""
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker("database")
        if item.path.is_relative_to(Path(__file__).parent / "e2e"):
            item.add_marker("e2e")
