"""Review and withdrawal in the admin, by the forms of its pages."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quotes.admin import review
from quotes.models import Approval, Statement
from tests import world

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def address(name, statement):
    return reverse(f"admin:quotes_{name}", args=[statement.public_id])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


@pytest.fixture
def browser(client):
    """The browser of a user of that name, in that group."""

    def of(name, *groups):
        client.force_login(world.user(name, *groups))
        return client

    return of


def state(statement):
    return Statement.objects.for_states().get(pk=statement.pk).state


def test_a_reviewer_approves_what_another_submitted(browser):
    statement = world.submitted()
    roman = browser("roman", "reviewer")
    assert world.BRIDGE in roman.get(address("review", statement)).content.decode()
    roman.post(address("approve", statement), {"number": "1"})
    assert state(statement) == "published"


def test_the_author_reads_why_the_approval_is_not_theirs_to_give(browser):
    statement = world.submitted(by=world.user("anna", "annotator", "reviewer"))
    anna = browser("anna")
    response = anna.post(address("approve", statement), {"number": "1"}, headers=ENGLISH)
    assert said(response) == "You wrote a part of this statement, so somebody else has to approve it."
    assert not Approval.objects.exists()


def test_what_changed_since_the_reviewer_read_it_is_not_approved(browser):
    statement = world.submitted()
    Statement.objects.filter(pk=statement.pk).update(label="весенний мост")
    response = browser("roman", "reviewer").post(address("approve", statement), {"number": "1"}, headers=ENGLISH)
    assert said(response) == "The statement has changed since you opened it. Read it again."
    assert state(statement) == "draft"


@pytest.mark.parametrize("act", ["approve", "return"])
@pytest.mark.parametrize("number", ["", "x", "2", "9" * 30])
def test_a_verdict_on_a_revision_that_there_is_not_is_not_found(browser, act, number):
    statement = world.submitted()
    response = browser("roman", "reviewer").post(address(act, statement), {"number": number, "reason": "Потому."})
    assert response.status_code == 404
    assert state(statement) == "submitted"


def test_a_return_needs_a_comment(browser):
    statement = world.submitted()
    response = browser("roman", "reviewer").post(address("return", statement), {"number": "1", "reason": " "})
    assert response.status_code == 200
    assert response.context["reason"].errors
    assert state(statement) == "submitted"


def test_the_comment_of_a_return_is_read_by_the_author(browser):
    statement = world.submitted()
    browser("roman", "reviewer").post(address("return", statement), {"number": "1", "reason": "Проверьте дату."})
    assert state(statement) == "returned"
    anna = browser("anna", "annotator")
    of = reverse("admin:quotes_annotate", args=[statement.lead.snapshot.public_id])
    assert "Проверьте дату." in anna.get(of).content.decode()
    assert "Проверьте дату." in anna.get(address("review", statement)).content.decode()


def test_the_queue_holds_what_waits_but_never_the_reviewers_own(browser):
    of = world.snapshot()
    roman = world.user("roman", "reviewer", "annotator")
    world.submitted(by=roman, of=of, label="своё слово")
    world.submitted(of=of, label="чужое слово")
    world.published(of=of, label="старое слово", reviewer=world.user("olga", "reviewer"))
    content = browser("roman").get(reverse("admin:quotes_review_queue")).content.decode()
    assert "чужое слово" in content
    assert "своё слово" not in content
    assert "старое слово" not in content


def test_a_long_queue_begins_with_what_waits_longest_and_counts_the_rest(browser, monkeypatch):
    monkeypatch.setattr(review, "SHOWN_AT_MOST", 2)
    of = world.snapshot()
    roman = browser("roman", "reviewer")

    def shown():
        with CaptureQueriesContext(connection) as captured:
            content = roman.get(reverse("admin:quotes_review_queue"), headers=ENGLISH).content.decode()
        return content, len(captured)

    for label in ("первое слово", "второе слово"):
        world.submitted(of=of, label=label)
    content, queries = shown()
    assert "behind these" not in content
    for label in ("третье слово", "четвёртое слово"):
        world.submitted(of=of, label=label)
    content, queries_of_more = shown()
    assert content.index("первое слово") < content.index("второе слово") < content.index("2 more wait behind these.")
    assert "третье слово" not in content
    assert queries_of_more == queries


def test_an_editor_withdraws_with_a_reason_and_restores(browser):
    statement = world.published()
    elena = browser("elena", "editor")
    assert elena.post(address("withdraw", statement), {"reason": ""}).status_code == 200
    assert state(statement) == "published"
    elena.post(address("withdraw", statement), {"reason": "Источник отозвал сообщение."})
    assert state(statement) == "withdrawn"
    assert "Источник отозвал сообщение." in elena.get(address("restore", statement)).content.decode()
    elena.post(address("restore", statement), {"reason": "Источник подтвердил сообщение."})
    assert state(statement) == "published"


def test_what_was_public_can_be_withdrawn_while_it_is_revised_and_a_draft_can_not(browser):
    of = world.snapshot()
    revised, draft = world.published(of=of), world.draft(of=of)
    Statement.objects.filter(pk=revised.pk).update(label="весенний мост")
    elena = browser("elena", "editor")
    assert address("withdraw", revised) in elena.get(address("review", revised)).content.decode()
    assert address("withdraw", draft) not in elena.get(address("review", draft)).content.decode()
    assert elena.get(address("withdraw", draft)).status_code == 404
    elena.post(address("withdraw", revised), {"reason": "Источник отозвал сообщение."})
    assert state(revised) == "withdrawn"
    assert address("withdraw", revised) not in elena.get(address("review", revised)).content.decode()


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        ("annotator", "approve", False),
        ("annotator", "return", False),
        ("annotator", "withdraw", False),
        ("annotator", "restore", False),
        ("reviewer", "approve", True),
        ("reviewer", "return", True),
        ("reviewer", "withdraw", False),
        ("reviewer", "restore", False),
        ("editor", "approve", False),
        ("editor", "return", False),
        ("editor", "withdraw", True),
    ],
)
def test_each_act_is_for_its_role(browser, role, act, allowed):
    statement = world.submitted() if act in {"approve", "return"} else world.published()
    response = browser(f"a-{role}", role).post(address(act, statement), {"number": "1", "reason": "Потому."})
    assert response.status_code == (302 if allowed else 403)


def test_the_list_shows_the_state_and_its_queries_do_not_grow(browser):
    elena = browser("elena", "editor")
    of = world.snapshot()
    shown = reverse("admin:quotes_statement_changelist")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = elena.get(shown)
        assert response.status_code == 200
        return len(captured)

    world.published(of=of)
    one = queries()
    for _ in range(4):
        world.published(of=of)
        world.submitted(of=of)
    assert queries() == one


def test_the_review_page_of_a_draft_offers_no_verdict(browser):
    statement = world.draft()
    content = browser("roman", "reviewer").get(address("review", statement), headers=ENGLISH).content.decode()
    assert "Approve" not in content


@pytest.mark.parametrize("name", ["statement_changelist", "quote_changelist", "topic_changelist"])
@pytest.mark.parametrize("words", ["мост", "Озёрный", '"%_', "x" * 1000])
def test_searching_the_lists_answers_whatever_is_typed(browser, name, words):
    world.published(label="мост")
    response = browser("elena", "editor").get(reverse(f"admin:quotes_{name}"), {"q": words})
    assert response.status_code == 200


@pytest.mark.parametrize("chosen", Statement.State.values)
def test_the_list_filters_by_state(browser, chosen):
    world.published(label="осенний мост")
    response = browser("elena", "editor").get(reverse("admin:quotes_statement_changelist"), {"state": chosen})
    assert ("осенний мост" in response.content.decode()) == (chosen == "published")


def test_the_history_of_a_statement_tells_who_changed_what(browser):
    statement = world.published()
    elena = browser("elena", "editor")
    content = elena.get(reverse("admin:quotes_statement_history", args=[statement.pk])).content.decode()
    assert "anna" in content
    assert "roman" in content
