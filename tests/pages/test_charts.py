"""What a chart says is what it was given, and stays inside its picture."""

import itertools

import lxml.html
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from quotes.pages.charts import MOST_BARS, bar_chart, every_year
from quotes.templatetags import lists

counts = st.dictionaries(st.integers(1000, 2999), st.integers(0, 10**6), max_size=300)


def percent(text):
    return float(text.removesuffix("%"))


@given(counts)
def test_every_bar_stays_in_the_picture_and_the_highest_fills_it(given_counts):
    chart = bar_chart(every_year(given_counts))
    for bar in chart.bars:
        assert percent(bar.room_x) <= percent(bar.x)
        assert percent(bar.room_x) + percent(bar.room_width) <= 100.1
        assert percent(bar.y) + percent(bar.height) == pytest.approx(100)
        assert (percent(bar.height) > 0) == (bar.value > 0)
        assert (percent(bar.height) == 100) == (bar.value == chart.most > 0) or bar.value / chart.most > 0.9999


@given(counts)
def test_no_year_between_the_first_and_the_last_is_left_out_unless_there_are_too_many(given_counts):
    years = every_year(given_counts)
    assert len(years) <= MOST_BARS
    full = sorted(year for year, count in given_counts.items() if count)
    assert [year for year, count in years if count] == full[-MOST_BARS:] or len(years) == MOST_BARS
    if full and full[-1] - full[0] < MOST_BARS:
        assert [year for year, _count in years] == list(range(full[0], full[-1] + 1))
    assert all(given_counts.get(year, 0) == count for year, count in years)


@given(counts)
def test_labels_stand_apart(given_counts):
    places = [percent(tick.x) for tick in bar_chart(every_year(given_counts)).ticks]
    assert len(places) <= 8
    assert all(after - before >= 15 for before, after in itertools.pairwise(places))


@given(counts)
def test_no_label_stands_twice(given_counts):
    labels = [tick.label for tick in bar_chart(every_year(given_counts)).ticks]
    assert len(labels) == len(set(labels))


def test_the_table_says_and_links_the_same_in_any_locale():
    chart = bar_chart(every_year({2021: 3, 2024: 1234}), "/search?year={}".format, chosen={2024})
    with translation.override("ru"):
        page = lxml.html.fromstring(lists.bar_chart(chart, "t"))
    rows = [[cell.text_content() for cell in row.iter("th", "td")] for row in page.iter("tr")]
    assert [row[0] for row in rows[1:]] == ["2021", "2024"]
    links = [each.get("href") for each in page.xpath(".//table//a")]
    assert links == [each.get("href") for each in page.xpath(".//svg//a")] == ["/search?year=2021", "/search?year=2024"]
    assert page.xpath('.//a[@aria-current="true"]')[0].text_content() == "2024"
    assert all("," not in each.get("x") for each in page.iter("rect", "text"))


def test_one_year_is_no_chart():
    assert not bar_chart(every_year({2024: 7}))
    assert not bar_chart(every_year({}))
    assert bar_chart(every_year({2023: 1, 2024: 7}))
