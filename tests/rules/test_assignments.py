"""How an article was finished stays true: quotes that come or go open the work on it again, also while it is finished."""

from tests.rules.acts import remove
from tests.rules.interleaving import meanwhile
from tests.rules.refusals.assignments import ANNOTATED, NONE, annotated, begun, finished, one, set_
from tests.rules.rows import SECOND, draft, nothing

OPENS = "quote_opens_assignment"


def add_quote(world, user="boris"):
    world.acting(user).statement()
    world.quote()
    world.lead("quote")


def delete_quote(name):
    def act(world):
        world.acting("anna").run(
            f"UPDATE quotes_statement SET lead_id = NULL WHERE lead_id = %({name})s;"
            f" DELETE FROM quotes_span WHERE quote_id = %({name})s; DELETE FROM quotes_quote WHERE id = %({name})s"
        )

    return act


def finish(**outcome):
    def act(world):
        world.acting("anna").run(set_(**outcome) + " WHERE article_id = %(article)s")

    return act


def stands(world):
    """How the article is finished, and who has reopened it."""
    question = (
        "SELECT outcome, finished_at IS NOT NULL, reopened_by_id FROM quotes_assignment WHERE article_id = %(article)s"
    )
    return world.session.execute(question, world.names).fetchone()


def is_true(world):
    """No article is finished in a way that its quotes belie."""
    return not world.ask(
        "SELECT EXISTS (SELECT FROM quotes_assignment a WHERE finished_at IS NOT NULL AND NOT blind"
        " AND (outcome = 'annotated') <> EXISTS (SELECT FROM quotes_quote q JOIN articles_snapshot s"
        " ON s.id = q.snapshot_id WHERE s.article_id = a.article_id))"
    )


class TestAQuote:
    def test_in_an_article_without_statements_opens_it_again(self, world):
        finished(world)
        add_quote(world)
        assert stands(world) == ("", False, world.names["boris"])

    def test_added_by_the_database_itself_does_so_too(self, world):
        finished(world)
        add_quote(world, None)
        assert stands(world) == ("", False, None)

    def test_leaves_no_trace_of_this_where_the_rule_is_gone(self, world):
        finished(world)
        remove(world.session, OPENS)
        add_quote(world)
        assert not is_true(world)

    def test_in_another_article_opens_nothing(self, world):
        finished(world)
        world.acting("boris").statement()
        world.quote(snapshot_id=world.names["other_snapshot"])
        assert stands(world) == ("no_statements", True, None)

    def test_that_was_the_last_one_opens_it_when_it_goes(self, world):
        annotated(world)
        delete_quote("quote")(world)
        assert stands(world) == ("annotated", True, None)
        delete_quote("other_quote")(world)
        assert stands(world) == ("", False, world.names["anna"])
        world.check()

    def test_opens_nothing_of_a_blind_reader(self, world):
        world.acting("anna").run(one(**NONE, blind="true"))
        add_quote(world)
        assert stands(world) == ("no_statements", True, None)

    def test_is_noted_in_the_history_as_what_opened_it(self, world):
        finished(world)
        add_quote(world)
        entry = world.session.execute(
            "SELECT user_id, before ->> 'outcome' FROM people_historyentry WHERE table_name = 'quotes_assignment'"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()
        assert entry == (world.names["boris"], "no_statements")


class TestTwoAtOnce:
    def test_a_quote_comes_while_the_article_is_finished_without_statements(self, two_sessions):
        one_session, two = two_sessions(begun)
        finish(**NONE)(one_session)
        with meanwhile(two, add_quote) as adding:
            assert not adding.done()
            one_session.session.commit()
        assert adding.result() is None
        assert is_true(one_session)
        assert stands(one_session) == ("", False, one_session.names["boris"])

    def test_the_article_is_finished_without_statements_while_a_quote_comes(self, two_sessions):
        one_session, two = two_sessions(begun)
        add_quote(one_session)
        with meanwhile(two, finish(**NONE)) as finishing:
            assert not finishing.done()
            one_session.session.commit()
        assert finishing.result() == "assignment_without_statements"
        assert is_true(one_session)

    def test_the_article_is_finished_as_annotated_while_its_last_quote_goes(self, two_sessions):
        one_session, two = two_sessions(lambda world: (begun(world), add_quote(world)))
        delete_quote("quote")(one_session)
        with meanwhile(two, finish(**ANNOTATED)) as finishing:
            assert not finishing.done()
            one_session.session.commit()
        assert finishing.result() == "assignment_annotated_has_quotes"

    def test_the_last_quote_goes_while_the_article_is_finished_as_annotated(self, two_sessions):
        one_session, two = two_sessions(lambda world: (begun(world), add_quote(world)))
        finish(**ANNOTATED)(one_session)
        with meanwhile(two, delete_quote("quote")) as deleting:
            assert not deleting.done()
            one_session.session.commit()
        assert deleting.result() is None
        assert stands(one_session)[:2] == ("", False)

    def test_the_last_two_quotes_go(self, two_sessions):
        def two_statements(world):
            draft(world)
            world.statement("second")
            world.quote("of_second", "second", SECOND)
            world.lead("of_second", "second")
            world.run(
                "DELETE FROM quotes_span WHERE quote_id = %(other_quote)s; DELETE FROM quotes_quote"
                " WHERE id = %(other_quote)s;" + one(**ANNOTATED)
            )

        one_session, two = two_sessions(two_statements)
        delete_quote("quote")(one_session)
        with meanwhile(two, delete_quote("of_second")) as deleting:
            assert not deleting.done()
            one_session.session.commit()
        assert deleting.result() is None
        assert stands(one_session)[:2] == ("", False)

    def test_quotes_come_side_by_side(self, two_sessions):
        one_session, two = two_sessions(nothing)
        add_quote(one_session)
        with meanwhile(two, add_quote) as adding:
            assert adding.done()
        one_session.session.commit()
        assert adding.result() is None

    def test_two_begin_the_same_article(self, two_sessions):
        one_session, two = two_sessions(nothing)
        begun(one_session)
        boris = one(annotator_id="%(boris)s")
        with meanwhile(two, lambda world: world.acting("boris").run(boris)) as beginning:
            assert not beginning.done()
            one_session.session.commit()
        assert beginning.result() == "assignment_in_one_hand"


def test_which_texts_have_words_is_known_without_reading_them(db):
    db.execute("SET enable_seqscan = off")
    plan = db.execute(
        "EXPLAIN SELECT FROM articles_article a WHERE EXISTS"
        " (SELECT FROM articles_snapshot WHERE article_id = a.id AND has_words(text, body_start, body_end))"
    ).fetchall()
    assert "snapshot_with_words" in str(plan)
