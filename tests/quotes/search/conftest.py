"""An index with a few statements in it. Names and words are invented, except where a test says whose they are."""

import datetime

import pytest

from quotes.search.index import Index, Position
from quotes.search.query import parse
from quotes.search.schema import StatementDocument, Wording

START = Position("first", 100, 1)


def statement(number, words, *, label="", names=(), day="2024-03-04", language=None, **fields):
    """A statement's document from plain texts."""
    texts = (words,) if isinstance(words, str) else words
    return StatementDocument(
        id=number,
        day=datetime.date.fromisoformat(day) if day else None,
        words=tuple(Wording(text, language) for text in texts),
        label=(Wording(label),) if label else (),
        names=tuple(Wording(name) for name in names),
        **fields,
    )


def found(index, typed, **options):
    """Ids of the statements that a search gives, in its order."""
    return [hit.id for hit in index.search(parse(typed), **options).hits]


def fill(index, *documents, position=START):
    with index.rebuild() as writer:
        writer.replace(documents, [], position)


@pytest.fixture
def index(tmp_path):
    return Index(tmp_path / "index")


@pytest.fixture
def filled(index):
    fill(
        index,
        statement(
            1,
            "Поверьте, тот миллиард, к которому мы шли, окажется просто смешным.",
            label="смешной миллиард",
            names=["Пробный Иван Образцович", "глава вымышленного края", "встреча с послом Байжановым"],
            language="ru",
            speaker=7,
            meeting=3,
            sources=(1, 2),
            articles=(11, 12),
            topics=(5,),
            kinds=("direct", "indirect"),
            languages=("ru", "be"),
        ),
        statement(
            2,
            "Мы ждём визита Токаева: 5 000 рублей, сообщили пресс-службой.",
            day="2024-03-05",
            language="ru",
            speaker=8,
            sources=(2,),
            kinds=("indirect",),
            languages=("ru",),
        ),
        statement(3, ("Гэта мільярда варта.", "Сустрэчы з паслом"), day=None, language="be", languages=("be",)),
    )
    return index
