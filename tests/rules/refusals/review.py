"""Rule 3: published means that another person approved the present state; who wrote and who approved only grows."""

from tests.rules.acts import Act
from tests.rules.rows import draft, published, submitted, withdrawn

SUBMIT = "INSERT INTO quotes_revision (statement_id, submitted_by_id, submitted_at) VALUES (%(statement)s, {}, now())"
APPROVE = "INSERT INTO quotes_approval (revision_id, approved_by_id, approved_at) VALUES (%(revision)s, {}, now())"
RETURN = (
    "INSERT INTO quotes_return (revision_id, returned_by_id, returned_at, comment)"
    " VALUES (%(revision)s, {}, now(), 'Проверьте дату.')"
)
POINTING = (
    "INSERT INTO quotes_return (revision_id, returned_by_id, returned_at, comment, snapshot_id, span_start, span_end)"
    " VALUES (%(revision)s, %(boris)s, now(), 'Проверьте слова.', {})"
)
SEEN = "INSERT INTO quotes_seen (revision_id, user_id, at) VALUES (%(revision)s, %(anna)s, now())"
ANNA, BORIS, VERA = "%(anna)s", "%(boris)s", "%(vera)s"
EDIT = "UPDATE quotes_statement SET label = 'Мост' WHERE id = %(statement)s; "
BACK = "UPDATE quotes_statement SET label = '' WHERE id = %(statement)s; "
POINT = "UPDATE quotes_statement SET current_revision_id = %(revision)s WHERE id = %(statement)s"
CONTENT = "statement_revision_is_its_content"
OTHER = "approval_by_another"

