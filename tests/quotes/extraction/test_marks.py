"""Quotation marks of every make, and those that were forgotten or typed as something else."""

import pytest

from quotes.extraction.candidates import Span
from quotes.extraction.marks import quotations


def pairs(text):
    return [one.inner.of(text) for one in quotations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text", ["«дом»", "„дом“", "“дом”", '"дом"', "‹дом›", ",,дом‟", "''дом''", "``дом''", "’’дом’’"]
)
def test_marks_of_every_make_are_pairs(text):
    assert [one.strip() for one in pairs(text)] == ["дом"]


@pytest.mark.parametrize(
    "text", ["«Дом «Эталон» стоит»", '"Дом «Эталон» стоит"', '«Дом "Эталон" стоит»', "«Дом „Эталон“ стоит»"]
)
def test_a_name_in_a_quotation_is_a_pair_inside_a_pair(text):
    found = quotations(text, Span(0, len(text)))
    assert [(one.inner.of(text)[:6], one.depth) for one in found] == [(text[1:7], 0), ("Эталон", 1)]


def test_one_closing_mark_may_close_two_quotations(told):
    assert told("«Мы читали роман «Долгая дорога домой», — сказал Иван Приметов.") == [
        ("Мы читали роман «Долгая дорога домой", "direct", "Иван Приметов")
    ]


def test_a_forgotten_opening_mark_is_put_before_the_sentence(told):
    assert told("Мост закрыт. Мы построим дом», — сказал Иван Приметов.") == [
        ("Мы построим дом", "direct", "Иван Приметов")
    ]


def test_a_forgotten_closing_mark_is_put_at_the_end_of_the_paragraph():
    assert pairs("«Мы построим дом.\nМост закрыт. «Он стар», — сказал Приметов.") == ["Мы построим дом.", "Он стар"]


def test_a_lonely_mark_in_a_paragraph_is_no_quotation():
    assert pairs('Мост длиной 5" закрыт.\nМы построим «дом.') == []


def test_marks_opened_anew_in_each_paragraph_are_one_quotation(told):
    text = "Иван Приметов сказал: «Мы построим дом.\n«Он будет высоким.\n«Он будет стоять у реки»."
    assert told(text) == [
        ("Мы построим дом.|Он будет высоким.|Он будет стоять у реки", "direct", "Иван Приметов"),
    ]


def test_the_marks_opened_anew_are_no_part_of_the_words_behind_an_attribution(told):
    text = "«Мы построим дом, — сказал Иван Приметов. — Он будет высоким.\n«Он будет стоять у реки»."
    assert told(text) == [
        ("Мы построим дом|Он будет высоким.|Он будет стоять у реки", "direct", "Иван Приметов"),
    ]


@pytest.mark.parametrize(("opening", "closing"), [("''", "''"), (",,", "‟"), ("``", "''"), ("„", "‟")])
def test_marks_of_two_signs_are_no_part_of_the_words(told, opening, closing):
    said = [("Мы построим дом. Он высок", "direct", "Иван Приметов")]
    assert told(f"{opening}Мы построим дом. Он высок{closing}, — сказал Иван Приметов.") == said
    assert told(f"Иван Приметов сказал: {opening}Мы построим дом. Он высок{closing}.") == said


def test_marks_nested_too_deep_are_noise():
    assert max(one.depth for one in quotations("«а " * 50 + "б»" * 50, Span(0, 250))) < 10
