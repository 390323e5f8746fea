"""Work on articles: in one person's hands at a time, given and ended by whom it says, finished as it really is."""

from tests.rules.acts import Act
from tests.rules.rows import World, draft

COLUMNS = {
    "article_id": "%(article)s",
    "annotator_id": "%(anna)s",
    "assigned_by_id": "NULL",
    "assigned_at": "now()",
    "begun_at": "now()",
    "skipped_at": "NULL",
    "skip_reason": "''",
    "finished_at": "NULL",
    "outcome": "''",
    "passed_on_by_id": "NULL",
    "passed_on_at": "NULL",
    "reopened_by_id": "NULL",
    "reopened_at": "NULL",
    "reopen_reason": "''",
    "blind": "false",
}
SKIPPED = {"skipped_at": "now()", "skip_reason": "'Длинная'"}
PASSED_ON = {"passed_on_at": "now()", "passed_on_by_id": "%(boris)s"}
NONE = {"finished_at": "now()", "outcome": "'no_statements'"}
ANNOTATED = {"finished_at": "now()", "outcome": "'annotated'"}
WHY, ONE_HAND, ONE_WAY = "assignment_skip_says_why", "assignment_in_one_hand", "assignment_ends_one_way"
OUTCOME, WHOLE = "assignment_finish_has_outcome", "assignment_is_reopened_whole"
BY, STAYS, SOMEBODY = "assignment_by_its_user", "assignment_stays_whose_it_is", "assignment_is_passed_on_by_somebody"
NO_QUOTES, QUOTES = "assignment_without_statements", "assignment_annotated_has_quotes"
BORIS = {"annotator_id": "%(boris)s"}
GIVEN = {"assigned_by_id": "%(anna)s", "begun_at": "NULL"}


def one(**columns: str) -> str:
    """One more assignment; the values are SQL."""
    values = COLUMNS | columns
    return f"INSERT INTO quotes_assignment ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def set_(**columns: str) -> str:
    return f"UPDATE quotes_assignment SET {', '.join(f'{name} = {value}' for name, value in columns.items())}"


def begun(world: World) -> None:
    """Anna has begun the article."""
    world.acting("anna").run(one())


def given(world: World) -> None:
    """Vera has given it to Anna."""
    world.acting("vera").run(one(assigned_by_id="%(vera)s", begun_at="NULL"))


def skipped(world: World) -> None:
    """Anna has skipped it."""
    world.acting("anna").run(one(**SKIPPED))


def finished(world: World) -> None:
    """Anna has found nothing in it."""
    world.acting("anna").run(one(**NONE))


def annotated(world: World) -> None:
    """Anna has finished it, with her draft."""
    draft(world)
    world.run(one(**ANNOTATED))


