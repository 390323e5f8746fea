"""What is proposed as the article itself, and what is left outside of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import propose_body
from articles.text import normalise

FIRST = "Мэр Примерска Иван Примеров открыл мост."
SECOND = "«Мост простоит сто лет», — сказал он."
TEASERS = "В Примерске посадили…\nНовый автобус поедет до…"


def body_and_credit(text):
    body = propose_body(text)
    return text[body.start : body.end], body.credit


def test_the_article_all_this_began_with(shared_dir):
    text = normalise((shared_dir / "samples" / "belta-turnover.txt").read_text(encoding="utf-8"))
    body = propose_body(text)
    assert (body.start, body.end, body.credit, body.reason) == (0, 2215, "По материалам БелТА.", "end_mark")
    assert len(text[body.end :].strip().splitlines()) == 1 + 6


@pytest.mark.parametrize("mark", ["-0-", "—0—", "–0–", "- 0 -", "-30-"])
@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_the_wire_s_end_mark_ends_the_article(mark, gap):
    article = f"{FIRST}\n{SECOND}{gap}{mark}"
    assert body_and_credit(f"{article}\nПолный абзац чужой статьи.\nИсточник: Пример\n{TEASERS}") == (
        article,
        "Источник: Пример",
    )


@pytest.mark.parametrize("line", ["Матч окончен, счёт 1-0-", "Набрать 8-0-17", "-0-"])
def test_what_only_looks_like_an_end_mark_ends_nothing(line):
    assert body_and_credit(f"{line}\n{FIRST}") == (f"{line}\n{FIRST}", "")


@pytest.mark.parametrize(
    "credit",
    [
        "По материалам БелТА.",
        "По материалам БелТА, сайта example.by и газеты «Пример»",
        "По информации example.by.",
        "По материалам пресс-службы МЧС и телеканала «Пример ТВ».",
        "Паводле матэрыялаў БелТА.",
        "Источник: example.by",
        "Крыніца: «Прыклад»",
        "Фото: Иван Примеров",
        "Фото автора",
        "Фота: Янка Прыкладаў.",
        "Текст и фото: Иван Примеров",
        "Source: Example News Agency",
        "Photo by Jan Example",
    ],
)
@pytest.mark.parametrize("after", ["", "\n", f"\n{TEASERS}", "\nЗаголовок без точки", "\nОдин анонс…"])
def test_a_credit_line_is_recorded_and_lies_outside(credit, after):
    assert body_and_credit(f"{FIRST}\n\n{SECOND}\n{credit}{after}") == (f"{FIRST}\n\n{SECOND}", credit)


def test_all_credit_lines_are_recorded():
    text = f"{FIRST}\nФото: Иван Примеров\nИсточник: example.by"
    assert body_and_credit(text) == (FIRST, "Фото: Иван Примеров\nИсточник: example.by")


@pytest.mark.parametrize(
    "line",
    [
        "Фото: Иван Примеров",
        "Источник: отдел статистики Примерска",
        "Читайте также: в Примерске открыли школу",
        "Читайте также",
    ],
)
def test_a_caption_within_the_article_stays(line):
    text = f"{FIRST}\n{line}\n{SECOND}"
    assert body_and_credit(text) == (text, "")


@pytest.mark.parametrize(
    "sentence",
    [
        "По материалам дела, ущерб возмещён.",
        "По материалам следствия обвиняемый уехал из Примерска.\nОн вернулся.",
        "По данным Примерстата, стало теплее.",
        "По информации МЧС погибших нет.",
        "По материалам дела Примеров оправдан.",
        "Источник воды закрыли.",
        "Фотовыставка продлится до мая.",
        "Source code was published.",
    ],
)
def test_a_sentence_that_begins_like_a_credit_is_a_part_of_the_article(sentence):
    text = f"{FIRST}\n{sentence}"
    assert body_and_credit(text) == (text, "")


def test_closing_teasers_lie_outside():
    assert body_and_credit(f"{FIRST}\n{SECOND}\n\n{TEASERS}\n") == (f"{FIRST}\n{SECOND}", "")
    assert propose_body(f"{FIRST}\n{TEASERS}").reason == "teasers"


def test_teasers_before_a_credit_lie_outside_with_it():
    assert body_and_credit(f"{FIRST}\n{TEASERS}\nИсточник: Пример") == (FIRST, "Источник: Пример")


@pytest.mark.parametrize("after", ["", "\nИсточник: Пример"])
def test_one_closing_paragraph_with_an_ellipsis_is_a_part_of_the_article(after):
    article = f"{FIRST}\nА дальше — тишина…"
    assert body_and_credit(article + after)[0] == article


def test_paragraphs_with_an_ellipsis_before_a_full_one_stay():
    text = f"{TEASERS}\n{FIRST}"
    assert body_and_credit(text) == (text, "")


def test_a_list_of_read_also_lies_outside():
    assert body_and_credit(f"{FIRST}\nЧитайте также:\nМост закрыли\nМост открыли")[0] == FIRST


@pytest.mark.parametrize(
    "text",
    [
        TEASERS,
        f"Заголовок\n{TEASERS}",
        "Список\nПервое\nИсточник: Пример",
        "Источник: Пример",
        "Фото: Пример\nОдна строка\nДругая строка",
        "-0-",
    ],
)
def test_a_text_of_nothing_but_closing_lines_is_proposed_whole(text):
    assert body_and_credit(text) == (text, "")
    assert propose_body(text).reason == "whole"


def test_white_space_around_the_body_is_outside():
    assert body_and_credit(f"\n\u00a0 {FIRST} \n\n") == (FIRST, "")


def test_no_text_has_an_empty_body():
    assert (propose_body("").start, propose_body("").end) == (0, 0)


LINES = st.lists(
    st.sampled_from([FIRST, SECOND, "Анонс…", "Заголовок", "Источник: Пример", "-0-", "Конец.-0-", " ", ""])
    | st.text(),
)


@given(LINES.map("\n".join).map(normalise))
def test_the_body_is_a_range_of_the_text_and_never_empty(text):
    body = propose_body(text)
    assert 0 <= body.start <= body.end <= len(text)
    assert bool(text) == (body.start < body.end)
    if text.strip():
        assert text[body.start : body.end] == text[body.start : body.end].strip()
    assert all(line in text[body.end :] for line in body.credit.split("\n"))
