"""The window of text around a quote: bounded, cut between words, with the marks of direct speech."""

from hypothesis import given
from hypothesis import strategies as st

from quotes.pages.context import beginning, in_context, windows

GUILLEMETS = ("«", "»")


def printed(text, *words, window=1000, body=None, marks=GUILLEMETS, passage=None):
    spans = [(text.index(part), text.index(part) + len(part)) for part in words]
    pieces = in_context(text, body or (0, len(text)), spans, window=window, marks=marks, passage=passage)
    return "".join(piece.text for piece in pieces), pieces


def test_printed_marks_give_way_to_the_sites_own():
    assert printed('He said: "Come in", and sat.', "Come in")[0] == "He said: «Come in», and sat."
    assert printed("Сказал: „Иду“. И пошёл.", "Иду")[0] == "Сказал: «Иду». И пошёл."


def test_a_comma_inside_the_closing_mark_stays_outside_the_words():
    assert printed("“Come in,” he said.", "Come in")[0] == "«Come in», he said."


def test_words_without_printed_marks_get_marks_at_their_outer_ends_only():
    text = "— Иду, — сказал он, — но не сейчас."
    assert printed(text, "Иду", "но не сейчас.")[0] == "— «Иду, — сказал он, — но не сейчас.»"


def test_each_of_two_printed_quotations_keeps_its_pair_of_marks():
    text = '"We have kept it open," he told us. "We will not close it."'
    assert printed(text, "We have kept it open", "We will not close it.")[0] == (
        "«We have kept it open», he told us. «We will not close it.»"
    )


def test_a_reporters_words_stand_as_printed():
    text = "Он заявил, что мост «почти готов» и хорош."
    assert printed(text, "мост «почти готов» и хорош", marks=None)[0] == text


def test_what_is_farther_than_the_window_is_cut_between_words():
    text = f"{'начало ' * 50}прямо перед словами стоит СЛОВО и сразу после него {'конец ' * 50}"
    shown, pieces = printed(text, "СЛОВО", window=20, marks=None)
    assert shown == "… перед словами стоит СЛОВО и сразу после него …"
    assert all(len(piece.text) <= 20 for piece in pieces if piece.kind == "context")


def test_a_long_gap_between_two_spans_is_cut_in_its_middle():
    text = f"ОДИН и затем {'долго ' * 40}почти наконец ДВА"
    assert printed(text, "ОДИН", "ДВА", window=15, marks=None)[0] == "ОДИН и затем долго […] почти наконец ДВА"


def test_an_unbroken_run_is_cut_where_the_window_ends():
    shown, _ = printed("а" * 100 + "СЛОВО" + "б" * 100, "СЛОВО", window=10, marks=None)
    assert shown == f"… {'а' * 10}СЛОВО{'б' * 10} …"


def test_nothing_outside_the_body_is_shown():
    text = "Тизер! Сам текст СЛОВО текста. Реклама!"
    shown, _ = printed(text, "СЛОВО", body=(text.index("Сам"), text.index(" Реклама")), marks=None)
    assert shown == "Сам текст СЛОВО текста."


def test_the_passage_is_told_from_the_rest_of_the_words():
    text = "Он: «Раз, два и три»."
    start = text.index("два")
    _, pieces = printed(text, "Раз, два и три", passage=(start, start + 3))
    assert [(piece.kind, piece.text) for piece in pieces][1:6] == [
        ("mark", "«"), ("words", "Раз, "), ("passage", "два"), ("words", " и три"), ("mark", "»"),
    ]  # fmt: skip


@given(st.text(alphabet='аб \n«»".,', min_size=1, max_size=60), st.data())
def test_words_are_shown_whole_and_in_order_whatever_stands_around_them(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    window = data.draw(st.integers(1, 20))
    for marks in (None, GUILLEMETS):
        pieces = in_context(text, (0, len(text)), [(start, end)], window=window, marks=marks)
        assert "".join(piece.text for piece in pieces if piece.kind == "words") == text[start:end]
        assert all(len(piece.text) <= window for piece in pieces if piece.kind == "context")


def test_a_beginning_is_cut_between_words_and_says_so():
    assert beginning("раз два три", 20) == "раз два три"
    assert beginning("раз два три", 8) == "раз два…"
    assert beginning("раздватри", 5) == "раздв…"


@given(st.text("аб \n", min_size=30, max_size=200), st.data())
def test_the_ranges_shown_are_exactly_the_context_and_the_words(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=6, max_size=6)))
    body, spans = (cuts[0], cuts[5]), [(cuts[1], cuts[2]), (cuts[3], cuts[4])]
    pieces = in_context(text, body, spans, window=12)
    printed = "".join(piece.text for piece in pieces if piece.kind != "cut")
    assert "".join(text[start:end] for start, end in windows(text, body, [spans], window=12)) == printed
