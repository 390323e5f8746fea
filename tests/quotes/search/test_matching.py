import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.morphology import inflected
from quotes.search.analysis import analyse, having
from quotes.search.matching import matches
from quotes.search.query import parse

# All forms of some words, a dozen that share stems or normal forms among them, and words that no dictionary has.
LEMMAS = "стать сталь стол столица ёлка идти человек миллиард смешной смех строить стройка она хороший мост беречь"
STRANGE = "Токаева Токаев Озёрного блогерша мем тока ток І стал"
WORDS_OF_ALL_KINDS = [*sorted({form for word in LEMMAS.split() for form in inflected(word)}), *STRANGE.split()]


def marked(text, typed):
    return [text[start:end] for start, end in matches(text, parse(typed))]


WORDS = "Но тот миллиард, поверьте, окажется просто смешным. Тот миллиард!"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("смешной миллиард", ["миллиард", "смешным", "миллиард"]),
        ('"тот миллиард"', ["тот миллиард", "Тот миллиард"]),
        ('"тот миллиард" миллиард', ["тот миллиард", "Тот миллиард"]),
        ('"смешной миллиард"', []),
        ('"миллиард поверьте"', ["миллиард, поверьте"]),
        ("-миллиард смешной", ["смешным"]),
        ("нет OR просто", ["просто"]),
        ("", []),
        ("🙂", []),
    ],
)
def test_the_words_that_match_are_marked(typed, expected):
    assert marked(WORDS, typed) == expected


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Сообщили пресс-службой.", "пресс-служба", ["пресс-службой"]),
        ("Сообщила пресс служба.", "пресс-служба", ["пресс служба"]),
        ("Сообщила служба, пресс-центр.", "пресс-служба", []),
        ("Сообщили: пресс, служба.", "пресс-служба", ["пресс, служба"]),
        ("пресс-службой", "служба", ["службой"]),
        ("5\u00a0000 рублей", "5000", ["5\u00a0000"]),
        ("5000 рублей", "5 000", ["5000"]),
        ("🙂🙂 соглаше\u0301ние", "соглашения", ["соглаше\u0301ние"]),
        ("Гэта мільярда долараў", "мільярд", ["мільярда"]),
    ],
)
def test_wholes_and_parts_are_marked_as_they_stand(text, typed, expected):
    assert marked(text, typed) == expected


@given(st.text(alphabet=st.sampled_from("аб вг-5 0,.'\u0301"), max_size=40), st.text(alphabet="аб вг-5 0", max_size=12))
def test_marks_are_in_order_and_apart(text, typed):
    found = matches(text, parse(typed))
    edges = [edge for pair in found for edge in pair]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


@given(st.lists(st.sampled_from(WORDS_OF_ALL_KINDS), min_size=1, max_size=8), st.sampled_from(WORDS_OF_ALL_KINDS))
def test_words_are_found_as_if_each_had_been_analysed(words, asked):
    text = "Что " + ", ".join(words)
    forms = frozenset().union(*(token.forms for token in analyse(asked, "ru")))
    every = [(token.start, token.end) for token in analyse(text, "ru") if not forms.isdisjoint(token.forms)]
    assert list(having(forms, text, "ru")) == every


@pytest.mark.parametrize(
    ("asked", "printed"),
    [("стать", "стали"), ("ёлка", "елки"), ("банк", "банкой"), ("Токаев", "Токаева")],
    ids=["by its normal form", "by it without the dots", "by its stem alone", "as a word of no dictionary"],
)
def test_a_word_is_found_in_another_form(asked, printed):
    forms = frozenset().union(*(token.forms for token in analyse(asked, "ru")))
    assert list(having(forms, f"Что {printed}?", "ru")) == [(4, 4 + len(printed))]
