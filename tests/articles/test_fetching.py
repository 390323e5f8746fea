"""Fetching from well-behaved and from hostile sites, by real connections on this machine."""

import gzip
import socket
import threading
import time

import pytest

from articles.fetching import Fetcher, NotFetched
from tests.website import AUTHORITY, Answer, Website, article, redirect

PAGE = article()
LIMIT = 2.0


@pytest.fixture
def web():
    with Website() as site:
        yield site


@pytest.fixture
def secure():
    with Website(tls=True) as site:
        yield site


def fetcher(*sites, names=None, **more):
    """One that may visit these sites; `names` says what a name resolves to."""
    names = names or {}
    hosts = {"127.0.0.1", *names}
    open_targets = frozenset(site.name(host) for site in sites for host in hosts)
    given = {"user_agent": "Skazano/test (+editors@skazano.example)", "open_targets": open_targets, "seconds": 10}
    return Fetcher(**given | {"resolve": lambda host, port: names.get(host, [host])} | more)


def refusal(act, *args, **more):
    with pytest.raises(NotFetched) as caught:
        act(*args, **more)
    return caught.value


def test_a_page_comes_with_what_its_site_says_of_it(web):
    web.routes["/most"] = Answer(PAGE, headers={"ETag": '"1"', "Last-Modified": "Mon, 04 Mar 2024 10:00:00 GMT"})
    fetched = fetcher(web).fetch(web.url("/most#top"))
    assert fetched.raw.decode() == PAGE
    assert (fetched.address, fetched.status) == (web.url("/most"), 200)
    assert (fetched.etag, fetched.last_modified) == ('"1"', "Mon, 04 Mar 2024 10:00:00 GMT")
    assert fetched.content_type == "text/html; charset=utf-8"


def test_the_site_is_told_who_asks_and_nothing_more(web):
    web.routes["/most"] = Answer(PAGE, headers={"Set-Cookie": "who=you; Path=/"})
    fetcher(web).fetch(web.url("/most"))
    fetcher(web).fetch(web.url("/most"))
    headers = web.requests[1].headers
    assert headers["user-agent"] == "Skazano/test (+editors@skazano.example)"
    assert headers["host"] == web.name()
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_what_is_compressed_comes_out_plain(web):
    web.routes["/most"] = Answer(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
    assert fetcher(web).fetch(web.url("/most")).raw.decode() == PAGE


def test_cyrillic_addresses_are_spelled_for_the_wire(web):
    web.routes["/%D0%BC%D0%BE%D1%81%D1%82?q=%D0%B0%20b"] = Answer(PAGE)
    assert fetcher(web).fetch(web.url("/мост?q=а b")).raw
    names = {"xn--e1aybc.example": ["127.0.0.1"]}
    web.routes["/x"] = Answer(PAGE)
    assert fetcher(web, names=names).fetch(web.url("/x", "Тест.example")).address == web.url("/x", "xn--e1aybc.example")


class TestPlacesThatAreNotPublic:
    @pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
    def test_are_not_asked_however_they_are_written(self, web, host):
        address = f"http://{host}/most"
        assert refusal(Fetcher(user_agent="x").fetch, address).code == "fetch_private"

    @pytest.mark.parametrize(
        "numbers",
        [["10.0.0.1"], ["169.254.169.254"], ["fd00::1", "100.64.1.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"]],
    )
    def test_are_not_asked_under_a_name(self, web, numbers):
        careful = Fetcher(user_agent="x", resolve=lambda host, port: numbers)
        failure = refusal(careful.fetch, "https://news.example/")
        assert (failure.code, failure.params) == ("fetch_private", {"host": "news.example"})

    def test_are_not_asked_at_another_port_of_an_open_host(self, web):
        with Website({"/x": Answer(PAGE)}) as other:
            assert refusal(fetcher(web).fetch, other.url("/x")).code == "fetch_port"
            assert other.requests == []

    @pytest.mark.parametrize(
        "to", ["http://127.0.0.1/x", "http://[::1]/", "//169.254.169.254/latest/", "http://10.0.0.1/"]
    )
    def test_are_not_asked_after_a_redirect(self, web, to):
        web.routes["/most"] = redirect(to)
        assert refusal(fetcher(web).fetch, web.url("/most")).code == "fetch_private"

    def test_are_not_asked_after_a_redirect_that_the_page_itself_asks_for(self, web):
        web.routes["/most"] = Answer('<meta http-equiv="refresh" content="0; url=http://127.0.0.1/admin">')
        assert refusal(fetcher(web).fetch, web.url("/most")).code == "fetch_private"

    def test_are_not_asked_when_a_name_changes_its_mind_between_check_and_connection(self, web):
        web.routes["/most"] = Answer(PAGE)
        asked = []

        def resolve(host, port):
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["10.255.255.1"]

        names = frozenset({web.name("news.example")})
        fetched = Fetcher(user_agent="x", open_targets=names, resolve=resolve).fetch(web.url("/most", "news.example"))
        assert fetched.status == 200
        assert asked == ["news.example"]

    def test_are_left_out_where_a_name_has_public_addresses_too(self):
        tried = []

        class Watching(Fetcher):
            def _allowed(self, target, deadline):
                tried.extend(super()._allowed(target, deadline))
                raise NotFetched("seen")

        watching = Watching(user_agent="x", resolve=lambda host, port: ["10.0.0.1", "93.184.215.14", "::1"])
        refusal(watching.fetch, "http://news.example/")
        assert tried == ["93.184.215.14"]

    def test_are_not_reached_by_way_of_a_proxy_that_the_environment_names(self, web, monkeypatch):
        web.routes["/most"] = Answer(PAGE)
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9/")
        assert fetcher(web).fetch(web.url("/most")).status == 200


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://news.example/x", "fetch_scheme"),
        ("file:///etc/passwd", "fetch_scheme"),
        ("javascript:alert(1)", "fetch_scheme"),
        ("news.example/x", "fetch_scheme"),
        ("", "fetch_scheme"),
        ("https://", "fetch_scheme"),
        ("http://user:secret@news.example/", "fetch_credentials"),
        ("http://user@news.example/", "fetch_credentials"),
        ("http://news.example:22/", "fetch_port"),
        ("http://news.example:8080/", "fetch_port"),
        ("http://news.example:99999/", "address"),
        ("http://[::1/", "address"),
        (f"http://{'a' * 64}.example/", "address"),
    ],
)
def test_an_address_that_is_not_for_us_is_refused(address, code):
    assert refusal(Fetcher(user_agent="x").fetch, address).code == code


