"""Every public address, and every parameter that one of them reads, bears whatever is put into it."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages.test_robustness import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # Some thousand requests.

# What no form sends, but anybody can: bytes that are no text, numbers that no column holds, floods.
RAW = {
    "a NUL": "%00",
    "no UTF-8": "%ff%fe",
    "half a letter": "%D0",
    "half a pair": "%ED%A0%80",
    "overlong": "%C0%AF",
    "line breaks": "%0d%0aX-Evil:%201",
    "broken escapes": "%%%zz%",
    "a huge number": "9" * 400,
    "a negative number": "-1",
    "more than a bigint": str(2**63),
    "no ASCII digits": quote("٣٤٥"),
    "infinity": "1e999",
    "a path": "..%2f..%2fetc%2fpasswd",
    "another site": "//evil.example/",
    "a template": quote("{{7*7}}{% debug %}"),
}
# A search is asked all of the others, too: see test_robustness.
VALUES = RAW | {name: quote(ODD[name]) for name in ("10,000 Cyrillic letters", "control characters", "HTML")}
PARAMETERS = (
    *("q", "speaker", "office", "meeting", "source", "topic", "kind", "language", "year"),
    *("order", "after", "before", "lang", "p", "url", "format", "quote", "more", "cursor", "page_size"),
)
NOT_PUBLIC = ("admin/", "health/")


def patterns(of=None, start=""):
    """Every address of the site as it is written in the code: `s/<public_id:public_id>`."""
    for each in (of or get_resolver()).url_patterns:
        route = start + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, route)
        elif isinstance(each, URLPattern) and not route.startswith(NOT_PUBLIC):
            yield route


def filled(route, story, value="x"):
    """The address of a pattern, with a real id where it takes one, and the value in its other parts."""
    record = {
        "s": story.statement, "p": story.speaker, "m": story.meeting, "o": story.source, "a": story.article,
        "t": story.topic,
    }.get(route[:1], story.statement)  # fmt: skip
    route = route.replace("<public_id:public_id>", record.public_id).replace("<section:section>", "statements-0")
    route = re.sub(r"\(\?P<pk>[^)]*\)+|<pk>|<str:pk>", record.public_id, route)
    route = re.sub(r"<[^>]+>", value, route)
    return "/" + re.sub(r"\(\?P<\w+>|\[[^]]*\][+*]?|[\^$()\\?]", "", route)


@pytest.fixture
def ask(client):
    """Asks for an address as it stands, byte by byte; the answer must be an ordinary one."""

    def asked(path, query=""):
        response = client.generic("GET", path, QUERY_STRING=query)
        assert response.status_code < 500, (path[:80], query[:80])
        assert "X-Evil" not in response.headers
        if 300 <= response.status_code < 400:
            assert response.headers["Location"].startswith("/"), path
            assert not response.headers["Location"].startswith("//")
        return response

    return asked


def test_the_walk_knows_every_public_address(story):
    routes = set(patterns())
    assert {"", "search", "feed.atom", "search.atom", "robots.txt", "sitemap.xml"} <= routes
    assert {f"{letter}/<public_id:public_id>" for letter in "spmoat"} <= routes
    found = {filled(route, story) for route in routes}
    client = Client()
    answers = {path: client.get(path).status_code for path in found}
    assert f"/p/{story.speaker.public_id}/feed.atom" in found
    assert [path for path, status in answers.items() if status >= 500 and not path.startswith("/search")] == []


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_of_any_parameter_gets_an_ordinary_answer(ask, story, search_index, value):
    search_index()
    query = "&".join(f"{name}={value}" for name in PARAMETERS)
    paths = {filled(route, story) for route in patterns()}
    for path in sorted(paths):
        ask(path, query)
    for name in PARAMETERS:
        assert ask("/search", f"{name}={value}").status_code == 200, name


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_in_any_part_of_an_address_gets_an_ordinary_answer(ask, story, value):
    for route in sorted(set(patterns())):
        if "<" in route or "(?P" in route:
            ask(filled(route, story, value).replace("statements-0", f"statements-{value}"))
            ask(f"{filled(route, story)}{value}")
    for letter in "spmoat":
        ask(f"/{letter}/{value}")
        ask(f"/{letter}/{value}/feed.atom")


@pytest.mark.parametrize("times", [2, 500])
def test_a_parameter_given_many_times_gets_an_ordinary_answer(ask, story, search_index, times):
    search_index()
    for name in PARAMETERS:
        query = "&".join(f"{name}=x{number}" for number in range(times))
        for path in ("/search", "/search.atom", story.speaker.get_absolute_url(), "/feed.atom"):
            assert ask(path, query).status_code == 200, (path, name)


def test_a_flood_of_parameters_is_refused_and_not_an_error(ask, story, search_index):
    search_index()
    query = "&".join(f"q{number}=x" for number in range(5_000))
    for path in ("/", "/search", "/feed.atom", story.statement.get_absolute_url()):
        assert ask(path, query).status_code in {200, 400}


@pytest.mark.parametrize(
    "value", ["x" * 5_000, "gzip;q=nonsense", "\x01\x7f", "\xd1\x8b\xff"], ids=["long", "odd", "control", "bytes"]
)
def test_odd_headers_get_an_ordinary_answer(client, story, value):
    names = ("accept-language", "accept-encoding", "if-none-match", "if-modified-since", "accept", "referer", "cookie")
    for name in names:
        for path in ("/", "/feed.atom", story.statement.get_absolute_url()):
            assert client.get(path, headers={name: value}).status_code == 200, name
