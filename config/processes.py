"""Which process has a number, and is it still the one we started: from /proc where there is one, else from `ps`."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """A process that runs. Numbers are used again after an exit; number and `started` together are not."""

    pid: int
    uid: int
    started: str
    command: str

    def is_alive(self) -> bool:
        """Whether this very process still runs, and not another one under its number."""
        now = look_at(self.pid)
        return now is not None and now.started == self.started


def look_at(pid: int) -> Process | None:
    """The running process of that number; None when there is none, or when it ended and only its entry is left."""
    if pid <= 0:
        return None
    return _from_proc(pid) if (PROC / "self" / "stat").exists() else _from_ps(pid)


def everyone() -> Iterator[Process]:
    """Every process that can be seen here; nothing where there is no /proc."""
    numbers = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()] if PROC.is_dir() else []
    for pid in numbers:
        if process := look_at(pid):
            yield process


def carries(pid: int, setting: str) -> bool:
    """Whether the process was started with that `NAME=value` in its environment. False if we may not look."""
    try:
        environment = (PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return False
    return setting.encode() in environment.split(b"\0")


def end(processes: list[Process], *, grace: float) -> None:
    """Ask them to stop, and after `grace` seconds end those that did not."""
    _send(processes, signal.SIGTERM)
    if not wait_until_gone(processes, grace):
        _send(processes, signal.SIGKILL)
        wait_until_gone(processes, 5)


def wait_until_gone(processes: list[Process], seconds: float) -> bool:
    """Whether all of them have ended within that time."""
    deadline = time.monotonic() + seconds
    while any(process.is_alive() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _send(processes: list[Process], number: signal.Signals) -> None:
    for process in processes:
        if process.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, number)


def _from_proc(pid: int) -> Process | None:
    folder = PROC / str(pid)
    try:
        # The program's name stands in brackets and may hold spaces and brackets itself.
        fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        uids = next(line for line in (folder / "status").read_text(errors="replace").splitlines() if line[:4] == "Uid:")
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except (OSError, StopIteration):
        return None
    if fields[0] in {"Z", "X"}:
        return None
    # The start counts from the machine's own start, so that one is part of the mark.
    return Process(pid=pid, uid=int(uids.split()[2]), started=f"{_boot()}-{fields[19]}", command=command)


def _boot() -> str:
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _from_ps(pid: int) -> Process | None:
    """The same from `ps`, for systems without /proc. Without `ps` too, only that the number is taken is known."""
    columns = ["ps", "-o", "stat=,uid=,lstart=,command=", "-p", str(pid)]
    try:
        shown = subprocess.run(columns, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False)
    except FileNotFoundError:
        return _from_signal(pid)
    words = shown.stdout.split()
    if len(words) < 8 or words[0].startswith("Z"):  # State, user, five words of a date, the command.
        return None
    return Process(pid=pid, uid=int(words[1]), started=" ".join(words[2:7]), command=" ".join(words[7:]))


def _from_signal(pid: int) -> Process | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return Process(pid=pid, uid=-1, started="", command="")
    return Process(pid=pid, uid=os.geteuid(), started="", command="")