ACTS = [
    Act("its author approves", APPROVE.format(ANNA), OTHER, submitted),
    Act("another approves", APPROVE.format(BORIS), stage=submitted, user="boris"),
    Act(
        "one who edited and left everything as it was approves",
        EDIT + BACK + SUBMIT.format(BORIS) + "; INSERT INTO quotes_approval (revision_id, approved_by_id, approved_at)"
        " SELECT max(id), %(boris)s, now() FROM quotes_revision",
        OTHER,
        submitted,
        user="boris",
    ),
    Act(
        "an approval is turned into the author's by a conflict",
        APPROVE.format(BORIS) + " ON CONFLICT (revision_id) DO UPDATE SET approved_by_id = %(anna)s",
        "verdict_only_once",
        published,
        user=None,
        also=("approvals_only_grow",),
    ),
    Act("in another's name", APPROVE.format(VERA), "verdict_by_its_user", submitted, user="boris"),
    Act(
        "approved twice",
        APPROVE.format(VERA),
        "verdict_only_once",
        published,
        user="vera",
        also=("quotes_approval_revision_id_key",),
    ),
    Act("approved and then returned", RETURN.format(VERA), "verdict_only_once", published, user="vera"),
    Act(
        "returned and then approved",
        RETURN.format(VERA) + "; " + APPROVE.format(VERA),
        "verdict_only_once",
        submitted,
        user="vera",
    ),
    Act(
        "approved after an edit",
        EDIT + APPROVE.format(BORIS),
        "verdict_on_current_revision",
        submitted,
        user="boris",
        also=(OTHER,),
    ),
    Act("returned after an edit", EDIT + RETURN.format(BORIS), "verdict_on_current_revision", submitted, user="boris"),
    Act("returned", RETURN.format(BORIS), stage=submitted, user="boris"),
    Act(
        "returned without a word",
        RETURN.format(BORIS).replace("Проверьте дату.", " "),
        "return_says_why",
        submitted,
        user="boris",
    ),
    Act("returned pointing at words", POINTING.format("%(snapshot)s, 3, 9"), stage=submitted, user="boris"),
    Act(
        "returned pointing into a text that has nothing to do with it",
        POINTING.format("%(other_snapshot)s, 3, 9"),
        "return_points_into_its_text",
        submitted,
        user="boris",
    ),
    Act(
        "returned pointing beyond the text's end",
        POINTING.format("%(snapshot)s, 3, 100000"),
        "return_points_into_its_text",
        submitted,
        user="boris",
    ),
    Act(
        "returned pointing from somewhere to nowhere",
        POINTING.format("%(snapshot)s, 3, NULL"),
        "return_points_whole",
        submitted,
        user="boris",
    ),
    Act(
        "returned pointing backwards",
        POINTING.format("%(snapshot)s, 9, 3"),
        "return_points_whole",
        submitted,
        user="boris",
    ),
    Act(
        "returned about a field that there is not",
        POINTING.format("NULL, NULL, NULL").replace("comment,", "field, comment,").replace("'Пр", "'weather', 'Пр"),
        "return_field_is_known",
        submitted,
        user="boris",
    ),
    Act("seen twice", f"{SEEN}; {SEEN}", "seen_once", submitted),
    Act("seen, and then not", f"{SEEN}; DELETE FROM quotes_seen", "seen_only_grows", submitted),
    Act(
        "an approval of nothing",
        APPROVE.replace("%(revision)s", "NULL").format(BORIS),
        "verdict_on_current_revision",
        submitted,
        user="boris",
        also=("quotes_approval.revision_id",),
    ),
    Act("an approval by nobody", APPROVE.format("NULL"), "quotes_approval.approved_by_id", submitted, user=None),
    Act(
        "an approval is changed",
        "UPDATE quotes_approval SET approved_by_id = %(vera)s",
        "approvals_only_grow",
        published,
    ),
    Act("an approval is deleted", "DELETE FROM quotes_approval", "approvals_only_grow", published),
    Act(
        "a return is changed",
        RETURN.format(BORIS) + "; UPDATE quotes_return SET comment = 'Хорошо'",
        "returns_only_grow",
        submitted,
        user="boris",
    ),
    Act(
        "a return is deleted",
        RETURN.format(BORIS) + "; DELETE FROM quotes_return",
        "returns_only_grow",
        submitted,
        user="boris",
    ),
    Act("a revision is rewritten", "UPDATE quotes_revision SET content = '{}'", "revisions_only_grow", submitted),
    Act(
        "a revision is deleted",
        "UPDATE quotes_statement SET current_revision_id = NULL; DELETE FROM quotes_revision",
        "revisions_only_grow",
        submitted,
    ),
    Act("an author is rewritten", "UPDATE quotes_authorship SET user_id = %(boris)s", "authorships_only_grow", draft),
    Act(
        "an author is deleted",
        "DELETE FROM quotes_authorship",
        "authorships_only_grow",
        draft,
        also=("authorship_goes_with_its_draft",),
    ),
    Act(
        "a draft is deleted with all it has",
        "UPDATE quotes_statement SET lead_id = NULL; DELETE FROM quotes_span; DELETE FROM quotes_quote;"
        " DELETE FROM quotes_addressee; DELETE FROM quotes_statement_topics; DELETE FROM quotes_statement",
        stage=draft,
    ),
    Act(
        "the same author is noted twice",
        "INSERT INTO quotes_authorship (statement_id, user_id, since) VALUES (%(statement)s, %(anna)s, now())",
        "authorship_once",
        draft,
    ),
    Act("submitted in another's name", SUBMIT.format(BORIS), "revision_by_its_user", draft),
    Act(
        "submitted by nobody",
        SUBMIT.format("NULL"),
        "quotes_revision.submitted_by_id",
        draft,
        user=None,
        also=("quotes_authorship.user_id",),
    ),
    Act("submitted", SUBMIT.format(ANNA), stage=draft),
    Act("submitted again", SUBMIT.format(ANNA), stage=published),
    Act("the approved revision is taken back up after an edit", EDIT + POINT, CONTENT, published),
    Act(
        "the approved revision is taken back up after an edit and its undoing", EDIT + BACK + POINT, CONTENT, published
    ),
    Act(
        "a new statement claims a revision",
        "INSERT INTO quotes_statement (speaker_id, speaker_not_identified, tenure_id, spoken, spoken_known,"
        " spoken_evidence, meeting_id, occasion_not_named, label, lead_id, created_at, current_revision_id)"
        " SELECT speaker_id, speaker_not_identified, tenure_id, spoken, spoken_known, spoken_evidence, meeting_id,"
        " occasion_not_named, label, NULL, created_at, current_revision_id FROM quotes_statement",
        CONTENT,
        published,
    ),
    Act(
        "an older revision is made current",
        SUBMIT.format(ANNA) + "; " + POINT,
        CONTENT,
        published,
    ),
    Act("a withdrawal is rewritten", "UPDATE quotes_withdrawal SET reason = 'Так'", "withdrawal_stays", withdrawn),
    Act("a withdrawal is deleted", "DELETE FROM quotes_withdrawal", "withdrawal_stays", withdrawn),
    Act(
        "a withdrawal for no reason",
        "INSERT INTO quotes_withdrawal (statement_id, reason, withdrawn_by_id, withdrawn_at, restored_why) VALUES (%(statement)s, ' ', %(vera)s, now(), '')",
        "withdrawal_says_why",
        published,
    ),
    Act(
        "withdrawn twice",
        "INSERT INTO quotes_withdrawal (statement_id, reason, withdrawn_by_id, withdrawn_at, restored_why) VALUES (%(statement)s, 'Ещё', %(vera)s, now(), '')",
        "withdrawal_once_at_a_time",
        withdrawn,
    ),
    Act(
        "restored",
        "UPDATE quotes_withdrawal SET restored_by_id = %(vera)s, restored_at = now(), restored_why = 'Подтвердилось'",
        stage=withdrawn,
    ),
    Act(
        "restored without a word",
        "UPDATE quotes_withdrawal SET restored_by_id = %(vera)s, restored_at = now()",
        "withdrawal_restored_whole",
        withdrawn,
    ),
    Act(
        "restored by nobody",
        "UPDATE quotes_withdrawal SET restored_at = now(), restored_why = 'Так'",
        "withdrawal_restored_whole",
        withdrawn,
    ),
    Act(
        "restored and then rewritten",
        "UPDATE quotes_withdrawal SET restored_by_id = %(vera)s, restored_at = now(), restored_why = 'Так';"
        " UPDATE quotes_withdrawal SET restored_why = 'Иначе'",
        "withdrawal_stays",
        withdrawn,
    ),
    Act(
        "a statement with revisions is deleted",
        "UPDATE quotes_statement SET lead_id = NULL; DELETE FROM quotes_span; DELETE FROM quotes_quote; DELETE FROM quotes_addressee; DELETE FROM quotes_statement_topics; DELETE FROM quotes_statement",
        "quotes_revision_statement_id_fk",
        published,
    ),
]
