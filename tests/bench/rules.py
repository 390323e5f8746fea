"""What the triggers would have refused, looked for in all rows at once. Each query names what breaks its rule."""

from typing import Any

from psycopg import Connection

from quotes.verifying import RULES as VERIFIED

# Those that the product's own verification looks for come first.
RULES = VERIFIED | {
    "quote_has_words": """
        SELECT public_id FROM quotes_quote q WHERE NOT EXISTS (SELECT FROM quotes_span WHERE quote_id = q.id)
    """,
    "quote_passage_inside_span": """
        SELECT public_id FROM quotes_quote q WHERE passage_start IS NOT NULL AND NOT EXISTS (
            SELECT FROM quotes_span WHERE quote_id = q.id AND start <= passage_start AND passage_end <= "end"
        )
    """,
    "quote_attribution_is_printed": """
        SELECT q.public_id FROM quotes_quote q JOIN articles_snapshot n ON n.id = q.snapshot_id
        WHERE strpos(n.text, q.attribution) = 0
    """,
    "quote_notes_guideline": """
        SELECT public_id FROM quotes_quote WHERE guideline_id IS DISTINCT FROM (
            SELECT id FROM quotes_guideline WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1
        )
    """,
    "statement_is_published": """
        SELECT s.public_id FROM quotes_statement s LEFT JOIN quotes_approval a ON a.revision_id = s.current_revision_id
        WHERE a.id IS NULL
    """,
    "statement_has_speaker": """
        SELECT s.public_id FROM quotes_statement s LEFT JOIN quotes_quote q ON q.id = s.lead_id
        WHERE s.speaker_id IS NULL AND s.speaker_organization_id IS NULL
            AND NOT (s.speaker_not_identified AND coalesce(q.attribution, '') ~ '\\S')
    """,
    "statement_has_spoken_date": "SELECT public_id FROM quotes_statement WHERE spoken IS NULL",
    "statement_has_occasion": """
        SELECT public_id FROM quotes_statement WHERE meeting_id IS NULL AND NOT occasion_not_named
    """,
    "statement_has_lead_quote": "SELECT public_id FROM quotes_statement WHERE lead_id IS NULL",
    "revision_is_its_statements_last": """
        SELECT s.public_id FROM quotes_statement s JOIN quotes_revision r ON r.id = s.current_revision_id
        WHERE r.statement_id <> s.id OR r.number <> (SELECT max(number) FROM quotes_revision WHERE statement_id = s.id)
    """,
    "revision_by_an_author": """
        SELECT s.public_id FROM quotes_statement s JOIN quotes_revision r ON r.id = s.current_revision_id
        WHERE NOT EXISTS (
            SELECT FROM quotes_authorship WHERE statement_id = s.id AND user_id = r.submitted_by_id
        )
    """,
    "snapshot_has_proof": """
        SELECT public_id FROM articles_snapshot n
        WHERE NOT EXISTS (SELECT FROM articles_proof WHERE snapshot_id = n.id)
    """,
    "triggers_are_on": """
        SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'
    """,
}


def broken(session: Connection[Any]) -> dict[str, list[str]]:
    """The public ids of what breaks each rule; empty for a record that the product could have made."""
    found = {rule: [row[0] for row in session.execute(query).fetchall()] for rule, query in RULES.items()}
    return {rule: named for rule, named in found.items() if named}
