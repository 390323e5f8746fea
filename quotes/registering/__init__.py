"""Loading a starter registry: who held which office. What researchers entered or changed wins over its rows."""

from django.db import connection, transaction

from quotes.extraction.registry_files import Rows
from quotes.registering.loaded import Loaded
from quotes.registering.records import load_bodies, load_offices, load_people
from quotes.registering.tenures import load_tenures

__all__ = ["Loaded", "register"]


@transaction.atomic
def register(rows: Rows) -> Loaded:
    """Bring the rows in, all or nothing. What is here already is found by its key, else by its names, and taken as it is.

    A second load makes nothing new. A tenure that the registry words differently now is corrected where no user has
    changed it, and so are an office's epithets; everything else that is here stays as it is, and what was deleted here
    stays away. A tenure that does not go with one that is here is left out.
    """
    with connection.cursor() as cursor:
        # Whoever wrote a tenure between our look and our writing would meet ours in the exclusion constraint.
        cursor.execute(
            "LOCK TABLE people_person, people_personname, people_organization, people_office, people_tenure"
            " IN SHARE ROW EXCLUSIVE MODE"
        )
    loaded = Loaded()
    bodies = load_bodies(rows.bodies, loaded)
    people = load_people(rows.people, loaded)
    offices = load_offices(rows.offices, bodies, loaded)
    load_tenures(rows.tenures, people, offices, loaded)
    return loaded
