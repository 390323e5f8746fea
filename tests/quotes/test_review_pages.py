"""Review and withdrawal in the admin, by the forms of its pages."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.acting import acting
from quotes.admin import review
from quotes.models import Approval, Opening, Return, Statement, Suggestion
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
    assert response.context["form"].errors
    assert state(statement) == "submitted"


def test_the_comment_of_a_return_is_read_by_the_author(browser):
    statement = world.submitted()
    browser("roman", "reviewer").post(address("return", statement), {"number": "1", "reason": "Проверьте дату."})
    assert state(statement) == "returned"
    anna = browser("anna", "annotator")
    of = reverse("admin:quotes_annotate", args=[statement.lead.snapshot.public_id])
    assert "Проверьте дату." in anna.get(of).content.decode()
    assert "Проверьте дату." in anna.get(address("review", statement)).content.decode()


def test_a_return_points_at_the_words_and_the_field_it_is_about(browser):
    statement = world.submitted()
    roman = browser("roman", "reviewer")
    about = {"number": "1", "reason": "Не к осени.", "words": "к осени", "field": "spoken"}
    roman.post(address("return", statement), about)
    returned = Return.objects.get()
    assert returned.words == "к осени"
    assert (returned.span_start, returned.span_end) == (world.TEXT.index("к осени"), world.TEXT.index("к осени") + 7)
    anna = browser("anna", "annotator")
    for content in (
        anna.get(address("review", statement)).content.decode(),
        anna.get(reverse("admin:quotes_returned")).content.decode(),
    ):
        assert f"#at-{returned.span_start}-{returned.span_end}" in content
        assert "#id_spoken" in content
    assert 'id="pointed">к осени</mark>' in anna.get(address("review", statement)).content.decode()


def test_words_selected_twice_in_the_text_are_pointed_at_where_they_were_selected(browser):
    statement = world.submitted()
    second = world.TEXT.rindex("Иван Озёрный")
    about = {"number": "1", "reason": "Кто?", "words": "Иван Озёрный"}
    about["at"] = f"{statement.lead.snapshot.public_id}:{second}"
    browser("roman", "reviewer").post(address("return", statement), about)
    assert Return.objects.get().span_start == second


@pytest.mark.parametrize("at", ["", "x:3", "x:" + "9" * 5000, "n1:-4"])
def test_words_that_the_text_does_not_have_are_told_of(browser, at):
    statement = world.submitted()
    about = {"number": "1", "reason": "Кто?", "words": "Пётр Небывалый", "at": at}
    response = browser("roman", "reviewer").post(address("return", statement), about, headers=ENGLISH)
    assert "These words do not stand in the text. Copy them from it." in response.content.decode()
    assert state(statement) == "submitted"


def test_the_author_answers_and_the_reviewer_reads_the_answer_and_what_has_changed(browser):
    statement = world.submitted()
    browser("roman", "reviewer").post(address("return", statement), {"number": "1", "reason": "Какой мост?"})
    anna = browser("anna", "annotator")
    assert "Какой мост?" in anna.get(reverse("admin:quotes_returned")).content.decode()
    with acting(world.user("anna")):
        Statement.objects.filter(pk=statement.pk).update(label="мост к осени")
    changed = anna.get(reverse("admin:quotes_returned"), headers=ENGLISH).content.decode()
    assert "not submitted anew yet" in changed
    anna.post(address("submit_statement", statement), {"note": "Тот, что у ярмарки."})
    assert "Какой мост?" not in anna.get(reverse("admin:quotes_returned")).content.decode()
    content = browser("roman").get(address("review", statement), headers=ENGLISH).content.decode()
    assert "Тот, что у ярмарки." in content
    assert "Какой мост?" in content
    assert "Changed since revision 1" in content
    assert "<ins>мост к осени</ins>" in content


def test_submitting_twice_leaves_one_revision(browser):
    statement = world.draft()
    anna = browser("anna", "annotator")
    for _ in range(2):
        anna.post(address("submit_statement", statement), {"note": ""})
    assert statement.revisions.count() == 1


def test_approving_opens_the_next_in_the_queue(browser):
    of = world.snapshot()
    first, second = world.submitted(of=of), world.submitted(of=of)
    roman = browser("roman", "reviewer")
    assert roman.post(address("approve", first), {"number": "1"}).url == address("review", second)
    assert roman.post(address("approve", second), {"number": "1"}).url == reverse("admin:quotes_review_queue")


def test_next_and_previous_go_through_the_queue_without_the_readers_own(browser):
    of = world.snapshot()
    roman = world.user("roman", "reviewer")
    first = world.submitted(of=of)
    world.submitted(of=of, by=roman)
    last = world.submitted(of=of)
    context = browser("roman").get(address("review", first)).context
    assert (context["previous"], context["next"]) == (None, last)
    assert browser("roman").get(address("review", last)).context["previous"] == first


def test_what_a_reviewer_changes_somebody_else_approves_and_the_author_sees(browser):
    statement = world.submitted()
    roman = world.user("roman", "reviewer")
    with acting(roman):
        Statement.objects.filter(pk=statement.pk).update(spoken="2031-05-03")
    page = browser("roman")
    page.post(address("submit_statement", statement), {"note": "Дата по тексту."})
    content = page.get(address("review", statement), headers=ENGLISH).content.decode()
    assert "You wrote a part of this statement, so somebody else has to approve it." in content
    assert ">Approve <kbd>" not in content
    anna = browser("anna", "annotator")
    assert "Changed by others (1)" in anna.get(reverse("admin:index"), headers=ENGLISH).content.decode()
    changed = anna.get(reverse("admin:quotes_changed"), headers=ENGLISH).content.decode()
    assert "changed by roman" in changed
    assert "<del>4</del><ins>3</ins> May 2031" in changed
    anna.post(address("seen", statement))
    assert "roman" not in anna.get(reverse("admin:quotes_changed")).content.decode()
    olga = browser("olga", "reviewer")
    olga.post(address("approve", statement), {"number": "2"})
    assert state(statement) == "published"


def test_the_page_shows_the_whole_text_with_all_that_is_marked_in_it(browser):
    of = world.snapshot(text=f"Встреча прошла 4 мая. {world.TEXT}")
    statement = world.submitted(of=of)
    world.draft(of=of, words=(world.ROADS,), kind="indirect", attribution="")
    content = browser("roman", "reviewer").get(address("review", statement), headers=ENGLISH).content.decode()
    assert f'<mark class="words" id="{statement.lead.public_id}">{world.BRIDGE}</mark>' in content
    assert '<span class="attribution">сказал Иван Озёрный</span>' in content
    assert f'<span class="other">{world.ROADS}</span>' in content
    assert '<span class="day">4 мая</span>' in content
    assert "The text prints it: “4 мая”." in content
    assert '<span class="outside">\nПо материалам' in content


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"spoken_known": "publication"}, "The article appeared: 5 May 2031."),
        ({"spoken_known": "text"}, "does not print this date"),
        ({"spoken_known": "other", "spoken_evidence": "протокол встречи"}, "протокол встречи"),
    ],
)
def test_the_page_says_how_the_date_is_known(browser, fields, shown):
    statement = world.submitted(**fields)
    assert shown in browser("roman", "reviewer").get(address("review", statement), headers=ENGLISH).content.decode()


def test_the_page_tells_who_held_the_office_then(browser):
    speaker = world.person()
    post = world.office()
    held = world.tenure(speaker, post, start="2030-01-01", end="2031-01-01")
    world.tenure(world.person("Пётр Полевой"), post, start="2031-01-01")
    statement = world.submitted(speaker=speaker, tenure=held)
    content = browser("roman", "reviewer").get(address("review", statement), headers=ENGLISH).content.decode()
    assert "the speaker did not hold this office on that day" in content
    assert "Пётр Полевой" in content


def test_the_page_tells_why_the_machine_named_the_speaker(browser):
    of = world.snapshot()
    speaker = world.person()
    suggestion = world.suggestion(of, speaker=speaker)
    statement = world.submitted(of=of, speaker=speaker)
    anna = world.user("anna")
    Suggestion.objects.filter(pk=suggestion.pk).update(
        state="accepted", quote=statement.lead, decided_by=anna, decided_at=timezone.now()
    )
    content = browser("roman", "reviewer").get(address("review", statement), headers=ENGLISH).content.decode()
    assert "The machine proposed Иван Озёрный" in content
    assert "the text names the speaker" in content


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


def test_the_queue_is_filtered_by_speaker_source_and_annotator(browser):
    of, elsewhere = world.snapshot(), world.snapshot(source=world.source("Луговая правда (вымышлена)"))
    polevoy = world.person("Пётр Полевой")
    world.submitted(of=of, label="первое слово", speaker=world.person())
    world.submitted(of=of, label="второе слово", speaker=polevoy)
    world.submitted(of=elsewhere, label="третье слово", speaker=polevoy, by=world.user("boris", "annotator"))

    def shown(**chosen):
        content = browser("roman", "reviewer").get(reverse("admin:quotes_review_queue"), chosen).content.decode()
        return [word for word in ("первое", "второе", "третье") if f"{word} слово" in content]

    assert shown() == ["первое", "второе", "третье"]
    assert shown(speaker=polevoy.pk) == ["второе", "третье"]
    assert shown(source=elsewhere.article.source_id) == ["третье"]
    assert shown(annotator=world.user("boris").pk) == ["третье"]
    assert shown(speaker=polevoy.pk, annotator=world.user("anna").pk) == ["второе"]
    assert shown(speaker="x", source="9" * 40) == ["первое", "второе", "третье"]


def test_from_a_filtered_queue_one_goes_on_among_the_same(browser):
    of, polevoy = world.snapshot(), world.person("Пётр Полевой")
    first, _other, last = (world.submitted(of=of, speaker=who) for who in (polevoy, world.person(), polevoy))
    roman, chosen = browser("roman", "reviewer"), f"?speaker={polevoy.pk}"
    listed = roman.get(reverse("admin:quotes_review_queue") + chosen).content.decode()
    assert f'href="{address("review", first)}{chosen}"' in listed
    shown = roman.get(address("review", first) + chosen)
    assert shown.context["next"] == last
    assert f'href="{address("review", last)}{chosen}"' in shown.content.decode()
    assert f'action="{address("approve", first)}{chosen}"' in shown.content.decode()
    answer = roman.post(address("approve", first) + chosen, {"number": "1"})
    assert answer.url == address("review", last) + chosen


def test_a_reviewer_sees_who_has_a_statement_open_and_may_go_on(browser):
    statement = world.submitted()
    assert "has had it open" not in browser("roman", "reviewer").get(
        address("review", statement), headers=ENGLISH
    ).content.decode()  # fmt: skip
    olga = browser("olga", "reviewer")
    for shown in (reverse("admin:quotes_review_queue"), address("review", statement)):
        assert "roman has had it open since" in olga.get(shown, headers=ENGLISH).content.decode()
    Opening.objects.update(since=timezone.now() - Opening.LASTS)
    assert "has had it open" not in olga.get(address("review", statement), headers=ENGLISH).content.decode()
    assert "olga has had it open since" in browser("roman").get(
        address("review", statement), headers=ENGLISH
    ).content.decode()  # fmt: skip
    browser("roman").post(address("approve", statement), {"number": "1"})
    assert state(statement) == "published"


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
