"""Getting a page from the web, guarded: only from the public internet, within limits of time, size and redirects.

The connection goes to the very network address that was checked, since a name may lead elsewhere when it is asked again;
each redirect is checked anew. No proxy is used, no cookie is kept, nothing of the environment is read.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from http.client import HTTPException
from typing import Final, Self
from urllib.parse import quote, urljoin, urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from articles.networks import is_public
from articles.stubs import refresh_in

MAX_HOPS: Final = 10
_PORTS: Final = {"http": 80, "https": 443}
_CONNECT_SECONDS: Final = 6.0
_READ_SECONDS: Final = 15.0
_CHUNK: Final = 64 * 1024
_LONGEST_HEADER: Final = 1000
_LONGEST_SHOWN: Final = 200
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_DENIED: Final = frozenset({401, 402, 403, 407, 451})
_GONE: Final = frozenset({404, 410})
_BUSY: Final = frozenset({429, 503})
_ENCODINGS: Final = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_IN_PATH: Final = "/%:@!$&'()*+,;=~-._"
_IN_QUERY: Final = _IN_PATH + "?[]|"
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})

Resolver = Callable[[str, int], list[str]]


class NotFetched(Exception):  # noqa: N818 - the name says what happened
    """Nothing was fetched; `articles.refusals` words it for people by `code` and `params`.

    `is_passing`: the same request may succeed later; `retry_after`: the seconds that the site asks to wait for, if it
    said.
    """

    def __init__(self, code: str, *, is_passing: bool = False, retry_after: str = "", **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.is_passing = is_passing
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The final answer. `raw` is what the body says once decompressed; headers are "" where the answer has none.

    `asked` is the address that was asked for, `address` where the redirects ended. With status 304 (only where a
    condition was sent) there is no body.
    """

    asked: str
    address: str
    status: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    raw: bytes = b""

    @property
    def is_page(self) -> bool:
        return self.content_type.partition(";")[0].strip().lower() in _PAGES


