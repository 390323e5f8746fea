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


@pytest.mark.parametrize(
    "sentence",
    ["Об этом сообщил Иван Приметов.", "Соответствующее заявление сделал Иван Приметов.", "Так считает Иван Приметов."],
)
def test_a_sentence_that_points_back_reports_the_one_before_it(told, sentence):
    assert told(f"Мост закроют на ремонт. {sentence}") == [("Мост закроют на ремонт", "indirect", IVAN)]


@pytest.mark.parametrize(
    "dateline",
    [
        "МИНСК, 4 марта — ",
        "МИНСК, 4 марта, Sputnik. ",
        "МИНСК, 4 марта. /ТАСС/. ",
        "МИНСК /ТАСС/. ",
        "МИНСК, 4 марта (Агентство) — ",
        "4 марта, Минск /Корр. ТАСС/. ",
        "Минск. 4 марта. ИНТЕРФАКС - ",
        "Минск, 4 марта 2024, 08:05 — REGNUM ",
        "Минск, 4 марта - Новая заря. ",
    ],
)
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


@pytest.mark.parametrize(
    "sentence",
    [
        "Иван Приметов говорит, мост закроют на ремонт.",
        "Иван Приметов говорит, мол, мост закроют на ремонт.",
        "Иван Приметов сказал, что, мол, мост закроют на ремонт.",
        "Иван Приметов сказал что мост закроют на ремонт",
    ],
)
def test_the_conjunction_or_its_comma_may_be_missing(told, sentence):
    assert told(sentence) == [("мост закроют на ремонт", "indirect", IVAN)]


def test_a_clause_without_conjunction_may_begin_with_its_place(told):
    assert told("Иван Приметов говорит, в городе закроют мост.") == [("в городе закроют мост", "indirect", IVAN)]


@pytest.mark.parametrize(
    "rest",
    [
        ", и уехал",
        ", и уехал в отпуск",
        ", но сроков не назвал",
        ", однако сроков не назвал",
        ", передаёт ТАСС",
        " (по данным мэрии)",
    ],
)
def test_what_the_speaker_does_besides_is_no_part_of_the_words(told, rest):
    assert told(f"Иван Приметов сообщил, что мост закроют{rest}.")[0] == ("мост закроют", "indirect", IVAN)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("В мэрии подтвердили, что проект внесён, но подробности раскрыть отказались.", "проект внесён"),
        ("Ольга Образцова рассказала, что директор уволился, и показала приказ.", "директор уволился"),
        ("Ольга Образцова рассказала, что директор уволился и показал приказ.", "директор уволился и показал приказ"),
        (
            "Иван Приметов сказал, что завод закрыл цех, но нового не построил.",
            "завод закрыл цех, но нового не построил",
        ),
        ("Иван Приметов сказал, что мост закроют и построят новый.", "мост закроют и построят новый"),
        ("Иван Приметов сказал, что завод работает, но план не выполнил.", "завод работает, но план не выполнил"),
    ],
)
def test_a_second_verb_belongs_to_whom_it_fits(told, sentence, words):
    assert [one.words for one in told(sentence)] == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        "Иван Приметов, который заявил, что мост закроют, уехал в отпуск.",
        "Когда Иван Приметов сказал, что мост закроют, все замолчали.",
        "Заявив, что мост закроют, Иван Приметов уехал в отпуск.",
    ],
)
def test_words_in_a_subordinate_clause_end_before_the_main_one_goes_on(told, sentence):
    assert [one.words for one in told(sentence)] == ["мост закроют"]


@pytest.mark.parametrize(
    "sentence",
    [
        "По словам Ивана Приметова, который вернулся из отпуска, мост закроют на ремонт.",
        "По словам Ивана Приметова, возглавляющего город, мост закроют на ремонт.",
        "Как отметил Иван Приметов, выступая в думе, мост закроют на ремонт.",
        "Как в понедельник отметил Иван Приметов, мост закроют на ремонт.",
        "Кроме того, по словам Ивана Приметова, мост закроют на ремонт.",
        "мост закроют на ремонт, об этом вчера сообщил Иван Приметов.",
    ],
)
def test_what_is_told_of_the_speaker_is_no_part_of_the_words(told, sentence):
    assert told(sentence) == [("мост закроют на ремонт", "indirect", IVAN)]


