"""The environment that tests run in, set before settings are read. An early plugin of pytest, and of mypy.

The database is, in this order: TEST_DATABASE_URL; the programs in TEST_POSTGRES_BIN; the embedded server. A server of
our own lies in `.cache/`, is started when the first test asks for the database (`tests/conftest.py`), and is shared by
runs at the same time: each takes a database name of its own.
"""

import atexit
import fcntl
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
# `tests` and the apps are found from the checkout, whatever way pytest or mypy was called.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from config.embedded_postgres import EmbeddedPostgres  # noqa: E402 -- found by the line above

if TYPE_CHECKING:
    from mypy.plugin import Plugin

CACHE = ROOT / ".cache"
# Tests lose nothing when the machine loses power.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
_held: list[IO[str]] = []


def _own_server() -> EmbeddedPostgres:
    programs = os.environ.get("TEST_POSTGRES_BIN")
    folder = f"postgres-{Path(programs).parent.name}" if programs else "postgres"
    return EmbeddedPostgres(CACHE / folder, Path(programs) if programs else None, HASTY)


def _free_name() -> str:
    """A database name that no other run on this checkout uses now, held until this process ends."""
    CACHE.mkdir(exist_ok=True)
    number = 0
    while True:
        number += 1
        lock = (CACHE / f"run-{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        _held.append(lock)
        return f"skazano_{number}"


def _set_values() -> None:
    index = tempfile.TemporaryDirectory(prefix="skazano-index-")
    atexit.register(index.cleanup)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "HTTPS": "False",
        "DEBUG": "False",
        "SEARCH_INDEX_DIR": index.name,
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or SERVER_URL,
    }


# None where the tests were given a running server.
SERVER = None if os.environ.get("TEST_DATABASE_URL") else _own_server()
SERVER_URL = SERVER.url(_free_name()) if SERVER else ""
_set_values()


def plugin(_version: str) -> "type[Plugin]":
    """mypy asks for this. Importing this module has set the values; nothing is added to mypy itself."""
    from mypy.plugin import Plugin  # Only mypy has it at hand.

    return Plugin
