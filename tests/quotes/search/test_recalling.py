"""A quotation remembered wrongly leads to the statement with most of its words, and to none with few."""

import pytest

from quotes.search.finding import Filters
from quotes.search.query import parse
from tests.quotes.search.conftest import fill, statement

FILLERS = ["мы и они в этом году", "и это всё, что мы в городе", "в году мы это и так", "что это за мы в нём и они"]


@pytest.fixture
def remembered(index):
    fill(
        index,
        statement(
            1, "Тот миллиард, которого мы достигли в товарообороте, окажется просто смешным", speaker=1, language="ru"
        ),
        statement(2, "Через год первый пролёт моста покажется смешным", speaker=2, language="ru"),
        *(statement(number, FILLERS[number % 4], language="ru") for number in range(10, 50)),
    )
    return lambda typed, **more: index.alike(parse(typed), **more)


@pytest.mark.parametrize(
    "typed",
    [
        "миллиард в товарообороте окажется смешным",
        "тот триллион, которого мы достигли в товарообороте",
        '"миллиард которого мы достигли в экспорте"',
        "смешным окажется миллиард в космосе",
    ],
)
def test_most_of_the_weight_in_common_is_enough(remembered, typed):
    assert remembered(typed) == [1]


@pytest.mark.parametrize(
    "typed",
    [
        "мы в это и космодром запустили",
        "космодром ракета смешным орбита",
        "смешным миллиард космодром ракета орбита спутник",
        "миллиард товарооборота",
        "",
        "-миллиард",
    ],
)
def test_few_or_common_words_are_not(remembered, typed):
    assert remembered(typed) == []


def test_exclusions_and_filters_hold(remembered):
    typed = "миллиард в товарообороте окажется смешным"
    assert remembered(f"{typed} -достигли") == []
    assert remembered(typed, filters=Filters(speakers=frozenset({2}))) == []
    assert remembered(typed, filters=Filters(speakers=frozenset({1}))) == [1]


def test_the_best_one_comes_first(remembered):
    assert remembered("год первый пролёт покажется смешным миллиард", limit=1) == [2]
