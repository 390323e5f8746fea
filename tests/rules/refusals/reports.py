"""What a reader reports is about something public, stays as it is, and is answered once, whole, in one's own name."""

from tests.rules.acts import Act
from tests.rules.rows import World, published, submitted

NEW = (
    "INSERT INTO quotes_errorreport (statement_id, revision_id, kind, text, contact, made_at, token, sender, decision, answer)"
    " VALUES (%(statement)s, %(revision)s, {kind}, {text}, {contact}, now(), {token}, 'abc', '', '')"
)
VALUES = {
    "kind": "'words'",
    "text": "'Не так сказано.'",
    "contact": "'reader@reader.example'",
    "token": "repeat('x', 22)",
}
ANSWER = (
    "UPDATE quotes_errorreport SET answered_at = now(), answered_by_id = {by}, decision = {decision}, answer = {answer},"
    " contact = {contact}"
)
ANSWERED = {"by": "%(vera)s", "decision": "'right'", "answer": "'Сверено с источником.'", "contact": "''"}
STAYS, WHOLE, SAYS = "report_stays", "report_is_answered_whole", "report_says_what"


def new(**columns: str) -> str:
    """One report; the values are SQL."""
    return NEW.format(**VALUES | columns)


def answer(**columns: str) -> str:
    return ANSWER.format(**ANSWERED | columns)


def reported(world: World) -> None:
    """A reader, who has no account, reports an error in what is published."""
    published(world)
    world.acting(None).run(new())


def answered(world: World) -> None:
    """Vera has answered."""
    reported(world)
    world.acting("vera").run(answer())


ACTS = [
    Act("a reader reports", new(), stage=published, user=None),
    Act("a draft is reported", new(), "report_of_what_was_public", submitted, user=None),
    Act(
        "a revision of another statement is reported",
        new().replace("%(statement)s", "(SELECT max(id) FROM quotes_statement)"),
        "report_of_what_was_public",
        lambda world: (published(world), world.statement("second")),
        user=None,
    ),
    Act("nothing is said", new(text="' '"), SAYS, published, user=None),
    Act("a kind that there is not", new(kind="'weather'"), "report_kind_is_known", published, user=None),
    Act("a long report", new(text="repeat('я', 4000)"), stage=published, user=None),
    Act("a report without end", new(text="repeat('я', 4001)"), "report_is_bounded", published, user=None),
    Act("an address without end", new(contact="repeat('x', 255)"), "report_is_bounded", published, user=None),
    Act("an answer without end", answer(answer="repeat('x', 4001)"), "report_is_bounded", reported, user="vera"),
    Act("a token that can be guessed", new(token="'7'"), "report_token_is_long", published, user=None),
    Act("the same report address twice", new(), "quotes_errorreport_token_key", reported, user=None),
    Act("an editor answers", answer(), stage=reported, user="vera"),
    Act("answered in another's name", answer(), "report_answered_by_its_user", reported),
    Act("answered by nobody", answer(by="NULL"), WHOLE, reported, user="vera"),
    Act("answered without a word", answer(answer="' '"), WHOLE, reported, user="vera"),
    Act("answered without a decision", answer(decision="''"), WHOLE, reported, user="vera"),
    Act("an answer that nobody gave", "UPDATE quotes_errorreport SET answer = 'Так'", WHOLE, reported),
    Act("a decision that there is not", answer(decision="'maybe'"), "report_decision_is_known", reported, user="vera"),
    Act(
        "the reader's address outlives the answer",
        answer(contact="contact"),
        "report_contact_goes_with_answer",
        reported,
        user="vera",
    ),
    Act("junk loses its text", answer(decision="'junk'", answer="''") + ", text = ''", stage=reported, user="vera"),
    Act("junk keeps its text", answer(decision="'junk'", answer="''"), SAYS, reported, user="vera"),
    Act("a report loses its text", answer() + ", text = ''", STAYS, reported, user="vera", also=(SAYS,)),
    Act("a report is rewritten", "UPDATE quotes_errorreport SET text = 'Так'", STAYS, reported),
    Act("a report becomes one of another kind", "UPDATE quotes_errorreport SET kind = 'date'", STAYS, reported),
    Act("somebody else's address is put in", "UPDATE quotes_errorreport SET contact = 'a@b.example'", STAYS, reported),
    Act("another sender is put in", "UPDATE quotes_errorreport SET sender = 'def'", STAYS, reported),
    Act("a report is deleted", "DELETE FROM quotes_errorreport", STAYS, reported),
    Act("the sender is forgotten", "UPDATE quotes_errorreport SET sender = ''", stage=answered, user=None),
    Act("the address is forgotten", "UPDATE quotes_errorreport SET contact = ''", stage=reported, user=None),
    Act(
        "an answer is rewritten",
        "UPDATE quotes_errorreport SET answer = 'Иначе'",
        "report_answer_stays",
        answered,
        user="vera",
    ),
    Act(
        "an answer is taken back",
        "UPDATE quotes_errorreport SET answered_at = NULL, answered_by_id = NULL, decision = '', answer = ''",
        "report_answer_stays",
        answered,
        user="vera",
    ),
]
