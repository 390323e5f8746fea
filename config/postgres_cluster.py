"""One PostgreSQL cluster's files: made whole or not at all, and freed of what a killed server left behind."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config import postgres_binaries, processes
from config.postgres_account import Account
from config.processes import Process

ROLE = "skazano"
SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
# The shortest limit of a socket's address among the systems we know (macOS: 104 bytes with the closing zero).
LONGEST_SOCKET = 103
# Above the largest process number of any system, so that no process has it.
NOBODYS_PID = 2**31 - 1
# The line of postmaster.pid that says how far the server is.
STATE_LINE = 7


class DatabaseError(RuntimeError):
    """The database does not come up, or can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """The folder of one cluster and the user whose it is."""

    data: Path
    account: Account

    @property
    def name(self) -> str:
        """Told apart from other clusters of this machine; the server's processes show it."""
        return f"skazano-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]}"

    # Making

    def prepare(self, programs: Path) -> None:
        """The cluster exists and these programs can serve it."""
        if not (self.data / "PG_VERSION").exists():
            self._initialize(programs)
        made_by, found = int((self.data / "PG_VERSION").read_text()), postgres_binaries.major(programs)
        if made_by != found:
            msg = (
                f"The database in {self.data} was made by PostgreSQL {made_by}, and the server found is {found}. "
                f"Use PostgreSQL {made_by}, or another folder."
            )
            raise DatabaseError(msg)

    def _initialize(self, programs: Path) -> None:
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        self.account.make_folder(new)
        self._run(
            *(programs / "initdb", "-D", new, "-U", SUPERUSER, "-E", "UTF8", "--auth=peer"),
            *("--data-checksums", "--no-instructions", *_locale(postgres_binaries.major(programs))),
        )
        self._run(programs / "postgres", "--single", "-D", new, "postgres", said=f"CREATE ROLE {ROLE} LOGIN CREATEDB\n")
        overwrite(new / "pg_hba.conf", f"local all all peer map={ROLE}\n")
        names = sorted({self.account.name, "root"})
        overwrite(
            new / "pg_ident.conf",
            "".join(f'{ROLE} "{name}" {role}\n' for name in names for role in (ROLE, SUPERUSER)),
        )
        if self.data.exists():
            self.data.rmdir()
        new.rename(self.data)

    def _run(self, *command: str | Path, said: str = "") -> None:
        options = self.account.as_user() | {"stdin": None if said else subprocess.DEVNULL}
        run = subprocess.run(command, **options, input=said or None, capture_output=True, text=True, check=False)
        if run.returncode:
            words = (run.stderr + run.stdout).strip().splitlines() or ["no reason given"]
            msg = f"The database in {self.data} can't be made: {words[-1].strip()}."
            raise DatabaseError(msg)

    # The socket

    @property
    def socket_folder(self) -> Path:
        """Beside the data; where that path is too long for a socket, in the folder for temporary files."""
        beside = self.data.with_name(f"{self.data.name}.run")
        if len(os.fsencode(beside / SOCKET)) <= LONGEST_SOCKET:
            return beside
        return Path(tempfile.gettempdir()) / self.name

    def make_socket_folder(self) -> Path:
        """The socket's folder, closed to everyone else; in a shared temporary folder it may be somebody's trap."""
        folder = self.socket_folder
        self.account.make_folder(folder)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
            msg = f"{folder} is not a folder of {self.account.name} alone (mode 0700); remove it and start again."
            raise DatabaseError(msg)
        return folder

    # Is it served?

    def pid_lines(self) -> list[str]:
        """The lines of postmaster.pid; none where there is no such file."""
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    def says_ready(self) -> bool:
        """Whether the last server noted that its recovery is done. The socket opens before that."""
        lines = self.pid_lines()
        return len(lines) > STATE_LINE and lines[STATE_LINE].strip() == "ready"

    def server(self) -> Process | None:
        """The server over this cluster. A number that is a zombie's or somebody else's by now is none."""
        first = "".join(self.pid_lines()[:1]).strip()
        process = processes.look_at(int(first)) if first.isdigit() else None
        return process if process and self._is_ours(process) else None

    def _is_ours(self, process: Process) -> bool:
        # Without /proc and without `ps` there is no command to compare; then the number alone must do.
        by_command = not process.command or f"postgres -D {self.data} " in f"{process.command} "
        return by_command and process.uid == self.account.uid

    def clear_after_kill(self) -> None:
        """Nothing that a killed server left behind keeps the next one from starting. Call it when none runs.

        PostgreSQL refuses to start over a pid file whose number is taken, be it by a zombie or by a stranger. The
        number is replaced and the file stays: by its shared-memory line PostgreSQL itself looks for survivors.
        """
        processes.end(list(self._survivors()), grace=5)
        for name in (SOCKET, f"{SOCKET}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)
        if lines := self.pid_lines():
            overwrite(self.data / "postmaster.pid", "\n".join([str(NOBODYS_PID), *lines[1:]]) + "\n")

    def _survivors(self) -> Iterator[Process]:
        """A killed server's own processes; they hold its memory and could still write."""
        for process in processes.everyone():
            if process.uid == self.account.uid and process.command.startswith(f"postgres: {self.name}: "):
                yield process


def overwrite(path: Path, text: str) -> None:
    """The existing file says this now, and its owner and mode are as before. A link is not followed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW), "w", encoding="utf-8") as file:
        file.write(text)


def _locale(version: int) -> tuple[str, ...]:
    """What makes Cyrillic letters letters: for upper and lower case, word boundaries and trigrams alike."""
    if version < 17:  # The first one with collations of its own.
        return ("--locale=C.UTF-8",)
    letters = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", f"--lc-ctype={letters}")
