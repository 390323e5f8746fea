"""An article for two: how it becomes one, what each of the two sees of it, and what is made of their readings."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.acting import acting
from people.history import history_of
from people.merging import merge
from quotes.adjudicating import Case, NotDecided, rule, settle
from quotes.agreeing import agreement_rows
from quotes.annotating import delete_quote
from quotes.assigning import assign, begin, finish, next_for, reopen, skip, take_over
from quotes.doubling import choose
from quotes.models import Assignment, DoubleAnnotation, DoubleShare, Quote, Statement
from quotes.progress import progress_of
from quotes.refusals import Refused
from tests import world

ANNOTATED, NONE = Assignment.Outcome
MORE = "Работы"


@pytest.fixture(autouse=True)
def _database(db):
    pass


@pytest.fixture
def anna():
    return world.user("anna", "annotator")


@pytest.fixture
def boris():
    return world.user("boris", "annotator")


@pytest.fixture
def roman():
    return world.user("roman", "reviewer")


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def drawing(percent):
    DoubleShare.objects.update_or_create(pk=1, defaults={"percent": percent})


def refused(act, *args, **more):
    with pytest.raises(Refused) as refusal:
        act(*args, **more)
    return refusal.value.rule


def got(user, **more):
    with acting(user):
        row = next_for(user, **more)
    return row and row.article


def mark(of, user, words=world.BRIDGE, **fields):
    return world.draft(by=user, of=of, words=(words,), **fields)


def done(of, user, outcome=ANNOTATED):
    with acting(user):
        return finish(of.article, outcome, by=user)


@pytest.fixture
def of(anna, boris):
    """A text that Anna and Boris have begun, each as one of two."""
    drawing(100)
    of = world.snapshot()
    assert got(anna) == of.article
    assert got(boris) == of.article
    return of


@pytest.fixture
def both(of, anna, boris):
    """Both have marked the bridge alike; Anna the roads as indirect speech, Boris as mixed; Boris something more."""
    for user, kind in ((anna, "indirect"), (boris, "mixed")):
        mark(of, user)
        mark(of, user, world.ROADS, kind=kind)
    mark(of, boris, MORE)
    done(of, anna)
    done(of, boris)
    return DoubleAnnotation.objects.get()


class TestAnArticle:
    def test_is_read_by_one_while_nobody_has_set_a_share(self, anna, boris):
        of = world.snapshot()
        assert got(anna) == of.article
        assert got(boris) is None

    def test_is_drawn_when_it_is_begun_and_goes_to_a_second_annotator_next(self, of, anna, boris):
        assert [(side.letter, side.annotator) for side in DoubleAnnotation.objects.get().sides.all()] == [
            ("a", anna),
            ("b", boris),
        ]
        assert DoubleAnnotation.objects.get().share == 100

    def test_comes_to_nobody_a_third_time_nor_to_the_first_as_a_second(self, of, anna, boris):
        third = world.user("vasil", "annotator")
        assert got(third) is None
        assert got(anna) == of.article
        assert got(anna, leaving=of.article) is None

    def test_waits_for_its_second_reader_before_what_nobody_has_begun(self, anna, boris):
        drawing(100)
        first = world.snapshot().article
        assert got(anna) == first
        drawing(0)
        world.snapshot()
        assert got(boris) == first

    def test_that_was_assigned_is_drawn_when_it_is_begun(self, anna, boris, elena):
        drawing(100)
        of = world.snapshot()
        with acting(elena):
            assign([of.article], to=anna, by=elena)
        assert not DoubleAnnotation.objects.exists()
        assert got(anna) == of.article
        assert DoubleAnnotation.objects.exists()

    def test_is_not_drawn_where_nobody_else_annotates(self, anna):
        drawing(100)
        world.snapshot()
        got(anna)
        assert not DoubleAnnotation.objects.exists()

    def test_is_not_drawn_once_somebody_has_marked_a_quote_in_it(self, anna, boris):
        of = world.snapshot()
        mark(of, boris)
        drawing(100)
        assert got(anna) == of.article
        assert not DoubleAnnotation.objects.exists()

    def test_that_one_has_skipped_is_not_drawn_again_with_each_who_takes_it(self, anna, boris):
        of = world.snapshot()
        with acting(anna):
            skip(of.article, "Длинная.", by=anna)
        drawing(100)
        assert got(boris) == of.article
        assert not DoubleAnnotation.objects.exists()

    def test_is_drawn_about_as_often_as_the_share_says(self, anna, boris):
        drawing(30)
        for _ in range(120):
            with acting(anna):
                begin(world.snapshot().article, by=anna)
        # Beyond these bounds once in some ten thousand runs.
        assert 18 <= DoubleAnnotation.objects.count() <= 56

    def test_becomes_one_for_two_where_an_editor_wants_it(self, anna, boris, elena):
        of = world.snapshot()
        got(anna)
        with acting(elena):
            assert choose(of.article, by=elena).made_by == elena
            assert choose(of.article, by=elena) is None
        assert got(boris) == of.article

    def test_with_quotes_can_no_longer_become_one(self, anna, elena):
        of = world.snapshot()
        mark(of, anna)
        with acting(elena):
            assert refused(choose, of.article, by=elena) == "double_begins_fresh"

    def test_given_up_by_the_second_waits_for_another(self, of, boris):
        third = world.user("vasil", "annotator")
        with acting(boris):
            skip(of.article, "Не моя тема.", by=boris)
        assert got(boris) is None
        assert got(third) == of.article

    def test_given_up_by_the_first_goes_to_another_first_but_not_to_its_second(self, of, anna, boris):
        third = world.user("vasil", "annotator")
        with acting(anna):
            skip(of.article, "Не моя тема.", by=anna)
        assert got(boris) == of.article
        assert got(boris, leaving=of.article) is None
        assert got(third) == of.article
        assert {(side.letter, side.annotator) for side in DoubleAnnotation.objects.get().sides.all()} == {
            ("a", third),
            ("b", boris),
        }

    def test_is_not_given_up_with_quotes(self, of, anna):
        mark(of, anna)
        with acting(anna):
            assert refused(skip, of.article, "Длинная.", by=anna) == "side_keeps_its_annotator"

    def test_is_taken_from_neither_by_an_editor_or_a_third(self, of, anna, boris, elena):
        mark(of, anna)
        third = world.user("vasil", "annotator")
        with acting(elena):
            assert assign([of.article], to=third, by=elena, begun_too=True).begun == 1
        with acting(third):
            assert refused(begin, of.article, by=third) == "assignment_in_one_hand"
            assert refused(take_over, of.article, by=third) == "side_keeps_its_annotator"
        with acting(boris):
            assert take_over(of.article, by=boris).blind

    def test_is_done_when_it_is_settled_not_when_one_has_finished(self, both, anna, boris, roman):
        assert (progress_of(anna).done, progress_of(anna).left) == (0, 1)
        assert (progress_of(anna).mine, progress_of(boris).mine) == (1, 1)
        settle_all(both, roman)
        assert (progress_of(anna).done, progress_of(anna).left) == (1, 0)


class TestFinishing:
    def test_says_what_is_true_of_ones_own_quotes_alone(self, of, anna, boris):
        mark(of, anna)
        with acting(boris):
            assert refused(finish, of.article, ANNOTATED, by=boris) == "assignment_annotated_has_quotes"
        done(of, boris, NONE)
        assert refused(done, of, anna, NONE) == "assignment_without_statements"

    def test_writes_down_what_was_marked(self, of, anna):
        statement = mark(of, anna, meeting=world.meeting())
        done(of, anna)
        (one,) = DoubleAnnotation.objects.get().side_of(anna).content
        start = of.text.index(world.BRIDGE)
        assert one["spans"] == [[start, start + len(world.BRIDGE)]]
        assert (one["quote"], one["kind"], one["speaker"], one["spoken"], one["meeting"], one["guideline"]) == (
            statement.lead.public_id,
            "direct",
            statement.speaker.public_id,
            "2031-05-04",
            statement.meeting.public_id,
            1,
        )

    def test_is_taken_back_until_the_other_has_finished_too(self, of, anna, boris):
        mark(of, anna)
        done(of, anna)
        with acting(anna):
            reopen(of.article, by=anna)
        assert DoubleAnnotation.objects.get().side_of(anna).content is None
        done(of, anna)
        done(of, boris, NONE)
        with acting(anna):
            assert refused(reopen, of.article, by=anna) == "side_stays_finished"

    def test_of_one_opens_nothing_when_the_other_marks_a_quote(self, of, anna, boris):
        done(of, anna, NONE)
        mark(of, boris)
        assert Assignment.objects.get(annotator=anna).finished_at


def settle_all(double, by, takes="a", **more):
    with acting(by):
        for couple in Case(double).differences:
            rule(
                couple,
                takes if (couple.of_a and takes == "a") or (couple.of_b and takes == "b") else "neither",
                double=double,
                by=by,
            )
        return settle(double, by=by, **more)


class TestWhatDiffers:
    def test_is_told_from_what_both_say_alike(self, both):
        case = Case(both)
        assert [str(one.a) for one in case.agreed] == [world.BRIDGE]
        roads, more = case.differences
        assert (roads.differing, str(roads.a), str(roads.b)) == (["kind"], world.ROADS, world.ROADS)
        assert (more.of_a, str(more.b)) == (None, MORE)

    def test_is_settled_only_when_all_of_it_is_decided(self, both, roman):
        with acting(roman), pytest.raises(NotDecided) as error:
            settle(both, by=roman)
        assert error.value.number == 2
        assert Quote.objects.count() == 5

    def test_is_not_for_the_two(self, both, anna):
        with acting(anna):
            (couple, _more) = Case(both).differences
            assert refused(rule, couple, "a", double=both, by=anna) == "ruling_by_another"

    def test_leaves_what_was_taken_and_drops_the_rest_whose_history_stays(self, both, roman, boris):
        dropped = Quote.objects.get(side__annotator=boris, kind="mixed")
        done = settle_all(both, roman)
        assert {(str(quote), quote.kind, quote.side.letter) for quote in Quote.objects.all()} == {
            (world.BRIDGE, "direct", "a"),
            (world.ROADS, "indirect", "a"),
        }
        assert (done.kept, done.submitted, done.approved, done.incomplete) == (2, 2, 0, 0)
        assert history_of(dropped, "spans").filter(action="DELETE").exists()

    def test_submits_and_where_asked_approves_what_others_wrote(self, both, roman):
        done = settle_all(both, roman, approving=True)
        assert (done.submitted, done.approved) == (2, 2)
        assert Statement.objects.published().count() == 2

    def test_that_was_edited_waits_for_somebody_else_to_approve(self, both, roman):
        edited = Quote.objects.get(side__letter="a", kind="indirect")
        with acting(roman):
            Quote.objects.filter(pk=edited.pk).update(kind="direct")
        done = settle_all(both, roman, approving=True)
        assert (done.submitted, done.approved) == (2, 1)
        assert not edited.statement.may_be_approved_by(roman.pk)
        assert Quote.objects.get(pk=edited.pk).kind == "direct"

    def test_makes_the_articles_outcome_true(self, both, roman, anna):
        settle_all(both, roman, takes="neither")
        assert Assignment.objects.get(annotator=anna).outcome == ANNOTATED

    def test_that_is_all_dropped_leaves_an_article_without_statements(self, of, anna, boris, roman):
        mark(of, anna)
        done(of, anna)
        done(of, boris, NONE)
        settle_all(DoubleAnnotation.objects.get(), roman, takes="neither")
        assert Assignment.objects.get(annotator=anna).outcome == NONE
        assert not Statement.objects.exists()

    def test_leaves_incomplete_ones_as_drafts(self, of, anna, boris, roman):
        mark(of, anna, spoken=None, spoken_known="")
        done(of, anna)
        done(of, boris, NONE)
        assert settle_all(DoubleAnnotation.objects.get(), roman).incomplete == 1
        assert Statement.objects.get().state == "draft"

    def test_is_no_difference_where_two_records_of_a_person_were_merged(self, of, anna, boris, elena):
        kept, other = world.person(), world.person("Озёрный Иван")
        for user, speaker in ((anna, kept), (boris, other)):
            mark(of, user, speaker=speaker)
            done(of, user)
        assert Case(DoubleAnnotation.objects.get()).differences
        with acting(elena):
            merge(other, into=kept, by=elena)
        assert Case(DoubleAnnotation.objects.get()).differences == []
        assert agreement_rows()[-1].agreement.speaker.items == 1

    def test_costs_no_more_queries_for_more_quotes(self, of, anna, boris):
        def queries(double):
            with CaptureQueriesContext(connection) as captured:
                for couple in Case(double).couples:
                    assert couple.facts_b
                    assert couple.fields == []
            return len(captured)

        def read(of, *words):
            for one in words:
                mark(of, boris, one, meeting=world.meeting())
            done(of, boris)
            done(of, anna, NONE)
            return DoubleAnnotation.objects.get(snapshot=of)

        few = queries(read(of, world.BRIDGE))
        second = world.snapshot()
        assert got(anna) == got(boris)
        assert queries(read(second, world.BRIDGE, world.ROADS, MORE, "Иван Озёрный", "уже идут")) == few

    def test_draft_can_be_deleted_by_neither_once_both_have_finished(self, both, anna):
        with acting(anna):
            assert (
                refused(delete_quote, Quote.objects.filter(side__letter="a").first()) == "double_waits_for_adjudication"
            )


class TestNobodySeesTheOthersWork:
    """Of a draft of Anna's nothing is on any page that Boris, or a third annotator, can open."""

    @pytest.fixture
    def secret(self, of, anna):
        speaker, meeting = world.person("Тайна Тайнова"), world.meeting("Тайная встреча")
        return mark(of, anna, speaker=speaker, meeting=meeting, label="секретная метка")

    def pages(self, of, statement):
        quote, start = statement.lead, of.text.index(world.BRIDGE)
        return [
            reverse("admin:index"),
            reverse("admin:quotes_assignment_changelist"),
            reverse("admin:quotes_assignment_changelist") + "?show=all",
            reverse("admin:quotes_assignment_changelist") + "?show=begun",
            reverse("admin:quotes_article_work", args=[of.article.public_id]),
            reverse("admin:quotes_assignment_change", args=[Assignment.objects.get(blind=False).pk]),
            reverse("admin:quotes_assignment_history", args=[Assignment.objects.get(blind=False).pk]),
            reverse("admin:articles_article_changelist"),
            reverse("admin:articles_article_changelist") + "?quoted=yes",
            reverse("admin:articles_article_history", args=[of.article.pk]),
            reverse("admin:quotes_statement_changelist"),
            reverse("admin:quotes_statement_changelist") + "?q=секретная",
            reverse("admin:quotes_statement_change", args=[statement.pk]),
            reverse("admin:quotes_statement_history", args=[statement.pk]),
            reverse("admin:quotes_quote_changelist"),
            reverse("admin:quotes_quote_change", args=[quote.pk]),
            reverse("admin:quotes_quote_history", args=[quote.pk]),
            reverse("admin:autocomplete") + "?app_label=quotes&model_name=quote&field_name=statement&term=секретная",
            reverse("admin:quotes_annotate", args=[of.public_id]),
            reverse("admin:quotes_annotate_quote", args=[of.public_id, quote.public_id]),
            reverse("admin:quotes_anchor", args=[of.public_id]) + f"?start={start}&end={start + 9}",
            reverse("admin:quotes_bar", args=[of.public_id]),
            reverse("admin:quotes_suggestions", args=[of.public_id]),
            reverse("admin:quotes_entering_speakers", args=[of.public_id]) + "?term=",
            reverse("admin:quotes_entering_defaults", args=[of.public_id]),
            reverse("admin:quotes_review", args=[statement.public_id]),
            reverse("admin:quotes_review_queue"),
            reverse("admin:quotes_doubleannotation_changelist"),
            reverse("admin:quotes_adjudicate", args=[of.article.public_id]),
            reverse("admin:quotes_doubleannotation_history", args=[of.article.double_annotation.pk]),
        ]

    @pytest.mark.parametrize("reader", ["boris", "vasil", "roman", "elena"])
    def test_on_any_page(self, client, of, secret, anna, reader):
        groups = {
            "boris": ["annotator", "reviewer"],
            "vasil": ["annotator"],
            "roman": ["reviewer"],
            "elena": ["editor"],
        }
        client.force_login(world.user(reader, *groups[reader]))
        for page in self.pages(of, secret):
            shown = client.get(page, follow=True).content.decode()
            for word in ("секретная метка", "anna", secret.public_id, secret.lead.public_id):
                assert word not in shown.replace(page, ""), (word, page)
            assert "Тайнова" not in shown, page
            assert "Тайная встреча" not in shown, page

    def test_while_its_author_sees_it_on_most_of_these(self, client, of, secret, anna):
        client.force_login(anna)
        pages = [client.get(page, follow=True).content.decode() for page in self.pages(of, secret)]
        assert sum(secret.lead.public_id in page or "секретная метка" in page for page in pages) >= 8

    def test_nor_after_both_have_finished_while_a_third_may(self, client, of, secret, boris):
        done(of, Assignment.objects.get(blind=False).annotator)
        done(of, boris, NONE)
        address = reverse("admin:quotes_annotate", args=[of.public_id])
        client.force_login(boris)
        assert "секретная метка" not in client.get(address).content.decode()
        client.force_login(world.user("roman", "reviewer"))
        assert "секретная метка" in client.get(address).content.decode()

    def test_nor_is_told_that_the_other_is_there(self, client, of, anna, boris):
        here = reverse("admin:quotes_here", args=[of.public_id])
        client.force_login(anna)
        client.post(here, {"of": "new"})
        client.force_login(boris)
        assert client.post(here, {"of": "new"}).json() == {"others": []}

    def test_nor_is_a_machines_suggestion_shown_to_either(self, client, of, anna, boris):
        world.suggestion(of, speaker_name="Машина Машинова")
        for user in (anna, boris):
            client.force_login(user)
            page = client.get(reverse("admin:quotes_annotate", args=[of.public_id])).content.decode()
            assert "Машинова" not in page
            assert (
                "Машинова" not in client.get(reverse("admin:quotes_suggestions", args=[of.public_id])).content.decode()
            )
            assert "подсказки отключены" in page or "suggestions are off" in page

    def test_nor_in_numbers_or_filters(self, client, of, secret, anna, boris):
        world.suggestion(of)
        queue = reverse("admin:quotes_assignment_changelist")
        articles = reverse("admin:articles_article_changelist")
        for user, sees in ((anna, 1), (boris, 0)):
            client.force_login(user)
            ((article, _standing),) = client.get(queue, {"show": "mine"}).context["rows"]
            assert (article.quote_count, article.undecided_count) == (sees, 0)
            assert not client.get(queue, {"show": "mine", "suggested": "on"}).context["rows"]
            assert len(client.get(queue, {"show": "begun"}).context["rows"]) == sees
            assert client.get(articles, {"quoted": "yes"}).context["cl"].result_count == sees
            bar = client.get(reverse("admin:quotes_article_work", args=[of.article.public_id])).context["queue_bar"]
            assert (bar.quotes, bar.undecided, bar.is_workable) == (sees, 0, True)

    def test_nor_as_the_same_statement_in_another_article(self, client, of, secret, anna, boris):
        """Neither offered, nor told of as the same words, nor joined, nor counted."""
        drawing(0)
        other = world.snapshot()
        start = other.text.index(world.BRIDGE)
        spans = f"{start}-{start + len(world.BRIDGE)}"
        asked = {"spans": spans, "speaker": secret.speaker.pk}
        twins = reverse("admin:quotes_entering_twins", args=[other.public_id])
        anchor = (
            reverse("admin:quotes_anchor", args=[other.public_id]) + "?" + "start={}&end={}".format(*spans.split("-"))
        )
        resembling = reverse("admin:quotes_entering_resembling", args=[other.public_id]) + "?name=Тайна Тайнова"
        joining = asked | {"to": secret.public_id, "seen": secret.fingerprint(), "kind": "direct"}
        for user, sees in ((anna, 1), (boris, 0)):
            client.force_login(user)
            assert len(client.get(twins, asked).json()["results"]) == sees
            assert len(client.get(anchor).json()["overlaps"]) == sees
            assert client.get(resembling).json()["results"][0]["statements"] == sees
            attach = reverse("admin:quotes_entering_attach", args=[other.public_id])
            reason = client.post(attach, joining).json()["reason"]
            # As if there were no such statement at all.
            assert (reason == client.post(attach, joining | {"to": "nothing0"}).json()["reason"]) == (not sees)
        assert not other.quotes.exists()

    def test_nor_by_acts_that_name_it(self, client, of, secret, boris):
        client.force_login(boris)
        for name in ("quotes_submit", "quotes_delete_quote"):
            assert client.post(reverse(f"admin:{name}", args=[secret.lead.public_id])).status_code == 404
        annotated = reverse("admin:quotes_annotate_quote", args=[of.public_id, secret.lead.public_id])
        assert client.post(annotated, {"spans": "40-80"}).status_code == 404

    def test_nor_once_it_is_deleted(self, client, secret, anna):
        kinds = {"statement": secret.pk, "quote": secret.lead.pk}
        pages = [reverse(f"admin:quotes_{kind}_deleted") for kind in kinds]
        pages += [reverse(f"admin:quotes_{kind}_history", args=[key]) for kind, key in kinds.items()]
        client.force_login(anna)
        client.post(reverse("admin:quotes_delete_quote", args=[secret.lead.public_id]))
        assert not Statement.objects.exists()
        for page in pages:
            shown = client.get(page).content.decode()
            assert "секретная метка" in shown or world.BRIDGE in shown, page
        client.force_login(world.user("elena", "editor"))
        for page in pages:
            shown = client.get(page, follow=True).content.decode()
            assert "секретная метка" not in shown, page
            assert world.BRIDGE not in shown, page

    def test_the_verbs_leave_it_out_for_everybody_but_its_author(self, of, secret, anna, boris, roman):
        for reader in (boris, roman, AnonymousUser()):
            assert not Quote.objects.visible_to(reader).exists()
            assert not Statement.objects.visible_to(reader).exists()
        assert Statement.objects.visible_to(anna).get() == secret
        assert Quote.objects.visible_to(anna).get() == secret.lead


