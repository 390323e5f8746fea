"""What every test may ask for: the database server, the shared folder; and which skips are allowed."""

import pytest

from tests import environment


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """The server is up before the first test that asks for the database."""
    if environment.SERVER is None:
        yield
        return
    environment.SERVER.start()
    yield
    environment.SERVER.release()
