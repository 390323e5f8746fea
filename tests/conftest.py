"""What every test may ask for: the database server, the shared folder; and which skips are allowed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from tests import environment
from tests.databases import Server

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

# How long an example takes says how busy the machine is, and which one loads the dictionary.
of_hypothesis.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_hypothesis.load_profile("unhurried")


def migrate(url, *args):
    """Django's `migrate` as its own process on the database at `url`."""
    command = [sys.executable, "-m", "django", "migrate", *args, "--skip-checks", "-v0"]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=settings.BASE_DIR, check=True)


@pytest.fixture(scope="session")
def database_server():
    """Where databases can be made: our own server is up before the first test that asks, and down when nobody uses it."""
    server = environment.own_server()
    if server:
        server.start()
    yield Server(os.environ["DATABASE_URL"])
    if server:
        server.release()


@pytest.fixture(scope="session")
def template(database_server):
    """The name of a migrated database, to be copied. The first process of a run that asks for it migrates it."""
    name = environment.template_name()
    with environment.once_in_a_run(name) as to_be_made:
        if to_be_made:
            migrate(database_server.create(name))
    yield name
    # On a server of our own the next run makes it anew, and other processes of this one may still need it.
    if environment.own_server() is None:
        database_server.drop(name)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server, django_db_keepdb, request):
    """The tests' database is a copy, but for one that is kept from run to run: migrations go on from where it is."""
    if not django_db_keepdb:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = request.getfixturevalue("template")


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
