"""Whatever is asked, an ordinary page answers, with the headers that keep a browser safe."""

import re

import pytest
from django.test import Client

from tests.pages.conftest import FAR

pytestmark = pytest.mark.django_db

ODD = {
    "10,000 letters": "a" * 10_000,
    "10,000 Cyrillic letters": "ы" * 10_000,
    "2,000 words": "слово " * 2_000,
    "marks": '"' * 3_000,
    "hyphens": "-" * 3_000,
    "NUL": "\x00",
    "NUL inside": "мост\x00мост",
    "control characters": "\x01\x02\x1f\x7f\x85",
    "half a pair": "\ud800",
    "no characters": "\ufffe\uffff",
    "percent": "%",
    "operators": "OR OR OR",
    "a hyphen": "-",
    "a mark": '"',
    "empty marks": "«»",
    "emoji": "😀",
    "right to left": "\u202eтсом",
    "SQL": "' OR 1=1; --",
    "HTML": "<img src=x onerror=alert(1)>",
    "blanks": "\n\n\t",
    "accents": "a" + "\u0301" * 300,
}


@pytest.mark.parametrize("question", ODD.values(), ids=ODD)
def test_any_question_gets_an_ordinary_answer(client, search_index, question):
    search_index()
    data = question.encode("utf-8", "surrogatepass")
    escaped = "".join(f"%{byte:02X}" for byte in data)
    names = ("q", "order", "after", "before", "more", "lang", "speaker", "kind", "year")
    for query in (f"q={escaped}", *(f"q=x&{name}={escaped}" for name in names[1:])):
        response = client.get("/search", query_string=query)
        assert response.status_code == 200, query[:40]
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", response.content.decode())


@pytest.mark.parametrize(
    "path",
    ["/%", "/%ff", "/%00", "/s/%ff%00", "/s/00000000/%00", "/p/00000000/%E2%28", "/s/0000000o", "/..%2f..", "/s/"],
)
def test_any_path_that_is_no_page_gets_the_page_with_a_search_box(client, path):
    response = client.generic("GET", path)
    assert response.status_code == 404
    assert 'id="q-main"' in response.content.decode()


@pytest.mark.parametrize("query", ["q=%", "q=%f", "q=%ff%fe", "%00=%00", "q", "&&&=", "q=a&q=b", "lang=%00&lang=xx"])
def test_a_query_with_broken_escapes_is_read_as_far_as_it_goes(client, search_index, story, query):
    search_index()
    response = client.get("/search", query_string=query, follow=True)
    assert response.status_code == 200
    for address in (story.statement.get_absolute_url(), story.speaker.get_absolute_url()):
        assert client.get(address, query_string=query).status_code == 200


@pytest.mark.parametrize("name", ["speaker", "topic", "kind", "year", "q", "after", "more", "nothing"])
def test_five_hundred_repetitions_are_an_ordinary_question(client, search_index, story, name):
    search_index()
    query = "&".join(f"{name}=x{number}" for number in range(500))
    response = client.get("/search", query_string=query)
    assert response.status_code == 200
    assert len(response.content) < 60_000


def test_a_wrong_slug_with_odd_characters_leads_to_the_right_one(client, story):
    right = story.statement.get_absolute_url()
    start = right.rsplit("/", 1)[0]
    for slug in ("%00", "%ff", "%0d%0aX-Evil:1", "a" * 5000, "//evil.example/"):
        response = client.generic("GET", f"{start}/{slug}")
        assert (response.status_code, response.headers["Location"]) == (301, right)
        assert "X-Evil" not in response.headers


def test_pages_are_only_read(client, story, search_index):
    search_index()
    browser = Client(enforce_csrf_checks=True)
    records = (story.statement, story.speaker, story.meeting, story.source, story.article, story.topic)
    addresses = [record.get_absolute_url() for record in records]
    for address in ("/", "/search", "/health/alive", "/health/ready", *addresses):
        for method in ("POST", "PUT", "DELETE"):
            response = browser.generic(method, address, "q=мост")
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert client.head(address).status_code == 200


def test_every_answer_has_the_headers_that_keep_a_browser_safe(client, story):
    addresses = ["/", "/search", "/nothing", story.statement.get_absolute_url(), f"/p/{story.speaker.public_id}"]
    for address in [*addresses, "/health/alive", "/health/ready"]:
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_public_page_sets_no_cookie_and_may_be_cached_by_language(client, story):
    for address in ("/", story.statement.get_absolute_url(), story.speaker.get_absolute_url()):
        response = client.get(address)
        assert not response.cookies
        assert response.headers["Vary"] == "Accept-Language, Accept-Encoding"


def test_no_page_holds_a_style_or_script_of_its_own(client, story, search_index):
    search_index()
    for address in ("/", "/search?q=мост", "/nothing", story.statement.get_absolute_url()):
        page = client.get(address).content.decode()
        assert not re.search(r"<style|<script(?![^>]*\ssrc=|\stype=.application/ld\+json.>)|\sstyle=|\son\w+=", page)
        assert page.count("<h1") == 1
        assert page.count("<main") == 1
        assert FAR.strip() not in page
