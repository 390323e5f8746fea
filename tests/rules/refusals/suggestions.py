"""Suggestions: the machine's word lies in the text, is proposed once, and is decided by a person, whole and for good."""

from tests.rules.acts import Act
from tests.rules.rows import FIRST, TEXT, World, draft, place

start, end = place(FIRST)
LENGTH = len(TEXT)
COLUMNS = (
    "snapshot_id, engine, rule, kind, spans, confidence, speaker_name, unverified, choices, made_at, state, corrections"
)
PLAIN = "%(snapshot)s, 1, 'direct.after', 'direct', '{{0,5}}', 0.9, '', false, '[]', now(), 'open', '{}'"
SPANS, INSIDE, WHOLE = "suggestion_spans_in_order", "suggestion_inside_text", "suggestion_is_decided_whole"
STAYS, ONCE, WHAT = "suggestion_stays_as_decided", "suggestion_once", "suggestion_corrected_says_what"
SET = "UPDATE quotes_suggestion SET {} WHERE id = %(suggestion)s"
DECIDE = SET.format("state = '{}', decided_by_id = %(anna)s, decided_at = now(){}")


def suggested(world: World) -> None:
    """The draft, and a suggestion that nobody has decided on."""
    draft(world)
    world.run(f"INSERT INTO quotes_suggestion ({COLUMNS}) VALUES ({PLAIN})")
    world.names["suggestion"] = world.ask("SELECT max(id) FROM quotes_suggestion")


def rejected(world: World) -> None:
    """Anna has rejected it."""
    suggested(world)
    world.run(DECIDE.format("rejected", ""))


def read(world: World) -> None:
    """The machine has read the text."""
    world.run(READ.format("now()", "3", "''"))
    world.names["reading"] = world.ask("SELECT max(id) FROM quotes_reading")


def one(**columns: str) -> str:
    """One more suggestion; the values are SQL."""
    values = dict(zip(COLUMNS.split(", "), PLAIN.split(", "), strict=True)) | columns
    return f"INSERT INTO quotes_suggestion ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def spans(literal: str) -> str:
    return one(spans=f"'{literal}'")


READ = (
    "INSERT INTO quotes_reading (snapshot_id, engine, language, body_start, body_end, started_at, attempts,"
    " finished_at, found, error) VALUES (%(snapshot)s, 1, 'ru', 0, 10, now(), 1, {}, {}, {})"
)

