"""One spelling of each web address, whose site it is, and the date in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.address import (
    LONGEST,
    BadAddress,
    date_in,
    host_of,
    is_front_page,
    normal_address,
    same_addresses,
    same_hosts,
)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        (" HTTPS://Example.COM ", "https://example.com/"),
        ("https://example.com:443/a#comments", "https://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&id=7&fbclid=y", "https://example.com/a?id=7"),
        ("https://example.com/a?b&c=%20", "https://example.com/a?b&c=%20"),
        ("https://пример.бел/мост", "https://xn--e1afmkfd.xn--90ais/%D0%BC%D0%BE%D1%81%D1%82"),
    ],
)
def test_an_address_has_one_spelling(given, normal):
    assert normal_address(given) == normal
    assert normal_address(normal) == normal


@pytest.mark.parametrize(
    "text",
    ["", "example.com", "ftp://example.com/", "https://", "https://localhost/", "https://[::1/", "https://example.com:x/",
     "javascript:alert(1)", "https://example.com/a b", f"https://{'a' * 70}.com/", f"https://example.com/{'я' * LONGEST}"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(BadAddress):
        normal_address(text)


@given(st.text() | st.text().map("https://example.com/{}".format))
def test_any_text_gives_an_address_or_is_refused(text):
    try:
        address = normal_address(text)
    except BadAddress:
        return
    assert normal_address(address) == address
    assert address.isascii()
    assert address in same_addresses(address)
    date_in(address)


def test_www_scheme_and_a_last_slash_make_no_other_page():
    spellings = same_addresses("https://example.com/a")
    assert len(spellings) == 8
    assert all(same_addresses(each) == spellings for each in spellings)
    assert same_addresses("https://example.com/a?b/") == [
        "http://example.com/a?b/",
        "http://www.example.com/a?b/",
        "https://example.com/a?b/",
        "https://www.example.com/a?b/",
    ]


@pytest.mark.parametrize("address", ["https://www.example.com/a", "https://m.example.com/a", "http://example.com"])
def test_a_site_is_known_without_www(address):
    assert host_of(address) == "example.com"
    assert {"example.com", "www.example.com"} <= set(same_hosts(address))


def test_another_site_under_the_same_name_is_another():
    assert host_of("https://sport.example.com/") == "sport.example.com"
    assert host_of("https://m.com/") == "m.com"
    assert same_hosts("") == []


def test_an_international_site_is_known_in_both_spellings():
    assert {"пример.бел", "xn--e1afmkfd.xn--90ais"} <= set(same_hosts(normal_address("https://пример.бел/")))


def test_a_front_page_is_told_from_an_article():
    assert is_front_page("https://example.com/")
    assert not is_front_page("https://example.com/?p=7")
    assert not is_front_page("https://example.com/a")


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2024/03/04/", "2024-03-04"),
        ("/2024/3/4/most.html", "2024-03-04"),
        ("/news/2024-03-04-most", "2024-03-04"),
        ("/04-03-2024/most", "2024-03-04"),
        ("/04.03.2024", "2024-03-04"),
        ("/04032024/", "2024-03-04"),
        ("/20240304.html", "2024-03-04"),
        ("/2024/03/most", "2024-03"),
        ("/2024/", ""),
        ("/2024/13/04/", ""),
        ("/30022024/", ""),
        ("/most-04032024/", ""),
        ("/12345678/", ""),
        ("/x?date=2024-03-04", ""),
    ],
)
def test_a_date_is_read_from_the_path_where_it_is_one(path, date):
    assert date_in(f"https://example.com{path}") == date
