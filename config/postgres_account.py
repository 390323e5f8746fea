"""Who runs the embedded server: PostgreSQL refuses to run as root, so root lends it a system account."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Accounts that exist for such things; the first one there is taken.
SYSTEM_ACCOUNTS = ("postgres", "nobody")
LOCALE = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


class NoAccountError(RuntimeError):
    """There is no account that PostgreSQL could run under."""


@dataclass(frozen=True)
class Account:
    """The user that the server's files and processes belong to. `lent`: we are root and hand over to it."""

    name: str
    uid: int
    gid: int
    lent: bool

    @classmethod
    def for_cluster(cls, data: Path) -> "Account":
        """Ourselves; or as root, the owner of the existing cluster, else a system account."""
        lent = os.geteuid() == 0
        entry = _owner(data) or _system_account() if lent else _entry(os.geteuid())
        return cls(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, lent=lent)

    def as_user(self) -> dict[str, Any]:
        """What `subprocess` needs to be told to run a program as this user, with nothing of our own environment."""
        options: dict[str, Any] = {
            "cwd": "/",
            "stdin": subprocess.DEVNULL,
            "env": {"PATH": os.environ.get("PATH", os.defpath), **LOCALE},
        }
        return options | ({"user": self.uid, "group": self.gid, "extra_groups": []} if self.lent else {})

    def can_run(self, *command: str | Path) -> bool:
        """Whether the program can be reached by this user, and ends well."""
        try:
            run = subprocess.run(command, **self.as_user(), capture_output=True, check=False)
        except OSError:
            return False
        return run.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through the folder and all those above it."""
        return not self.lent or self.can_run("ls", "-d", f"{folder}/.")

    def make_folder(self, folder: Path) -> None:
        """An existing or new folder that belongs to this user alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if self.lent and found.st_uid == 0 and stat.S_ISDIR(found.st_mode):
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)


def _owner(data: Path) -> pwd.struct_passwd | None:
    marker = data / "PG_VERSION"
    return _entry(marker.stat().st_uid) if marker.exists() else None


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        msg = f"User number {uid} has no name on this machine (no line in /etc/passwd); PostgreSQL needs one."
        raise NoAccountError(msg) from None


def _system_account() -> pwd.struct_passwd:
    for name in SYSTEM_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    msg = (
        f"PostgreSQL does not run as root, and none of the accounts {', '.join(SYSTEM_ACCOUNTS)} exists here. "
        "Make one, start as an ordinary user, or name a running server in DATABASE_URL."
    )
    raise NoAccountError(msg)