class TestRedirects:
    def test_are_followed_to_where_they_end(self, web):
        web.routes |= {"/a": redirect("/b", 301), "/b": redirect(web.url("/c?x=1"), 308), "/c?x=1": Answer(PAGE)}
        fetched = fetcher(web).fetch(web.url("/a"))
        assert (fetched.asked, fetched.address) == (web.url("/a"), web.url("/c?x=1"))

    def test_in_cyrillic_are_understood(self, web):
        web.routes["/a"] = redirect("/мост".encode().decode("latin-1"))
        web.routes["/%D0%BC%D0%BE%D1%81%D1%82"] = Answer(PAGE)
        assert fetcher(web).fetch(web.url("/a")).raw

    def test_without_end_are_given_up(self, web):
        web.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
        assert refusal(fetcher(web).fetch, web.url("/a")).code == "fetch_loop"
        assert len(web.requests) == 10

    def test_to_the_same_page_with_a_cookie_are_given_up(self, web):
        web.routes["/a"] = redirect("/a", headers="x", **{"Set-Cookie": "seen=1"})
        assert refusal(fetcher(web).fetch, web.url("/a")).code == "fetch_loop"

    @pytest.mark.parametrize(
        ("to", "code"),
        [
            ("ftp://news.example/", "fetch_scheme"),
            ("http://a:b@c.example/", "fetch_credentials"),
            ("http://[x", "address"),
            ("http://x:\x00y/", "address"),
        ],
    )
    def test_to_what_is_not_for_us_are_refused(self, web, to, code):
        web.routes["/a"] = redirect(to)
        assert refusal(fetcher(web).fetch, web.url("/a")).code == code

    def test_that_a_page_asks_for_at_once_are_followed(self, web):
        web.routes["/a"] = Answer("<META content=\"0;URL='/b?x=1&amp;y=2'\" HTTP-EQUIV=Refresh>")
        web.routes["/b?x=1&y=2"] = Answer(PAGE)
        assert fetcher(web).fetch(web.url("/a")).address == web.url("/b?x=1&y=2")

    @pytest.mark.parametrize(
        "head",
        [
            '<meta http-equiv="refresh" content="300;url=/b">',
            '<meta http-equiv="refresh" content="0;url=/a">',
            '<noscript><meta http-equiv="refresh" content="0;url=/b"></noscript>',
            '<!-- <meta http-equiv="refresh" content="0;url=/b"> -->',
            '<meta name="description" content="0;url=/b">',
        ],
    )
    def test_that_a_page_does_not_ask_for_at_once_are_not_followed(self, web, head):
        web.routes["/a"] = Answer(article(head=head))
        assert fetcher(web).fetch(web.url("/a")).address == web.url("/a")

    def test_may_be_forbidden_one_by_one(self, web):
        web.routes["/a"] = redirect("/b")
        seen = []

        def before(target):
            seen.append(target.address)
            if target.path == "/b":
                raise NotFetched("fetch_robots")

        assert refusal(fetcher(web).fetch, web.url("/a"), before=before).code == "fetch_robots"
        assert seen == [web.url("/a"), web.url("/b")]
        assert not web.asked("/b")


