"""The site over the made-up record: its database, its index, and the two ways to ask it for a page."""

import contextlib
import http.client
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from config.embedded_postgres import EmbeddedPostgres
from config.postgres_cluster import SUPERUSER

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
HEADERS = {"Accept-Language": "ru", "Accept-Encoding": "gzip"}
PATIENCE = 90  # seconds until gunicorn answers
MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20  # MB
# A load in one transaction writes more at once than the server expects by itself; what is measured only reads.
# Its buffers are what docs/running.md advises.
SERVER = ("max_wal_size=8GB", "checkpoint_timeout=30min", f"shared_buffers={MEMORY // 4}MB")

Ask = Callable[[str], tuple[int, bytes]]


@contextlib.contextmanager
def environment(folder: Path, size: int) -> Iterator[None]:
    """Settings can be read, and the database answers: the one that DATABASE_URL names, or the folder's own server.

    Each size has a database and an index of its own in the folder, which are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o711)  # the database's own user passes through
    server = None if os.environ.get("DATABASE_URL") else EmbeddedPostgres(folder / "postgres", settings=SERVER)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "False",
        "DEBUG": "False",
        # Counted as everybody's are, which costs a statement each, and never refused.
        "API_REQUESTS_PER_MINUTE": "1000000000",
        "SEARCH_INDEX_DIR": str(folder / f"search-{size}"),
        "STATIC_ROOT": str(folder / "static"),
    }
    if server is None:
        yield
        return
    server.start()
    try:
        name = f"skazano_bench_{size}"
        server.create_database(name)
        os.environ["DATABASE_URL"] = server.url(name)
        with psycopg.connect(server.url(name), user=SUPERUSER) as session:
            session.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        yield
    finally:
        server.release()


def inside() -> Ask:
    """Asks the application in this process, as gunicorn would: all of the site's code, and no network."""
    from config.wsgi import application  # The environment stands only now.

    def ask(path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        statuses: list[str] = []
        environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS.items()} | {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": HOST,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        answer = application(environ, lambda status, _headers: statuses.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        return int(statuses[0][:3]), body

    return ask


@contextlib.contextmanager
def whole(log: Path) -> Iterator[Ask]:
    """Asks gunicorn, as `make demo` starts it, over one connection that is kept alive."""
    with serving(log) as (port, _process):
        # Longer than a page that has to be waited for in a cold start.
        connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        yield lambda path: _fetched(connection, path)
        connection.close()


@contextlib.contextmanager
def serving(log: Path, workers: int = 2) -> Iterator[tuple[int, int]]:
    """gunicorn serves the site: its port, and the number of its process, which is its workers' parent."""
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as said:
        command = [
            # Not a socket handed over: gunicorn would not take Nagle's delay from it, 40 ms a write.
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}"),
            *("--limit-request-line", "0", "--workers", str(workers), "--threads", "4", "--graceful-timeout", "5"),
            "--no-control-socket",
        ]
        server = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    for _try in range(PATIENCE * 10):
        with contextlib.suppress(OSError), socket.create_connection((HOST, port)):
            return
        time.sleep(0.1)
    raise ConnectionError(f"gunicorn does not answer within {PATIENCE} seconds.")


def _fetched(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    for _try in range(2):
        try:
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            return response.status, response.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            # gunicorn ends a connection that was idle for two seconds.
            connection.close()
    raise ConnectionError(path)


@contextlib.contextmanager
def timed(what: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Tells how long it took."""
    started = time.perf_counter()
    yield
    tell(f"{what}: {time.perf_counter() - started:.1f} s")
