"""What feeds say: items, their order and names, how often they want to be asked."""

import pytest

from articles.feeds import MOST_ITEMS, NoFeed, page_of, read_feed

AT = "https://news.example/rss"


def rss(*items, head="", attributes=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {attributes}><channel><title>Новости</title>{head}'
        f"{''.join(items)}</channel></rss>"
    ).encode()


def item(link="/most", guid="", date="", title="Мост", more=""):
    guid = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    date = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link>{guid}{date}{more}</item>"


def reading(raw, **more):
    return read_feed(raw, **{"address": AT} | more)


def addresses(raw):
    return [each.address for each in reading(raw).items]


def test_an_item_has_address_guid_title_and_the_day_as_written():
    found = reading(
        rss(
            item(
                guid="7", date="Mon, 04 Mar 2024 01:30:00 +0300", title="Мост &amp;lt;b&amp;gt;открыт&amp;lt;/b&amp;gt;"
            )
        )
    )
    assert found.title == "Новости"
    (one,) = found.items
    assert (one.address, one.guid, one.title, one.published) == (
        "https://news.example/most",
        "7",
        "Мост открыт",
        "2024-03-04",
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-03-04T23:30:00-05:00", "2024-03-04"), ("04.03.2024", ""), ("Thu, 01 Jan 0001 00:00:00 GMT", ""), ("", "")],
)
def test_a_date_that_is_none_is_left_out(written, day):
    assert reading(rss(item(date=written))).items[0].published == day


def test_an_atom_feed_is_read():
    raw = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Новости</title>
        <entry><title type="html">&lt;b&gt;Мост&lt;/b&gt;</title><id>tag:news.example,2024:7</id>
        <link rel="alternate" href="https://news.example/most"/><published>2024-03-04T10:00:00+03:00</published></entry>
        </feed>"""
    (one,) = reading(raw.encode()).items
    assert (one.address, one.guid, one.title) == ("https://news.example/most", "tag:news.example,2024:7", "Мост")


def test_old_code_pages_are_read():
    raw = rss(item()).decode().replace("utf-8", "windows-1251").encode("cp1251")
    assert reading(raw, content_type="text/xml").title == "Новости"
    raw = rss(item()).decode().replace(' encoding="utf-8"', "").encode("cp1251")
    assert reading(raw, content_type="text/xml; charset=windows-1251").items[0].title == "Мост"


def test_a_broken_feed_gives_what_it_holds():
    assert addresses(rss(item("/a"), item("/b")).replace(b"</channel></rss>", b"<item><link>&nbsp;")) == [
        "https://news.example/a",
        "https://news.example/b",
    ]


@pytest.mark.parametrize(
    "raw", [b"", b"<html><body>Hi</body></html>", b"http://127.0.0.1/", b"/etc/passwd", b"\x00\xff", b"{}", b"<a/>"]
)
def test_what_is_no_feed_is_refused_and_nothing_is_opened(raw):
    with pytest.raises(NoFeed):
        reading(raw)


def test_the_name_of_a_file_is_no_feed_though_the_file_is_one(tmp_path):
    file = tmp_path / "rss"
    file.write_bytes(rss(item()))
    with pytest.raises(NoFeed):
        reading(bytes(file))


def test_entities_that_read_files_or_explode_are_not_expanded():
    grow = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY e0 "aaaaaaaaaa">{grow}]>'
    raw = rss(item("/a", title="x&f;"), item("/b", title="&e9;")).replace(b"<rss", doctype.encode() + b"<rss", 1)
    titles = [each.title for each in reading(raw).items]
    assert "root" not in "".join(titles)
    assert max(map(len, titles)) < 1000


class TestOrder:
    def test_is_by_date_the_newest_first(self):
        days = [f"Mon, 0{day} Mar 2024 10:00:00 GMT" for day in (4, 6, 5)]
        assert addresses(rss(*(item(f"/{day[6]}", date=day) for day in days))) == [
            f"https://news.example/{day}" for day in (6, 5, 4)
        ]

    def test_is_the_feed_s_own_without_dates(self):
        assert addresses(rss(item("/b"), item("/a"))) == ["https://news.example/b", "https://news.example/a"]


class TestLeftOut:
    def test_are_items_without_a_web_address(self):
        assert addresses(rss(item("mailto:x@y.example"), item("javascript:alert(1)"), item(""), item("/a"))) == [
            "https://news.example/a"
        ]

    def test_is_what_is_listed_twice(self):
        assert addresses(rss(item("/a?utm_source=rss"), item("/a#x"))) == ["https://news.example/a"]

    def test_is_what_no_feed_of_news_would_list(self):
        assert len(addresses(rss(*(item(f"/{n}") for n in range(MOST_ITEMS + 5))))) == MOST_ITEMS

    def test_is_a_guid_that_all_items_share(self):
        assert [
            each.guid for each in reading(rss(item("/a", guid="x"), item("/b", guid="x"), item("/c", guid="y"))).items
        ] == [
            "",
            "",
            "y",
        ]


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("", 30),
        ("<ttl>45</ttl>", 45),
        ("<ttl>1</ttl>", 15),
        ("<ttl>100000</ttl>", 1440),
        ("<ttl>soon</ttl>", 30),
        ("<ttl>-5</ttl>", 30),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", 1440),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 1440),
    ],
)
def test_how_often_it_wants_to_be_asked_is_kept_within_bounds(head, minutes):
    attributes = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    assert reading(rss(item(), head=head, attributes=attributes)).minutes == minutes


@pytest.mark.parametrize(
    "spelling",
    [
        "http://www.news.example/most?b=2&a=1",
        "https://m.news.example/most/?a=1&b=2&utm_campaign=x",
        "https://NEWS.example:443/most?a=1&b=2&fbclid=z#top",
    ],
)
def test_one_page_has_one_name_however_its_address_is_spelled(spelling):
    assert page_of(spelling) == "news.example/most?a=1&b=2"
    assert page_of(spelling) != page_of("https://news.example/most?a=2&b=1")
