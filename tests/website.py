"""Web sites on this machine that tests fetch from: well-behaved ones, and hostile ones."""

import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "127.0.0.1"
TLS = Path(__file__).parent / "articles" / "tls"
# Signed by the authority below for news.example and www.news.example; neither is good for anything else.
SITE, AUTHORITY = TLS / "site.pem", TLS / "authority.pem"


@dataclass(frozen=True)
class Answer:
    """What a site answers."""

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """What a site was asked."""

    path: str
    headers: dict[str, str]


# A function gets the handler, and writes to `handler.wfile` what it likes.
Route = Answer | Callable[["_Handler"], None]


class Website:
    """A site on a free port of this machine; as a context manager it is there inside. `routes` may change meanwhile."""

    def __init__(self, routes: dict[str, Route] | None = None, *, tls: bool = False) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.requests: list[Request] = []
        self._server = _Server((HOST, 0), _Handler)
        self._server.site = self
        self.port = self._server.server_address[1]
        self.scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(SITE)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        # Set when the site goes away, so that what dawdles ends.
        self.over = threading.Event()

    def __enter__(self) -> "Website":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def name(self, host: str = HOST) -> str:
        """Host and port, as a setting opens them."""
        return f"{host}:{self.port}"

    def url(self, path: str = "/", host: str = HOST) -> str:
        return f"{self.scheme}://{self.name(host)}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for that path."""
        return [request for request in self.requests if request.path == path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Website

    def handle_error(self, _request, _client_address) -> None:
        """Whoever asks may hang up at any time: that is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.requests.append(Request(self.path, {name.lower(): value for name, value in self.headers.items()}))
        route = site.routes.get(self.path, Answer("<title>404</title>", 404))
        with suppress(OSError):
            if isinstance(route, Answer):
                self._say(route)
            else:
                route(self)

    def _say(self, answer: Answer) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        headers = {"Content-Type": answer.type, "Content-Length": str(len(body))} | answer.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def over(self) -> threading.Event:
        return self.server.site.over

    def log_message(self, *_args: object) -> None:
        """Nothing: pytest shows what matters."""


def redirect(to: str, status: int = 302, **headers: str) -> Answer:
    return Answer("<p>Moved.</p>", status, headers={"Location": to, **headers})


def article(title="В Примерске открыли мост", words="Мост простоит сто лет", head="") -> str:
    """An invented article's page."""
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><article>'
        f"<h1>{title}</h1><p>Мэр Примерска Иван Примеров открыл мост. «{words}», — сказал он.</p>"
        "<p>На открытии были жители обоих берегов. Мост строили три года, и обошёлся он в один примерный рубль.</p>"
        "</article></body></html>"
    )
