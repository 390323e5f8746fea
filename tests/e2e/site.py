"""A site as it runs in earnest: gunicorn and the indexer as processes, over a database and an index of their own."""

import http.client
import secrets
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore

from quotes.search.following import EPOCH
from quotes.search.index import Index, IndexUnavailable
from tests.e2e.programs import Program, Scenes, manage, run, seconds_until

HOST = "127.0.0.1"
PATIENCE = 120  # seconds that a noisy machine may take to start the site
PASSWORD = "Zarechye-2031"


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    text: str
    headers: dict[str, str]


class Site:
    """The processes of one site. What they wrote is in `logs()`."""

    def __init__(self, database_url: str, folder: Path, environment: dict[str, str]) -> None:
        self.database_url = database_url
        self.index_dir = folder / "index"
        self._folder = folder
        self.environment = environment | {"DATABASE_URL": database_url, "SEARCH_INDEX_DIR": str(self.index_dir)}
        self._programs: list[Program] = []
        self._scenes: Scenes | None = None
        self.web: Program | None = None
        self.indexer: Program | None = None

    def start(self) -> None:
        """Both processes run, and answer."""
        self.web = self._start_web()
        self.indexer = self.start_indexer()
        self.wait_until_ready()

    def stop(self) -> None:
        """Nothing of the site runs any more. An error where a process had ended by itself, or would not end."""
        ended = [program.log.stem for program in self._expected if not program.runs]
        try:
            running = [program for program in self._programs if program.runs]
            for program in running:
                program.ask_to_stop()
            for program in running:
                program.stop()
        finally:
            for program in self._programs:
                program.kill()
            if self._scenes:
                self._scenes.end()
        assert not ended, f"ended by itself: {', '.join(ended)}\n{self.logs()}"

    def mend(self) -> None:
        """What a test has left held still or dead runs again."""
        if self.indexer.runs:
            self.indexer.signal(signal.SIGCONT)
        else:
            self.indexer = self.start_indexer()

    def stop_extras(self) -> None:
        """Only what `start` started still runs."""
        for program in [one for one in self._programs if one not in self._expected]:
            if program.runs:
                program.stop()
            self._programs.remove(program)

    @property
    def _expected(self) -> list[Program]:
        return [program for program in (self.web, self.indexer) if program is not None]

    def _start_web(self) -> Program:
        with socket.create_server((HOST, 0)) as listening:
            listening.set_inheritable(True)
            self.port = listening.getsockname()[1]
            self.url = f"http://{HOST}:{self.port}"
            command = [
                *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"fd://{listening.fileno()}"),
                *("--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"),
            ]
            return self._keep("web", command, (listening.fileno(),))

    def _keep(self, name: str, command: list[str], sockets: tuple[int, ...] = ()) -> Program:
        program = Program(command, self.environment, self._folder / f"{name}.log", sockets)
        self._programs.append(program)
        return program

    # The indexer

    def start_indexer(self, name: str = "indexer") -> Program:
        """One more indexer; its log is called `name`."""
        return self._keep(name, manage("run_indexer"))

    def kill_indexer(self) -> None:
        """The indexer ended as by `kill -9`."""
        self.indexer.kill()

    def restart_indexer(self) -> None:
        """A new indexer runs; the old one is asked to end if it still does."""
        if self.indexer.runs:
            self.indexer.stop()
        self.indexer = self.start_indexer()

    # The worker

    def start_worker(self) -> Program:
        """The worker, which not every test needs."""
        return self._keep("worker", manage("procrastinate", "worker"))

    # What it answers

    def get(self, path: str, **query: str) -> Answer:
        """The site's answer to a reader of Russian pages."""
        address = f"{path}?{urlencode(query)}" if query else path
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address, headers={"Accept-Language": "ru"})
            response = connection.getresponse()
            return Answer(response.status, response.read().decode(), dict(response.headers))
        finally:
            connection.close()

    def finds(self, words: str, shown: str) -> bool:
        """Whether the search page for these words shows that text. The page must be there: no 503, no 500."""
        answer = self.get("/search", q=words)
        assert answer.status == 200, f"/search?q={words} answers {answer.status}\n{self.logs()}"
        # What matches is marked, in the middle of the text.
        return shown in answer.text.replace("<mark>", "").replace("</mark>", "")

    def wait_until_ready(self) -> float:
        """How long it took, in seconds, until database and index answered."""
        return seconds_until(self._is_ready, within=PATIENCE, what=f"the site is ready\n{self.logs()}")

    def _is_ready(self) -> bool:
        stopped = [program.log.stem for program in self._expected if not program.runs]
        assert not stopped, f"ended at once: {', '.join(stopped)}\n{self.logs()}"
        with suppress(OSError, http.client.HTTPException):
            return self.get("/health/ready").status == 200
        return False

    def wait_until_followed(self) -> None:
        """The site answers from the database that now has its database's name, and the index is of that one."""
        with self.connect() as connection:
            [epoch] = connection.execute(EPOCH).fetchone()
        seconds_until(
            lambda: self._follows(epoch), within=PATIENCE, what=f"the site follows its database\n{self.logs()}"
        )
        self.wait_until_ready()

    def _follows(self, epoch: str) -> bool:
        with suppress(IndexUnavailable):
            position = Index(self.index_dir).position()
            return position is not None and position.epoch == epoch
        return False

    # What it knows

    @property
    def database(self) -> str:
        """The name of its database."""
        return urlsplit(self.database_url).path.strip("/")

    def connect(self) -> psycopg.Connection:
        """A connection to its database that commits each statement; as a context manager it is closed at the end."""
        return psycopg.connect(self.database_url, autocommit=True)

    def manage(self, *arguments: str) -> str:
        """What `manage.py` said to these arguments; an error where it failed."""
        return run(manage(*arguments), self.environment)

    def play(self, scene: str, **arguments: object) -> object:
        """What a function of `tests.e2e.scenes` answers, called in a process of its own, with Django, on this site."""
        self._scenes = self._scenes or Scenes(self.environment)
        return self._scenes.play(scene, arguments)

    def user(self, name: str, *groups: str, password: str = PASSWORD) -> None:
        """An account of that name for the admin, in these groups."""
        encoded = MD5PasswordHasher().encode(password, "salt-of-tests")
        with self.connect() as connection:
            connection.execute(
                "INSERT INTO auth_user (username, password, is_staff, is_active, is_superuser, first_name, last_name,"
                " email, date_joined) VALUES (%s, %s, true, true, false, '', '', '', now())",
                [name, encoded],
            )
            joined = connection.execute(
                "INSERT INTO auth_user_groups (user_id, group_id)"
                " SELECT u.id, g.id FROM auth_user u, auth_group g WHERE u.username = %s AND g.name = ANY(%s)",
                [name, list(groups)],
            )
            assert joined.rowcount == len(groups), f"not all of these groups exist: {', '.join(groups)}"

    def session(self, name: str) -> str:
        """What the session's cookie holds in a browser where the account of that name has logged in to the admin."""
        key = secrets.token_hex(16)
        with self.connect() as connection:
            number, password = connection.execute(
                "SELECT id, password FROM auth_user WHERE username = %s", [name]
            ).fetchone()
            told = {
                SESSION_KEY: str(number),
                BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: User(password=password).get_session_auth_hash(),
            }
            connection.execute(
                "INSERT INTO django_session (session_key, session_data, expire_date)"
                " VALUES (%s, %s, now() + interval '1 day')",
                [key, SessionStore().encode(told)],
            )
        return key

    def logs(self) -> str:
        """The last lines that each process wrote."""
        texts = {
            log.stem: log.read_text(encoding="utf-8", errors="replace") for log in sorted(self._folder.glob("*.log"))
        }
        return "\n".join(f"--- {name}\n" + "\n".join(text.splitlines()[-60:]) for name, text in texts.items())
