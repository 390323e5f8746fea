"""The database's memory as it is where the site has run for a while: what is read often is there, not on the disk."""

from typing import Final

import psycopg

WARM: Final = """
    SELECT coalesce(sum(pg_prewarm(oid::regclass)), 0) * current_setting('block_size')::bigint / 1048576
    FROM pg_class
    WHERE relkind IN ('r', 'i', 't') AND pg_get_userbyid(relowner) = current_user
"""


def warm(session: psycopg.Connection) -> int:
    """MB of tables and indexes that were read into the server's buffers.

    Raises UndefinedFunction where the extension pg_prewarm is not installed in the database.
    """
    return int(session.execute(WARM).fetchone()[0])
