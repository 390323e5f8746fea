"""Articles that two read without seeing each other: whose each quote is, what is frozen, and who settles what differs."""

from tests.rules.acts import Act
from tests.rules.refusals.assignments import ANNOTATED, BORIS, NONE, PASSED_ON, SKIPPED, begun, finished, one, set_
from tests.rules.rows import FIRST, SECOND, World, draft, place

DRAWN = {
    "article_id": "%(article)s",
    "snapshot_id": "%(snapshot)s",
    "drawn_at": "now()",
    "share": "10",
    "made_by_id": "NULL",
    "settled_at": "NULL",
    "settled_by_id": "NULL",
}
CHOSEN = {"share": "NULL", "made_by_id": "%(vera)s"}
SETTLED = "settled_at = now(), settled_by_id"
ANNAS, BORISES = "annotator_id = %(anna)s", "annotator_id = %(boris)s"
BY_TWO = "double_is_drawn_or_chosen"
ITS_ASSIGNMENT, DUE, THERE = "side_is_its_assignment", "ruling_is_due", "ruling_takes_what_is_there"
SETTLE = f"UPDATE quotes_doubleannotation SET {SETTLED} = %(vera)s WHERE id = %(double)s"


def double(**columns: str) -> str:
    """An article for two; the values are SQL."""
    values = DRAWN | columns
    return f"INSERT INTO quotes_doubleannotation ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def side(letter: str = "a", **columns: str) -> str:
    """Anna's side, or with `b` Boris's."""
    name = {"a": "anna", "b": "boris"}.get(letter, "anna")
    values = {
        "double_id": "%(double)s",
        "assignment_id": f"(SELECT id FROM quotes_assignment WHERE annotator_id = %({name})s AND article_id = %(article)s)",
        "annotator_id": f"%({name})s",
        "letter": f"'{letter}'",
    } | columns
    return f"INSERT INTO quotes_doubleside ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def quoted(words: str = FIRST, **columns: str) -> str:
    """One more quote, of anna's statement, with its span."""
    start, end = place(words)
    values = {
        "statement_id": "%(statement)s",
        "snapshot_id": "%(snapshot)s",
        "kind": "'direct'",
        "language": "'ru'",
        "attribution": "''",
    } | columns
    return (
        f"INSERT INTO quotes_quote ({', '.join(values)}) VALUES ({', '.join(values.values())});"
        ' INSERT INTO quotes_span (quote_id, start, "end", exact)'
        f" SELECT max(id), {start}, {end}, '{words}' FROM quotes_quote"
    )


def ruling(**columns: str) -> str:
    """Vera takes Anna's."""
    values = {
        "double_id": "%(double)s",
        "quote_a": "(SELECT public_id FROM quotes_quote WHERE id = %(quote)s)",
        "quote_b": "(SELECT public_id FROM quotes_quote WHERE id = %(boris_quote)s)",
        "takes": "'a'",
        "ruled_by_id": "%(vera)s",
        "ruled_at": "now()",
    } | columns
    return f"INSERT INTO quotes_ruling ({', '.join(values)}) VALUES ({', '.join(values.values())})"


# -- stages


def drawn(world: World) -> None:
    """Drawn; nobody reads it yet."""
    world.acting("anna").run(double())
    world.names["double"] = world.ask("SELECT max(id) FROM quotes_doubleannotation")


def alone(world: World) -> None:
    """Anna has begun, the first of two."""
    drawn(world)
    world.run(one() + ";" + side())


def both(world: World) -> None:
    """Boris has begun, too; nobody has marked anything."""
    alone(world)
    world.acting("boris").run(one(**BORIS, blind="true") + ";" + side("b"))


def at_work(world: World) -> None:
    """Each has a draft."""
    both(world)
    draft(world)
    world.acting("boris").statement("boris_statement")
    world.quote("boris_quote", "boris_statement", SECOND)
    world.lead("boris_quote", "boris_statement")
    world.acting("anna")


