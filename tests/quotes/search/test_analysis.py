from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search.analysis import LONGEST_WORD, analyse, fold, language_of


def surfaces(text):
    return [token.surface for token in analyse(text) if token.length == 1]


def same(one, other, language=None):
    """Whether a search for one word finds the other."""
    return not analyse(one)[0].forms.isdisjoint(analyse(other, language)[0].forms)


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("Токаев", "Токаева"),
        ("Токаев", "Токаевым"),
        ("Токаевым", "Токаев"),
        ("Байжанов", "Байжановым"),
        ("Лавров", "Лаврову"),
        ("Мирзиёев", "Мирзиеевым"),
        ("смешной", "смешным"),
        ("миллиард", "миллиардов"),
        ("партнёр", "партнерами"),
        ("дети", "ребёнка"),
        ("политически", "политических"),  # two words to a dictionary, one stem
        ("пресс-служба", "пресс-службой"),
    ],
)
def test_a_russian_word_is_found_in_any_form(asked, printed):
    assert same(asked, printed, "ru")


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("Сустрэча", "сустрэчы"),
        ("пасол", "паслом"),
        ("мільярд", "мільярда"),
        ("урад", "ўрадам"),
        ("аб'ява", "аб’явы"),
        ("абʼява", "аб'явамі"),
        ("сямя", "сям'я"),
    ],
)
def test_a_belarusian_word_is_found_in_any_form(asked, printed):
    assert same(asked, printed, "be")


@pytest.mark.parametrize(("asked", "printed"), [("sanction", "sanctions"), ("president", "president’s")])
def test_an_english_word_is_found_in_any_form(asked, printed):
    assert same(asked, printed)


@pytest.mark.parametrize(("asked", "printed"), [("Токаев", "тока"), ("Токаев", "токарь"), ("миллиард", "миллион")])
def test_another_word_is_not_found(asked, printed):
    assert not same(asked, printed, "ru")


@pytest.mark.parametrize(
    "written",
    [
        "соглашение",
        "СОГЛАШЕНИЕ",
        "соглаше\u0301ние",
        "соглаше\u0300ние",  # Unicode has one letter for this one
        "согла\u00adшение",
        "согла\u200bшение",
        "cоглaшение",  # with Latin c and a
    ],
)
def test_spellings_that_look_alike_are_one_word(written):
    assert fold(written) == "соглашение"
    assert surfaces(written) == ["соглашение"]


def test_a_word_that_really_mixes_scripts_is_left_as_it_is():
    assert fold("IT-сектор") == "it-сектор"
    assert fold("COVIDный") == "covidный"


def test_letters_with_a_mark_of_their_own_keep_it():
    assert fold("и\u0306од") == fold("йод") != fold("иод")
    assert fold("ё") == fold("е\u0308") == "е"
    assert fold("ў") == fold("у\u0306") == "у"
    assert fold("é") == "e"


def test_offsets_count_code_points_of_the_text_as_given():
    text = "🙂 «Соглаше\u0301ние»\u00a0— и всё"
    found = [text[token.start : token.end] for token in analyse(text)]
    assert found == ["Соглаше\u0301ние", "и", "всё"]


def test_a_hyphenated_word_is_both_its_parts_and_a_whole():
    tokens = analyse("глава пресс-службы сказал")
    assert [(token.surface, token.position, token.length) for token in tokens] == [
        ("глава", 0, 1),
        ("пресс-службы", 1, 2),
        ("пресс", 1, 1),
        ("службы", 2, 1),
        ("сказал", 3, 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("900 и 1,5", ["900", "и", "1.5"]),
        ("1.5", ["1.5"]),
        ("G20 и 5G", ["g20", "и", "5g"]),
        ("900-й", ["900", "й"]),
        ("04.03.2024", ["04", "03", "2024"]),
        ("10–15", ["10", "15"]),
        ("don’t", ["don't"]),
        ("‘цитата’", ["цитата"]),
        ("🙂 … —", []),
    ],
)
def test_words_and_numbers_are_cut_as_a_reader_would(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_a_number_written_in_groups_is_also_one_number(space):
    assert analyse(f"5{space}000,5 рублей")[0].surface == "5000.5"


def test_a_year_and_a_number_after_it_are_two():
    assert surfaces("в 2023 100 человек") == ["в", "2023", "100", "человек"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Сустрэча з паслом у Мінску", "be"), ("Встреча и беседа", "ru"), ("посол", None), ("ambassador", None)],
)
def test_letters_tell_the_language(text, language):
    assert language_of(text) == language


def test_a_russian_word_in_a_belarusian_text_is_read_as_russian():
    assert same("учреждений", "учреждения", "be")


def test_a_word_of_ten_thousand_letters_is_cut():
    assert len(analyse("а" * 10_000)[0].surface) == LONGEST_WORD


@given(st.text())
def test_any_text_gives_ordered_words_inside_it(text):
    tokens = analyse(text)
    words = [token for token in tokens if token.length == 1]
    assert [token.position for token in words] == list(range(len(words)))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert all(token.surface in token.forms for token in tokens)
