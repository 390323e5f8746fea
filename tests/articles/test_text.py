"""One spelling for every text, and spans that leave the outer quotation marks out."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import normalise, text_sha256, trim

ANY_TEXT = st.text(st.characters() | st.sampled_from("\r\n\v\f\x00\x85\u2028\u2029\ufeffйи\u0306\ud83d\ude00"))
QUOTED = st.text(st.sampled_from("«»“”„‘’‚\"'., \u00a0\nабsI1-"), max_size=24)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("раз\r\nдва\rтри\nчетыре", "раз\nдва\nтри\nчетыре"),
        ("раз\u2028два\u2029три\x85четыре\vпять\fшесть", "раз\nдва\nтри\nчетыре\nпять\nшесть"),
        ("раз\n\r\n\rдва", "раз\n\n\nдва"),
        ("и\u0306 е\u0308 у\u0306", "й ё ў"),
        ("а\x00б\x08в\x1bг\x7f", "абвг"),
        ("\ufeffначало", "начало"),
        ("а\ud800б", "а\ufffdб"),
        ("\ud83d\ude00", "😀"),
        ("таб\tи\u00a0пробел  ", "таб\tи\u00a0пробел  "),
        ("", ""),
    ],
)
def test_every_text_has_one_spelling(raw, kept):
    assert normalise(raw) == kept


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(raw):
    text = normalise(raw)
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\x00\v\f\x85\u2028\u2029")
    assert text_sha256(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_hash_is_that_of_the_utf8_bytes():
    assert text_sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ("«Рассчитывайте на нас»", "Рассчитывайте на нас"),
        ("  «Рассчитывайте на нас» \u00a0\n", "Рассчитывайте на нас"),
        ("“Count on us”", "Count on us"),
        ("„Разлічвайце на нас“", "Разлічвайце на нас"),
        ("„Licz na nas”", "Licz na nas"),
        ('"Count on us"', "Count on us"),
        ("'Count on us'", "Count on us"),
        ("‘Count on us’", "Count on us"),
        ("«“Count on us”»", "Count on us"),
        ("« Count on us »", "Count on us"),
        ("„Так «у “Прыкладзе” ёсць» заўсёды“", "Так «у “Прыкладзе” ёсць» заўсёды"),
        # The mark goes, and what stood behind it.
        ("«Рассчитывайте на нас»,", "Рассчитывайте на нас"),
        ("«Рассчитывайте на нас».", "Рассчитывайте на нас"),
        ("«Рассчитывайте на нас.»", "Рассчитывайте на нас."),
        ("«Рассчитывайте на нас!»,", "Рассчитывайте на нас!"),
        ("Рассчитывайте на нас».", "Рассчитывайте на нас"),
        ("Рассчитывайте на нас,", "Рассчитывайте на нас,"),
        # A mark whose partner was not selected.
        ("«Рассчитывайте на нас", "Рассчитывайте на нас"),
        ("Рассчитывайте на нас»", "Рассчитывайте на нас"),
        ('"Count on us', "Count on us"),
        ("Count on us”", "Count on us"),
        ("Газета «Пример»», ", "Газета «Пример»"),
        ("«Газета «Пример»", "Газета «Пример»"),
        # A mark whose partner is inside.
        ("«А» и «Б»", "«А» и «Б»"),
        ("«А», «Б».", "«А», «Б»."),
        ("««А» и «Б»»,", "«А» и «Б»"),
        ('"А" и "Б"', '"А" и "Б"'),
        ('"А" и "Б', '"А" и "Б'),
        ('А" и "Б"', 'А" и "Б"'),
        ("«Пример» растёт", "«Пример» растёт"),
        ("читаем «Пример»", "читаем «Пример»"),
        ("читаем «Пример».", "читаем «Пример»."),
        # Apostrophes.
        ("'It's ours'", "It's ours"),
        ("the workers'", "the workers'"),
        ("’tis ours", "’tis ours"),
        ("аб'ява", "аб'ява"),
        ("«аб’ява»", "аб’ява"),
        # Nothing but marks.
        ("«»", ""),
        (" \n", ""),
        ("».", ""),
    ],
)
def test_a_selection_is_trimmed_to_the_words(selected, words):
    text = f"{selected} и дальше"
    start, end = trim(text, 0, len(selected))
    assert text[start:end] == words


def test_an_apostrophe_at_the_edge_of_a_selection_belongs_to_its_word():
    text = "даль аб'явы"
    assert trim(text, text.index("'"), len(text)) == (text.index("'"), len(text))


def test_offsets_count_from_the_start_of_the_text():
    text = "😀 Он сказал: «Да», — и ушёл."
    start = text.index("«")
    assert trim(text, start, start + 5) == (start + 1, start + 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_a_range_that_is_not_in_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="outside the text"):
        trim("четы", start, end)


@given(QUOTED, st.data())
def test_trimming_only_shrinks_and_once_is_enough(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    trimmed = trim(text, start, end)
    assert start <= trimmed[0] <= trimmed[1] <= end
    assert trim(text, *trimmed) == trimmed
    words = text[slice(*trimmed)]
    assert words == words.strip()


def test_a_hostile_run_of_marks_is_trimmed_in_no_time():
    text = "«" * 50_000 + "”" * 50_000
    start, end = trim(text, 0, len(text))
    assert start == end