class TestThePages:
    def rule(self, client, double, number, takes):
        couple = Case(double).numbered(number)
        address = reverse("admin:quotes_rule", args=[double.article.public_id])
        return client.post(address, {"a": couple.id_a, "b": couple.id_b, "takes": takes}, follow=True)

    def test_the_round_from_the_list_to_the_public(self, client, both, roman):
        client.force_login(roman)
        assert "(1)" in client.get(reverse("admin:index")).content.decode()
        listed = client.get(reverse("admin:quotes_doubleannotation_changelist"))
        address = reverse("admin:quotes_adjudicate", args=[both.article.public_id])
        assert address in listed.content.decode()
        page = client.get(address).content.decode()
        assert page.count("data-difference=") == 2
        self.rule(client, both, 2, "b")
        assert 'data-keys="u"' in self.rule(client, both, 3, "neither").content.decode()
        client.post(reverse("admin:quotes_settle", args=[both.article.public_id]), {"approve": "1"})
        assert {
            (str(quote), quote.kind) for quote in Quote.objects.filter(statement__in=Statement.objects.published())
        } == {
            (world.BRIDGE, "direct"),
            (world.ROADS, "mixed"),
        }

    def test_a_decision_is_taken_back(self, client, both, roman):
        client.force_login(roman)
        self.rule(client, both, 2, "a")
        assert len(Case(both).undecided) == 1
        self.rule(client, both, 2, "undo")
        assert len(Case(both).undecided) == 2

    def test_to_edit_leads_to_the_form(self, client, both, roman):
        client.force_login(roman)
        answer = self.rule(client, both, 2, "edit-b")
        assert answer.redirect_chain[-1][0] == reverse(
            "admin:quotes_annotate_quote", args=[both.snapshot.public_id, Case(both).numbered(2).id_b]
        )
        assert answer.status_code == 200
        assert reverse("admin:quotes_adjudicate", args=[both.article.public_id]) in answer.content.decode()

    def test_settling_too_early_says_how_many_are_left(self, client, both, roman):
        client.force_login(roman)
        answer = client.post(reverse("admin:quotes_settle", args=[both.article.public_id]), follow=True)
        assert "2" in str(next(iter(answer.context["messages"])))
        assert DoubleAnnotation.objects.get().settled_at is None

    @pytest.mark.parametrize(("who", "groups"), [("anna", ["reviewer"]), ("elena", []), ("vasil", ["annotator"])])
    def test_who_may_not_settle_is_turned_away(self, client, both, elena, who, groups):
        client.force_login(world.user(who, *groups))
        for name in ("quotes_rule", "quotes_settle"):
            assert client.post(reverse(f"admin:{name}", args=[both.article.public_id])).status_code == 403
        assert client.get(reverse("admin:quotes_adjudicate", args=[both.article.public_id])).status_code == 403

    def test_an_editor_sets_the_share_once_and_changes_it(self, client, elena):
        client.force_login(elena)
        address = reverse("admin:quotes_doubleshare_changelist")
        assert client.get(address, follow=True).redirect_chain[-1][0].endswith("/add/")
        client.post(reverse("admin:quotes_doubleshare_add"), {"percent": "10"})
        client.post(client.get(address, follow=True).redirect_chain[-1][0], {"percent": "20"})
        assert DoubleShare.objects.percent() == 20
        assert client.post(reverse("admin:quotes_doubleshare_add"), {"percent": "30"}).status_code == 403
        assert "elena" in client.get(reverse("admin:quotes_doubleshare_history", args=[1])).content.decode()

    def test_others_only_look_at_the_share(self, client, anna):
        drawing(10)
        client.force_login(anna)
        address = reverse("admin:quotes_doubleshare_change", args=[1])
        assert client.get(address).status_code == 200
        assert client.post(address, {"percent": "90"}).status_code == 403

    def test_an_editor_has_an_article_annotated_twice(self, client, elena, boris):
        of = world.snapshot()
        client.force_login(elena)
        client.post(reverse("admin:quotes_article_double", args=[of.article.public_id]))
        assert DoubleAnnotation.objects.get().made_by == elena
        client.force_login(boris)
        assert client.post(reverse("admin:quotes_article_double", args=[of.article.public_id])).status_code == 403

    def test_the_second_reader_marks_and_finishes_on_the_annotation_page(self, client, of, anna, boris):
        mark(of, anna)
        client.force_login(boris)
        start = of.text.index(world.ROADS)
        form = {"spans": f"{start}-{start + len(world.ROADS)}", "kind": "indirect", "occasion_not_named": "on"}
        answer = client.post(reverse("admin:quotes_annotate", args=[of.public_id]), form, follow=True)
        assert answer.status_code == 200
        assert Quote.objects.get(side__letter="b").words == world.ROADS
        finish_address = reverse("admin:quotes_article_finish", args=[of.article.public_id])
        client.post(finish_address, {"outcome": "annotated", "sure": "1"})
        assert DoubleAnnotation.objects.get().side_of(boris).finished_at

    def test_who_is_neither_is_told_so_when_they_mark_a_quote(self, client, of):
        client.force_login(world.user("vasil", "annotator"))
        start = of.text.index(world.ROADS)
        form = {"spans": f"{start}-{start + len(world.ROADS)}", "kind": "indirect", "occasion_not_named": "on"}
        answer = client.post(reverse("admin:quotes_annotate", args=[of.public_id]), form)
        assert not Quote.objects.exists()
        assert "neither of the two" in answer.content.decode() or "ни один из них" in answer.content.decode()

    def test_submitting_before_it_is_settled_is_refused_with_a_sentence(self, client, of, anna):
        statement = mark(of, anna)
        client.force_login(anna)
        answer = client.post(reverse("admin:quotes_submit", args=[statement.lead.public_id]), follow=True)
        assert Statement.objects.get().state == "draft"
        assert "annotated twice" in str(next(iter(answer.context["messages"]))) or answer.context["messages"]


