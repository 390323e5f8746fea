"""The editors' queue of what readers report: who sees it, what stands on its pages, and how one is answered."""

import lxml.html
import pytest
from django.urls import reverse

from people.acting import acting
from quotes.models import ErrorReport
from quotes.refusals import Refused
from quotes.reporting import answer, report
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db

LIST = "/admin/quotes/errorreport/"


@pytest.fixture
def statement():
    return world.published(label="мост")


@pytest.fixture
def made(statement):
    return report(
        statement.current_revision, kind="date", text="Это было раньше.", contact="reader@reader.example", sender="x"
    )


@pytest.fixture
def editor(client):
    client.force_login(world.user("elena", "editor"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(made):
    return reverse("admin:quotes_errorreport_change", args=[made.pk])


def text_of(response):
    assert response.status_code == 200
    body = lxml.html.fromstring(response.content.decode()).get_element_by_id("container")
    return " ".join(body.text_content().split())


@pytest.mark.parametrize("role", ["annotator", "reviewer"])
def test_only_editors_see_what_readers_write(client, made, role):
    client.force_login(world.user(role, role))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(made)).status_code == 403
    assert client.post(page_of(made), {"decision": "right", "words": "Так."}).status_code == 403
    assert "Reported errors" not in client.get("/admin/", headers={"accept-language": "en"}).content.decode()


def test_an_editor_is_told_on_the_first_page_how_many_wait(editor, made):
    assert "Reported errors (1)" in text_of(editor.get("/admin/"))
    with acting(elena := world.user("elena")):
        answer(made, decision="right", words="Сверено.", by=elena)
    assert "Reported errors (" not in text_of(editor.get("/admin/"))


def test_the_list_has_the_open_ones_and_others_where_they_are_asked_for(editor, statement, made):
    other = report(statement.current_revision, kind="words", text="Опечатка.", contact="", sender="x")
    with acting(elena := world.user("elena")):
        answer(other, decision="corrected", words="Исправлено.", by=elena)
    assert "Это было раньше." in text_of(editor.get(LIST))
    assert "Опечатка." not in text_of(editor.get(LIST))
    assert "Опечатка." in text_of(editor.get(f"{LIST}?state=answered"))
    assert "Это было раньше." not in text_of(editor.get(f"{LIST}?state=answered"))
    both = text_of(editor.get(f"{LIST}?state=all"))
    assert "Опечатка." in both
    assert "Это было раньше." in both
    assert "Это было раньше." not in text_of(editor.get(f"{LIST}?kind__exact=words"))


def test_the_lists_queries_do_not_grow_with_the_reports(editor, statement, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as one:
        editor.get(LIST)
    for number in range(5):
        report(statement.current_revision, kind="words", text=f"Опечатка {number}.", contact="", sender=str(number))
    world.published(label="другое")
    with django_assert_max_num_queries(len(one.captured_queries)):
        editor.get(LIST)


def test_the_page_has_the_statements_words_beside_the_report_and_the_ways_to_mend_it(editor, statement, made):
    response = editor.get(page_of(made))
    text = text_of(response)
    for part in ("the date is wrong", "Это было раньше.", "reader@reader.example", world.BRIDGE, "Заречный вестник"):
        assert part in text
    links = {link.get("href") for link in lxml.html.fromstring(response.content.decode()).iter("a")}
    assert {
        statement.get_absolute_url(),
        reverse("admin:quotes_review", args=[statement.public_id]),
        reverse("admin:quotes_withdraw", args=[statement.public_id]),
    } <= links


def test_the_page_says_that_the_statement_is_another_by_now(editor, statement, made):
    assert "has changed since" not in text_of(editor.get(page_of(made)))
    with acting(world.user("anna", "annotator")):
        type(statement).objects.filter(pk=statement.pk).update(spoken="2031-05-03")
    assert "the statement has changed since" in text_of(editor.get(page_of(made)))


def test_an_answer_is_kept_with_who_and_when_and_the_readers_address_goes(editor, made):
    response = editor.post(page_of(made), {"decision": "corrected", "words": "Исправлено."}, follow=True)
    assert "Answered. The reader sees it" in text_of(response)
    made.refresh_from_db()
    assert (made.decision, made.answer, made.answered_by.username) == ("corrected", "Исправлено.", "elena")
    assert made.contact == ""
    text = text_of(editor.get(page_of(made)))
    assert "corrected" in text
    assert "elena" in text
    assert "Исправлено." in text
    assert "made" in text_of(editor.get(reverse("admin:quotes_errorreport_history", args=[made.pk])))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decision": "", "words": "Так."}, "This field is required."),
        ({"decision": "right", "words": "  "}, "Choose what you have decided, and say why"),
    ],
)
def test_half_an_answer_is_refused_with_what_was_typed(editor, made, given, said):
    text = text_of(editor.post(page_of(made), given))
    assert said in text
    assert "reader@reader.example" in text
    assert ErrorReport.objects.open().count() == 1


def test_what_is_no_report_is_erased_by_one_decision(editor, made):
    editor.post(page_of(made), {"decision": "junk", "words": ""})
    made.refresh_from_db()
    assert (made.text, made.answer, made.contact) == ("", "", "")
    assert "Its text was erased." in text_of(editor.get(page_of(made)))


def test_who_answers_second_is_told_and_changes_nothing(editor, made):
    with acting(olga := world.user("olga", "editor")):
        answer(ErrorReport.objects.get(), decision="right", words="Сверено.", by=olga)
    with acting(elena := world.user("elena")), pytest.raises(Refused, match=r"answered|ответил"):
        answer(made, decision="corrected", words="Исправлено.", by=elena)
    editor.post(page_of(made), {"decision": "corrected", "words": "Исправлено."})
    made.refresh_from_db()
    assert made.answer == "Сверено."


def test_of_a_withdrawn_statement_the_page_still_works(editor, statement, made):
    with acting(elena := world.user("elena")):
        withdraw(statement, "Ошибка.", by=elena)
    response = editor.get(page_of(made))
    assert "withdrawn" in text_of(response)
    assert reverse("admin:quotes_withdraw", args=[statement.public_id]) not in response.content.decode()


@pytest.mark.parametrize("address", [f"{LIST}add/", f"{LIST}999/change/", f"{LIST}x/change/"])
def test_there_is_nothing_to_add_and_nothing_behind_other_numbers(editor, address):
    assert editor.get(address).status_code in {302, 403, 404}
