"""Belarusian statements by rules: direct speech above all, in texts with plainly invented people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction.candidates import Span
from quotes.extraction.engine import suggest
from tests.quotes.extraction.reading import DAY, REGISTRY, Told, holds_together


def told(text):
    return Told(text, "be")


@pytest.mark.parametrize(
    "text",
    [
        "«Завод адкрыецца ў маі», — сказаў дырэктар Ян Прыдуманы.",
        "«Завод адкрыецца ў маі», - паведаміў Ян Прыдуманы журналістам.",
        "«Завод адкрыецца ў маі», — падкрэслівае Ян Прыдуманы.",
        "“Завод адкрыецца ў маі”, — адзначыў учора Ян Прыдуманы.",
        "Ян Прыдуманы сказаў: «Завод адкрыецца ў маі»",
        "Ян Прыдуманы, дырэктар завода, заявіў: «Завод адкрыецца ў маі».",
        "— Завод адкрыецца ў маі, — сказаў Ян Прыдуманы.",
        "«Завод адкрыецца ў маі, — удакладніў Ян Прыдуманы».",
    ],
)
def test_a_quotation_is_found_with_the_one_it_is_attributed_to(text):
    found = told(text)
    assert found.words == [("Завод адкрыецца ў маі",)]
    assert found.kinds == ["direct"]
    assert found.speakers == ["Ян Прыдуманы"]


@pytest.mark.parametrize(
    "text",
    [
        "«Завод адкрыецца, — сказаў Ян Прыдуманы. — Прыходзьце ўсе»",
        "— Завод адкрыецца, — сказаў Ян Прыдуманы. — Прыходзьце ўсе",
        "«Завод адкрыецца», — сказаў Ян Прыдуманы. «Прыходзьце ўсе».",
    ],
)
def test_a_quotation_split_by_its_attribution_is_one_statement(text):
    assert told(text).words == [("Завод адкрыецца", "Прыходзьце ўсе")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Алена Прыдуманая заявіла, што завод адкрыецца ў маі.", "завод адкрыецца ў маі"),
        ("Паводле слоў Алены Прыдуманай, завод адкрыецца ў маі.", "завод адкрыецца ў маі"),
        ("На думку эксперта Алены Прыдуманай, завод не адкрыецца.", "завод не адкрыецца"),
        ("Як адзначыла Алена Прыдуманая, завод адкрыецца ў маі.", "завод адкрыецца ў маі"),
        ("Завод адкрыецца ў маі, паведаміла Алена Прыдуманая.", "Завод адкрыецца ў маі"),
        ("Алена Прыдуманая спытала, ці адкрыецца завод.", "ці адкрыецца завод"),
        ("Алена Прыдуманая: завод адкрыецца ў маі", "завод адкрыецца ў маі"),
        ("Алена Прыдуманая таксама лічыць, што завод патрэбны.", "завод патрэбны"),
        ("Алена Прыдуманая папярэджвае: завод хутка закрыюць.", "завод хутка закрыюць"),
        ("Алена Прыдуманая падзякавала яму за працу і паведаміла, што завод закрыюць.", "завод закрыюць"),
        ("Алена Прыдуманая прыехала на завод і заявіла, што яго закрыюць.", "яго закрыюць"),
    ],
)
def test_reported_words_are_found_without_cue_conjunction_and_speaker(text, words):
    found = told(text)
    assert found.words == [(words,)]
    assert found.kinds == ["indirect"]
    assert found.speakers == ["Алена Прыдуманая"]


@pytest.mark.parametrize("attribution", ["Так сказаў дырэктар Ян Прыдуманы.", "Пра гэта паведаміў Ян Прыдуманы."])
def test_the_next_sentence_may_tell_whose_words_they_are(attribution):
    found = told(f"«Завод адкрыецца ў маі». {attribution}")
    assert (found.words, found.kinds) == ([("Завод адкрыецца ў маі",)], ["direct"])
    assert found.speakers == ["Ян Прыдуманы"]
    found = told(f"Завод адкрыецца ў маі. {attribution}")
    assert (found.words, found.kinds) == ([("Завод адкрыецца ў маі",)], ["indirect"])
    assert found.speakers == ["Ян Прыдуманы"]
    assert told("Завод адкрыецца ў маі. Пра гэта паведамляе БЕЛТА.").candidates == []


@pytest.mark.parametrize("attribution", ["паводле слоў Яна Прыдуманага", "як паведаміў Ян Прыдуманы"])
def test_reported_words_around_an_inserted_attribution_are_one_statement(attribution):
    found = told(f"Завод, {attribution}, адкрыецца ў маі.")
    assert found.words == [("Завод", "адкрыецца ў маі")]
    assert found.speakers == ["Ян Прыдуманы"]


def test_a_role_in_brackets_or_commas_is_passed_over():
    for text in ("Ян Прыдуманы (дырэктар) сказаў, што позна.", "Дырэктар, Ян Прыдуманы, сказаў, што позна."):
        assert told(text).speakers == ["Ян Прыдуманы"]


def test_a_new_cue_begins_a_new_statement_of_the_same_speaker():
    found = told("Алена Прыдуманая заявіла, што завод адкрыецца, і падкрэсліла, што месцаў хопіць усім.")
    assert found.words == [("завод адкрыецца",), ("месцаў хопіць усім",)]
    assert found.speakers == ["Алена Прыдуманая"] * 2


def test_a_quoted_phrase_inside_a_reported_clause_makes_it_mixed():
    found = told("Алена Прыдуманая заявіла, што завод «нікуды не дзенецца» з горада.")
    assert found.words == [("завод «нікуды не дзенецца» з горада",)]
    assert found.kinds == ["mixed"]


@pytest.mark.parametrize(
    "text",
    [
        "Ян Прыдуманы сьцьвярджае, што завод адкрыецца.",
        "Ян Прыдуманы падкрэсьліў, што завод адкрыецца.",
        "Ян Прыдуманы пацьвердзіў, што завод адкрыецца.",
        "Паводле словаў Яна Прыдуманага, завод адкрыецца.",
    ],
)
def test_the_classical_spelling_is_read_as_well(text):
    found = told(text)
    assert found.words == [("завод адкрыецца",)]
    assert found.speakers == ["Ян Прыдуманы"]


@pytest.mark.parametrize("words", ["Паводле яго слоў", "Паводле ягоных словаў", "На яго думку"])
def test_by_his_words_means_him(words):
    found = told(f"Ян Прыдуманы прыехаў на завод. {words}, завод адкрыецца.")
    assert found.words == [("завод адкрыецца",)]
    assert found.speakers == ["Ян Прыдуманы"]


def test_answers_of_an_interview_are_the_words_of_the_one_who_is_introduced():
    text = "Ян Прыдуманы збудаваў завод.\n\n— Ян, навошта?\n\n— Так трэба было. Завод патрэбны.\n\n— Дзякуй."
    found = told(text)
    assert found.words == [("Так трэба было. Завод патрэбны.",)]
    assert found.rules == ["direct.interview"]
    assert found.speakers == ["Ян Прыдуманы"]


def test_an_outlets_credit_is_no_statement():
    assert told("Завод адкрыецца ў маі, паведамляе карэспандэнт БЕЛТА.").candidates == []


def test_who_is_cited_speaks_and_not_who_cites():
    text = "Трэнер Ян Прыдуманы прыехаў. «Ужо вельмі позна», — цытуе трэнера прэс-служба клуба."
    found = told(text)
    assert found.speakers == ["Ян Прыдуманы"]
    assert found.only.mention.of(text) == "трэнера"


@pytest.mark.parametrize(("role", "shown"), [("У ведамстве", "ведамства"), ("У аэрапорце", "аэрапорт")])
def test_a_body_in_any_case_is_shown_in_the_nominative(role, shown):
    assert told(f"{role} паведамілі, што завод адкрыецца.").speakers == [shown]


def test_people_without_names_are_a_group_in_any_case():
    choice = told("Паводле слоў экспертаў, завод адкрыецца.").only.speaker
    assert (choice.name, choice.type) == ("эксперты", "group")


def test_a_press_release_speaks_for_the_body_that_issued_it():
    text = "Прэс-служба Міністэрства дзівосаў паведаміла, што завод адкрыецца. «Прыходзьце ўсе», — гаворыцца ў паведамленні."
    assert told(text).speakers == ["Прэс-служба Міністэрства дзівосаў"] * 2
    text = text.replace("гаворыцца ў паведамленні", "удакладнілі ў міністэрстве")
    assert told(text).speakers[1] == "Міністэрства дзівосаў"


@pytest.mark.parametrize("town", ["Гродна", "Мінска", "Выдумак"])
def test_the_town_of_a_mayor_is_no_part_of_the_name(town):
    assert told(f"Мэр {town} Ян Прыдуманы заявіў, што ўжо позна.").speakers == ["Ян Прыдуманы"]


def test_a_role_before_a_name_in_marks_tells_who_has_it():
    text = "Капітан «Зубра» Ян Прыдуманы сказаў, што ўжо позна. Лекар каманды сказаў, што цёмна."
    assert told(text).speakers == ["Ян Прыдуманы", "Лекар каманды"]


def test_names_of_papers_and_firms_are_no_statements():
    assert told("Газета «Выдуманы край» пісала пра завод «Прагрэс». Ён стаіць у «Зялёным Лузе».").candidates == []


def test_a_name_in_the_genitive_is_shown_in_the_nominative():
    assert told("Паводле слоў Яна Прыдуманага, завод адкрыецца.").speakers == ["Ян Прыдуманы"]
    assert told("Паводле слоў Вольгі Прыдуманай, завод адкрыецца.").speakers == ["Вольга Прыдуманая"]


def test_a_surname_in_any_case_becomes_the_fullest_name_of_the_text():
    text = "Ян Прыдуманы прыехаў на завод. Паводле слоў Прыдуманага, ён адкрыецца ў маі."
    assert told(text).speakers == ["Ян Прыдуманы"]


def test_a_pronoun_means_the_person_of_its_sex_named_last():
    text = "Ян Прыдуманы сустрэў Вольгу Нябачную. «Позна», — {}."
    assert told(text.format("сказаў ён")).speakers == ["Ян Прыдуманы"]
    assert told(text.format("сказала яна")).words == [("Позна",)]


def test_a_person_is_known_by_the_belarusian_name_in_the_registry():
    choice = told("«Ужо вельмі позна», — сказаў Квінцін Квімбі.").only.speaker
    assert choice is not None
    assert (choice.name, choice.key) == ("Квінцін Квімбі", "quimby")


def test_an_office_means_its_holder_on_the_day_of_the_article():
    assert told("Мэр Тэстграда заявіў, што ўжо позна.").only.speaker.key == "quimby"
    assert Told("Мэр Тэстграда заявіў, што ўжо позна.", "be", DAY.replace(year=2025)).only.speaker.key == "old-crumb"


def test_a_ministry_that_told_is_the_speaker():
    choice = told("Завод адкрыецца ў маі, паведамілі ў Міністэрстве дзівосаў.").only.speaker
    assert choice is not None
    assert choice.key == "ministry"


def test_the_place_where_somebody_spoke_is_no_speaker():
    assert told("«Завод адкрыецца ў маі», — сказаў у Мінску Ян Прыдуманы.").speakers == ["Ян Прыдуманы"]
    assert told("«Завод адкрыецца ў маі», — сказаў у Мінску.").speakers == [None]


def test_a_message_that_says_is_the_speaker():
    text = "У паведамленні міністэрства гаворыцца, што завод адкрыецца ў маі."
    one = told(text).only
    assert one.spans[0].of(text) == "завод адкрыецца ў маі"
    assert one.mention.of(text) == "паведамленні міністэрства"


def test_the_cue_and_the_mention_are_marked_in_the_text():
    text = "«Завод адкрыецца», — сказаў дырэктар Ян Прыдуманы."
    one = told(text).only
    assert one.cue.of(text) == "сказаў"
    assert one.mention.of(text) == "дырэктар Ян Прыдуманы"


PIECES = st.sampled_from(
    [
        *"«»\"“”„.,:;!?—-… \n",
        "— ", ", — ", ". — ", "сказаў ", "сказаў ён", "Ян Прыдуманы", " што ", "Паводле слоў ", "як адзначыў ", "«Позна", "позна»",
        "у ", "’", "\u00a0", "😀", "\r", "паведамілі ў міністэрстве", "ці ", "гаворыцца ў лісце",
    ]
)  # fmt: skip


@pytest.mark.slow  # A megabyte is read word by word.
def test_a_megabyte_is_answered():
    text = "Ужо позна і цёмна, сказаў нехта. " * 31_000
    holds_together(text, suggest(text, "be", DAY, REGISTRY))


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_breaks_it_and_spans_stand_apart_inside_the_text(text):
    holds_together(text, suggest(text, "be", DAY, REGISTRY, Span(0, len(text))))


@pytest.mark.parametrize(
    "text", ["", " \n ", "слова " * 20_000, "«" * 10_000, "»" * 10_000, "— а, — сказаў ён. " * 2_000]
)
def test_empty_long_and_marked_texts_are_answered(text):
    holds_together(text, suggest(text, "be", DAY, REGISTRY))


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister sagte: „Die Brücke ist sicher.“ Laut Polizei stimmt das.",
        "市长说：“桥是安全的。”他补充说，天黑了。",
        "قال العمدة: «الجسر آمن». وأضاف أنه تأخر.",
        "Иван Приметов сказал: «Поздно». “It is late,” said Ned Nobbs. «Позна», — сказаў ён. 他说：“晚了。”",
        "\u202eсказаў said\u202c “a”\u2028“b” — «c»\u2029" * 200,
    ],
)
def test_texts_in_other_languages_and_in_several_are_answered(text):
    holds_together(text, suggest(text, "be", DAY, REGISTRY))
