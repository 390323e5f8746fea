import json
import os
import signal
import subprocess
import sys
import time

import pytest

from config import processes
from config.supervisor import GivesUpError, Supervisor

# It starts a child of its own, as the web server does.
SLEEPER = [sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '600'])"]
PATIENCE = 60  # seconds that a busy machine may take for what is done in a moment elsewhere


@pytest.fixture
def supervisor(tmp_path):
    made = Supervisor(tmp_path, dict(os.environ))
    yield made
    made.stop()


def running(folder):
    """What carries the mark of the folder's supervisor."""
    token = json.loads((folder / "children.json").read_text())["token"]
    return [one for one in processes.everyone() if processes.carries(one.pid, f"SKAZANO_DEMO={token}")]


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def both(folder, *, but=()):
    """The program and its child, once both run and none of those others is still on its way out."""
    return wait_for(lambda: found if len(found := running(folder)) == 2 and not {*found} & {*but} else None)


def test_a_program_that_is_killed_is_started_again_and_said_so(supervisor, tmp_path):
    supervisor.keep("worker", SLEEPER)
    first = both(tmp_path)
    os.kill(min(one.pid for one in first), signal.SIGKILL)
    (line,) = wait_for(supervisor.look_after)
    assert line.startswith("The worker ended (signal SIGKILL) and was started again.")
    both(tmp_path, but=first)
    assert not [one for one in first if one.is_alive()]


def test_a_program_that_ends_again_and_again_is_given_up(supervisor, monkeypatch):
    monkeypatch.setattr("config.supervisor.PATIENCE", 3)
    supervisor.keep("indexer", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(GivesUpError, match=r"indexer ends again and again \(exit code 3\)\. Its log is .*indexer\.log"):
        wait_for(lambda: supervisor.look_after() and None)


def test_stopping_leaves_nothing_behind_not_even_what_refuses(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr("config.supervisor.GRACE", 0.5)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(600)"
    supervisor.keep("worker", SLEEPER)
    supervisor.keep("deaf", [sys.executable, "-c", deaf])
    wait_for(lambda: (tmp_path / "logs" / "deaf.log").read_text() == "deaf\n")
    found = wait_for(lambda: one if len(one := running(tmp_path)) == 3 else None)
    supervisor.stop()
    assert not [one for one in found if one.is_alive()]


def test_what_a_killed_supervisor_left_is_found_and_ended(supervisor, tmp_path):
    supervisor.keep("site", SLEEPER)
    both(tmp_path)
    # The parent is gone and only its child is left: the one that would hold the port.
    os.kill(min(one.pid for one in running(tmp_path)), signal.SIGKILL)
    (left,) = wait_for(lambda: found if len(found := running(tmp_path)) == 1 else None)
    assert Supervisor(tmp_path, {}).stop_leftovers() == 1
    assert not left.is_alive()


def test_a_stranger_under_a_noted_number_is_left_alone(tmp_path):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        note = {"token": "0" * 32, "children": [{"pid": stranger.pid, "started": "another start"}]}
        (tmp_path / "children.json").write_text(json.dumps(note))
        assert Supervisor(tmp_path, {}).stop_leftovers() == 0
        assert stranger.poll() is None
        stranger.kill()


def test_a_step_that_fails_says_its_last_line_and_where_the_rest_is(supervisor):
    failing = [sys.executable, "-c", "import sys; print('Reading'); sys.exit('The record is full.')"]
    with pytest.raises(GivesUpError, match=r"“load” did not succeed: The record is full\. .*logs/load\.log"):
        supervisor.run("load", failing)
