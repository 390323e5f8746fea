"""The environment that tests run in, set before settings are read. An early plugin of pytest, and of mypy.

The database is, in this order: TEST_DATABASE_URL; the programs in TEST_POSTGRES_BIN; the embedded server. A server of
our own lies in `.cache/`, is started when the first test asks for the database (`tests/conftest.py`), and is shared by
runs at the same time: each takes a database name of its own. The processes of one run share a migrated database that
each copies.
"""

import atexit
import fcntl
import gc
import itertools
import os
import secrets
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from mypy.plugin import Plugin

    from config.embedded_postgres import EmbeddedPostgres

CACHE = Path(__file__).resolve().parent.parent / ".cache"
# Tests lose nothing when the machine loses power.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
RUN = "RUN_OF_TESTS"  # the variable
SELDOM = 50_000  # objects made and still there; Python's own number is 700


def own_server() -> "EmbeddedPostgres | None":
    """The server of the test runs on this checkout; None where they were given one that runs."""
    from config.embedded_postgres import EmbeddedPostgres  # mypy reads this file from a place where `config` is not.

    if os.environ.get("TEST_DATABASE_URL"):
        return None
    programs = os.environ.get("TEST_POSTGRES_BIN")
    folder = f"postgres-{Path(programs).parent.name}" if programs else "postgres"
    return EmbeddedPostgres(CACHE / folder, Path(programs) if programs else None, HASTY)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """The environment stands before pytest-django reads settings."""
    # Looking for garbage among all that imports keep took up to a fifth of the processor time.
    gc.set_threshold(SELDOM)
    server = own_server()
    set_values(server.url(_free_name()) if server else os.environ["TEST_DATABASE_URL"])
    # Workers inherit what the run is called; no other run, before or after, is called so.
    os.environ.setdefault(RUN, f"{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}:{secrets.token_hex(8)}")
    return (yield)


def template_name() -> str:
    """What the migrated database of this run is called."""
    return f"{os.environ[RUN].partition(':')[0]}_template"


@contextmanager
def once_in_a_run(name: str) -> Iterator[bool]:
    """Whether what is to be made in here is still to be made. Another process of the run waits until it is."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.made").open("a+") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        made.seek(0)
        if made.read() == os.environ[RUN]:
            yield False
            return
        made.truncate(0)
        yield True
        made.write(os.environ[RUN])


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end, so the collector of garbage need not look at it again."""
    gc.freeze()


def plugin(_version: str) -> "type[Plugin]":
    """What mypy asks for: nothing is added to mypy itself, but Django's plugin can load settings now."""
    from mypy.plugin import Plugin

    set_values("postgresql://nobody@/nothing")
    return Plugin


def set_values(database: str) -> None:
    """Settings can be read; nothing of the caller's own environment shines through."""
    index = tempfile.TemporaryDirectory(prefix="skazano-index-")
    atexit.register(index.cleanup)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "HTTPS": "False",
        "DEBUG": "False",
        "SEARCH_INDEX_DIR": index.name,
        "STATIC_ROOT": index.name,  # it only has to exist: tests read static files from where they are written
        "DATABASE_URL": database,
        # Tests ask as often as they like; those of the limits set them.
        "API_REQUESTS_PER_MINUTE": "0",
        "API_REQUESTS_PER_MINUTE_WITH_KEY": "0",
    }


def _free_name() -> str:
    """A database name that no other run on this checkout uses, held until this process ends."""
    CACHE.mkdir(exist_ok=True)
    for number in itertools.count(1):
        # Never closed: the lock is let go when this process ends.
        lock = os.open(CACHE / f"run-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return f"skazano_{number}"
    raise AssertionError
