"""Programs that a test starts: each in a session of its own, with a log, and gone with all its children in the end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from config import processes

ROOT = Path(__file__).resolve().parent.parent.parent
# What every program started here carries in its environment, and its children with it.
MARK = "SKAZANO_E2E"
GRACE = 60  # seconds
ANSWER = "answer: "  # what a line begins with that a scene's process writes for the test


class Program:
    """One program that runs until it is stopped or killed."""

    def __init__(
        self, command: list[str], environment: dict[str, str], log: Path, sockets: tuple[int, ...] = ()
    ) -> None:
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=sockets,
            )
        self.log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def children(self) -> list[processes.Process]:
        """The programs that it started and that still run."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return [child for number in listed if (child := processes.look_at(int(number)))]

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """Ended at once, as by `kill -9`, with everything it started."""
        if self.runs:
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def ask_to_stop(self) -> None:
        """What a supervisor does first."""
        self._process.terminate()

    def stop(self) -> None:
        """Asked to end, and it did. One that doesn't is killed, and that is an error."""
        self.ask_to_stop()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.log.stem} did not end within {GRACE} seconds of SIGTERM.") from None


class Scenes:
    """The process that plays scenes (`tests.e2e.scenes`), for as long as its site runs."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.e2e.scenes"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, start_new_session=True, **pipes)

    def play(self, scene: str, arguments: dict[str, object]) -> object:
        """What the function of that name answers; an error with all that it wrote where it fails."""
        self._process.stdin.write(f"{json.dumps([scene, arguments])}\n")
        self._process.stdin.flush()
        written = []
        for line in self._process.stdout:
            if line.startswith(ANSWER):
                return json.loads(line.removeprefix(ANSWER))
            written.append(line)
        raise AssertionError(f"The scene {scene} failed:\n{''.join(written)}")

    def end(self) -> None:
        """The process has ended."""
        self._process.stdin.close()
        self._process.wait(GRACE)
        self._process.stdout.close()


def run(command: list[str], environment: dict[str, str]) -> str:
    """What the command said, once it has ended well."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def manage(*arguments: str) -> list[str]:
    """The command line of one of the project's own commands."""
    return [sys.executable, "manage.py", *arguments]


def end_leftovers(value: str) -> None:
    """End what a run of tests that was killed left behind: whatever carries this value of the mark."""
    marked = [one for one in processes.everyone() if processes.carries(one.pid, f"{MARK}={value}")]
    processes.end(marked, grace=2)


def seconds_until(is_so, *, within: float, what: str, every: float = 0.05) -> float:
    """How long it took until `is_so()`, asked `every` so many seconds; an error once `within` seconds are over."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < within, f"not within {within} seconds: {what}"
        time.sleep(every)
    return time.monotonic() - began
