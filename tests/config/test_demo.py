"""`make demo` as a person meets it: real programs, real ports, real kills."""

import contextlib
import http.client
import os
import random
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config import environment, processes
from config.environment import Profile, ProfileError

ROOT = Path(__file__).resolve().parent.parent.parent
READY = "Ctrl-C stops all of it."
PATIENCE = 180  # seconds that a busy machine may take to start or stop a site
# Below those that systems give to outgoing connections, so that none is taken between looking and using.
PORTS = range(20_000, 32_000)
GIVEN = ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "HTTPS", "STATIC_ROOT", "SEARCH_INDEX_DIR", "DEBUG")


def bare_environment(**more):
    return {name: value for name, value in os.environ.items() if name not in GIVEN} | more


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="skz-") as name:
        Path(name).chmod(0o711)
        yield Path(name) / "мой demo"


@pytest.fixture
def port():
    for number in random.sample(PORTS, 100):
        with socket.socket() as trial, contextlib.suppress(OSError):
            trial.bind(("127.0.0.1", number))
            return number
    return pytest.fail("no port is free")


class Running:
    """One `make demo` and what it said."""

    def __init__(self, folder, port):
        command = [sys.executable, "-m", "config.demo", "--port", str(port), "--data", str(folder)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=bare_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.folder, self.port, self.said = folder, port, []

    def wait_for(self, words):
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return line
        pytest.fail("".join(self.said))

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        rest = self.process.communicate(timeout=PATIENCE)[0]
        return self.process.returncode, rest

    def program(self, words):
        """The oldest running program of this demo with those words in its command."""
        token = re.search(r'"token": "(\w+)"', (self.folder / "children.json").read_text())[1]
        found = [
            one
            for one in processes.everyone()
            if words in one.command and processes.carries(one.pid, f"SKAZANO_DEMO={token}")
        ]
        return min(found, key=lambda one: one.pid)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/admin/login/")
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def start(folder):
    started = []

    def start(*arguments):
        started.append(Running(*arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.communicate()
        one.process.stdout.close()


def said(folder, port):
    command = [sys.executable, "-m", "config.demo", "--port", str(port), "--data", str(folder)]
    run = subprocess.run(command, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, timeout=PATIENCE)
    assert "Traceback" not in run.stdout + run.stderr
    return run.returncode, run.stdout.strip()


@pytest.mark.slow  # A whole site comes up three times.
def test_the_demo_comes_up_survives_every_kill_and_leaves_nothing(start, folder, port):
    demo = start(folder, port)
    demo.wait_for(READY)
    shown = "".join(demo.said)
    assert f"http://127.0.0.1:{port}/search?q=смешной+миллиард" in shown
    assert all(password in shown for password in Profile.load(folder).passwords.values())
    assert stat.S_IMODE((folder / "profile.json").stat().st_mode) == 0o600
    assert demo.answers() == 200

    own = environment.server(folder)
    with psycopg.connect(own.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    for program, name in (("gunicorn", "site"), ("run_indexer", "indexer"), ("procrastinate", "worker")):
        os.kill(demo.program(program).pid, signal.SIGKILL)
        demo.wait_for(f"The {name} ended (signal SIGKILL) and was started again.")
    os.kill(own.cluster.server().pid, signal.SIGKILL)
    demo.wait_for("The database ended; starting it again.")

    code, shown = said(folder, port)
    assert code == 1
    assert f"A demo runs on {folder} already (process {demo.process.pid})" in shown

    left = [demo.program("gunicorn"), demo.program("run_indexer")]
    demo.process.kill()
    demo.process.wait()
    again = start(folder, port)
    again.wait_for(READY)
    assert "of its programs still ran and were stopped" in "".join(again.said)
    assert not [one for one in left if one.is_alive()]
    with psycopg.connect(own.url()) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)

    left = [again.program("gunicorn"), again.program("run_indexer"), again.program("procrastinate")]
    left.append(own.cluster.server())
    code, rest = again.end()
    assert code == 0
    assert "Stopped. Everything is kept" in rest
    assert not [one for one in left if one.is_alive()]
    assert said_by_hand(folder) == "42"
    assert own.cluster.server() is None


def said_by_hand(folder):
    """`manage.py` with nothing in the environment but the demo's folder: it finds the key, and starts the database."""
    code = "from django.db import connection as c; r = c.cursor(); r.execute('SELECT number FROM kept'); "
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code + "print(r.fetchone()[0])"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=bare_environment(SKAZANO_DATA=str(folder)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return run.stdout.strip() or run.stderr


def test_a_port_in_use_is_one_sentence(folder, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert said(folder, port) == (
            1,
            f"Port {port} is in use by another program. Choose another: `make demo PORT=8123`.",
        )


@pytest.mark.parametrize("given", ["0", "65536", "http", "-1", "٣"])
def test_what_is_no_port_is_one_sentence(folder, given):
    code, shown = said(folder, given if given != "-1" else " -1")
    assert code == 1
    assert "is not a port" in shown
    assert not folder.exists()


def test_a_folder_that_can_not_be_written_is_one_sentence(folder, port):
    folder.write_text("a file is in its place")
    code, shown = said(folder, port)
    assert code == 1
    assert f"{folder} can't be written" in shown
    assert "DATA=some/folder" in shown


def test_a_given_database_that_does_not_answer_is_one_sentence(folder, port, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "GIVEN", tuple(name for name in GIVEN if name != "DATABASE_URL"))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{port}/nothing")
    code, shown = said(folder, port)
    assert code == 1
    assert "The database that DATABASE_URL names can't be used: " in shown


def test_settings_without_a_demo_say_what_is_missing(folder):
    shown = said_by_hand(folder)
    assert "Set SECRET_KEY" in shown


def test_a_given_environment_wins_over_the_demo(folder, monkeypatch):
    folder.mkdir()
    Profile().save(folder)
    monkeypatch.setenv("SKAZANO_DATA", str(folder))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/other")
    before = dict(os.environ)
    with environment.beside_the_demo():
        assert dict(os.environ) == before
    assert list(folder.iterdir()) == [folder / "profile.json"]


def test_a_profile_is_kept_and_no_two_are_alike(folder):
    folder.mkdir()
    profile = Profile()
    profile.save(folder)
    assert Profile.load(folder) == profile
    assert profile.secret_key != Profile().secret_key
    assert len({*profile.passwords.values(), *Profile().passwords.values()}) == 6


def test_a_damaged_profile_is_told_and_not_replaced(folder):
    folder.mkdir()
    (folder / "profile.json").write_text("{")
    with pytest.raises(ProfileError, match="is damaged"):
        Profile.load(folder)


def test_another_database_gets_an_index_of_its_own(folder):
    own = Profile().environment(folder)
    other = Profile(database="postgresql://somebody@elsewhere/other").environment(folder)
    assert own["SEARCH_INDEX_DIR"] != other["SEARCH_INDEX_DIR"]
    assert other["DATABASE_URL"] == "postgresql://somebody@elsewhere/other"


def test_an_unlucky_moment_to_stop_leaves_nothing_either(start, folder, port):
    demo = start(folder, port)
    while not (folder / "postgres").exists():
        time.sleep(0.01)
        assert demo.process.poll() is None
    code, rest = demo.end(signal.SIGTERM)
    assert code == 0
    assert "Stopped." in rest
    assert environment.server(folder).cluster.server() is None