def network_addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, by the system's resolver. Raises `OSError` or `UnicodeError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Target:
    """What one request asks for, and whom."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, address: str) -> Self:
        """The target of an http or https address. Raises `NotFetched` for every other text, and for a password in it."""
        try:
            parts = urlsplit(address.strip())
            scheme, host = parts.scheme.lower(), (parts.hostname or "").encode("idna").decode("ascii").lower()
            port = parts.port or _PORTS.get(scheme, 0)
        except ValueError as error:  # a broken port, IPv6 or international name
            shown = "".join(char for char in address[:_LONGEST_SHOWN] if char.isprintable())
            raise NotFetched("address", address=shown) from error
        if scheme not in _PORTS or not host:
            raise NotFetched("fetch_scheme")
        if "@" in parts.netloc:
            raise NotFetched("fetch_credentials")
        query = f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
        return cls(scheme, host, port, (quote(parts.path, safe=_IN_PATH) or "/") + query)

    @property
    def name(self) -> str:
        """Host and port: what a setting opens."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        authority = self.name.removesuffix(f":{_PORTS[self.scheme]}")
        return f"{self.scheme}://{authority}{self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches pages as `user_agent`.

    `open_targets` are the "host:port" that may be visited wherever they lie; everything else has to be on the public
    internet, at port 80 or 443. `seconds` is all the time that a fetch may take, redirects included; `max_bytes` the
    largest body, after decompression. `ca_file` adds an authority to those that are trusted.
    """

    user_agent: str
    open_targets: frozenset[str] = frozenset()
    seconds: float = 20
    max_bytes: int = 10 * 1024 * 1024
    resolve: Resolver = network_addresses
    ca_file: str = ""

    def fetch(
        self,
        address: str,
        *,
        etag: str = "",
        last_modified: str = "",
        before: Callable[[Target], None] = lambda _target: None,
        look_at_type: Callable[[str], None] = lambda _content_type: None,
    ) -> Fetched:
        """What is at the address; redirects are followed, those that a page asks for at once among them.

        With `etag` or `last_modified` the answer may be 304: nothing new. `before` is called ahead of every request, and
        its time is not counted; `look_at_type` with the declared type ahead of the body. What they raise ends the fetch.
        Raises `NotFetched`.
        """
        target = asked = Target.of(address)
        deadline = time.monotonic() + self.seconds
        conditions = _conditions(etag, last_modified)
        for _hop in range(MAX_HOPS):
            began = time.monotonic()
            before(target)
            deadline += time.monotonic() - began
            fetched, leads_to = self._visit(target, deadline, conditions, look_at_type)
            if not leads_to:
                return replace(fetched, asked=asked.address)
            target = Target.of(_joined(fetched.address, leads_to))
        raise NotFetched("fetch_loop", host=target.host)

    def _visit(
        self, target: Target, deadline: float, conditions: dict[str, str], look_at_type: Callable[[str], None]
    ) -> tuple[Fetched, str]:
        """The answer of one server, and where it leads, if it does."""
        addresses = self._allowed(target, deadline)
        sockets = _Sockets(addresses, target.port, deadline)
        connection = self._connection(target, sockets)
        try:
            with sockets.cut_off():
                headers = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", **_ACCEPT, **conditions}
                connection.request("GET", target.path, headers=headers, preload_content=False)
                with closing(connection.getresponse()) as response:
                    fetched, leads_to = _head(target, response), _location(response)
                    if leads_to or (conditions and response.status == 304):
                        return fetched, leads_to
                    _expect_page(target, response)
                    look_at_type(fetched.content_type)
                    fetched = replace(fetched, raw=self._body(target, response))
        except (HTTPError, HTTPException, OSError, UnicodeError) as error:
            raise self._failure(target, error, sockets) from error
        finally:
            connection.close()
        if sockets.is_cut_off:  # a body without a length ends there as if it were complete
            raise self._too_slow(target)
        leads_to = refresh_in(fetched.raw) if fetched.is_page else ""
        return fetched, "" if _joined(fetched.address, leads_to) == fetched.address else leads_to

    def _allowed(self, target: Target, deadline: float) -> list[str]:
        """The numeric addresses that may be connected to: public ones, unless the target is open."""
        is_open = target.name in self.open_targets
        if not is_open and target.port not in _PORTS.values():
            raise NotFetched("fetch_port", host=target.host)
        found = self._resolved(target, deadline)
        allowed = [each for each in found if is_open or is_public(each)]
        if not allowed:
            raise NotFetched("fetch_private", host=target.host)
        return allowed

    def _resolved(self, target: Target, deadline: float) -> list[str]:
        """The name's addresses; the system's resolver has no limit of time, so it is left alone when ours is over."""
        found: list[str] = []

        def ask() -> None:
            with suppress(OSError, UnicodeError):
                found.extend(self.resolve(target.host, target.port))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(max(0.0, deadline - time.monotonic()))
        if asking.is_alive():
            raise self._too_slow(target)
        if not found:
            raise NotFetched("fetch_no_host", is_passing=True, host=target.host)
        return found

    def _connection(self, target: Target, sockets: "_Sockets") -> HTTPConnection:
        if target.scheme == "https":
            secure = _Secure(target.host, target.port, timeout=_READ_SECONDS, ssl_context=_trust(self.ca_file))
            secure.open_socket = sockets.open
            return secure
        plain = _Plain(target.host, target.port, timeout=_READ_SECONDS)
        plain.open_socket = sockets.open
        return plain

    def _body(self, target: Target, response: BaseHTTPResponse) -> bytes:
        """The decompressed body. Read in pieces, so that a small answer that swells is stopped at the limit."""
        encodings = {each.strip().lower() for each in response.headers.get("Content-Encoding", "").split(",")}
        if not encodings <= _ENCODINGS:
            raise NotFetched("fetch_broken", is_passing=True, host=target.host)
        body = bytearray()
        while piece := response.read(_CHUNK, decode_content=True):
            body += piece
            if len(body) > self.max_bytes:
                raise NotFetched("too_large")
        return bytes(body)

    def _failure(self, target: Target, error: Exception, sockets: "_Sockets") -> NotFetched:
        """What the error of a library means."""
        if sockets.is_late:
            return self._too_slow(target)
        if _has(error, ssl.SSLCertVerificationError):
            return NotFetched("fetch_insecure", host=target.host)
        if not sockets.is_connected:
            return NotFetched("fetch_unreachable", is_passing=True, host=target.host)
        if _has(error, TimeoutError):
            return self._too_slow(target)
        return NotFetched("fetch_broken", is_passing=True, host=target.host)

    def _too_slow(self, target: Target) -> NotFetched:
        return NotFetched("fetch_too_slow", is_passing=True, host=target.host, seconds=f"{self.seconds:g}")


class _Sockets:
    """Opens the connection to one of the addresses, and cuts it off when the time is over, whatever is being done."""

    def __init__(self, addresses: list[str], port: int, deadline: float) -> None:
        self._addresses, self._port, self._deadline = addresses, port, deadline
        self._twins: list[socket.socket] = []
        self.is_cut_off = False

    @property
    def is_connected(self) -> bool:
        return bool(self._twins)

    @property
    def is_late(self) -> bool:
        return self.is_cut_off or time.monotonic() >= self._deadline

    def open(self) -> socket.socket:
        """A connection to the first address that takes one. Raises `OSError`."""
        failure: OSError = TimeoutError()
        for address in self._addresses:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                opened = socket.create_connection((address, self._port), min(left, _CONNECT_SECONDS))
            except OSError as error:
                failure = error
            else:
                # A second handle of the same connection, which TLS does not take over.
                self._twins.append(opened.dup())
                if self.is_cut_off:
                    raise TimeoutError
                return opened
        raise failure

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Ends the connection at the deadline: limits for each single read let a slow sender go on for ever."""
        timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            for twin in self._twins:
                twin.close()

    def _end(self) -> None:
        self.is_cut_off = True
        for twin in self._twins:
            with suppress(OSError):
                twin.shutdown(socket.SHUT_RDWR)


