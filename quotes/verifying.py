"""The proof, checked again: what the database promised when it took the rows in still holds on its disk.

Triggers speak when rows are written. Broken storage, a restored backup or a superuser with triggers switched off come
later; this finds what they did.
"""

from typing import Any

from django.db import connection
from django.utils import timezone

from quotes.models import Verification

# Each query names the records of which the rule does not hold. Persons are left out of the comparison with what was
# approved: merges move statements and addressees from one record to another without a new approval.
RULES = {
    "snapshot_bytes": "SELECT public_id FROM articles_snapshot WHERE raw_sha256 <> encode(sha256(raw), 'hex')",
    "snapshot_text": "SELECT public_id FROM articles_snapshot WHERE text_sha256 <> text_sha256(text)",
    "snapshot_proof": """
        SELECT n.public_id FROM articles_snapshot n LEFT JOIN articles_proof p ON p.snapshot_id = n.id
        WHERE p.root IS DISTINCT FROM snapshot_proof(n.text, p.secret)
    """,
    "span_is_exact": """
        SELECT DISTINCT q.public_id
        FROM quotes_span s JOIN quotes_quote q ON q.id = s.quote_id JOIN articles_snapshot n ON n.id = q.snapshot_id
        WHERE s.exact IS DISTINCT FROM substr(n.text, s.start + 1, s."end" - s.start)
            OR s.start < n.body_start OR s."end" > n.body_end
    """,
    "published_is_what_was_approved": """
        SELECT s.public_id
        FROM quotes_statement s
        JOIN quotes_revision r ON r.id = s.current_revision_id JOIN quotes_approval a ON a.revision_id = r.id
        WHERE EXISTS (
            SELECT FROM quotes_authorship u WHERE u.statement_id = s.id AND u.user_id = a.approved_by_id
        ) OR r.content - 'speaker' - 'addressees' IS DISTINCT FROM statement_content(s.id) - 'speaker' - 'addressees'
    """,
}
COUNTS = """
    SELECT (SELECT count(*) FROM articles_snapshot), (SELECT count(*) FROM quotes_span),
           (SELECT count(*) FROM quotes_statement s JOIN quotes_approval a ON a.revision_id = s.current_revision_id)
"""


def verify() -> Verification:
    """Checks every snapshot, span and published statement, and keeps what was found."""
    started = timezone.now()
    faults: list[dict[str, Any]] = []
    with connection.cursor() as cursor:
        for rule, query in RULES.items():
            cursor.execute(query)
            faults += [{"rule": rule, "id": public_id} for (public_id,) in cursor.fetchall()]
        cursor.execute(COUNTS)
        snapshots, spans, statements = cursor.fetchone()
    return Verification.objects.create(
        started_at=started,
        finished_at=timezone.now(),
        snapshots=snapshots,
        spans=spans,
        statements=statements,
        faults=faults,
    )