class TestTime:
    """All of a fetch together takes no longer than its limit."""

    def within_limit(self, site, path="/", **more):
        began = time.monotonic()
        failure = refusal(fetcher(site, seconds=LIMIT, **more).fetch, site.url(path))
        assert failure.code == "fetch_too_slow"
        assert failure.is_passing
        assert LIMIT - 0.1 < time.monotonic() - began < LIMIT + 1

    def drip(self, start, piece):
        def route(handler):
            handler.wfile.write(start)
            while not handler.over.wait(0.05):
                handler.wfile.write(piece)

        return route

    @pytest.mark.parametrize(
        ("start", "piece"),
        [
            (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
            (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n", b"a"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
            (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
            (b"", b"H"),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ],
    )
    @pytest.mark.slow  # It waits for the limit.
    def test_a_site_that_drips_is_cut_off(self, web, start, piece):
        web.routes["/"] = self.drip(start, piece)
        self.within_limit(web)

    @pytest.mark.slow  # As above.
    def test_a_secure_site_that_drips_is_cut_off(self, secure):
        secure.routes["/"] = self.drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a")
        names = {"news.example": ["127.0.0.1"]}
        failure = refusal(
            fetcher(secure, names=names, ca_file=str(AUTHORITY), seconds=LIMIT).fetch, secure.url("/", "news.example")
        )
        assert failure.code == "fetch_too_slow"

    @pytest.mark.slow  # As above.
    def test_a_site_that_says_nothing_is_cut_off(self, web):
        web.routes["/"] = lambda handler: handler.over.wait()
        self.within_limit(web)

    @pytest.mark.slow  # As above.
    def test_a_site_that_never_ends_the_handshake_is_cut_off(self):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            name = f"127.0.0.1:{mute.getsockname()[1]}"
            began = time.monotonic()
            slow = Fetcher(user_agent="x", open_targets=frozenset({name}), seconds=LIMIT)
            assert refusal(slow.fetch, f"https://{name}/").code == "fetch_too_slow"
            assert time.monotonic() - began < LIMIT + 1

    @pytest.mark.slow  # As above.
    def test_slow_redirects_share_one_limit(self, web):
        def slowly(handler):
            handler.over.wait(0.8)
            handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

        web.routes["/"] = slowly
        self.within_limit(web)

    @pytest.mark.slow  # As above.
    def test_a_resolver_that_does_not_answer_is_left_alone(self, web):
        over = threading.Event()
        self.within_limit(web, resolve=lambda host, port: over.wait(30) and [])
        over.set()

    def test_time_spent_before_a_request_is_not_counted(self, web):
        web.routes["/"] = Answer(PAGE)
        patient = fetcher(web, seconds=0.5)
        assert patient.fetch(web.url("/"), before=lambda _target: time.sleep(0.6)).status == 200


class TestSize:
    def test_an_endless_body_is_cut_off(self, web):
        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while not handler.over.is_set():
                handler.wfile.write(b"a" * 65536)

        web.routes["/"] = endless
        assert refusal(fetcher(web, max_bytes=1_000_000).fetch, web.url("/")).code == "too_large"

    @pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
    def test_a_small_answer_that_swells_is_cut_off(self, web, encoding):
        bomb = b"a" * 100_000_000
        for _each in encoding.split(","):
            bomb = gzip.compress(bomb, 9)
        web.routes["/"] = Answer(bomb, headers={"Content-Encoding": encoding})
        assert refusal(fetcher(web, max_bytes=1_000_000).fetch, web.url("/")).code == "too_large"

    def test_a_compression_that_was_not_asked_for_is_not_taken(self, web):
        web.routes["/"] = Answer(b"\x8b\x01\x80abc\x03", headers={"Content-Encoding": "br"})
        assert refusal(fetcher(web).fetch, web.url("/")).code == "fetch_broken"
        assert web.requests[0].headers["accept-encoding"] == "gzip, deflate"

    def test_exactly_the_limit_is_taken(self, web):
        web.routes["/"] = Answer(b"a" * 1000)
        assert len(fetcher(web, max_bytes=1000).fetch(web.url("/")).raw) == 1000
        assert refusal(fetcher(web, max_bytes=999).fetch, web.url("/")).code == "too_large"

    @pytest.mark.parametrize("head", [b"X: " + b"a" * 200_000, b"\r\n".join(b"X-%d: a" % n for n in range(500))])
    def test_huge_headers_are_refused(self, web, head):
        web.routes["/"] = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\nabc")
        assert refusal(fetcher(web).fetch, web.url("/")).code == "fetch_broken"

    def test_a_body_of_a_declared_type_that_is_not_wanted_is_not_loaded(self, web):
        def look_at(content_type):
            raise NotFetched("wrong_type", media_type=content_type)

        web.routes["/"] = Answer(b"a" * 10_000_000, type="video/mp4")
        assert refusal(fetcher(web).fetch, web.url("/"), look_at_type=look_at).params == {"media_type": "video/mp4"}


class TestAnswers:
    @pytest.mark.parametrize(
        ("status", "code", "is_passing"),
        [
            (204, "fetch_status", False),
            (304, "fetch_status", False),
            (400, "fetch_status", False),
            (401, "fetch_denied", False),
            (402, "fetch_denied", False),
            (403, "fetch_denied", False),
            (404, "fetch_gone", True),
            (410, "fetch_gone", False),
            (429, "fetch_busy", True),
            (451, "fetch_denied", False),
            (500, "fetch_status", True),
            (503, "fetch_busy", True),
        ],
    )
    def test_that_are_no_page_are_told_apart(self, web, status, code, is_passing):
        web.routes["/"] = Answer(PAGE if status not in {204, 304} else b"", status, headers={"Retry-After": "120"})
        failure = refusal(fetcher(web).fetch, web.url("/"))
        assert (failure.code, failure.is_passing) == (code, is_passing)
        assert failure.retry_after == ("120" if code == "fetch_busy" else "")

    def test_of_a_conditional_request_may_say_that_nothing_is_new(self, web):
        web.routes["/"] = Answer(b"", 304)
        fetched = fetcher(web).fetch(web.url("/"), etag='W/"1"', last_modified="Mon, 04 Mar 2024 10:00:00 GMT")
        assert (fetched.status, fetched.raw) == (304, b"")
        headers = web.requests[0].headers
        assert headers["if-none-match"] == 'W/"1"'
        assert headers["if-modified-since"] == "Mon, 04 Mar 2024 10:00:00 GMT"

    @pytest.mark.parametrize("said", [b"garbage\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    def test_that_are_broken_are_refused(self, web, said):
        web.routes["/"] = lambda handler: handler.wfile.write(said)
        assert refusal(fetcher(web).fetch, web.url("/")).code == "fetch_broken"

    def test_with_odd_headers_can_be_stored(self, web):
        start = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\x00; x=\x07\xff\r\nETag: "
            + b'"'
            + b"e" * 9000
            + b'"\r\n\r\nabc'
        )
        web.routes["/"] = lambda handler: handler.wfile.write(start)
        fetched = fetcher(web).fetch(web.url("/"))
        assert fetched.content_type.isprintable()
        assert len(fetched.etag) == 1000

    def test_of_nobody_are_waited_for_in_vain(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            name = f"127.0.0.1:{taken.getsockname()[1]}"
        failure = refusal(Fetcher(user_agent="x", open_targets=frozenset({name})).fetch, f"http://{name}/")
        assert (failure.code, failure.is_passing) == ("fetch_unreachable", True)

    def test_of_a_name_that_nobody_has_are_waited_for_in_vain(self):
        unknown = Fetcher(user_agent="x", resolve=lambda host, port: [])
        assert refusal(unknown.fetch, "http://nobody.example/").code == "fetch_no_host"

    def test_come_from_the_next_address_where_the_first_one_is_dead(self, web):
        web.routes["/"] = Answer(PAGE)
        names = {"news.example": ["127.0.0.9", "127.0.0.1"]}
        assert fetcher(web, names=names).fetch(web.url("/", "news.example")).status == 200


class TestCertificates:
    NAMES = {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}

    def test_of_the_very_host_are_trusted(self, secure):
        secure.routes["/"] = Answer(PAGE)
        careful = fetcher(secure, names=self.NAMES, ca_file=str(AUTHORITY))
        assert careful.fetch(secure.url("/", "news.example")).status == 200
        assert secure.requests[0].headers["host"] == secure.name("news.example")

    @pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
    def test_of_another_host_are_not(self, secure, host):
        careful = fetcher(secure, names=self.NAMES, ca_file=str(AUTHORITY))
        failure = refusal(careful.fetch, secure.url("/", host))
        assert (failure.code, failure.params) == ("fetch_insecure", {"host": host})
        assert secure.requests == []

    def test_of_an_unknown_authority_are_not(self, secure):
        assert (
            refusal(fetcher(secure, names=self.NAMES).fetch, secure.url("/", "news.example")).code == "fetch_insecure"
        )
