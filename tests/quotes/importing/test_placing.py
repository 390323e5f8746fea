"""Where words stand: exactly, in the body, in whole words, and only once; or what the text has instead."""

import pytest

from quotes.importing.overlapping import Covered
from quotes.importing.placing import NotPlaced, place, place_inside

TEXT = (
    "«Мост будет построен к осени», — сказал Иван Озёрный. «Да, — добавил он, — мост нужен. Нам нужен мост».\n"
    "Дайте время… и мост будет. «Мост нужен», — повторил Пётр Луговой.\nЧитайте также: «Паром уйдёт»…"
)
BODY = (0, TEXT.index("Читайте"))


def placed(words, **more):
    return [anchor.exact for anchor in place(TEXT, BODY, words, **more)]


def refused(words, **more):
    with pytest.raises(NotPlaced) as refusal:
        place(TEXT, BODY, words, **more)
    return refusal.value.code, refusal.value.found


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Мост будет построен к осени", ["Мост будет построен к осени"]),
        ("«Мост будет построен к осени»", ["Мост будет построен к осени"]),
        ("Да […] мост нужен. Нам нужен мост", ["Да", "мост нужен. Нам нужен мост"]),
        ("Да [...] Нам нужен мост", ["Да", "Нам нужен мост"]),
        ("Да… Нам нужен мост", ["Да", "Нам нужен мост"]),
        ("… Нам нужен мост …", ["Нам нужен мост"]),
        ("Дайте время… и мост будет", ["Дайте время… и мост будет"]),
        ("Да", ["Да"]),
    ],
)
def test_words_are_found_as_they_are_written(words, parts):
    assert placed(words) == parts


def test_words_found_twice_need_a_number_or_the_text_around_them():
    text = "«Мост нужен». Он повторил: «Мост нужен»."
    body = (0, len(text))
    with pytest.raises(NotPlaced) as refusal:
        place(text, body, "Мост нужен")
    assert (refusal.value.code, refusal.value.found) == ("several", 2)
    assert place(text, body, "Мост нужен", occurrence=2)[0].start == text.rindex("Мост")
    assert place(text, body, "Мост нужен", context="повторил: «Мост нужен»")[0].start == text.rindex("Мост")
    with pytest.raises(NotPlaced, match="no_such_occurrence"):
        place(text, body, "Мост нужен", occurrence=3)
    with pytest.raises(NotPlaced, match="context_nowhere"):
        place(text, body, "Мост нужен", context="сказал: «Мост нужен»")
    with pytest.raises(NotPlaced, match="context_several"):
        place(text, body, "Мост нужен", context="«Мост нужен»")


def test_parts_are_found_one_after_another_and_only_if_no_other_way_is_left():
    text = "мост. река. мост. берег."
    body = (0, len(text))
    assert [one.start for one in place(text, body, "река […] мост")] == [6, 12]
    with pytest.raises(NotPlaced, match="several"):
        place(text, body, "мост […] берег")
    assert [one.start for one in place(text, body, "мост […] берег", occurrence=1)] == [0, 18]
    with pytest.raises(NotPlaced, match="nowhere"):
        place(text, body, "берег […] река")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Мост будет построен к осени.", "Мост будет построен к осени"),
        ("мост  будет построен\nк осени", "Мост будет построен к осени"),
        ("Да, - добавил он", "Да, — добавил он"),
        ("сказал Иван Озерный", "сказал Иван Озёрный"),
        ('Да, — добавил он, — мост нужен. Нам нужен "мост"', "Да, — добавил он, — мост нужен. Нам нужен мост…"),
    ],
)
def test_what_reads_otherwise_is_refused_with_what_the_text_has(words, found):
    code, there = refused(words)
    assert code == "alike"
    assert there.rstrip("…») ").startswith(found.rstrip("…"))


@pytest.mark.parametrize(
    ("words", "code"),
    [("Паром уйдёт", "outside_body"), ("Ничего такого", "nowhere"), ("«»", "empty"), ("[…]", "empty")],
)
def test_what_is_not_in_the_body_is_refused(words, code):
    assert refused(words)[0] == code


def test_offsets_count_code_points():
    text = "🙂🙂 «Мост» стоит"
    assert (place(text, (0, len(text)), "Мост")[0].start, text.index("Мост")) == (4, 4)


def test_a_passage_lies_in_one_part_and_once():
    spans = place(TEXT, BODY, "Да […] мост нужен. Нам нужен мост")
    start = TEXT.index("Нам нужен")
    assert place_inside(spans, "Нам нужен") == (start, start + len("Нам нужен"))
    for words, code in (("осени", "nowhere"), ("нужен", "several"), ("Да […] мост", "nowhere")):
        with pytest.raises(NotPlaced, match=code):
            place_inside(spans, words)


def test_neighbours_are_found_across_long_stretches_and_nobody_else():
    covered = Covered()
    for at in range(0, 10_000, 500):
        covered.add(((at, at + 100),), at)
    covered.add(((50, 9_000),), "long")
    assert covered.meeting(((4_010, 4_020),)) == {((50, 9_000),): "long", ((4_000, 4_100),): 4_000}
    assert next(iter(covered.meeting(((4_000, 4_100),)))) == ((4_000, 4_100),)
    assert covered.meeting(((9_900, 9_910),)) == {}
