"""Quotations, dialogue and interviews: which words are somebody's, and whose."""

import pytest

IVAN = "Иван Приметов"


@pytest.mark.parametrize(
    "text",
    [
        "«Мы построим здесь дом», — сказал Иван Приметов.",
        "«Мы построим здесь дом», сказал Иван Приметов.",
        "Иван Приметов сказал: «Мы построим здесь дом».",
        "Иван Приметов сказал:\n«Мы построим здесь дом».",
        "Иван Приметов, директор школы: «Мы построим здесь дом».",
        "«Мы построим здесь дом», — улыбался Иван Приметов.",
        "«Мы построим здесь дом», — цитирует газета директора Ивана Приметова.",
    ],
)
def test_a_quotation_is_said_by_whom_the_words_beside_it_name(told, text):
    assert told(text) == [("Мы построим здесь дом", "direct", IVAN)]


@pytest.mark.parametrize(
    "text",
    [
        "«Мы построим дом, — сказал Иван Приметов. — Он будет очень высоким».",
        "«Мы построим дом», — сказал Иван Приметов. — «Он будет очень высоким».",
        '"Мы построим дом, - сказал Иван Приметов. - Он будет очень высоким".',
    ],
)
def test_a_split_quotation_is_one_statement_of_two_parts(told, text):
    assert told(text) == [("Мы построим дом|Он будет очень высоким", "direct", IVAN)]


@pytest.mark.parametrize(
    "text",
    [
        "«Мы закроем мост», — сказал Иван Приметов. — «Так надо».",
        '"Мы закроем мост", - сказал Иван Приметов, - "Так надо".',
        "«Мы закроем мост, — сказал Иван Приметов. — Так надо».",
    ],
)
def test_a_second_half_may_be_short(told, text):
    assert told(text) == [("Мы закроем мост|Так надо", "direct", IVAN)]


def test_a_short_quotation_behind_an_attribution_goes_on_with_its_speaker(told):
    assert told("«Мы закроем мост», — сказал Иван Приметов. «Так надо».") == [
        ("Мы закроем мост", "direct", IVAN),
        ("Так надо", "direct", IVAN),
    ]


@pytest.mark.parametrize("space", [" ", "\n", "\n\n"])
def test_after_a_word_of_saying_and_a_colon_a_quotation_may_be_short(told, space):
    assert told(f"Иван Приметов ответил:{space}«Весной».") == [("Весной", "direct", IVAN)]


def test_names_after_a_colon_are_no_speech(told):
    assert told("В городе закрыты:\n«Долгая дорога домой»\n«Весна»") == []


def test_a_remark_in_brackets_may_stand_between_a_quotation_and_its_attribution(told):
    assert told("«Мост закроют на ремонт» (перевод редакции), — сказал Иван Приметов.") == [
        ("Мост закроют на ремонт", "direct", IVAN)
    ]


def test_a_verb_of_saying_right_behind_a_quotation_needs_no_marks(told):
    assert told("«Мост закроют на ремонт» сказал Иван Приметов.") == [("Мост закроют на ремонт", "direct", IVAN)]


@pytest.mark.parametrize("end", [".", ".\nМост построили в прошлом веке.", "»."])
def test_an_attribution_in_front_of_the_closing_mark_or_without_any_is_no_part_of_the_words(told, end):
    assert told(f"«Мост закроют на ремонт, — сказал Иван Приметов{end}") == [("Мост закроют на ремонт", "direct", IVAN)]


def test_a_quotation_after_a_colon_that_nobody_closes_ends_with_its_paragraph(told):
    assert told("Иван Приметов сказал: «Мост закроют на ремонт\nМост стар.") == [
        ("Мост закроют на ремонт", "direct", IVAN)
    ]


def test_a_quotation_of_several_sentences_is_one_statement(told):
    assert told("«Мы построим дом. Он будет очень высоким. Так решено», — сказал Иван Приметов.") == [
        ("Мы построим дом. Он будет очень высоким. Так решено", "direct", IVAN)
    ]