ACTS = [
    Act("a suggestion of two parts", spans("{{0,5},{6,9}}")),
    Act("parts side by side", spans("{{0,5},{5,9}}")),
    Act("up to the last character", spans(f"{{{{0,{LENGTH}}}}}")),
    Act("no parts", spans("{}"), SPANS),
    Act("an empty part", spans("{{5,5}}"), SPANS),
    Act("a part backwards", spans("{{5,4}}"), SPANS),
    Act("parts that share a character", spans("{{0,5},{4,9}}"), SPANS),
    Act("parts in the wrong order", spans("{{6,9},{0,5}}"), SPANS),
    Act("a part without an end", spans("{{0,NULL}}"), SPANS),
    Act("a list that is no pairs", spans("{{0,5,9}}"), SPANS),
    Act("numbers without pairs", spans("{0,5}"), SPANS),
    Act("a part before the text", spans("{{-1,5}}"), SPANS),
    Act("no list at all", one(spans="NULL"), "quotes_suggestion.spans", also=(SPANS,)),
    Act("a part beyond the text", spans(f"{{{{0,{LENGTH + 1}}}}}"), INSIDE),
    Act("a cue beyond the text", one(cue=f"'[5,{LENGTH + 1})'"), INSIDE),
    Act("a cue that is empty", one(cue="'empty'"), INSIDE),
    Act("a mention without an end", one(mention="'[5,)'"), INSIDE),
    Act("a mention before the text", one(mention="'[-1,3)'"), INSIDE),
    Act("cue and mention in the text", one(cue="'[1,3)'", mention="'[4,9)'")),
    Act("an open one is moved out of the text", SET.format(f"spans = '{{{{0,{LENGTH + 1}}}}}'"), INSIDE, suggested),
    Act("the same words twice", one(), ONCE, suggested),
    Act("the same words of another kind", one(kind="'mixed'"), stage=suggested),
    Act("the same words in another text", one(snapshot_id="%(other_snapshot)s"), stage=suggested),
    Act("what was rejected, once more", one(), ONCE, rejected),
    Act("a kind that nobody knows", one(kind="'sung'"), "suggestion_kind_is_known"),
    Act(
        "a state that nobody knows",
        one(state="'maybe'", decided_by_id="%(anna)s", decided_at="now()"),
        "suggestion_state_is_known",
    ),
    Act("a confidence above one", one(confidence="1.01"), "suggestion_confidence_is_a_share"),
    Act("a confidence below nought", one(confidence="-0.01"), "suggestion_confidence_is_a_share"),
    Act(
        "two speakers",
        one(speaker_id="%(person)s", speaker_organization_id="%(organization)s", speaker_name="'X'"),
        "suggestion_has_one_speaker_at_most",
    ),
    Act("a record without a name", one(speaker_id="%(person)s"), "suggestion_speaker_is_named"),
    Act("a name without a record", one(speaker_name="'X'")),
    Act("rejected by nobody", SET.format("state = 'rejected'"), WHOLE, suggested),
    Act("rejected at no time", SET.format("state = 'rejected', decided_by_id = %(anna)s"), WHOLE, suggested),
    Act("open, with somebody who decided", SET.format("decided_by_id = %(anna)s"), WHOLE, suggested),
    Act("rejected", DECIDE.format("rejected", ""), stage=suggested),
    Act("accepted, with its quote", DECIDE.format("accepted", ", quote_id = %(quote)s"), stage=suggested),
    Act(
        "corrected", DECIDE.format("corrected", """, corrections = '{"kind": ["direct", "mixed"]}'"""), stage=suggested
    ),
    Act("corrected in nothing", DECIDE.format("corrected", ""), WHAT, suggested),
    Act("accepted, and corrected", DECIDE.format("accepted", """, corrections = '{"kind": []}'"""), WHAT, suggested),
    Act(
        "rejected, with a quote",
        DECIDE.format("rejected", ", quote_id = %(quote)s"),
        "suggestion_quote_came_of_consent",
        suggested,
    ),
    Act(
        "in another's name",
        DECIDE.format("rejected", ""),
        "suggestion_decided_by_its_user",
        suggested,
        user="boris",
    ),
    Act("by the database itself", DECIDE.format("rejected", ""), stage=suggested, user=None),
    Act(
        "a quote of another text",
        one(snapshot_id="%(other_snapshot)s")
        + "; UPDATE quotes_suggestion SET state = 'accepted', decided_by_id = %(anna)s, decided_at = now(),"
        " quote_id = %(quote)s WHERE snapshot_id = %(other_snapshot)s",
        "suggestion_quote_words_its_text",
        draft,
    ),
    Act("a decided one is deleted", "DELETE FROM quotes_suggestion", STAYS, rejected),
    Act("a decided one gets other words", SET.format("spans = '{{0,6}}'"), STAYS, rejected),
    Act("a decided one is said to be of another rule", SET.format("rule = 'other'"), STAYS, rejected),
    Act(
        "a decision is taken back",
        SET.format("state = 'open', decided_by_id = NULL, decided_at = NULL"),
        stage=rejected,
    ),
    Act("an open one is deleted", "DELETE FROM quotes_suggestion", stage=suggested),
    Act("an open one gets other words", SET.format("spans = '{{0,6}}'"), stage=suggested),
    Act("a reading under way", READ.format("NULL", "NULL", "''")),
    Act("a reading with findings", READ.format("now()", "0", "''")),
    Act("a reading that failed", READ.format("now()", "NULL", "'broken'")),
    Act("a reading that ended somehow", READ.format("now()", "NULL", "''"), "reading_ends_one_way"),
    Act("a reading that found and failed", READ.format("now()", "1", "'broken'"), "reading_ends_one_way"),
    Act("findings before the end", READ.format("NULL", "1", "''"), "reading_ends_one_way"),
    Act("the same version reads twice", READ.format("NULL", "NULL", "''"), "reading_once", read),
]
