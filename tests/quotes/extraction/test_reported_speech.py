"""Words reported without quotation marks, or with some of them: where they begin and end."""

import pytest

from quotes.extraction.candidates import Span

IVAN = "Иван Приметов"


@pytest.mark.parametrize(
    "text",
    [
        "Иван Приметов сообщил, что мост закроют на ремонт.",
        "Иван Приметов сообщил о том, что мост закроют на ремонт.",
        "Иван Приметов пояснил: мост закроют на ремонт.",
        "мост закроют на ремонт, сообщил Иван Приметов.",
        "О том, что мост закроют на ремонт, сообщил Иван Приметов.",
        "Как сообщил Иван Приметов, мост закроют на ремонт.",
        "По словам Ивана Приметова, мост закроют на ремонт.",
        "По мнению мэра Ивана Приметова, мост закроют на ремонт.",
        "МИНСК, 4 марта. /ТАСС/. По словам Ивана Приметова, мост закроют на ремонт.",
    ],
)
def test_words_are_reported_in_clauses_insertions_and_after_colons(told, text):
    assert told(text) == [("мост закроют на ремонт", "indirect", IVAN)]


@pytest.mark.parametrize(
    "insertion", ["отметил Иван Приметов", "по словам Ивана Приметова", "как сказал Иван Приметов"]
)
def test_an_insertion_in_the_middle_splits_the_words(told, insertion):
    assert told(f"Мост, {insertion}, закроют на ремонт.") == [("Мост|закроют на ремонт", "indirect", IVAN)]


@pytest.mark.parametrize("sentence", ["Об этом сообщил Иван Приметов.", "Такое заявление сделал Иван Приметов."])
def test_a_sentence_that_points_back_reports_the_one_before_it(told, sentence):
    assert told(f"Мост закроют на ремонт. {sentence}") == [("Мост закроют на ремонт", "indirect", IVAN)]


@pytest.mark.parametrize("dateline", ["МИНСК, 4 марта — ", "МИНСК, 4 марта, Sputnik. ", "МИНСК, 4 марта. /ТАСС/. "])
def test_a_dateline_is_no_part_of_the_words(told, dateline):
    assert told(f"{dateline}Мост закроют на ремонт, сообщил Иван Приметов.") == [
        ("Мост закроют на ремонт", "indirect", IVAN)
    ]


def test_a_question_is_reported(told):
    assert told("Иван Приметов спросил, успеют ли построить мост.") == [("успеют ли построить мост", "indirect", IVAN)]


def test_what_somebody_promises_to_do_is_reported(told):
    assert told("Иван Приметов пообещал построить новый мост через реку.") == [
        ("построить новый мост через реку", "indirect", IVAN)
    ]


def test_a_clause_may_follow_without_a_conjunction(told):
    assert told("Главврач говорит, больных выпишут завтра.") == [("больных выпишут завтра", "indirect", "Главврач")]


def test_two_cues_of_one_sentence_report_two_statements(told):
    assert told("Иван Приметов сказал, что мост закроют, и подчеркнул, что его починят.") == [
        ("мост закроют", "indirect", IVAN),
        ("его починят", "indirect", IVAN),
    ]


def test_words_of_the_speaker_in_marks_make_the_statement_mixed(told):
    assert told("Иван Приметов сообщил, что мост «окончательно обветшал».") == [
        ("мост «окончательно обветшал»", "mixed", IVAN)
    ]


def test_what_somebody_is_quoted_as_calling_a_thing_is_mixed(told):
    assert told("Иван Приметов назвал проект «полным провалом города».") == [
        ("проект «полным провалом города»", "mixed", IVAN)
    ]


def test_a_line_of_name_and_colon_is_a_headline(told):
    text = "Ольга Образцова: завод откроют в срок\n\nДиректор завода выступила перед рабочими."
    assert told(text) == [("завод откроют в срок", "indirect", "Ольга Образцова")]


def test_a_gerunds_words_end_before_the_clause_it_belongs_to(told):
    assert [one.words for one in told("Отметив, что мост закроют на ремонт, Иван Приметов ушёл.")] == [
        "мост закроют на ремонт"
    ]


def test_what_somebody_did_not_say_is_not_reported(told):
    assert told("Иван Приметов не сказал, что мост закроют.") == []


def test_an_outlet_that_only_reports_says_nothing(told):
    assert told("Мост закроют на ремонт, передаёт ТАСС.") == []


def test_an_outlets_credit_is_no_part_of_the_words(told):
    assert told("Иван Приметов заявил, что мост закроют, передаёт корреспондент ТАСС.") == [
        ("мост закроют", "indirect", IVAN)
    ]


def test_sentences_that_nobody_says_are_no_statements(told):
    assert told("Сколько стоит мост? Его построили в прошлом году.") == []


def test_what_stands_outside_the_body_is_not_looked_at(told):
    text = (
        "По словам Ивана Приметова, мост закроют.\nПо словам Ольги Образцовой, мост откроют.\nПо словам эксперта, снег."
    )
    start = text.index("\n") + 1
    assert told(text, body=Span(start, text.index("\n", start))) == [("мост откроют", "indirect", "Ольга Образцова")]
