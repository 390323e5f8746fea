"""Texts cut into painted stretches, and wordings compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.differing import Run, compare
from quotes.painting import Layer, Stretch, paint


def test_layers_that_overlap_share_their_stretch():
    assert paint("мост у реки", [Layer("words", 0, 6, "q1"), Layer("passage", 5, 11)]) == [
        Stretch("мост ", ("words",), "q1"),
        Stretch("у", ("words", "passage")),
        Stretch(" реки", ("passage",)),
    ]


@pytest.mark.parametrize("layer", [Layer("words", 4, 4), Layer("words", 9, 20), Layer("words", -5, 0)])
def test_what_lies_outside_the_text_or_holds_nothing_paints_nothing(layer):
    assert paint("мост", [layer]) == [Stretch("мост", ())]


@given(st.text(), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30))))
def test_no_character_is_lost_or_doubled(text, ranges):
    assert "".join(one.text for one in paint(text, [Layer("words", *one) for one in ranges])) == text


def test_whole_words_are_struck_out_and_put_in():
    assert compare("мост у ярмарки", "мост у реки") == [
        Run("same", "мост у "),
        Run("gone", "ярмарки"),
        Run("new", "реки"),
    ]


@given(st.text(), st.text())
def test_both_wordings_can_be_read_from_their_comparison(before, after):
    runs = compare(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after
