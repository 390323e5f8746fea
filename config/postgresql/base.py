"""Django's PostgreSQL, with a pool that survives its server.

After a restart of the server every idle connection of a pool is dead. Django's own check makes the pool find out of one
after another and wait 1, 2 and 4 seconds between them: longer than a request waits for a connection, so it is refused.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at each connection that the pool gives; where one is dead, all idle ones are replaced at once."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that answers, or PoolTimeout."""
        given = super().get_new_connection(conn_params)
        pool = self.pool
        if pool is None:
            return given
        try:
            ConnectionPool.check_connection(given)
        except OperationalError:
            pool.drain()
            pool.putconn(given)
            return super().get_new_connection(conn_params)
        return given
