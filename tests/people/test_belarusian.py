from itertools import combinations

import pytest

from people.belarusian import stems

PARADIGMS = [
    "сустрэча сустрэчы сустрэчу сустрэчай сустрэч сустрэчах",
    "пасол пасла паслу паслом паслы паслоў пасле",
    "мільярд мільярда мільярду мільярдам мільярды мільярдаў мільярдзе",
    "смешны смешнага смешным смешная смешнай смешную смешныя смешных",
    "урад урада ўраду ўрадам урадзе",
    "слова словы слоў слову словам словах",
    "вясна вясны вёсны вясну вясной",
    "хата хаты хаце хату",
    "палітыка палітыкі палітыцы палітыкай",
    "дарога дарогі дарозе дарогай",
    "страха страсе страху",
    "дзяржава дзяржавы дзяржавай дзяржаў",
    "сказаў сказала сказалі сказаць",
    "сьвет свет свету сьвеце",
    "беларусь беларусі беларуссю",
    "кітай кітая кітаю кітаі",
    "рубель рубля рублём рублёў",
    "лукашэнка лукашэнкі лукашэнку лукашэнкам",
    "токаеў токаева токаеву токаевым",
]


@pytest.mark.parametrize("paradigm", PARADIGMS)
def test_forms_of_one_word_share_a_stem(paradigm):
    apart = [pair for pair in combinations(paradigm.split(), 2) if stems(pair[0]).isdisjoint(stems(pair[1]))]
    assert apart == []


def test_different_words_share_no_stem():
    words = {word: stems(word) for word in (paradigm.split()[1] for paradigm in PARADIGMS)}
    mixed = [pair for pair in combinations(words, 2) if not words[pair[0]].isdisjoint(words[pair[1]])]
    assert mixed == []


@pytest.mark.parametrize("word", ["", "і", "ў", "ь", "не", "ўўў"])
def test_the_shortest_words_have_a_stem_too(word):
    assert stems(word)
