"""`make demo`: one command from a fresh checkout to a running site with its database, indexer and worker.

Everything it makes lies in one folder. It listens on this machine only. Ctrl-C stops all that it started, the
database too; what was committed is there at the next start, also after any kind of kill.
"""

import argparse
import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import psycopg

from config import environment
from config.embedded_postgres import DatabaseError, EmbeddedPostgres
from config.environment import Profile, ProfileError
from config.supervisor import GivesUpError, Supervisor

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
OLDEST_POSTGRES = 15
# Seconds that the site may take until it answers.
SITE_PATIENCE = 90


class DemoError(RuntimeError):
    """The demo can't start here; the message says why and what to do."""


class AskedToStop(BaseException):
    """Ctrl-C, or a request to end. Like KeyboardInterrupt, it is no error."""


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    arguments = argparse.ArgumentParser(prog="make demo")
    arguments.add_argument("--port", default="8000")
    arguments.add_argument("--data", default=".demo")
    given = arguments.parse_args()
    try:
        Demo(Path(given.data).absolute(), _port(given.port)).run()
    except AskedToStop:
        say(f"\nStopped. Everything is kept in {given.data}; `make demo` goes on from there.")
    except (DemoError, DatabaseError, GivesUpError, ProfileError) as error:
        say(f"\n{error}")
        sys.exit(1)


class Demo:
    """The demo of one folder on one port."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def run(self) -> NoReturn:
        """Start everything and look after it until asked to stop; then nothing of it runs any more."""
        _make(self.folder)
        with self._alone():
            _leave_to_nobody(self.folder)
            self._check_port()
            profile = self._profile()
            server = None if profile.database else environment.server(self.folder)
            supervisor = Supervisor(self.folder, self._environment(profile))
            try:
                self._prepare(server, supervisor)
                self._start(supervisor)
                self._greet(profile)
                self._look_after(server, supervisor)
            finally:
                _hear_nothing_more()
                supervisor.stop()
                if server is not None:
                    server.release()

    # Is there room for it?

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One demo a folder. The lock goes with its process, however that ends."""
        with (self.folder / "demo.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                msg = (
                    f"A demo runs on {self.folder} already (process {lock.read().strip() or 'unknown'}). "
                    "Use that one, or start another with `make demo PORT=8123 DATA=another/folder`."
                )
                raise DemoError(msg) from None
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield

    def _check_port(self) -> None:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, self.port))
            except PermissionError:
                msg = f"This user may not open port {self.port}. Choose one above 1023: `make demo PORT=8123`."
                raise DemoError(msg) from None
            except OSError:
                msg = f"Port {self.port} is in use by another program. Choose another: `make demo PORT=8123`."
                raise DemoError(msg) from None

    # What it runs with

    def _profile(self) -> Profile:
        """The folder's profile, made at the first start; and the database that this start was told to use."""
        profile = Profile.load(self.folder)
        if profile is None:
            say(f"A first start: the key and the accounts' passwords are made and kept in {self.folder}.")
        told = os.environ.get("DATABASE_URL", "")
        if told:
            _check_database(told)
        fresh = replace(profile or Profile(), database=told)
        if fresh != profile:
            fresh.save(self.folder)
        return fresh

    def _environment(self, profile: Profile) -> dict[str, str]:
        """Ours and the profile's; a setting mounted as a file would win over the profile, so none is passed on."""
        ours = {name: value for name, value in os.environ.items() if not name.endswith("_FILE") and name != "DEBUG"}
        return ours | profile.environment(self.folder) | {"DJANGO_SETTINGS_MODULE": "config.settings"}

    # The steps

    def _prepare(self, server: EmbeddedPostgres | None, supervisor: Supervisor) -> None:
        if server is not None:
            with step("Starting PostgreSQL"):
                server.start()
                server.create_database()
        with step("Bringing the tables up to date"):
            supervisor.run("migrate", manage("migrate", "--noinput"))
        with step("Collecting styles and scripts"):
            supervisor.run("collectstatic", manage("collectstatic", "--noinput"))
        with step("Loading the sample record"):
            supervisor.run("load_demo", manage("load_demo"))
        with step("Loading who held which office"):
            supervisor.run("load_registry", manage("load_registry"))

    def _start(self, supervisor: Supervisor) -> None:
        with step("Starting site, indexer and worker"):
            supervisor.keep("site", self._site())
            supervisor.keep("indexer", manage("run_indexer"))
            supervisor.keep("worker", manage("procrastinate", "worker"))
            deadline = time.monotonic() + SITE_PATIENCE
            while not self._answers():
                if time.monotonic() > deadline:
                    msg = f"The site does not answer. Its log is {self.folder / 'logs' / 'site.log'}."
                    raise DemoError(msg)
                time.sleep(0.1)
                for line in supervisor.look_after():
                    say(line)

    def _site(self) -> list[str]:
        return [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{self.port}"),
            # A search may be long: a Cyrillic letter takes six characters of an address.
            *("--limit-request-line", "0"),
            *("--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--access-logfile", "-"),
            # It would lie in the home folder, one for all demos of a user.
            "--no-control-socket",
        ]

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _greet(self, profile: Profile) -> None:
        site = f"http://{HOST}:{self.port}"
        lines = [
            "",
            f"The site        {site}/",
            f"A search        {site}/search?q=смешной+миллиард",
            f"Administration  {site}/admin/",
            f"The API         {site}/api/v1/",
            "",
            "Accounts        " + "".join(f"{name:<20}" for name in profile.passwords),
            "Passwords       " + "".join(f"{password:<20}" for password in profile.passwords.values()),
            "",
            f"Everything lies in {self.folder}. Ctrl-C stops all of it.",
        ]
        say("\n".join(lines))

    def _look_after(self, server: EmbeddedPostgres | None, supervisor: Supervisor) -> NoReturn:
        while True:
            if server is not None and not server.is_ready():
                say("The database ended; starting it again.")
                server.start()
            for line in supervisor.look_after():
                say(line)
            time.sleep(0.5)