def test_a_quotation_over_several_paragraphs_is_one_statement(told):
    assert told("«Мы построим дом.\nОн будет очень высоким», — сказал Иван Приметов.") == [
        ("Мы построим дом.\nОн будет очень высоким", "direct", IVAN)
    ]


def test_a_quotation_that_follows_another_goes_on_with_its_speaker(told):
    assert told("Иван Приметов сказал: «Мы построим дом».\n«Он будет стоять у самой реки».") == [
        ("Мы построим дом", "direct", IVAN),
        ("Он будет стоять у самой реки", "direct", IVAN),
    ]


def test_a_quotation_without_attribution_is_said_by_whom_the_sentence_before_tells_of(told):
    assert told("Иван Приметов чинит крышу сам. «Я звонил мастерам, никто не приехал».") == [
        ("Я звонил мастерам, никто не приехал", "direct", IVAN)
    ]


def test_a_quotation_that_nothing_is_told_of_has_no_speaker(told):
    assert told("Мост закрыт.\n\n«Мы построим здесь новый дом».") == [("Мы построим здесь новый дом", "direct", None)]


def test_a_quoted_headline_is_said_by_whom_the_text_below_quotes(told):
    text = (
        "«Завод откроют в срок»: директор ответила рабочим\n\n"
        "Директор завода Ольга Образцова выступила перед рабочими. «Завод откроют в срок», — сказала она."
    )
    assert told(text) == [("Завод откроют в срок", "direct", "Ольга Образцова")] * 2


def test_about_this_after_a_quotation_names_its_speaker(told):
    assert told("«Мы построим здесь новый дом». Об этом сказал Иван Приметов.") == [
        ("Мы построим здесь новый дом", "direct", IVAN)
    ]


def test_lines_of_dialogue_are_said_by_whom_each_line_names(told):
    text = "— Когда откроют мост? — спросил Иван Приметов.\n— Весной, — ответила Ольга Образцова. — Раньше не успеть."
    assert told(text) == [
        ("Когда откроют мост?", "direct", IVAN),
        ("Весной|Раньше не успеть", "direct", "Ольга Образцова"),
    ]


def test_a_quotation_within_a_line_of_dialogue_is_a_part_of_it(told):
    text = "— Мне звонили: возьмите денег. Я спросил: «А отдавать?» Там бросили трубку, — смеётся Иван Приметов."
    assert told(text) == [
        ("Мне звонили: возьмите денег. Я спросил: «А отдавать?» Там бросили трубку", "direct", IVAN),
    ]


def test_an_item_of_a_list_is_no_line_of_dialogue(told):
    text = "— Иван Приметов заявил: «Мост закроют на ремонт», — сообщает газета.\n— Открыт магазин."
    assert told(text) == [("Мост закроют на ремонт", "direct", IVAN)]


def test_of_an_interview_the_answers_are_statements_and_the_questions_are_not(told):
    text = (
        "Интервью с режиссёром Ольгой Образцовой.\n"
        "— Когда выйдет фильм?\n— Фильм выйдет весной, мы почти закончили.\n"
        "— А что потом?\n— Потом я возьму отпуск на целый год."
    )
    assert told(text) == [
        ("Фильм выйдет весной, мы почти закончили", "direct", "Ольга Образцова"),
        ("Потом я возьму отпуск на целый год", "direct", "Ольга Образцова"),
    ]


def test_the_questions_are_not_the_answerer_s_where_each_answer_names_them_either(told):
    text = (
        "— Когда откроют мост?\n— Весной, раньше не успеть, — говорит Иван Приметов.\n"
        "— А дорогу?\n— Дорогу откроют осенью, — добавил Иван Приметов."
    )
    assert told(text) == [
        ("Весной, раньше не успеть", "direct", IVAN),
        ("Дорогу откроют осенью", "direct", IVAN),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Кинотеатр «Родина для всех нас» открыли в мае.",
        "Роман «Долгая дорога домой» вышел в мае.",
        "Завод «Эталон» и газета «Новая заря» закрыты.",
        "Этот «эксперт» снова приехал в город.",
        "Иван Приметов назвал отпуск «каникулами».",
    ],
)
def test_names_titles_and_scare_quotes_are_no_statements(told, text):
    assert told(text) == []
