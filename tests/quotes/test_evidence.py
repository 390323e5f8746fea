"""Where a text prints the day on which something was said, in the words of its language."""

import pytest

from articles.models import Snapshot
from quotes.evidence import day_in_text
from quotes.models import Quote, Statement


@pytest.mark.parametrize(
    ("language", "day", "printed"),
    [
        ("ru", "2031-05-04", "4 мая"),
        ("be", "2031-03-04", "4 сакавіка"),
        ("be", "2031-09-04", "4 верасня 2031"),
        ("be", "2031-05-04", "4 мая"),
        ("be", "2031-05-04", "4 траўня"),
        ("en", "2031-05-04", "May 4, 2031"),
    ],
)
def test_a_day_is_found_as_articles_of_the_language_print_it(language, day, printed):
    text = f"12 · 14 — {printed}, 5."
    quote = Quote(language=language, snapshot=Snapshot(text=text))
    start, end = day_in_text(Statement(spoken=day, spoken_known="text"), quote)
    assert text[start:end] == printed