def manage(*arguments: str) -> list[str]:
    """The command line of one of the project's own commands."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """A line that says what is being done, and when it is done, how long it took."""
    say(f"{name} … ", end="")
    started = time.monotonic()
    yield
    say(f"{time.monotonic() - started:.1f} s")


def say(text: str, end: str = "\n") -> None:
    # The terminal may be gone; stopping goes on.
    with contextlib.suppress(OSError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print(text, end=end, flush=True)


def _port(given: str) -> int:
    if given.isascii() and given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    msg = f"{given!r} is not a port; it is a number from 1 to 65535: `make demo PORT=8123`."
    raise DemoError(msg)


def _make(folder: Path) -> None:
    """The folder is there and can be written. Root's may be passed through, for the database's own user."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (folder / "demo.lock").touch()
    except OSError as error:
        msg = f"{folder} can't be written ({error.strerror}). Choose another folder: `make demo DATA=some/folder`."
        raise DemoError(msg) from None


def _leave_to_nobody(folder: Path) -> None:
    if count := Supervisor(folder, {}).stop_leftovers():
        say(f"The last demo was killed; {count} of its programs still ran and were stopped.")


def _check_database(address: str) -> None:
    """The given server answers and is not too old."""
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0]
        msg = f"The database that DATABASE_URL names can't be used: {first}."
        raise DemoError(msg) from None
    if version < OLDEST_POSTGRES:
        msg = f"DATABASE_URL names a PostgreSQL {version}; version {OLDEST_POSTGRES} or later is needed."
        raise DemoError(msg)


def _ask_to_stop(_number: int, _frame: object) -> NoReturn:
    raise AskedToStop


def _hear_nothing_more() -> None:
    """Stopping takes seconds and is not broken off half-way."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    main()
