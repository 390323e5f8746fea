"""Finding statements: how words are compared, what a query means, and the index that answers it.

Nothing in `analysis`, `belarusian`, `query`, `matching`, `schema`, `finding`, `generations` and `index` needs Django
or a database: PostgreSQL holds the truth, the index is derived from it and may be deleted at any time.
"""
