"""Whatever text comes in, an answer comes out, with spans that an annotation can have."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction.candidates import Span
from quotes.extraction.engine import suggest
from quotes.extraction.russian import STRETCH, stretches
from tests.quotes.extraction.conftest import HEADS

PIECES = [
    *'«»„“”"‹›‟',
    "''",
    ",,",
    "``",
    "’’",
    "—",
    " — ",
    "-",
    ":",
    ",",
    ".",
    "!",
    "?",
    "…",
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u2028",
    "(",
    ")",
]
WORDS = [
    "сказал", "что", "По словам", "Иван Приметов", "он", "Ольга", "Об этом", "заявила", "говорится в", "сообщает ТАСС",
    "мост", "закроют", "её", "и", "а", "так как", "который", "мол,", "если", "По данным", "МИНСК, 5 марта", "/ТАСС/. ", "не", "как", "глава государства", "№5", "🙂", "👩‍🚒", "é", "e\u0301", "\x00", "x", "Ё",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS).map("{} ".format), max_size=60).map("".join)
DAY = date(2024, 3, 4)


def assert_can_be_annotated(found, body):
    for one in found:
        assert one.spans
        assert all(body.start <= span.start < span.end <= body.end for span in one.spans)
        assert all(before.end <= after.start for before, after in pairwise(one.spans))
        assert all(0 <= choice.confidence <= 1 and choice.name for choice in one.choices)
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(TEXTS | st.text(max_size=200))
def test_any_text_gets_an_answer_with_sound_spans(text):
    assert_can_be_annotated(suggest(text, "ru", DAY, HEADS), Span(0, len(text)))


@given(TEXTS | st.text(max_size=200), st.data())
def test_spans_keep_to_any_body(text, data):
    start = data.draw(st.integers(0, len(text)))
    body = Span(start, data.draw(st.integers(start, len(text))))
    assert_can_be_annotated(suggest(text, "ru", DAY, HEADS, body), body)


@given(TEXTS, st.data())
def test_in_an_empty_body_nobody_speaks(text, data):
    at = data.draw(st.integers(0, len(text)) | st.just(len(text)))
    assert suggest(text, "ru", DAY, HEADS, Span(at, at)) == []


def test_a_body_may_end_in_the_middle_of_what_opens_the_words():
    text = "Он сказал: мол, мост закроют."
    for end in range(len(text)):
        body = Span(0, end)
        assert_can_be_annotated(suggest(text, "ru", DAY, HEADS, body), body)


@settings(max_examples=30)
@given(TEXTS)
def test_the_same_text_twice_gets_the_same_answer(text):
    assert suggest(text, "ru", DAY, HEADS) == suggest(text, "ru", DAY, HEADS)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "«»", "...", "—", "🙂", "\U00017000", "Мост построили в прошлом году.", "12 345"]
)
def test_a_text_in_which_nobody_speaks_gets_none(text):
    assert suggest(text, "ru", DAY, HEADS) == []


@pytest.mark.parametrize(
    "mark",
    [
        *("«", "»", '"', "„", "“", "''", "« ", '" ', "«а", "а»", "«а» ", '"а" ', "«\n", "—", ",,а", ":\n«"),
    ],
)
def test_ten_thousand_marks_get_an_answer(mark):
    text = mark * 10_000
    assert_can_be_annotated(suggest(text, "ru", DAY, HEADS), Span(0, len(text)))


@pytest.mark.parametrize(
    "unit", ["«а, — сказал он. — ", "«а», — сказал он. «Б». ", "— А\n", "— А?\n", "Сказал:\n«Б»\n"]
)
def test_a_thousand_times_the_same_speech_gets_an_answer(unit):
    text = unit * 1000
    assert_can_be_annotated(suggest(text, "ru", DAY, HEADS), Span(0, len(text)))


@pytest.mark.parametrize(
    "text", ["а" * 200_000, "мост " * 40_000, "сказал, " * 20_000, "\n" * 200_000, "Да.\n" * 50_000]
)
def test_stretches_are_of_bounded_length_and_make_up_the_body(text):
    body = Span(3, len(text) - 3)
    found = list(stretches(text, body))
    assert found[0].start == body.start
    assert found[-1].end == body.end
    assert all(before.end == after.start for before, after in pairwise(found))
    assert max(map(len, found)) <= STRETCH
    # Each piece but the last is at least half as long as it may be: work grows with the text and no faster.
    assert len(found) <= 2 * len(body) // STRETCH + 1


def test_stretches_are_cut_between_paragraphs():
    text = ("По словам Ивана Приметова, мост закроют. " * 40 + "\n") * 60
    assert all(text[one.start] == "\n" for one in list(stretches(text, Span(0, len(text))))[1:])


@pytest.mark.slow  # A tenth of a megabyte of Russian is some twenty articles; the models read all of it.
def test_a_text_of_many_stretches_gets_every_statement_in_it():
    paragraph = (
        "Мэр Иван Приметов открыл мост. «Мы построим дом», — сказал Приметов. Он купил хлеба и ушёл домой пешком.\n"
    )
    text = paragraph * (100_000 // len(paragraph) + 1)
    found = suggest(text, "ru", DAY, HEADS)
    assert len(found) == text.count("«")
    assert {one.spans[0].of(text) for one in found} == {"Мы построим дом"}


def test_a_pronoun_with_a_capital_is_no_name():
    found = suggest("Он сказал, что он сказал, и " * 20, "ru", DAY, HEADS)
    assert found
    assert all(choice.name.lower() != "он" for one in found for choice in one.choices)