def one_done(world: World) -> None:
    """Anna has finished."""
    at_work(world)
    world.check()
    world.acting("anna").run(set_(**ANNOTATED) + " WHERE " + ANNAS)


def both_done(world: World) -> None:
    """Boris has finished, too."""
    one_done(world)
    world.acting("boris").run(set_(**ANNOTATED) + " WHERE " + BORISES)


def ruled(world: World) -> None:
    """Vera has taken Anna's."""
    both_done(world)
    world.acting("vera").run(ruling())


def settled(world: World) -> None:
    """Vera has settled it, with everything left as it is."""
    both_done(world)
    world.acting("vera").run(SETTLE)


def elsewhere(world: World) -> None:
    """Anna has a draft of another article, and reads this one as one of two."""
    both(world)
    world.acting("anna").statement()
    world.quote(snapshot_id=world.names["other_snapshot"])
    world.lead("quote")


EDIT = "UPDATE quotes_quote SET kind = 'indirect' WHERE id = "
SPEAKER = "UPDATE quotes_statement SET speaker_id = %(other_person)s, tenure_id = NULL WHERE id = "
SUBMIT = (
    "INSERT INTO quotes_revision (statement_id, submitted_by_id, submitted_at) VALUES (%(statement)s, %(anna)s, now())"
)
REOPEN = {"finished_at": "NULL", "outcome": "''"}
TAG = "INSERT INTO quotes_statement_topics (statement_id, topic_id) VALUES (%(statement)s, %(other_topic)s)"

