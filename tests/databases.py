"""Databases that are migrated once, then copied. Those of sites that run as processes, on a server where nobody else works.

On a server that is shared with other runs of tests, a transaction of theirs would hold the index back: what it follows
is settled only when every transaction of the whole server that began before is over.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config.embedded_postgres import EmbeddedPostgres
from tests import environment

OLD = "_old_"  # what follows a database's name in those that were replaced


def name_of_run() -> str:
    """A name that no other run of tests on this checkout has at the same time."""
    return urlsplit(os.environ["DATABASE_URL"]).path.strip("/")


class Server:
    """A PostgreSQL server, and the databases of this run on it."""

    def __init__(self, url: str) -> None:
        self._url = url

    def url(self, database: str) -> str:
        """The address of the database of that name."""
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{database}"))

    def create(self, name: str, template: str = "template1") -> str:
        """The address of a new database, a copy of `template`, which nobody may be using. One left over is replaced."""
        self.drop(name)
        with self._connect() as connection:
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def renew(self, name: str, template: str) -> None:
        """The database of that name is a new copy of `template`, and whoever was connected to it is no longer.

        It is away for a moment only: programs that nobody asks anything meanwhile do not notice. The old one is kept
        until `drop`: some file systems look for a place among all that were freed lately, for each of a copy's hundreds
        of files, which takes longer than all the rest.
        """
        fresh, old = f"{name}_fresh", f"{name}{OLD}{secrets.token_hex(4)}"
        self.create(fresh, template)
        with self._connect() as connection:
            connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
            # Not one after another: the change of the name waits until all of them are gone.
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            for before, after in ((name, old), (fresh, name)):
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(rename.format(sql.Identifier(before), sql.Identifier(after)))

    def drop(self, name: str) -> None:
        """The database is gone, whoever is connected to it, and with it all that `renew` has replaced."""
        with self._connect() as connection:
            there = "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)"
            for (one,) in connection.execute(there, [name, f"{name}{OLD}"]).fetchall():
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(one)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres"), autocommit=True)


@contextmanager
def server() -> Iterator[Server]:
    """The given server (TEST_DATABASE_URL), or one of this run's own, which is stopped at the end."""
    shared = environment.own_server()
    if shared is None:
        yield Server(os.environ["DATABASE_URL"])
        return
    programs = os.environ.get("TEST_POSTGRES_BIN")
    folder = shared.folder.with_name(f"{shared.folder.name}-e2e-{name_of_run()}")
    own = EmbeddedPostgres(folder, Path(programs) if programs else None, environment.HASTY)
    own.start()
    try:
        yield Server(own.url())
    finally:
        own.release()
