import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search.query import LONGEST_SHOWN, MOST_DROPPED, MOST_TERMS, Reason, parse


def told(query):
    """A query in brief: terms of a clause joined by |, phrases in quotation marks, excluded ones after a minus."""
    shown = ["|".join(map(one, clause)) for clause in query.clauses]
    return " ".join([*shown, *(f"-{one(term)}" for term in query.excluded)])


def one(term):
    return f'"{term.text}"' if term.is_phrase else term.text


def reasons(text):
    return [(part.text, part.reason) for part in parse(text).dropped]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("смешной миллиард", "смешной миллиард"),
        ('"смешной миллиард"', '"смешной миллиард"'),
        ("«смешной миллиард» Минск", '"смешной миллиард" Минск'),
        ("„глава государства“ “head of state”", '"глава государства" "head of state"'),
        ('миллиард -Токаев -"в Минске"', 'миллиард -Токаев -"в Минске"'),
        ("миллиард −Токаев", "миллиард -Токаев"),
        ("пресс-служба", "пресс-служба"),
        ("ШОС OR ЕАЭС саммит", "ШОС|ЕАЭС саммит"),
        ("ШОС ИЛИ ЕАЭС АБО БРИКС", "ШОС|ЕАЭС|БРИКС"),
        ('"союз" OR «саммит»', '"союз"|"саммит"'),
        ("ни то или другое", "ни то или другое"),
        ("5 000 рублей", "5 000 рублей"),
        ('он"так сказал"там', 'он "так сказал" там'),
        ("", ""),
        (" \t\n ", ""),
    ],
)
def test_users_get_what_they_know_from_elsewhere(typed, meant):
    assert told(parse(typed)) == meant
    assert parse(typed).dropped == ()


@pytest.mark.parametrize(
    ("typed", "meant", "dropped"),
    [
        ('"смешной миллиард', "смешной миллиард", [('"', Reason.UNPAIRED_MARK)]),
        ("миллиард»", "миллиард", [("»", Reason.UNPAIRED_MARK)]),
        ("OR", "", [("OR", Reason.LONE_OPERATOR)]),
        ("миллиард ИЛИ", "миллиард", [("ИЛИ", Reason.LONE_OPERATOR)]),
        ("миллиард OR -Токаев", "миллиард -Токаев", [("OR", Reason.LONE_OPERATOR)]),
        ("-", "", [("-", Reason.LONE_OPERATOR)]),
        ('""', "", [('""', Reason.LONE_OPERATOR)]),
        ("🙂 миллиард", "миллиард", [("🙂", Reason.NO_WORD)]),
        ("слово\x00\x1b\ud83d два", "слово два", []),
        ("Минск — Москва …", "Минск Москва", []),
    ],
)
def test_what_cannot_be_searched_is_named_and_the_rest_is_searched(typed, meant, dropped):
    assert told(parse(typed)) == meant
    assert reasons(typed) == dropped


def test_a_query_of_exclusions_means_everything_else():
    query = parse("-Токаев")
    assert query.wanted == ()
    assert not query.is_vain


@pytest.mark.parametrize("typed", ["🙂", "…", "— — —", "OR", "-", '""', '"'])
def test_a_question_of_nothing_to_look_for_is_in_vain_and_says_why(typed):
    query = parse(typed)
    assert query.is_vain
    assert query.dropped


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "🙂 мост", "🙂 -мост"])
def test_no_question_and_one_with_a_word_are_not_in_vain(typed):
    assert not parse(typed).is_vain


def test_too_many_terms_are_cut_and_named():
    query = parse(" ".join(f"слово{number}" for number in range(100)))
    assert len(query.wanted) == MOST_TERMS
    assert [part.reason for part in query.dropped] == [Reason.TOO_MANY]
    assert query.dropped[0].text.startswith(f"слово{MOST_TERMS}")


def test_a_hyphen_excludes_only_at_the_start_of_a_word():
    assert parse('"союз"-служба пресс-центр').excluded == ()


def test_a_long_text_is_cut_between_words_and_named():
    query = parse('"' + "слово " * 1_000 + '"')
    assert {term.text for term in query.wanted} == {"слово"}
    assert Reason.TOO_LONG in [part.reason for part in query.dropped]


@pytest.mark.parametrize(
    "typed",
    [
        "а" * 10_000,
        "OR " * 5_000,
        '"' * 9_999,
        "-" * 9_999,
        "«" * 5_000,
        "".join(f" {chr(0x1F600 + n)}" for n in range(60)) * 20,
        '-"а" ' * 3_000,
    ],
)
def test_ten_thousand_letters_give_a_small_query(typed):
    query = parse(typed)
    assert len(query.wanted) + len(query.excluded) <= MOST_TERMS
    assert 1 <= len(query.dropped) <= MOST_DROPPED
    assert all(len(part.text) <= LONGEST_SHOWN + 1 for part in query.dropped)


@given(st.text(alphabet=st.sampled_from('аб яOR ИЛИ-"«»“”„\x00🙂1 \ud800'), max_size=60))
def test_nothing_typed_is_an_error(typed):
    query = parse(typed)
    assert all(any(map(str.isalnum, term.text)) for term in (*query.wanted, *query.excluded))
    assert all(part.text.isprintable() for part in query.dropped)
