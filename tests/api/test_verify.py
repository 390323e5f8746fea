"""Words that somebody has before them are compared with the record: five answers, none of them a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.spelling import asked_parts, difference, place
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
ADDRESS = "https://vestnik.example/most"


def ask(client, text, **more):
    response = client.get("/api/v1/verify/", {"text": text, **more}, headers={"accept-language": "en"})
    assert response.status_code == 200, response.content
    return response.json()


def test_words_of_a_quote_are_found_with_the_characters_where_they_stand(client, search_index):
    of = world.snapshot()
    statement = world.published(of=of)
    search_index()
    answer = ask(client, "«Мост будет построен»")
    assert (answer["answer"], answer["reason"], answer["words"]) == ("found", None, 3)
    (said,) = answer["statements"]
    assert said["id"] == statement.public_id
    (quote,) = said["quotes"]
    (characters,) = quote["characters"]
    assert of.text[characters["start"] : characters["end"]] == characters["exact"] == "Мост будет построен"
    assert (quote["snapshot"], quote["text_sha256"], quote["whole"]) == (of.public_id, of.text_sha256, False)
    assert quote["article"]["id"] == of.article.public_id
    assert ask(client, "Мост будет построен к осени.")["statements"][0]["quotes"][0]["whole"] is True


def test_a_changed_word_is_not_found_and_the_difference_is_shown(client, search_index):
    statement = world.published()
    search_index()
    answer = ask(client, "Мост будет построен к весне")
    assert (answer["answer"], answer["statements"]) == ("not_found", [])
    near = answer["nearest"]
    assert (near["statement"], near["words"], near["only_signs_differ"]) == (statement.public_id, world.BRIDGE, False)
    assert near["difference"] == [
        {"kind": "same", "text": "Мост будет построен к"},
        {"kind": "printed", "text": "осени"},
        {"kind": "asked", "text": "весне"},
    ]


@pytest.mark.parametrize(
    "asked", ["Мост не будет построен к осени", "Мост построен к осени", "Мост будет построен, к осени"]
)
def test_a_word_more_or_less_or_a_comma_is_not_passed_over(client, search_index, asked):
    world.published()
    search_index()
    assert ask(client, asked)["answer"] == "not_found"


def test_what_is_set_aside_is_told(client, search_index):
    world.published(
        of=world.snapshot("«Счёт — наш, — сказал он. — Всё “будет” в срок…»"), words=("Всё “будет” в срок…",)
    )
    search_index()
    answer = ask(client, "все «будет» в\u00a0срок...")
    assert answer["answer"] == "found"
    respelled = {(one["asked"], one["printed"]) for one in answer["statements"][0]["quotes"][0]["respelled"]}
    assert ("все", "Всё") in respelled
    assert ("«", "“") in respelled


def test_a_sign_less_is_told_apart_from_a_word_less(client, search_index):
    world.published(
        of=world.snapshot("«Казнить нельзя, помиловать можно», — сказал он."),
        words=("Казнить нельзя, помиловать можно",),
    )
    search_index()
    answer = ask(client, "Казнить, нельзя помиловать можно")
    assert (answer["answer"], answer["nearest"]["only_signs_differ"]) == ("not_found", True)


def test_words_that_several_statements_have_are_ambiguous(client, search_index):
    of = world.snapshot()
    both = {world.published(of=of, spoken=f"2031-05-0{day}").public_id for day in (3, 4)}
    search_index()
    answer = ask(client, world.BRIDGE)
    assert answer["answer"] == "ambiguous"
    assert {one["id"] for one in answer["statements"]} == both


def test_an_omission_that_is_shown_leaves_words_out_and_a_break_that_is_not_is_counted(client, search_index):
    world.published(words=("Работы", "уже идут"))
    search_index()
    assert ask(client, "Работы […] уже идут")["statements"][0]["quotes"][0]["breaks"] == 0
    (quote,) = ask(client, "Работы уже идут")["statements"][0]["quotes"]
    assert quote["breaks"] == 1
    assert [one["exact"] for one in quote["characters"]] == ["Работы", "уже идут"]
    assert ask(client, "уже идут […] Работы")["answer"] == "not_found"


def test_too_few_words_prove_nothing(client, search_index):
    world.published()
    search_index()
    answer = ask(client, "Мост будет")
    assert (answer["answer"], answer["reason"]) == ("indeterminate", "too_short")


def test_an_address_asks_of_one_article(client, search_index):
    here = world.snapshot(address=ADDRESS)
    world.published(of=here)
    search_index()
    answer = ask(client, world.BRIDGE, address="http://www.vestnik.example/most?utm_source=x")
    assert (answer["answer"], answer["article"]["id"]) == ("found", here.article.public_id)
    answer = ask(client, world.BRIDGE, address="https://vestnik.example/other")
    assert (answer["answer"], answer["reason"], answer["statements"]) == ("indeterminate", "article_unknown", [])
    assert len(answer["elsewhere"]) == 1


def test_words_of_another_article_are_not_found_in_this_one_and_named_apart(client, search_index):
    world.published(of=world.snapshot(address=ADDRESS), words=(world.ROADS,), kind="indirect")
    other = world.published(of=world.snapshot(world.TEXT + "!"))
    search_index()
    answer = ask(client, world.BRIDGE, address=ADDRESS)
    assert (answer["answer"], answer["reason"]) == ("indeterminate", "beside_the_words")
    assert [one["id"] for one in answer["elsewhere"]] == [other.public_id]


def test_an_article_without_a_published_statement_is_unknown(client, search_index):
    world.draft(of=world.snapshot(address=ADDRESS))
    search_index()
    answer = ask(client, world.BRIDGE, address=ADDRESS)
    assert (answer["answer"], answer["reason"], answer["article"]) == ("indeterminate", "article_unknown", None)


def test_text_beyond_the_public_window_can_not_be_asked_for(client, search_index, settings):
    settings.CONTEXT_WINDOW = 20
    world.published(of=world.snapshot(address=ADDRESS))
    search_index()
    assert ask(client, "дороги отремонтируют раньше", address=ADDRESS)["answer"] == "not_found"
    assert ask(client, "По материалам агентства Вымысел", address=ADDRESS)["answer"] == "not_found"


def test_of_a_withdrawn_statement_only_the_whole_quote_is_told(client, search_index):
    statement = world.published()
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    search_index()
    answer = ask(client, f"«{world.BRIDGE}»")
    assert answer["answer"] == "source_withheld"
    (withheld,) = answer["withheld"]
    assert (withheld["id"], withheld["reason"]) == (statement.public_id, "Источник отозвал сообщение.")
    for guess in ("Мост будет построен к", "Мост будет построен к осени этой"):
        assert ask(client, guess)["answer"] == "not_found"


def test_a_draft_is_not_found(client, search_index):
    world.draft()
    search_index()
    answer = ask(client, world.BRIDGE)
    assert (answer["answer"], answer["nearest"], answer["withheld"]) == ("not_found", None, [])


@pytest.mark.parametrize(
    ("asked", "name"),
    [({}, "text"), ({"text": " "}, "text"), ({"text": "а" * 5001}, "text"), ({"text": "а", "address": "x"}, "address")],
)
def test_what_can_not_be_asked_is_refused_by_name(client, asked, name):
    response = client.get("/api/v1/verify/", asked)
    assert response.status_code == 400
    assert [one["parameter"] for one in response.json()["errors"]] == [name]


@pytest.mark.usefixtures("no_search_index")
def test_without_an_index_it_says_to_come_back(client):
    assert client.get("/api/v1/verify/", {"text": world.BRIDGE}).status_code == 503


def test_what_was_printed_is_found_however_long(client, search_index):
    words = "Слово за слово, и так далее. " * 90
    world.published(of=world.snapshot(f"{words.strip()} сказал Иван Озёрный"), words=(words.strip(),))
    search_index()
    assert ask(client, words)["answer"] == "found"


@given(
    st.lists(
        st.sampled_from(["мост", "ещё", "—", "«да»", "Да!", "к осени,", "из-за", "1 000"]), min_size=3, max_size=12
    ),
    st.data(),
)
def test_no_other_word_ever_passes_for_the_same(words, data):
    printed = " ".join(words)
    assert place(asked_parts(printed), [printed]) or not asked_parts(printed)
    at = data.draw(st.integers(0, len(words) - 1))
    asked = " ".join([*words[:at], "иное", *words[at + 1 :]])
    assert place(asked_parts(asked), [printed]) is None
    runs = difference(asked_parts(asked), [printed])
    assert not runs or any(run.kind == "asked" and "иное" in run.text for run in runs)