class _Pinned:
    """A connection that does not look its host up: name and certificate are the host's, the address is given."""

    open_socket: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.open_socket()


class _Plain(_Pinned, HTTPConnection):
    pass


class _Secure(_Pinned, HTTPSConnection):
    pass


_ACCEPT: Final = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "ru,be;q=0.8,en;q=0.6",
}


@cache
def _trust(ca_file: str) -> ssl.SSLContext:
    """Certificates are verified against the system's authorities and those of certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    said = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}


def _head(target: Target, response: BaseHTTPResponse) -> Fetched:
    return Fetched(
        asked=target.address,
        address=target.address,
        status=response.status,
        content_type=_header(response, "Content-Type"),
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
    )


def _header(response: BaseHTTPResponse, name: str) -> str:
    """The header's value on one line, without what can't be stored."""
    value = _as_utf8(response.headers.get(name, ""))
    return "".join(char for char in value if char.isprintable()).strip()[:_LONGEST_HEADER]


def _as_utf8(value: str) -> str:
    """Headers are read as Latin-1, but Cyrillic in them is mostly UTF-8."""
    with suppress(UnicodeError):
        return value.encode("latin-1").decode("utf-8")
    return value


def _location(response: BaseHTTPResponse) -> str:
    return _as_utf8(response.headers.get("Location", "")).strip() if response.status in _REDIRECTS else ""


def _expect_page(target: Target, response: BaseHTTPResponse) -> None:
    """Raises `NotFetched` unless the answer holds what was asked for."""
    status = response.status
    if status in {200, 203}:
        return
    host, said = target.host, str(status)
    if status in _DENIED:
        raise NotFetched("fetch_denied", host=host, status=said)
    if status in _GONE:
        raise NotFetched("fetch_gone", is_passing=status == 404, host=host)
    if status in _BUSY:
        wait = _header(response, "Retry-After")
        raise NotFetched("fetch_busy", is_passing=True, retry_after=wait, host=host, status=said)
    raise NotFetched("fetch_status", is_passing=status >= 500, host=host, status=said)


def _joined(address: str, leads_to: str) -> str:
    """Where a redirect leads, seen from the address; as it is written where that makes no sense."""
    try:
        return urljoin(address, leads_to)
    except ValueError:
        return leads_to


def _has(error: BaseException, kind: type[BaseException]) -> bool:
    """Whether the error is of that kind, or was raised because of one, or holds one."""
    seen: list[BaseException | None] = [error]
    for each in seen:
        if isinstance(each, kind):
            return True
        if each is not None and len(seen) < 20:
            seen += [each.__cause__, each.__context__, *(arg for arg in each.args if isinstance(arg, BaseException))]
    return False
