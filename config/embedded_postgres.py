"""A PostgreSQL server of the project's own, for the demo, development and tests: programs from the wheel, or Debian's.

The server listens on a Unix socket only, in a folder that nobody but its user can enter, and admits by the operating
system's word (`peer`): its own user and root. The site's role owns its database and may make others; it is no
superuser. Several processes may start, use and leave the server at once. It comes back after any kind of kill.
"""

import contextlib
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config import postgres_binaries, processes
from config.postgres_account import Account, NoAccountError
from config.postgres_binaries import NoPostgresError
from config.postgres_cluster import ROLE, SOCKET, Cluster, DatabaseError
from config.processes import Process

__all__ = ["ROLE", "DatabaseError", "EmbeddedPostgres"]

# How long a recovery after a crash may take, in seconds.
PATIENCE = 900
# How long a living server may take to answer, in seconds.
ANSWER = 10
# The shortest question of PostgreSQL's protocol: is TLS spoken here? The answer is one letter.
IS_TLS_SPOKEN = bytes.fromhex("00000008 04d2162f")
LARGEST_LOG = 5 * 1024 * 1024
# Where root keeps a cluster whose own folder the server's user can't reach (say, below /root).
ELSEWHERE = Path("/var/lib/skazano")


class EmbeddedPostgres:
    """One server over one folder. `start` returns when it answers; `release` stops it unless others use it too.

    Beside the folder `NAME` lie `NAME.log`, `NAME.lock` (held by the one who starts or stops it), `NAME.users` (held
    shared by everyone who uses it) and `NAME.run` (the socket, where that path is short enough). `settings` are the
    server's own, as "name=value".
    """

    def __init__(self, data_dir: Path, bin_dir: Path | None = None, settings: Sequence[str] = ()) -> None:
        self.folder = Path(data_dir).absolute()
        self.log = self._beside("log")
        self._programs = bin_dir
        self._settings = settings
        self._cluster: Cluster | None = None
        self._users: int | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._log_start = 0  # where in the log the server's words of this start begin, in bytes

    def url(self, database: str = ROLE) -> str:
        """The database's address, for DATABASE_URL and for psycopg. The server need not run for that."""
        folder = quote(str(self.cluster.socket_folder), safe="")
        return f"postgresql://{ROLE}@/{quote(database, safe='')}?host={folder}"

    def start(self) -> None:
        """Return when the server answers, started by us or by somebody else; and be counted among its users."""
        with _readable_errors(self.folder):
            self._use()
            if self.is_ready():
                return
            with self._alone():
                self._bring_up()

    def stop(self) -> None:
        """The server has stopped, whoever uses it; what was committed is kept."""
        with _readable_errors(self.folder), self._alone():
            server = self.cluster.server()
            if server is not None:
                self._shut_down(server)

    def release(self) -> None:
        """We use it no more: it is stopped, unless another process still does."""
        if self._users is None:
            return
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()
        except BlockingIOError:
            if self._child is not None:
                # It outlives us on purpose; Python would take it for a child forgotten.
                self._child.returncode = 0
        finally:
            os.close(self._users)
            self._users = None

    def is_ready(self) -> bool:
        """Whether our own server answers on its socket, recovery done. A leftover of a dead one does not count."""
        if not self.cluster.says_ready() or self.cluster.server() is None:
            return False
        with socket.socket(socket.AF_UNIX) as trial:
            try:
                trial.settimeout(ANSWER)
                trial.connect(str(self.cluster.socket_folder / SOCKET))
                # The system itself takes the connection for a server that is just dying; only a living one answers.
                trial.sendall(IS_TLS_SPOKEN)
                return trial.recv(1) in {b"N", b"S"}
            except OSError:
                return False

    def create_database(self, name: str = ROLE) -> None:
        """The database exists and belongs to the site's role."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount == 0:
                # Another process may make it in the same moment.
                with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    @property
    def cluster(self) -> Cluster:
        """The cluster's own folder, which is `folder` unless the server's user can't reach that; and its user."""
        if self._cluster is None:
            with _readable_errors(self.folder):
                self.folder.parent.mkdir(parents=True, exist_ok=True)
                data = self._place()
                self._cluster = Cluster(data, Account.for_cluster(data))
        return self._cluster

    def _place(self) -> Path:
        parent = self.folder.parent.resolve()
        here = parent / self.folder.name
        if Account.for_cluster(here).can_enter(parent):
            return here
        pointer = self._beside("elsewhere")
        with self._alone():
            if not pointer.exists():
                pointer.write_text(f"{ELSEWHERE / secrets.token_hex(8)}\n", encoding="utf-8")
        home = Path(pointer.read_text(encoding="utf-8").strip())
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        return home / self.folder.name

    def _beside(self, suffix: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{suffix}")

    # Alone or together

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = _open(self._beside("lock"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _use(self) -> None:
        """Be counted among the users; waits while the last one is stopping the server."""
        if self._users is None:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self._users = _open(self._beside("users"))
            fcntl.flock(self._users, fcntl.LOCK_SH)

    # Coming up and going down

    def _launch(self) -> None:
        programs = self._reachable_programs()
        self.cluster.prepare(programs)
        folder = self.cluster.make_socket_folder()
        self.cluster.clear_after_kill()
        if self._child is not None:
            self._child.wait()
        log = self._fresh_log()
        try:
            self._child = subprocess.Popen(
                [programs / "postgres", "-D", self.cluster.data, *self._options(folder)],
                **self.cluster.account.as_user() | {"stdout": log, "stderr": log},
                start_new_session=True,
            )
        finally:
            os.close(log)

    def _reachable_programs(self) -> Path:
        programs = self._programs or postgres_binaries.find()
        if not self.cluster.account.can_run(programs / "postgres", "--version"):
            changed = int((programs / "postgres").stat().st_mtime)
            programs = postgres_binaries.copied_beside(programs, self.cluster.data.with_name(f"server-{changed}"))
        return programs

    def _options(self, folder: Path) -> Iterator[str]:
        escaped = str(folder).replace('"', '""')
        own = (
            "listen_addresses=",
            f'unix_socket_directories="{escaped}"',
            "unix_socket_permissions=0700",
            f"cluster_name={self.cluster.name}",
            "update_process_title=on",
        )
        for setting in (*own, *self._settings):
            yield from ("-c", setting)

    def _fresh_log(self) -> int:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self._beside("log.old"))
        log = _open(self.log)
        self._log_start = os.fstat(log).st_size
        return log

    def _bring_up(self) -> None:
        """Return when it answers. A server that recovers from a crash is waited for, never started over."""
        deadline, launched = time.monotonic() + PATIENCE, False
        while not self.is_ready():
            if not launched and self.cluster.server() is None:
                self._launch()
                launched = True
            elif launched and self._has_ended() and self.cluster.server() is None:
                msg = f"The database does not come up: {self._last_words()} Its log is {self.log}."
                raise DatabaseError(msg)
            if time.monotonic() > deadline:
                msg = f"The database still recovers after {PATIENCE // 60} minutes; wait. Its log is {self.log}."
                raise DatabaseError(msg)
            time.sleep(0.02)

    def _has_ended(self) -> bool:
        return self._child is None or self._child.poll() is not None

    def _last_words(self) -> str:
        """What the server that we started said last of why it stops."""
        lines = self.log.read_bytes()[self._log_start :].decode(errors="replace").splitlines()
        telling = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line] or lines[-1:]
        return f"{telling[-1].rstrip('.')}." if telling else "it ended without a word."

    def _shut_down(self, server: Process) -> None:
        """Stopped, fast: open transactions are rolled back. Only if that takes a minute, at once."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(server.pid, number)
            if processes.wait_until_gone([server], 60):
                break
        if self._child is not None:
            self._child.wait()
            self._child = None


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def _readable_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, NoAccountError, NoPostgresError) as error:
        msg = f"The database in {folder} can't be used: {error}"
        raise DatabaseError(msg) from error
