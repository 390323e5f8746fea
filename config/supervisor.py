"""Keeps programs running: starts them, starts them again when they end, stops them, and those of a killed supervisor."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from config import processes
from config.processes import Process

# What every program of one supervisor carries in its environment, and its children with it.
MARK = "SKAZANO_DEMO"
# A program may end this often in a minute; after that, starting it again is no help.
PATIENCE = 5
GRACE = 10.0
LARGEST_LOG = 5 * 1024 * 1024


class GivesUpError(RuntimeError):
    """A program ends again and again, or did not do its work; the message says which, and where its log is."""


@dataclass
class Child:
    """One program that is kept running."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes]
    ends: list[float] = field(default_factory=list)


class Supervisor:
    """The programs of one folder. What runs is noted in `children.json` there, for the next one to find."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._note = folder / "children.json"
        self._token = secrets.token_hex(16)
        self._environment = environment | {MARK: self._token, "PYTHONUNBUFFERED": "1"}
        self._children: list[Child] = []
        self._step: subprocess.Popen[bytes] | None = None

    def run(self, name: str, command: list[str]) -> None:
        """The command has ended well. If not, its last line is the reason given."""
        log = self._log(name)
        start = log.stat().st_size if log.exists() else 0
        self._step = self._spawn(command, log)
        self._write_note()
        code = self._step.wait()
        self._step = None
        if code:
            said = log.read_bytes()[start:].decode(errors="replace").strip().splitlines() or [f"exit code {code}"]
            msg = f"“{name}” did not succeed: {said[-1].strip()} The whole story is in {log}."
            raise GivesUpError(msg)

    def keep(self, name: str, command: list[str]) -> None:
        """The command runs from now on."""
        log = self._log(name)
        self._children.append(Child(name, command, log, self._spawn(command, log)))
        self._write_note()

    def look_after(self) -> list[str]:
        """Start again what has ended; a line about each."""
        return [self._start_again(child) for child in self._children if _has_ended(child.process)]

    def stop(self) -> None:
        """Everything has ended: first asked to, then made to."""
        running = [child.process for child in self._children] + ([self._step] if self._step else [])
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and not all(_has_ended(process) for process in running):
            time.sleep(0.05)
        for process in running:
            _bury(process)
        self._children, self._step = [], None
        self.stop_leftovers()

    def stop_leftovers(self) -> int:
        """End what the last supervisor of this folder, if it was killed, left running. How many there were."""
        found = list(self._leftovers())
        processes.end(found, grace=GRACE)
        self._note.unlink(missing_ok=True)
        return len(found)

    def _leftovers(self) -> list[Process]:
        """Noted processes that are still the same ones, and where /proc tells, whatever else carries the mark."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            marked, noted = f"{MARK}={note['token']}", {(entry["pid"], entry["started"]) for entry in note["children"]}
        except (OSError, ValueError, KeyError, TypeError):
            return []
        mine = [process for process in processes.everyone() if process.uid == os.geteuid()]
        found = {process for process in mine if processes.carries(process.pid, marked)}
        known = {process for pid, _ in noted if (process := processes.look_at(pid))}
        return list(found | {process for process in known if (process.pid, process.started) in noted})

    def _start_again(self, child: Child) -> str:
        code = _bury(child.process)
        now = time.monotonic()
        child.ends = [moment for moment in child.ends if now - moment < 60] + [now]
        if len(child.ends) >= PATIENCE:
            msg = f"The {child.name} ends again and again ({_reason(code)}). Its log is {child.log}."
            raise GivesUpError(msg)
        # One that ends at once is given the time to fail for another reason.
        time.sleep(len(child.ends) - 1)
        child.process = self._spawn(child.command, child.log)
        self._write_note()
        return f"The {child.name} ended ({_reason(code)}) and was started again. Its log is {child.log}."

    def _spawn(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        """Started in a session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then decides."""
        with log.open("ab") as file:
            return subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _log(self, name: str) -> Path:
        folder = self._folder / "logs"
        folder.mkdir(exist_ok=True)
        log = folder / f"{name.replace(' ', '-')}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.old"))
        return log

    def _write_note(self) -> None:
        running = [child.process for child in self._children] + ([self._step] if self._step else [])
        seen = [process for popen in running if (process := processes.look_at(popen.pid))]
        new = self._note.with_suffix(".new")
        text = {"token": self._token, "children": [{"pid": one.pid, "started": one.started} for one in seen]}
        new.write_text(json.dumps(text), encoding="utf-8")
        new.replace(self._note)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has ended. It is not buried yet, so that its number stays its own, and its group's."""
    if process.returncode is not None:
        return True
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _bury(process: subprocess.Popen[bytes]) -> int:
    """The exit code, once it and all that it started are gone."""
    if process.returncode is None:
        _signal_group(process, signal.SIGKILL)
    return process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