ACTS = [
    Act("taken", one()),
    Act("given", one(**GIVEN, **BORIS)),
    Act("neither given nor begun", one(begun_at="NULL"), "assignment_is_given_or_begun"),
    Act("given to the same person twice", one(), "assignment_once", skipped),
    Act("begun by a second person", one(**BORIS), ONE_HAND, begun, user="boris"),
    Act("begun by a second person although it is another's", one(**BORIS), ONE_HAND, given, user="boris"),
    Act("begun by a second person after it was finished", one(**BORIS), ONE_HAND, finished, user="boris"),
    Act("given to a second person", one(**GIVEN, **BORIS), ONE_HAND, begun),
    Act("skipped, then begun by a second person", one(**BORIS), stage=skipped, user="boris"),
    Act("passed on, then begun by a second person", set_(**PASSED_ON) + "; " + one(**BORIS), stage=begun, user="boris"),
    Act(
        "skipped, begun by a second person, and then begun after all",
        one(**BORIS) + "; " + set_(skipped_at="NULL", skip_reason="''") + " WHERE annotator_id = %(anna)s",
        ONE_HAND,
        skipped,
        user=None,
    ),
    Act("read by a second person who sees nothing of the first", one(**BORIS, blind="true"), stage=begun, user="boris"),
    Act(
        "read blindly, and then not",
        one(**BORIS, blind="true") + "; " + set_(blind="false"),
        ONE_HAND,
        begun,
        user="boris",
    ),
    Act("skipped", set_(**SKIPPED), stage=begun),
    Act("skipped without a reason", set_(skipped_at="now()"), WHY, begun),
    Act("skipped for a blank reason", set_(skipped_at="now()", skip_reason="E' \\n'"), WHY, begun),
    Act("a reason without a skip", set_(skip_reason="'Длинная'"), WHY, begun),
    Act("finished without statements", set_(**NONE), stage=begun),
    Act("finished somehow", set_(finished_at="now()"), OUTCOME, begun),
    Act("finished in a way nobody knows", set_(**NONE | {"outcome": "'perhaps'"}), OUTCOME, begun),
    Act("an outcome before the end", set_(outcome="'annotated'"), OUTCOME, begun),
    Act("finished without having begun", set_(**NONE), OUTCOME, given, user="anna"),
    Act("finished and skipped", set_(**NONE, **SKIPPED), ONE_WAY, begun),
    Act("skipped, and then finished", set_(**NONE), ONE_WAY, skipped),
    Act("finished, and passed on", set_(**PASSED_ON), ONE_WAY, finished, user="boris"),
    Act("skipped, and passed on", set_(**PASSED_ON), ONE_WAY, skipped, user="boris"),
    Act("passed on", set_(**PASSED_ON), stage=begun, user="boris"),
    Act("passed on by nobody", set_(passed_on_at="now()"), SOMEBODY, begun),
    Act("passed on at no time", set_(passed_on_by_id="%(anna)s"), SOMEBODY, begun),
    Act(
        "reopened",
        set_(finished_at="NULL", outcome="''", reopened_at="now()", reopened_by_id="%(boris)s", reopen_reason="'Ещё'"),
        stage=finished,
        user="boris",
    ),
    Act("reopened and still finished", set_(reopened_at="now()"), WHOLE, finished),
    Act("reopened at no time", set_(reopened_by_id="%(anna)s"), WHOLE, begun),
    Act("a reason to reopen what was not", set_(reopen_reason="'Ещё'"), WHOLE, begun),
    Act("no statements in an article with quotes", one(**NONE), NO_QUOTES, draft),
    Act("no statements after all in an article with quotes", set_(outcome="'no_statements'"), NO_QUOTES, annotated),
    Act("no statements that a blind reader sees in it", one(**NONE, blind="true"), stage=draft),
    Act("annotated, with quotes", one(**ANNOTATED), stage=draft),
    Act("annotated without a quote", one(**ANNOTATED), QUOTES),
    Act("annotated, with quotes in another article", one(**ANNOTATED, article_id="%(other_article)s"), QUOTES, draft),
    Act("begun in another's name", one(), BY, user="boris"),
    Act("given in another's name", one(assigned_by_id="%(vera)s", begun_at="NULL"), BY, user="boris"),
    Act("begun for whom it was given to", set_(begun_at="now()"), BY, given, user="boris"),
    Act("begun by whom it was given to", set_(begun_at="now()"), stage=given, user="anna"),
    Act("skipped in another's name", set_(**SKIPPED), BY, begun, user="boris"),
    Act("finished in another's name", set_(**NONE), BY, begun, user="boris"),
    Act("passed on in another's name", set_(**PASSED_ON), BY, begun, user="vera"),
    Act(
        "reopened in another's name",
        set_(finished_at="NULL", outcome="''", reopened_at="now()", reopened_by_id="%(boris)s"),
        BY,
        finished,
        user="vera",
    ),
    Act("finished by the database itself", set_(**NONE), stage=begun, user=None),
    Act("turned into another's work", set_(**BORIS), STAYS, begun),
    Act("moved to another article", set_(article_id="%(other_article)s"), STAYS, begun),
    Act("by nobody", one(annotator_id="NULL"), "quotes_assignment.annotator_id"),
    Act("of nothing", one(article_id="NULL"), "quotes_assignment.article_id"),
    Act("an outcome of nothing", one(outcome="NULL"), "quotes_assignment.outcome", also=(OUTCOME,)),
]