ACTS = [
    Act("a share", "INSERT INTO quotes_doubleshare (id, percent) VALUES (1, 10)"),
    Act("a second share", "INSERT INTO quotes_doubleshare (id, percent) VALUES (2, 10)", "double_share_is_one"),
    Act("more than all", "INSERT INTO quotes_doubleshare (id, percent) VALUES (1, 101)", "double_share_is_a_share"),
    # Made
    Act("drawn", double()),
    Act("chosen by an editor", double(**CHOSEN), user="vera"),
    Act("drawn and chosen", double(made_by_id="%(anna)s"), BY_TWO),
    Act("neither drawn nor chosen", double(share="NULL"), BY_TWO),
    Act("drawn where none is to be", double(share="0"), BY_TWO),
    Act("chosen in another's name", double(**CHOSEN), "double_made_by_its_user"),
    Act("of an article with quotes", double(), "double_begins_fresh", draft),
    Act("of a finished article", double(), "double_begins_fresh", finished),
    Act("of an article that somebody has begun", double(), stage=begun),
    Act("with another article's text", double(snapshot_id="%(other_snapshot)s"), "double_text_is_its_articles"),
    Act(
        "drawn again for another share", "UPDATE quotes_doubleannotation SET share = 20", "double_stays_as_drawn", drawn
    ),
    # Read by two
    Act("read by one", one() + ";" + side(), stage=drawn),
    Act("read by two", one(**BORIS, blind="true") + ";" + side("b"), stage=alone, user="boris"),
    Act(
        "read by who works on another article",
        one(article_id="%(other_article)s") + ";" + side(assignment_id="(SELECT max(id) FROM quotes_assignment)"),
        ITS_ASSIGNMENT,
        drawn,
    ),
    Act("read second by nobody's second", one() + ";" + side("a").replace("'a'", "'b'"), ITS_ASSIGNMENT, drawn),
    Act(
        "two first ones",
        "UPDATE quotes_doubleside SET letter = 'a'",
        "side_once",
        both,
        also=("side_stays_whose_it_is",),
    ),
    Act(
        "one person on both sides",
        f"UPDATE quotes_doubleside SET annotator_id = %(anna)s WHERE {BORISES}",
        "side_by_two_people",
        both,
        also=("side_stays_whose_it_is",),
    ),
    Act(
        "a third one",
        "UPDATE quotes_doubleside SET letter = 'c'",
        "side_letter_is_known",
        alone,
        also=("side_stays_whose_it_is",),
    ),
    Act("a side that becomes the other", "UPDATE quotes_doubleside SET letter = 'b'", "side_stays_whose_it_is", alone),
    # At work
    Act("marked by one of the two", quoted(), stage=at_work),
    Act(
        "marked by somebody else",
        quoted(statement_id="%(elsewhere)s"),
        "quote_is_of_a_side",
        stage=lambda world: (at_work(world), world.acting("vera").statement("elsewhere")),
        user="vera",
    ),
    Act(
        "marked by the database itself", quoted(), "quote_is_of_a_side", at_work, user=None, also=("side_stays_apart",)
    ),
    Act(
        "marked in another text of the article",
        quoted(snapshot_id="%(newer)s"),
        "side_words_its_text",
        stage=lambda world: (at_work(world), newer(world)),
    ),
    Act("changed by its annotator", EDIT + "%(quote)s", stage=at_work),
    Act("changed by the other one", EDIT + "%(boris_quote)s", "side_is_its_annotators", at_work),
    Act(
        "a span deleted by the other one",
        'DELETE FROM quotes_span WHERE quote_id = %(boris_quote)s; INSERT INTO quotes_span (quote_id, start, "end", exact) SELECT %(boris_quote)s, start, "end", exact FROM quotes_span WHERE id = %(second_span)s',
        "side_is_its_annotators",
        at_work,
    ),
    Act(
        "deleted by the other one",
        "UPDATE quotes_statement SET lead_id = NULL WHERE id = %(boris_statement)s; DELETE FROM quotes_span WHERE quote_id = %(boris_quote)s; DELETE FROM quotes_quote WHERE id = %(boris_quote)s",
        "side_is_its_annotators",
        at_work,
    ),
    Act("its speaker changed by the other one", SPEAKER + "%(boris_statement)s", "side_is_its_annotators", at_work),
    Act("its speaker changed by its annotator", SPEAKER + "%(statement)s", stage=at_work),
    Act("its speaker changed by who merges two records", SPEAKER + "%(statement)s", stage=at_work, user="vera"),
    Act("tagged by the other one", TAG, "side_is_its_annotators", at_work, user="boris"),
    Act("joined to another statement", quoted(), "side_stays_apart", elsewhere),
    Act("its statement quoted elsewhere", quoted(snapshot_id="%(other_snapshot)s"), "side_stays_apart", at_work),
    Act("submitted", SUBMIT, "revision_waits_for_settlement", at_work),
    Act(
        "given up with quotes",
        set_(**SKIPPED) + f" WHERE {ANNAS}",
        "side_keeps_its_annotator",
        at_work,
        also=("quotes_quote_side_id_fk",),
    ),
    Act(
        "taken over with quotes",
        set_(**PASSED_ON) + f" WHERE {ANNAS}",
        "side_keeps_its_annotator",
        at_work,
        user="boris",
        also=("quotes_quote_side_id_fk",),
    ),
    Act("given up without a quote", set_(**SKIPPED) + f" WHERE {ANNAS}", stage=both),
    # Finished by one
    Act("finished by one", set_(**ANNOTATED) + f" WHERE {ANNAS}", stage=at_work),
    Act(
        "finished without statements although the other has quotes",
        set_(**NONE) + f" WHERE {BORISES}",
        stage=lambda world: (both(world), draft(world)),
        user="boris",
    ),
    Act(
        "finished by the second without statements, with quotes",
        set_(**NONE) + f" WHERE {BORISES}",
        "assignment_without_statements",
        at_work,
        user="boris",
    ),
    Act(
        "finished as annotated with the other's quotes alone",
        set_(**ANNOTATED) + f" WHERE {BORISES}",
        "assignment_annotated_has_quotes",
        stage=lambda world: (both(world), draft(world)),
        user="boris",
    ),
    Act("marked after one has finished", quoted(), "side_is_finished", one_done, user="anna"),
    Act("changed after one has finished", EDIT + "%(quote)s", "side_is_finished", one_done, user="anna"),
    Act("marked by the one still at work", quoted(statement_id="%(boris_statement)s"), stage=one_done, user="boris"),
    Act("reopened while the other is at work", set_(**REOPEN) + f" WHERE {ANNAS}", stage=one_done, user="anna"),
    Act(
        "a finished side deleted",
        "DELETE FROM quotes_doubleside",
        "side_finished_is_kept",
        stage=lambda world: (alone(world), world.acting("anna").run(set_(**NONE))),
    ),
    Act("settled while one is at work", SETTLE, "double_settles_finished", one_done, user="vera"),
    Act("decided while one is at work", ruling(quote_b="''"), DUE, one_done, user="vera"),
    # Finished by both
    Act(
        "reopened when both have finished",
        set_(**REOPEN) + f" WHERE {ANNAS}",
        "side_stays_finished",
        both_done,
        user="anna",
    ),
    Act(
        "changed by one of the two when both have finished",
        EDIT + "%(quote)s",
        "double_waits_for_adjudication",
        both_done,
        user="anna",
    ),
    Act(
        "tagged by one of the two when both have finished", TAG, "double_waits_for_adjudication", both_done, user="anna"
    ),
    Act("changed by who settles", EDIT + "%(quote)s", stage=both_done, user="vera"),
    Act("decided", ruling(), stage=both_done, user="vera"),
    Act("neither", ruling(takes="'neither'"), stage=both_done, user="vera"),
    Act("decided by one of the two", ruling(ruled_by_id="%(boris)s"), "ruling_by_another", both_done, user="boris"),
    Act("decided in another's name", ruling(), "ruling_by_its_user", both_done, user="anna"),
    Act(
        "decided of a quote that was not marked",
        ruling(quote_a="'nothing'"),
        "ruling_names_its_quotes",
        both_done,
        user="vera",
    ),
    Act("takes what is not there", ruling(quote_a="''"), THERE, both_done, user="vera"),
    Act("decided of nothing", ruling(quote_a="''", quote_b="''", takes="'neither'"), THERE, both_done, user="vera"),
    Act("decided of A's twice", ruling(quote_b="''"), "ruling_once_of_a", ruled, user="vera"),
    Act("decided of B's twice", ruling(quote_a="''", takes="'b'"), "ruling_once_of_b", ruled, user="vera"),
    Act("a decision taken back", "DELETE FROM quotes_ruling", stage=ruled, user="vera"),
    Act(
        "a decision taken back by one of the two", "DELETE FROM quotes_ruling", "ruling_by_another", ruled, user="anna"
    ),
    Act("settled", SETTLE, stage=both_done, user="vera"),
    Act(
        "settled by one of the two",
        f"UPDATE quotes_doubleannotation SET {SETTLED} = %(anna)s",
        "double_settled_by_another",
        both_done,
        user="anna",
    ),
    Act("settled in another's name", SETTLE, "double_settled_by_its_user", both_done, user="anna"),
    Act(
        "settled by nobody",
        "UPDATE quotes_doubleannotation SET settled_at = now()",
        "double_is_settled_by_somebody",
        both_done,
        user="vera",
    ),
    # Settled
    Act(
        "settled again",
        "UPDATE quotes_doubleannotation SET settled_at = now()",
        "double_stays_settled",
        settled,
        user="vera",
    ),
    Act("decided when it is settled", ruling(), DUE, settled, user="vera"),
    Act("submitted when it is settled", SUBMIT, stage=settled, user="anna"),
    Act("changed by its annotator when it is settled", EDIT + "%(quote)s", stage=settled, user="anna"),
    Act("marked by anybody when it is settled", quoted(), stage=settled, user="vera"),
]


def newer(world: World) -> None:
    """A newer text of the article."""
    world.run(
        "INSERT INTO articles_snapshot (article_id, method, retrieved_at, raw, media_type, encoding, extractor, text,"
        " body_start, body_end) SELECT article_id, method, now(), raw || '1', media_type, encoding, extractor, text || '1',"
        " body_start, body_end FROM articles_snapshot WHERE id = %(snapshot)s"
    )
    world.names["newer"] = world.ask("SELECT max(id) FROM articles_snapshot")
