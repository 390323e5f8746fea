"""The queue as people see it: its page, the bar of an article, the list of articles, the index."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from people.acting import acting
from quotes.admin.queue_bar import queue_bar
from quotes.assigning import assign, begin, finish, next_for, skip, take_over
from quotes.models import Assignment
from tests import world

pytestmark = pytest.mark.django_db
QUEUE = "/admin/quotes/assignment/"
ARTICLES = "/admin/articles/article/"
ANNOTATED, NONE = Assignment.Outcome


def browser_of(user):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


@pytest.fixture
def anna():
    user = world.user("anna", "annotator")
    user.first_name = "Анна"
    user.save()
    return user


@pytest.fixture
def boris():
    return world.user("boris", "annotator")


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def text(title="Мост построят", **fields):
    """A snapshot of one more article."""
    made = world.snapshot(**fields)
    made.article.title = title
    made.article.save()
    return made


def seen(response):
    """What a reader sees, without the marking-up."""
    content = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", content).replace(" ,", ",")


def listed(response):
    return [str(article) for article, _standing in response.context["rows"]]


def page(of):
    return reverse("admin:quotes_annotate", args=[of.public_id])


def work(of):
    return reverse("admin:quotes_article_work", args=[of.article.public_id])


def act(browser, of, name, **data):
    return browser.post(reverse(f"admin:quotes_article_{name}", args=[of.article.public_id]), data)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def bar(user, of):
    """The bar as the annotation page includes it."""
    request = RequestFactory().get(page(of))
    request.user = user
    with translation.override("en"):
        content = render_to_string("admin/quotes/_queue_bar.html", queue_bar(request, of.article), request)
    return re.sub(r"\s+", " ", re.sub(r"<(?!button|summary)[^>]+>", " ", content))


class TestThePage:
    def test_says_in_numbers_and_words_how_far_it_is(self, anna, boris):
        of = text("С цитатой")
        world.draft(of=of, by=anna)
        finish(of.article, ANNOTATED, by=anna)
        finish(text("Прошлая").article, NONE, by=anna)
        Assignment.objects.filter(outcome=NONE).update(finished_at=timezone.now() - timezone.timedelta(days=2))
        finish(text("Чужая").article, NONE, by=boris)
        text("Ждёт")
        content = seen(browser_of(anna).get(QUEUE))
        assert "3 of 4 done · 1 left · done by you: 2, today: 1" in content

    def test_counts_no_suggestion_and_no_quote_as_done(self, anna):
        of = text()
        world.draft(of=of, by=anna)
        world.suggestion(of, world.ROADS)
        assert "0 of 1 done · 1 left" in seen(browser_of(anna).get(QUEUE))

    def test_leads_to_the_text_of_the_next_article(self, anna):
        of = text()
        response = browser_of(anna).post("/admin/quotes/assignment/next/")
        assert response["Location"] == page(of)
        assert Assignment.objects.get().state == "begun"

    def test_leads_to_the_newest_text_with_words(self, anna):
        of = text()
        newest = world.snapshot("Исправленный текст.", article=of.article)
        world.snapshot("Заголовок\n\n   \nПодвал", body=(9, 14), article=of.article)
        assert browser_of(anna).post("/admin/quotes/assignment/next/")["Location"] == page(newest)

    def test_says_so_when_nothing_waits(self, anna):
        response = browser_of(anna).post("/admin/quotes/assignment/next/", follow=True)
        assert "Nothing else waits for you." in seen(response)
        assert "Every article is finished." in seen(response)

    def test_lists_the_unfinished_in_the_order_in_which_they_come(self, anna):
        first, second, third = text("Первая"), text("Вторая"), text("Третья")
        finish(second.article, NONE, by=anna)
        assert listed(browser_of(anna).get(QUEUE)) == ["Первая", "Третья"]
        assert first.pk < third.pk

    @pytest.mark.parametrize(
        ("show", "titles"),
        [
            ("unfinished", ["Ждёт", "Дана Анне", "Начата Анной", "Начата Борисом", "Пропущена Анной"]),
            ("mine", ["Дана Анне", "Начата Анной"]),
            ("begun", ["Начата Анной", "Начата Борисом"]),
            ("skipped", ["Пропущена Анной"]),
            ("finished", ["Закончена"]),
            (
                "all",
                ["Закончена", "Пропущена Анной", "Начата Борисом", "Начата Анной", "Дана Анне", "Ждёт"],
            ),
            ("nonsense", ["Ждёт", "Дана Анне", "Начата Анной", "Начата Борисом", "Пропущена Анной"]),
        ],
    )
    def test_shows_what_is_asked_for(self, anna, boris, elena, show, titles):
        text("Ждёт")
        assign([text("Дана Анне").article], to=anna, by=elena)
        begin(text("Начата Анной").article, by=anna)
        begin(text("Начата Борисом").article, by=boris)
        skip(text("Пропущена Анной").article, "Длинная.", by=anna)
        finish(text("Закончена").article, NONE, by=boris)
        assert listed(browser_of(anna).get(QUEUE, {"show": show})) == titles

    def test_narrows_by_source_language_days_and_suggestions(self, anna):
        paper = world.source("Вечерний лист (вымышлен)")
        text("Старая", source=world.source())
        other = text("По-белорусски", source=paper)
        other.article.language, other.article.published = "be", "2031-06"
        other.article.save()
        world.suggestion(other, world.BRIDGE)
        anna = browser_of(anna)
        for query in (
            {"source": paper.pk},
            {"language": "be"},
            {"published_from": "2031-05-20"},
            {"published_from": "2031-06-10", "published_to": "2031-06-12"},
            {"suggested": "on"},
        ):
            assert listed(anna.get(QUEUE, query)) == ["По-белорусски"], query
        assert listed(anna.get(QUEUE, {"published_to": "2031-05-31"})) == ["Старая"]
        assert listed(anna.get(QUEUE, {"published_from": "tomorrow", "source": "x"})) == ["Старая", "По-белорусски"]
        backwards = anna.get(QUEUE, {"published_from": "2031-06-10", "published_to": "2031-06-01"})
        assert "This day lies before the first one." in seen(backwards)
        assert listed(backwards) == ["По-белорусски"]

    def test_tells_of_each_who_has_it_and_what_is_in_it(self, anna, boris):
        of = text("С цитатами")
        world.published(of=of, by=anna)
        world.draft(of=of, by=anna, words=(world.ROADS,), kind="indirect")
        world.suggestion(of, "уже идут")
        skip(of.article, "Не по-русски.", by=boris)
        begin(of.article, by=anna)
        content = seen(browser_of(boris).get(QUEUE))
        assert "begun by Анна 2 quotes, public: 1 1 undecided suggestion skipped by boris: Не по-русски." in content

    def test_goes_on_page_by_page_and_shows_each_once(self, anna):
        for number in range(45):
            text(f"№ {number}")
        browser, address, titles = browser_of(anna), QUEUE, []
        while address:
            response = browser.get(address)
            titles += listed(response)
            more = re.search(r'href="(\?[^"]*after=\d+)"', response.content.decode())
            address = more and QUEUE + more[1].replace("&amp;", "&")
        assert titles == [f"№ {number}" for number in range(45)]

    @pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}?show=all", ARTICLES])
    def test_asks_the_database_no_more_for_more_rows(self, anna, boris, elena, address):
        browser = browser_of(elena)

        def more():
            of = text()
            world.draft(of=of, by=anna)
            skip(of.article, "Длинная.", by=boris)
            begin(of.article, by=anna)

        def count():
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            return len(queries)

        more()
        few = count()
        for _ in range(12):
            more()
        assert count() == few

    @pytest.mark.parametrize(("role", "may"), [("annotator", True), ("reviewer", False), ("editor", False)])
    def test_offers_the_next_article_to_those_who_annotate(self, role, may):
        text()
        browser = browser_of(world.user(role, role))
        assert ("Next article for me" in seen(browser.get(QUEUE))) == may
        assert (browser.post(f"{QUEUE}next/").status_code == 302) == may

    def test_is_closed_to_strangers(self, client):
        assert browser_of(world.user("stranger")).get(QUEUE).status_code == 403
        assert client.get(QUEUE).status_code == 302

    def test_is_led_to_from_the_index_with_what_is_left(self, anna):
        text()
        finish(text().article, NONE, by=anna)
        assert "Articles to annotate: 1 left" in seen(browser_of(anna).get("/admin/"))


class TestTheBar:
    def test_of_a_free_article_without_quotes_offers_no_statements_begin_and_skip(self, anna):
        content = bar(anna, text())
        for words in ("No statements here", "Begin", "Skip…", "Next, without finishing", "0 of 1 done"):
            assert words in content
        assert "Finish and open" not in content

    def test_with_quotes_offers_to_finish(self, anna):
        of = text()
        world.draft(of=of, by=anna)
        begin(of.article, by=anna)
        content = bar(anna, of)
        assert "1 quote " in content
        assert "Finish and open the next" in content
        assert "submit my complete drafts for review: 1" in content
        for words in ("No statements here", "Begin</button>"):
            assert words not in content

    def test_names_a_key_for_each_way_on(self, anna):
        content = bar(anna, text())
        keys = set(re.findall(r'data-press="([^"]+)"', content))
        assert keys == {"finish", "begin", "skip", "next-article"}

    def test_says_who_is_at_it_and_since_when_and_lets_one_look_and_take_over(self, anna, boris):
        of = text()
        begin(of.article, by=anna)
        Assignment.objects.update(begun_at=timezone.make_aware(timezone.datetime(2031, 5, 6, 14, 20)))
        content = bar(boris, of)
        assert (
            "Анна has been working on this article (since May 6, 2031, 2:20 p.m.). You can look; take it over"
            in content
        )
        assert "Take over" in content
        for words in ("No statements here", "Skip…", "Begin"):
            assert words not in content
        assert browser_of(boris).get(page(of)).status_code == 200

    def test_says_to_whom_it_is_assigned(self, anna, boris, elena):
        of = text()
        assign([of.article], to=anna, by=elena)
        assert "This article is assigned to Анна." in bar(boris, of)
        assert "Begin" in bar(anna, of)

    def test_of_a_finished_article_says_how_and_by_whom(self, anna, boris):
        of = text()
        finish(of.article, NONE, by=anna)
        assert "You have finished this article: no statements" in bar(anna, of)
        assert "Reopen" in bar(anna, of)
        other = bar(boris, of)
        assert "Анна has finished this article: no statements" in other
        for words in ("Reopen", "Take over", "Skip", "Begin"):
            assert words not in other

    def test_tells_why_it_was_reopened(self, anna, boris, elena):
        of = text()
        finish(of.article, NONE, by=anna)
        act(browser_of(elena), of, "reopen", reason="Посмотрите второй абзац.")
        assert "Reopened for you: Посмотрите второй абзац." in bar(anna, of)
        finish(of.article, NONE, by=anna)
        world.draft(of=of, by=boris)
        assert "Reopened for you: quotes were added or deleted" in bar(anna, of)

    def test_tells_what_one_has_said_when_one_skipped_it(self, anna):
        of = text()
        skip(of.article, "Не по-русски.", by=anna)
        content = bar(anna, of)
        assert "You have skipped this article: Не по-русски." in content
        assert "Skip…" not in content

    def test_of_a_reader_without_a_part_in_it_has_no_buttons(self, anna):
        of = text()
        content = bar(world.user("roman", "reviewer"), of)
        assert "Nobody has begun this article." in content
        assert "<button" not in content

    def test_asks_the_database_no_more_for_more_quotes(self, anna):
        of = text(text="".join(f"«Слова {number}», — сказал Иван Озёрный.\n" for number in range(20)), body=None)
        request = RequestFactory().get(page(of))

        def count():
            request.user = world.user("anna")
            with CaptureQueriesContext(connection) as queries:
                render_to_string("admin/quotes/_queue_bar.html", queue_bar(request, of.article), request)
            return len(queries)

        world.draft(of=of, by=anna, words=("Слова 0",))
        few = count()
        for number in range(1, 8):
            world.draft(of=of, by=anna, words=(f"Слова {number}",))
            world.suggestion(of, f"Слова {number + 8}")
        assert count() == few


class TestFinishing:
    def test_goes_on_to_the_next(self, anna):
        of, following = text(), text()
        response = act(browser_of(anna), of, "finish", outcome="no_statements")
        assert response["Location"] == page(following)
        assert Assignment.objects.get(article=of.article).outcome == "no_statements"
        assert said(response) == ["Finished: “Мост построят”."]

    def test_asks_once_about_undecided_suggestions(self, anna):
        of = text()
        for words in (world.BRIDGE, world.ROADS, "уже идут"):
            world.suggestion(of, words)
        browser = browser_of(anna)
        asked = act(browser, of, "finish", outcome="no_statements")
        assert "3 suggestions are undecided: finish all the same?" in seen(asked)
        assert not Assignment.objects.exists()
        act(browser, of, "finish", outcome="no_statements", sure="yes")
        assert Assignment.objects.get().state == "finished"

    def test_says_which_drafts_lack_what(self, anna):
        of = text()
        world.draft(of=of, by=anna, spoken=None, spoken_known="", label="осенний мост")
        world.draft(of=of, by=anna, words=(world.ROADS,), kind="indirect")
        asked = seen(act(browser_of(anna), of, "finish", outcome="annotated"))
        assert "This draft of yours still lacks what review needs: “осенний мост” Give the date on which" in asked
        assert "дороги" not in asked

    def test_submits_the_complete_drafts_when_asked_to(self, anna):
        of = text()
        complete = world.draft(of=of, by=anna)
        incomplete = world.draft(of=of, by=anna, words=(world.ROADS,), kind="indirect", spoken=None, spoken_known="")
        browser = browser_of(anna)
        asked = act(browser, of, "finish", outcome="annotated", submit="on")
        assert 'name="submit" value="on"' in asked.content.decode()
        response = act(browser, of, "finish", outcome="annotated", submit="on", sure="yes")
        assert "1 draft is submitted for review." in said(response)
        for one in (complete, incomplete):
            one.refresh_from_db()
        assert (complete.state, incomplete.state) == ("submitted", "draft")

    def test_does_not_submit_unless_asked_to(self, anna):
        of = text()
        draft = world.draft(of=of, by=anna)
        act(browser_of(anna), of, "finish", outcome="annotated")
        draft.refresh_from_db()
        assert (draft.state, Assignment.objects.get().outcome) == ("draft", "annotated")

    def test_as_without_statements_is_refused_in_words_when_a_quote_has_come(self, anna, boris):
        of = text()
        world.draft(of=of, by=boris)
        response = act(browser_of(anna), of, "finish", outcome="no_statements")
        assert said(response) == [
            "There are quotes in this article, so it is not without statements. Look at them, then finish it as annotated."
        ]
        assert response["Location"] == page(of)
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize("outcome", ["", "perhaps"])
    def test_somehow_is_not_possible(self, anna, outcome):
        assert act(browser_of(anna), text(), "finish", outcome=outcome).status_code == 400
        assert not Assignment.objects.exists()

    def test_what_another_has_taken_over_meanwhile_is_refused_with_the_name(self, anna, boris):
        of = text()
        begin(of.article, by=boris)
        take_over(of.article, by=anna)
        response = act(browser_of(boris), of, "finish", outcome="no_statements")
        assert said(response) == ["Somebody else has this article: they work on it, or have finished it. (Анна)"]

    @pytest.mark.parametrize("role", ["reviewer", "editor"])
    @pytest.mark.parametrize("name", ["begin", "take-over", "skip", "finish"])
    def test_and_all_other_work_is_the_annotators(self, role, name):
        assert act(browser_of(world.user(role, role)), text(), name).status_code == 403

    @pytest.mark.parametrize("name", ["begin", "take-over", "skip", "finish", "reopen"])
    def test_and_all_other_acts_want_a_form_that_was_sent(self, anna, name):
        address = reverse(f"admin:quotes_article_{name}", args=[text().article.public_id])
        assert browser_of(anna).get(address).status_code == 405


class TestSkipping:
    def test_goes_on_to_the_next_and_leaves_the_reason(self, anna):
        of, following = text(), text()
        response = act(browser_of(anna), of, "skip", reason="Не по-русски.")
        assert response["Location"] == page(following)
        assert "skipped by Анна: Не по-русски." in seen(browser_of(anna).get(QUEUE))

    def test_without_a_reason_asks_for_one(self, anna):
        of = text()
        response = act(browser_of(anna), of, "skip", reason=" ")
        assert said(response) == ["Say why you skip it; whoever plans the work will see it."]
        assert response["Location"] == work(of)


class TestReopening:
    def test_ones_own_leads_back_to_the_text(self, anna):
        of = text()
        finish(of.article, NONE, by=anna)
        assert act(browser_of(anna), of, "reopen")["Location"] == page(of)
        assert Assignment.objects.get().state == "begun"

    def test_anothers_is_the_editors_and_needs_a_reason(self, anna, boris, elena):
        of = text()
        finish(of.article, NONE, by=anna)
        assert act(browser_of(boris), of, "reopen", reason="Ещё раз").status_code == 403
        editor = browser_of(elena)
        assert said(act(editor, of, "reopen"))[-1].startswith("Say what is still to be done")
        assert Assignment.objects.get().state == "finished"
        assert said(act(editor, of, "reopen", reason="Ещё раз"))[-1] == "Reopened: Анна has it in hand again."

    def test_what_is_not_finished_says_so(self, anna, elena):
        of = text()
        begin(of.article, by=anna)
        response = act(browser_of(elena), of, "reopen", reason="Ещё раз")
        assert said(response) == ["It is not finished, so there is nothing to reopen."]


class TestAnArticlesOwnPage:
    def test_tells_who_has_worked_on_it(self, anna, boris, elena):
        of = text()
        skip(of.article, "Не по-русски.", by=boris)
        assign([of.article], to=anna, by=elena)
        content = seen(browser_of(elena).get(work(of)))
        assert "boris : skipped," in content
        assert "Не по-русски." in content
        assert "assigned by elena" in content

    def test_of_an_article_without_a_text_says_so(self, anna):
        from articles.models import Article

        bare = Article.objects.create(source=world.source(), title="Ещё без текста")
        content = seen(browser_of(anna).get(reverse("admin:quotes_article_work", args=[bare.public_id])))
        assert "This article has no text to annotate." in content

    def test_that_is_not_there_is_not_found(self, anna):
        assert browser_of(anna).get("/admin/quotes/assignment/article/nosuchid/").status_code == 404

    def test_keeps_the_history_of_each_ones_work(self, anna, elena):
        of = text()
        with acting(anna):
            finish(of.article, NONE, by=anna)
        act(browser_of(anna), of, "reopen")
        address = reverse("admin:quotes_assignment_history", args=[Assignment.objects.get().pk])
        content = seen(browser_of(elena).get(address))
        assert "no statements" in content


class TestTheListOfArticles:
    def test_tells_who_has_each_and_how_many_quotes_it_has(self, anna, elena):
        of = text()
        world.draft(of=of, by=anna)
        begin(of.article, by=anna)
        text("Вторая")
        content = seen(browser_of(elena).get(ARTICLES))
        assert "begun by Анна 1" in content
        assert "waits 0" in content

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("annotation=left", {"Ждёт", "Дана", "Начата", "Пропущена"}),
            ("annotation=waiting", {"Ждёт", "Пропущена"}),
            ("annotation=assigned", {"Дана"}),
            ("annotation=begun", {"Начата"}),
            ("annotation=skipped", {"Пропущена"}),
            ("annotation=annotated", {"С цитатой"}),
            ("annotation=no_statements", {"Без высказываний"}),
            ("annotation=textless", {"Без текста"}),
            ("quoted=yes", {"С цитатой"}),
            ("annotator=ANNA", {"Дана", "С цитатой"}),
        ],
    )
    def test_is_narrowed_by_how_far_they_are(self, anna, boris, elena, query, titles):
        from articles.models import Article

        text("Ждёт")
        assign([text("Дана").article], to=anna, by=elena)
        begin(text("Начата").article, by=boris)
        skip(text("Пропущена").article, "Длинная.", by=boris)
        finish(text("Без высказываний").article, NONE, by=boris)
        quoted = text("С цитатой")
        world.draft(of=quoted, by=anna)
        finish(quoted.article, ANNOTATED, by=anna)
        Article.objects.create(source=world.source(), title="Без текста")
        response = browser_of(elena).get(f"{ARTICLES}?{query.replace('ANNA', str(anna.pk))}")
        assert {article.title for article in response.context["cl"].result_list} == titles

    def test_lets_an_editor_assign_several(self, anna, boris, elena):
        free, begun, finished = text("Свободная"), text("Начатая"), text("Законченная")
        begin(begun.article, by=boris)
        finish(finished.article, NONE, by=boris)
        chosen = {"_selected_action": [of.article.pk for of in (free, begun, finished)], "action": "assign"}
        editor = browser_of(elena)
        asked = editor.post(ARTICLES, chosen)
        assert "3 articles" in seen(asked)
        assert "Анна" in seen(asked)
        assert "elena" not in re.search(r"<select.*?</select>", asked.content.decode(), re.DOTALL)[0]
        response = editor.post(ARTICLES, chosen | {"to": "yes", "annotator": anna.pk})
        assert said(response) == [
            "1 article is assigned to Анна.",
            "1 is finished: reopen it instead.",
            "1 stays with who has begun it.",
        ]
        assert next_for(anna).article == free.article

    def test_lets_an_editor_take_away_what_was_assigned_or_begun(self, anna, boris, elena):
        given, begun = text(), text()
        assign([given.article], to=anna, by=elena)
        begin(begun.article, by=anna)
        chosen = {"_selected_action": [of.article.pk for of in (given, begun)], "action": "assign", "to": "yes"}
        response = browser_of(elena).post(ARTICLES, chosen | {"annotator": "nobody", "begun_too": "on"})
        assert said(response) == ["2 articles wait for anybody."]
        assert not Assignment.objects.in_hand().exists()

    def test_takes_nothing_away_unless_it_is_said(self, anna, elena):
        of = text()
        assign([of.article], to=anna, by=elena)
        chosen = {"_selected_action": [of.article.pk], "action": "assign", "to": "yes", "annotator": ""}
        assert "This field is required." in seen(browser_of(elena).post(ARTICLES, chosen))
        assert Assignment.objects.in_hand().exists()

    def test_lets_nobody_else_assign(self, anna):
        of = text()
        chosen = {"_selected_action": [of.article.pk], "action": "assign", "to": "yes", "annotator": anna.pk}
        browser_of(anna).post(ARTICLES, chosen)
        assert not Assignment.objects.exists()
        assert "Assign to…" not in seen(browser_of(anna).get(ARTICLES))
