"""Who gets which article, and what becomes of it. What the pages show of this is in test_queue_page."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from people.acting import acting
from quotes import assigning
from quotes.annotating import delete_quote
from quotes.assigning import assign, begin, begin_if_free, finish, next_for, reopen, skip, take_over
from quotes.models import Assignment, Quote, Suggestion
from quotes.progress import progress_of
from quotes.refusals import Refused
from tests import world
from tests.people.test_races import another_connection, wait_until_somebody_waits

ANNOTATED, NONE = Assignment.Outcome


@pytest.fixture
def anna():
    return world.user("anna", "annotator")


@pytest.fixture
def boris():
    return world.user("boris", "annotator")


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def article(**fields):
    """One more article, which came in after those that are there."""
    return world.snapshot(**fields).article


def articles(number):
    return [article() for _ in range(number)]


@contextmanager
def refused(rule):
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.rule == rule


def queries_of(act):
    with CaptureQueriesContext(connection) as queries:
        assert act()
    return len(queries)


def got(user, **options):
    """The article that the user gets next."""
    row = next_for(user, **options)
    return row and row.article


@pytest.mark.django_db
class TestTheNextArticle:
    def test_is_the_one_that_came_in_first(self, anna):
        first, _second = articles(2)
        row = next_for(anna)
        assert (row.article, row.annotator, row.assigned_by, row.state) == (first, anna, None, "begun")

    def test_is_what_was_assigned_before_what_waits(self, anna, elena):
        _first, _second, third = articles(3)
        assign([third], to=anna, by=elena)
        row = next_for(anna)
        assert (row.article, row.assigned_by, row.state) == (third, elena, "begun")

    def test_is_what_was_assigned_before_what_one_has_begun(self, anna, elena):
        begun, given = articles(2)
        assert got(anna) == begun
        assign([given], to=anna, by=elena)
        assert got(anna) == given

    def test_is_what_one_has_begun_before_what_waits(self, anna):
        _first, second = articles(2)
        begin(second, by=anna)
        assert got(anna) == second

    def test_is_another_one_when_one_leaves_this_unfinished(self, anna):
        first, second, third = articles(3)
        assert got(anna) == first
        assert got(anna, leaving=first) == second
        assert got(anna, leaving=second) == third
        assert got(anna, leaving=third) == first
        assert got(anna, leaving=first) == second

    def test_is_none_when_only_the_one_that_one_leaves_is_left(self, anna):
        only = article()
        assert got(anna) == only
        assert got(anna, leaving=only) is None

    def test_never_is_what_somebody_has_finished(self, anna, boris):
        first, second = articles(2)
        finish(first, NONE, by=anna)
        assert got(anna) == second
        finish(second, NONE, by=anna)
        assert got(anna) is None
        assert got(boris) is None

    def test_never_is_what_another_has_in_hand(self, anna, boris, elena):
        begun, given, third = articles(3)
        begin(begun, by=anna)
        assign([given], to=anna, by=elena)
        assert got(boris) == third
        assert got(boris, leaving=third) is None

    def test_is_what_another_has_skipped_but_not_what_oneself_has(self, anna, boris):
        first, second = articles(2)
        skip(first, "The text is broken.", by=anna)
        assert got(anna) == second
        assert got(boris) == first

    def test_never_is_one_without_a_text(self, anna):
        Article.objects.create(source=world.source(), title="Ещё без текста")
        blank = world.snapshot("Заголовок\n\n   \nПодвал", body=(9, 14))
        assert blank.body.isspace()
        assert got(anna) is None
        with_text = article()
        assert got(anna) == with_text

    def test_assigned_and_then_left_without_a_text_does_not_come(self, anna, elena):
        of = world.snapshot("Слова.   ", body=(0, 9))
        assign([of.article], to=anna, by=elena)
        of.body_start = 6
        of.save()
        assert got(anna) is None

    def test_of_a_text_with_quotes_and_suggestions_is_still_to_be_finished(self, anna):
        of = world.snapshot()
        world.draft(of=of, by=anna)
        world.suggestion(of, world.ROADS, state="rejected", decided_by=anna, decided_at=timezone.now())
        assert got(anna) == of.article

    def test_costs_as_many_queries_with_many_articles_as_with_one(self, anna, boris):
        articles(1)
        few = queries_of(lambda: next_for(anna))
        articles(20)
        assert queries_of(lambda: next_for(boris)) == few


@pytest.mark.django_db
class TestFinishing:
    def test_says_what_was_found(self, anna):
        of = world.snapshot()
        world.draft(of=of, by=anna)
        row = finish(of.article, ANNOTATED, by=anna)
        assert (row.state, row.outcome) == ("finished", "annotated")
        other = finish(article(), NONE, by=anna)
        assert (other.state, other.outcome) == ("finished", "no_statements")

    @pytest.mark.parametrize(
        ("quoted", "outcome", "rule"),
        [(True, NONE, "assignment_without_statements"), (False, ANNOTATED, "assignment_annotated_has_quotes")],
    )
    def test_with_an_outcome_that_is_not_true_is_refused(self, anna, boris, quoted, outcome, rule):
        of = world.snapshot()
        if quoted:
            world.draft(of=of, by=boris)
        with refused(rule):
            finish(of.article, outcome, by=anna)
        assert not Assignment.objects.exists()

    def test_is_not_done_by_suggestions(self, anna):
        of = world.snapshot()
        world.suggestion(of, state="rejected", decided_by=anna, decided_at=timezone.now())
        assert progress_of(anna).done == 0
        with refused("assignment_annotated_has_quotes"):
            finish(of.article, ANNOTATED, by=anna)

    def test_twice_changes_nothing(self, anna):
        of = article()
        first = finish(of, NONE, by=anna).finished_at
        assert finish(of, NONE, by=anna).finished_at == first

    def test_what_another_has_is_refused(self, anna, boris):
        of = article()
        begin(of, by=anna)
        with refused("assignment_in_one_hand"):
            finish(of, NONE, by=boris)

    def test_is_undone_by_a_quote_where_there_was_said_to_be_none(self, anna, boris):
        of = world.snapshot()
        finish(of.article, NONE, by=anna)
        world.draft(of=of, by=boris)
        row = Assignment.objects.get()
        assert (row.state, row.outcome, row.annotator, row.reopened_by) == ("begun", "", anna, boris)
        assert got(anna) == of.article
        assert finish(of.article, ANNOTATED, by=anna).reopened_at is None

    def test_is_undone_when_the_last_quote_goes_and_not_before(self, anna):
        of = world.snapshot()
        world.draft(of=of, by=anna)
        world.draft(of=of, by=anna, words=(world.ROADS,), kind="indirect")
        finish(of.article, ANNOTATED, by=anna)
        first, last = Quote.objects.all()
        delete_quote(first)
        assert Assignment.objects.get().state == "finished"
        delete_quote(last)
        assert Assignment.objects.get().state == "begun"

    def test_stays_when_another_quote_comes(self, anna, boris):
        of = world.snapshot()
        world.draft(of=of, by=anna)
        finish(of.article, ANNOTATED, by=anna)
        world.draft(of=of, by=boris, words=(world.ROADS,), kind="indirect")
        assert Assignment.objects.get().state == "finished"

    def test_counts_quotes_in_every_text_of_the_article(self, anna):
        of = world.snapshot()
        world.draft(of=of, by=anna)
        world.snapshot("Другой текст.", article=of.article)
        assert finish(of.article, ANNOTATED, by=anna).state == "finished"


@pytest.mark.django_db
class TestReopening:
    def test_gives_it_back_to_the_one_who_had_finished_it(self, anna, elena):
        of = article()
        finish(of, NONE, by=anna)
        row = reopen(of, "Посмотрите третий абзац.", by=elena)
        assert (row.annotator, row.state, row.reopened_by) == (anna, "begun", elena)
        assert got(anna) == of

    def test_leaves_others_work_alone(self, anna, boris):
        first, second = articles(2)
        finish(first, NONE, by=anna)
        finish(second, NONE, by=boris)
        reopen(first, by=anna)
        assert [row.state for row in Assignment.objects.order_by("id")] == ["begun", "finished"]

    def test_of_what_nobody_has_finished_does_nothing(self, anna):
        of = article()
        begin(of, by=anna)
        assert reopen(of, by=anna) is None
        assert Assignment.objects.get().reopened_at is None


@pytest.mark.django_db
class TestSkipping:
    def test_keeps_the_reason_and_lets_go_of_the_article(self, anna, boris):
        of = article()
        row = skip(of, " Не по-русски. ", by=anna)
        assert (row.state, row.skip_reason) == ("skipped", "Не по-русски.")
        assert begin(of, by=boris).state == "begun"

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_without_a_reason_is_refused(self, anna, reason):
        with refused("assignment_skip_says_why"):
            skip(article(), reason, by=anna)

    def test_what_is_finished_is_refused(self, anna):
        of = article()
        finish(of, NONE, by=anna)
        with refused("assignment_ends_one_way"):
            skip(of, "Надоело.", by=anna)

    def test_is_taken_back_by_beginning_it_after_all(self, anna):
        of = article()
        skip(of, "Длинная.", by=anna)
        row = begin(of, by=anna)
        assert (row.state, row.skip_reason) == ("begun", "")
        assert Assignment.objects.count() == 1

    def test_ends_when_an_editor_assigns_it_all_the_same(self, anna, elena):
        of = article()
        skip(of, "Длинная.", by=anna)
        assign([of], to=anna, by=elena)
        assert Assignment.objects.get().state == "assigned"
        assert got(anna) == of


@pytest.mark.django_db
class TestTakingOver:
    def test_is_an_act_of_its_own(self, anna, boris):
        of = article()
        begin(of, by=anna)
        with refused("assignment_in_one_hand"):
            begin(of, by=boris)
        assert begin_if_free(of, by=boris) is None
        take_over(of, by=boris)
        first, second = Assignment.objects.order_by("id")
        assert (first.annotator, first.state, first.passed_on_by) == (anna, "passed_on", boris)
        assert (second.annotator, second.state) == (boris, "begun")

    def test_and_back_again_is_one_row_each(self, anna, boris):
        of = article()
        begin(of, by=anna)
        take_over(of, by=boris)
        take_over(of, by=anna)
        assert {row.annotator: row.state for row in Assignment.objects.all()} == {anna: "begun", boris: "passed_on"}

    def test_of_what_another_has_finished_is_refused(self, anna, boris):
        of = article()
        finish(of, NONE, by=anna)
        with refused("assignment_in_one_hand"):
            take_over(of, by=boris)
        assert Assignment.objects.get().state == "finished"

    def test_is_not_needed_for_what_is_free(self, anna):
        assert take_over(article(), by=anna).state == "begun"
        assert begin_if_free(article(), by=anna).state == "begun"

    def test_is_not_needed_for_what_is_ones_own(self, anna, elena):
        of = article()
        assign([of], to=anna, by=elena)
        assert begin_if_free(of, by=anna).state == "begun"
        finish(of, NONE, by=anna)
        assert begin_if_free(of, by=anna).state == "finished"


@pytest.mark.django_db
class TestAssigning:
    def test_many_at_once_says_what_became_of_them(self, anna, boris, elena):
        free, finished, begun, given, skipped = articles(5)
        bare = Article.objects.create(source=world.source(), title="Ещё без текста")
        finish(finished, NONE, by=boris)
        begin(begun, by=boris)
        assign([given], to=boris, by=elena)
        skip(skipped, "Длинная.", by=boris)
        told = assign([free, finished, begun, given, skipped, bare], to=anna, by=elena)
        assert (told.given, told.finished, told.begun, told.without_text) == (3, 1, 1, 1)
        mine = set(Assignment.objects.in_hand().of(anna).values_list("article", "assigned_by"))
        assert mine == {(one.pk, elena.pk) for one in (free, given, skipped)}

    def test_takes_what_is_begun_only_when_told_to(self, anna, boris, elena):
        of = article()
        begin(of, by=boris)
        assert assign([of], to=anna, by=elena, begun_too=True).given == 1
        assert {row.annotator: row.state for row in Assignment.objects.all()} == {boris: "passed_on", anna: "assigned"}

    def test_to_the_one_who_has_it_changes_nothing(self, anna, elena):
        of = article()
        begin(of, by=anna)
        assert assign([of], to=anna, by=elena).given == 1
        assert Assignment.objects.get().state == "begun"

    def test_to_nobody_lets_it_wait_for_anybody(self, anna, boris, elena):
        of = article()
        assign([of], to=anna, by=elena)
        assign([of], to=None, by=elena)
        assert Assignment.objects.get().state == "passed_on"
        assert got(boris) == of

    def test_costs_as_many_queries_for_many_as_for_one(self, anna, boris, elena):
        one, several = articles(1), articles(12)
        assign([*one, *several], to=boris, by=elena)
        few = queries_of(lambda: assign(one, to=anna, by=elena))
        assert queries_of(lambda: assign(several, to=anna, by=elena)) == few


@pytest.mark.django_db
class TestProgress:
    def test_counts_what_people_finished_and_nothing_else(self, anna, boris):
        for number, user in enumerate((anna, anna, boris)):
            finish(article(), NONE, by=user)
            assert progress_of(anna).done == number + 1
        begin(article(), by=anna)
        skip(article(), "Длинная.", by=anna)
        of = world.snapshot()
        world.draft(of=of, by=anna)
        Article.objects.create(source=world.source(), title="Ещё без текста")
        Suggestion.objects.all().delete()
        progress = progress_of(anna)
        assert (progress.done, progress.left, progress.mine, progress.mine_today, progress.total) == (3, 3, 2, 2, 6)

    def test_of_today_is_what_was_finished_since_midnight_here(self, anna, settings):
        finish(article(), NONE, by=anna)
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        Assignment.objects.update(finished_at=midnight - timezone.timedelta(seconds=1))
        assert (progress_of(anna).mine, progress_of(anna).mine_today) == (1, 0)
        Assignment.objects.update(finished_at=midnight)
        assert progress_of(anna).mine_today == 1


@pytest.mark.django_db
class TestMyDrafts:
    def test_that_lack_nothing_are_submitted_together(self, anna, boris):
        of = world.snapshot()
        complete = world.draft(of=of, by=anna)
        lacking = world.draft(of=of, by=anna, words=(world.ROADS,), kind="indirect", spoken=None, spoken_known="")
        others = world.draft(of=of, by=boris, words=("уже идут",))
        elsewhere = world.draft(by=anna)
        assert assigning.drafts_of(of.article, anna) == [complete, lacking]
        with acting(anna):
            assert assigning.submit_complete(of.article, by=anna) == 1
        states = {}
        for one in (complete, lacking, others, elsewhere):
            one.refresh_from_db()
            states[one] = one.state
        assert list(states.values()) == ["submitted", "draft", "draft", "draft"]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Only what is committed can be seen from another connection."""

    def test_never_get_the_same_article(self, anna, boris):
        first, second = articles(2)
        came, go = threading.Event(), threading.Event()
        taken, let_go = [], []

        def take():
            with transaction.atomic():
                taken.append(next_for(boris).article)
                came.set()
                let_go.append(go.wait(20))
            connection.close()

        taking = threading.Thread(target=take)
        taking.start()
        assert came.wait(20)
        # Boris's transaction is not over: his article is passed by at once.
        assert got(anna) == second
        go.set()
        taking.join(20)
        assert (taken, let_go) == ([first], [True])

    def test_and_only_one_left_the_second_waits_to_see_and_gets_none(self, anna, boris):
        only, outcomes = article(), []

        def take():
            outcomes.append(got(anna))
            connection.close()

        with another_connection() as other, other.cursor() as cursor:
            cursor.execute("SELECT FROM articles_article WHERE id = %s FOR NO KEY UPDATE", [only.pk])
            cursor.execute(
                "INSERT INTO quotes_assignment (article_id, annotator_id, assigned_at, begun_at, skip_reason, outcome,"
                " reopen_reason, blind) VALUES (%s, %s, now(), now(), '', '', '', false)",
                [only.pk, boris.pk],
            )
            taking = threading.Thread(target=take)
            taking.start()
            wait_until_somebody_waits(cursor)
            other.commit()
            taking.join(20)
        assert outcomes == [None]

    def test_and_the_first_changes_their_mind_the_second_gets_it(self, anna):
        only, outcomes = article(), []

        def take():
            outcomes.append(got(anna))
            connection.close()

        with another_connection() as other, other.cursor() as cursor:
            cursor.execute("SELECT FROM articles_article WHERE id = %s FOR NO KEY UPDATE", [only.pk])
            taking = threading.Thread(target=take)
            taking.start()
            wait_until_somebody_waits(cursor)
            other.rollback()
            taking.join(20)
        assert outcomes == [only]

    def test_many_empty_the_queue_together_and_each_article_is_worked_on_once(self):
        users = [world.user(f"annotator-{number}", "annotator") for number in range(4)]
        all_of_them = {one.pk for one in articles(12)}
        taken = []

        def work(user):
            while row := next_for(user):
                taken.append(row.article_id)
                finish(row.article, NONE, by=user)
            connection.close()

        threads = [threading.Thread(target=work, args=[user]) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(taken) == sorted(all_of_them)
