"""Whether the index on the disk holds exactly what is published, field by field and word by word.

Numbers and keys are asked from PostgreSQL by plain SQL, and the index is read by tantivy alone.
"""

import json
from collections import defaultdict
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from quotes.search.analysis import analyse
from quotes.search.documents import every_document
from quotes.search.schema import NUMBERS, PLACES, WORDS, tantivy_schema

PUBLISHED = """
    SELECT s.id, s.sort_key FROM quotes_statement s
    WHERE EXISTS (SELECT FROM quotes_approval a WHERE a.revision_id = s.current_revision_id)
      AND NOT EXISTS (SELECT FROM quotes_withdrawal w WHERE w.statement_id = s.id AND w.restored_at IS NULL)
"""
MOST = 100_000


def of_database(formerly=()):
    """(field, word or number) → the statements that have it there. `formerly`: words that may have none."""
    facts = defaultdict(set)
    for place in PLACES:
        for token in analyse(" ".join(formerly)):
            facts[f"{place}_surface", token.surface]
    with connection.cursor() as cursor:
        cursor.execute(PUBLISHED)
        for number, key in cursor.fetchall():
            facts["id", number].add(number)
            facts["key", key].add(number)
    for document in (each for batch in every_document() for each in batch):
        for fact in _of_document(document):
            facts[fact].add(document.id)
    return dict(facts)


def _of_document(document):
    for place in PLACES:
        for wording in getattr(document, place):
            for token in analyse(wording.text, wording.language):
                yield from ((place, form) for form in token.forms)
                if token.length == 1:
                    yield f"{place}_surface", token.surface
    filters = document.numbers | {"kind": document.kinds, "language": document.languages}
    assert set(filters) == {*NUMBERS, *WORDS}
    for name, values in (filters | {"approval": (document.approval,)}).items():
        yield from ((name, value) for value in values)


def compare(expected):
    """Each difference between these facts and the index, as a line; at most ten."""
    try:
        searcher = _searcher()
    except (FileNotFoundError, ValueError) as missing:
        return [f"there is no index: {missing}"]
    statements = len({number for field, number in expected if field == "id"})
    lines = []
    if searcher.num_docs != statements + 1:  # one more is the position
        lines.append(f"{searcher.num_docs - 1} documents, {statements} statements")
    for (field, value), numbers in expected.items():
        found = _having(searcher, field, value)
        if found != sorted(numbers):
            lines.append(f"{field} {value}: in the index {found}, in the database {sorted(numbers)}")
    return lines[:10]


def _searcher():
    folder = Path(settings.SEARCH_INDEX_DIR)
    current = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))
    return tantivy.Index.open(str(folder / current["name"])).searcher()


def _having(searcher, field, value):
    hits = searcher.search(tantivy.Query.term_query(tantivy_schema(), field, value, "basic"), limit=MOST).hits
    return sorted(searcher.fast_field_values("id", [address for _score, address in hits]))
