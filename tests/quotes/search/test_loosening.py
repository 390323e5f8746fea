"""A question that finds nothing is asked less strictly, the closest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search.loosening import MOST_OFFERED, Way, looser
from quotes.search.query import parse
from tests.quotes.search.conftest import START, fill, found, statement


@pytest.fixture
def offered(filled):
    def offers(typed):
        assert found(filled, typed) == []
        return [(one.way, str(one.query), one.total) for one in looser(parse(typed), filled.count, filled.occurs)]

    return offers


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("смешной космодром", [(Way.WITHOUT, "смешной", 1), (Way.ANY, "смешной OR космодром", 1)]),
        ('"миллиард тот"', [(Way.WORDS_APART, "миллиард тот", 1), (Way.ANY, "миллиард OR тот", 1)]),
        ("миллиард -смешной", [(Way.NOTHING_EXCLUDED, "миллиард", 1)]),
        ("миллиард Токаев", [(Way.ANY, "миллиард OR Токаев", 2)]),
        ("космодром ракета", []),
        ("космодром", []),
    ],
)
def test_what_occurs_nowhere_goes_first(offered, typed, expected):
    assert offered(typed) == expected


def test_one_word_of_several_is_left_out_where_each_occurs(offered):
    assert offered("смешной миллиард рублей")[0] == (Way.WITHOUT, "смешной миллиард", 1)


def test_a_word_that_only_withdrawn_statements_hold_goes_first_as_well(index):
    fill(index, statement(1, "тихий причал"), *(statement(number, "белый пароход") for number in range(2, 9)))
    with index.writer() as writer:
        writer.replace([], [1], START)
    assert [index.occurs(parse(word)) for word in ("причал", "пароход", "причал OR пароход")] == [False, True, True]
    ways = [(one.way, str(one.query)) for one in looser(parse("причал пароход"), index.count, index.occurs)]
    assert ways[0] == (Way.WITHOUT, "пароход")


def test_no_more_is_offered_than_is_read(index):
    fill(index, *(statement(number, word) for number, word in enumerate("абвгдежз", 1)))
    assert len(looser(parse("а б в г д е"), index.count, index.occurs)) <= MOST_OFFERED


@given(st.lists(st.sampled_from(["мост", "-река", '"белый пароход"', "OR", '«гудок "раз"»', "5 000", "a"]), max_size=8))
def test_a_query_written_down_means_the_same(parts):
    query = parse(" ".join(parts))
    again = parse(str(query))
    assert (again.clauses, again.excluded) == (query.clauses, query.excluded)
