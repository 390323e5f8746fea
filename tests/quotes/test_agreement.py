"""Agreement on figures that others have published, and on texts whose figures can be counted on the fingers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.agreement import Marked, alpha, measure
from quotes.pairing import likeness, pair, same, shared

BRIDGE, ROADS, WORKS = [(10, 20)], [(30, 50)], [(60, 70), (80, 90)]


def marked(spans, kind="direct", speaker="person one"):
    return Marked(spans, kind, speaker)


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): the worked examples for two observers without missing
# data, A (binary) and B (nominal); the columns are the items.
PUBLISHED = [
    ("0100000010", "1110010000", 0.095),
    ("aabbdcccedda", "babbbccceddd", 0.692),
]


@pytest.mark.parametrize(("one", "other", "value"), PUBLISHED)
def test_alpha_is_what_its_author_has_published(one, other, value):
    found = alpha(zip(one, other, strict=True))
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.items == len(one)


class TestAlpha:
    def test_is_one_where_all_agree_and_something_varies(self):
        assert alpha([("a", "a"), ("b", "b")]).value == 1

    def test_is_less_than_nought_where_all_disagree(self):
        assert alpha([("a", "b"), ("b", "a")]).value == pytest.approx(-0.5)

    def test_is_not_defined_without_variation(self):
        found = alpha([("a", "a")] * 5)
        assert (found.value, found.items, found.reason) == (None, 5, "no_variation")

    @pytest.mark.parametrize("pairs", [[], [("a", "b")]])
    def test_is_not_defined_for_too_few(self, pairs):
        found = alpha(pairs)
        assert (found.value, found.items, found.reason) == (None, len(pairs), "too_few")

    def test_leaves_out_what_one_has_not_said(self):
        assert alpha([("a", "a"), ("b", "b"), ("", "b"), ("a", "")]).items == 2


class TestF1:
    def test_counts_pairs_word_for_word_and_pairs_at_all(self):
        ones = [marked(BRIDGE), marked(ROADS), marked(WORKS)]
        others = [marked(BRIDGE), marked([(30, 49)])]
        found = measure([(ones, others)])
        assert (found.texts, found.first, found.second, found.pairs, found.exact_pairs) == (1, 3, 2, 2, 1)
        assert found.exact.value == pytest.approx(2 / 5)
        assert found.overlap.value == pytest.approx(4 / 5)
        assert found.overlap.items == 5

    def test_is_computed_from_all_texts_together(self):
        found = measure([([marked(BRIDGE)], [marked(BRIDGE)]), ([marked(ROADS)], []), ([], [])])
        assert (found.texts, found.exact.value) == (3, pytest.approx(2 / 3))

    def test_is_not_defined_where_neither_has_marked_anything(self):
        found = measure([([], [])])
        assert (found.exact.value, found.overlap.reason, found.kind.reason) == (None, "nothing_marked", "too_few")

    def test_of_kind_and_speaker_looks_at_pairs_alone(self):
        ones = [marked(BRIDGE, "direct"), marked(ROADS, "mixed", "person two"), marked(WORKS)]
        others = [marked(BRIDGE, "direct"), marked([(30, 49)], "indirect", "person two")]
        found = measure([(ones, others)])
        assert (found.kind.items, found.speaker.items) == (2, 2)
        assert found.speaker.value == 1


class TestPairs:
    def test_are_those_that_share_the_most(self):
        assert pair([[(0, 10)], [(10, 30)]], [[(8, 28)]]) == [(0, None), (1, 0)]

    def test_are_the_same_words_even_inside_longer_ones(self):
        assert pair([[(0, 100)], [(40, 50)]], [[(40, 50)], [(0, 90)]]) == [(0, 1), (1, 0)]

    def test_share_characters_and_do_not_only_touch(self):
        assert pair([[(0, 10)]], [[(10, 20)]]) == [(0, None), (None, 0)]

    def test_of_several_parts_are_compared_part_by_part(self):
        assert shared(WORKS, [(65, 85)]) == 10
        assert likeness(WORKS, WORKS) == 1
        assert not same(WORKS, [(60, 90)])


def quotes(draw):
    found = []
    for start, length in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6)):
        found.append([(start, start + length)])
    return found


@given(st.data())
def test_who_is_first_makes_no_difference(data):
    ones, others = quotes(data.draw), quotes(data.draw)
    there, back = pair(ones, others), pair(others, ones)
    one_way = measure([([marked(one) for one in ones], [marked(other) for other in others])])
    other_way = measure([([marked(other) for other in others], [marked(one) for one in ones])])
    assert (one_way.overlap, one_way.exact) == (other_way.overlap, other_way.exact)
    assert len(there) == len(back)


@given(st.data())
def test_each_quote_stands_in_one_pair(data):
    ones, others = quotes(data.draw), quotes(data.draw)
    found = pair(ones, others)
    assert sorted(i for i, _j in found if i is not None) == list(range(len(ones)))
    assert sorted(j for _i, j in found if j is not None) == list(range(len(others)))
    assert all(shared(ones[i], others[j]) for i, j in found if i is not None and j is not None)
