"""Finding statements: how words are compared, what a query means, and the index that answers it.

Only `documents`, `following` and `published` know Django and the database: PostgreSQL holds the truth, the index is derived
from it and may be deleted at any time.
"""