class TestAgreement:
    def test_is_told_by_pair_month_and_guideline_with_totals(self, client, both, roman):
        client.force_login(roman)
        rows = agreement_rows()
        assert [(row.first and row.first.username, row.is_total) for row in rows] == [
            ("anna", False),
            ("anna", True),
            (None, True),
        ]
        found = rows[0].agreement
        assert (found.texts, found.first, found.second, found.pairs, found.exact_pairs) == (1, 2, 3, 2, 2)
        assert found.exact.value == pytest.approx(0.8)
        assert (rows[0].guideline, len(rows[0].month)) == ("1", 7)
        page = client.get(reverse("admin:quotes_agreement")).content.decode()
        assert "anna" in page
        assert "0,800" in page or "0.800" in page

    def test_is_a_file_that_excel_opens_in_russian(self, client, both, roman):
        client.force_login(roman)
        answer = client.get(reverse("admin:quotes_agreement_csv"), headers={"accept-language": "ru"})
        assert answer.content.startswith(b"\xef\xbb\xbf")
        first, second, *_more = answer.content.decode("utf-8-sig").splitlines()
        assert first.startswith("annotator_1;annotator_2;month;guideline;texts;")
        assert second.split(";")[9] == "0,800"
        english = client.get(reverse("admin:quotes_agreement_csv"), headers={"accept-language": "en"})
        assert english.content.decode("utf-8-sig").splitlines()[1].split(",")[9] == "0.800"

    def test_stays_what_it_was_when_it_is_settled(self, both, roman):
        before = agreement_rows()
        settle_all(both, roman, takes="b")
        assert [row.agreement for row in agreement_rows()] == [row.agreement for row in before]

    def test_is_for_editors_and_reviewers(self, client, both, anna, elena, roman):
        for user, status in ((anna, 403), (elena, 200), (roman, 200)):
            client.force_login(user)
            assert client.get(reverse("admin:quotes_agreement")).status_code == status
            assert client.get(reverse("admin:quotes_agreement_csv")).status_code == status

    def test_costs_no_more_queries_for_more_texts(self, both, anna, boris):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                agreement_rows()
            return len(captured)

        few = queries()
        for _ in range(3):
            of = world.snapshot()
            assert got(anna) == got(boris)
            mark(of, anna)
            done(of, anna)
            done(of, boris, NONE)
        assert queries() == few == 2
