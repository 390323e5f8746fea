"""What a reference manager has no field for, in sentences."""

from quotes.citing.notes import notes
from tests.quotes.citing.samples import ALL, BARE, ENGLISH, IMPRECISE, PERMANENT


def test_notes_say_whose_words_when_said_how_known_where_printed_and_where_the_record_is():
    assert notes(ENGLISH) == [
        "Direct speech.",
        "Ivan Ozyorny, Head of Zarechye.",
        "Said: 4 May 2031 (date stated in the text).",
        "Quoted in: Мост построят, Zarechny Vestnik, published 5 May 2031.",
        f"Skazano: {PERMANENT}",
    ]


def test_notes_of_an_indirect_statement_say_that_it_is_not_verbatim():
    assert notes(IMPRECISE) == [
        "Косвенная речь: слова принадлежат журналисту.",
        "Иван Озёрный, Глава Заречья.",
        "Когда сказано: 3-й квартал 2031 (по дате публикации).",
        "В пересказе, не дословно: Мост построят, Заречный вестник.",
        f"Сказано: {PERMANENT}",
    ]


def test_notes_of_a_speaker_who_is_not_named_have_the_attribution_as_printed():
    assert "Говорящий не назван (в статье: «сообщили в штабе»)." in notes(ALL["not identified"])


def test_notes_make_nothing_of_what_is_not_known():
    assert notes(BARE) == ["Прямая речь.", "Цитируется по: Газета.", f"Сказано: {PERMANENT}"]
