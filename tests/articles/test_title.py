"""What is proposed as the title of a text that has none."""

import pytest

from articles.title import LONGEST, propose_title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Мост открыт\nМэр открыл мост.", "Мост открыт"),
        ("\n\n Мэр открыл мост. Все рады.\nЕщё.", "Мэр открыл мост"),
        ("Мэр г. Примерска И. И. Примеров открыл мост. Все рады.", "Мэр г. Примерска И. И. Примеров открыл мост"),
        ("«Мост простоит сто лет!» Так сказал мэр.", "«Мост простоит сто лет!»"),
        ("«Ура!» — сказал мэр. И ушёл.", "«Ура!» — сказал мэр"),
        ("Кто открыл мост? Мэр.", "Кто открыл мост?"),
        ("А дальше — тишина…", "А дальше — тишина…"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_it_is_the_first_sentence_or_line(body, title):
    assert propose_title(body) == title


def test_a_long_sentence_is_cut_between_words():
    title = propose_title("слово, " * 100)
    assert title.endswith("слово…")
    assert len(title) <= LONGEST + 1


def test_a_long_word_is_cut_within():
    assert propose_title("о" * 300) == "о" * LONGEST + "…"