@pytest.mark.parametrize("mention", ["Министерство культуры:", "Глава города:", "Эксперт:"])
def test_in_a_headline_a_body_or_a_role_may_speak(told, mention):
    assert [one.words for one in told(f"{mention} мост закроют на ремонт\n\nМост построили в прошлом веке.")] == [
        "мост закроют на ремонт"
    ]


@pytest.mark.parametrize("who", ["Иван Приметов", "мэр Иван Приметов"])
def test_a_headline_may_end_with_who_says_it(told, who):
    assert told(f"🔥 Мост закроют на ремонт — {who}\n\nМост построили в прошлом веке.") == [
        ("Мост закроют на ремонт", "indirect", IVAN)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Мэр представил нового директора — Ивана Приметова",
        "Мэр города — Иван Приметов",
        "Итоги дня: мост закрыт до весны",
    ],
)
def test_a_headline_that_nobody_says_is_no_statement(told, line):
    assert told(f"{line}\n\nМост построили в прошлом веке.") == []


def test_an_insertion_speaks_for_the_clause_it_stands_in(told):
    assert told("По словам Ивана Приметова, мост закроют, а дорогу, утверждает Ольга Образцова, построят.") == [
        ("мост закроют", "indirect", IVAN),
        ("дорогу|построят", "indirect", "Ольга Образцова"),
    ]


def test_who_only_explains_why_something_is_so_does_not_report_it(told):
    assert told("Иван Приметов объяснил, почему закрыли мост.") == []
    assert told("На вопрос, верит ли он в чудо, Иван Приметов не ответил.") == []


def test_figures_in_a_score_are_no_words_behind_a_colon(told):
    assert told("Иван Приметов прокомментировал победу «Весны» (3:1) в матче пятого тура.") == []


def test_an_abbreviation_keeps_its_full_stop(told):
    assert told("Иван Приметов сообщил, что мост стоит 40 млн руб.") == [("мост стоит 40 млн руб.", "indirect", IVAN)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Мост закрыли, так как, по словам Ивана Приметова, он стар.", ["он стар"]),
        ("Мост закрыли, потому что, как объяснил Иван Приметов, он стар.", ["он стар"]),
        ("Иван Приметов доложил мэру, что мост открыт, на что тот ответил: «Молодцы».", ["мост открыт", "Молодцы"]),
        (
            "Иван Приметов попросил коллег не спешить с голосованием и пообещал вернуться к вопросу.",
            ["не спешить с голосованием", "вернуться к вопросу"],
        ),
        ("По словам Ивана Приметова, мост закроют: «Он стар и опасен».", ["мост закроют", "Он стар и опасен"]),
        ("Как передаёт ТАСС, Иван Приметов заявил, что мост закроют.", [
            "Иван Приметов заявил, что мост закроют", "мост закроют",
        ]),
        ("Мосту в марте вносилось представление, но его не закрыли, отмечается в отчёте.", [
            "Мосту в марте вносилось представление, но его не закрыли",
        ]),
        ("Комиссия знала об этом, утверждает Иван Приметов, но мост не закрыла.", [
            "Комиссия знала об этом|но мост не закрыла",
        ]),
    ],
)  # fmt: skip
def test_each_cue_has_the_words_of_its_own_clause(told, sentence, words):
    assert [one.words for one in told(sentence)] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Если Иван Приметов скажет, что мост закроют, все уедут.",
        "Иван Приметов уехал, ссылаясь на отчёт: в нём о мосте ни слова.",
        "По данным на 1 марта, мост закрыт.",
        "Его речь называли самой короткой за год: она заняла минуту.",
    ],
)
def test_what_only_looks_like_a_report_is_none(told, sentence):
    assert told(sentence) == []


def test_a_line_with_a_cue_before_its_colon_is_reported_once(told):
    assert told("Иван Приметов уверен: мост закроют на ремонт.") == [("мост закроют на ремонт", "indirect", IVAN)]


def test_a_quoted_name_may_be_whom_data_come_from(told):
    assert [one.words for one in told("По данным «Горводоканала», на улице лопнула труба.")] == [
        "на улице лопнула труба"
    ]


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


def test_a_body_told_of_before_may_be_named_by_there(told):
    assert [one.words for one in told("Мост закроют на ремонт, подчеркнули там.")] == ["Мост закроют на ремонт"]


def test_words_in_marks_behind_a_conjunction_are_direct(told):
    assert told("Иван Приметов сказал, что «мост закроют на ремонт».") == [("мост закроют на ремонт", "direct", IVAN)]


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
