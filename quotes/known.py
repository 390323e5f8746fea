"""Who is known, for the engine that finds statements: the database's people, offices, tenures and organizations."""

from people.models import Office, Organization, Person, Tenure
from quotes.extraction.registry import Holding, KnownBody, KnownOffice, KnownPerson, Registry, possible_days


def known() -> Registry:
    """All records as they stand, under their public ids; merged people are left out. Five queries, however many."""
    return Registry(
        people=tuple(
            KnownPerson(
                person.public_id,
                _different(*person.names_given, *(name.text for name in person.names.all())),
                person.gender or None,
            )
            for person in Person.objects.current().order_by("pk").prefetch_related("names")
        ),
        offices=tuple(
            KnownOffice(
                office.public_id,
                office.country,
                _different(*office.names_given),
                tuple(office.epithets),
                office.organization.public_id if office.organization else "",
            )
            for office in Office.objects.order_by("pk").select_related("organization")
        ),
        bodies=tuple(
            KnownBody(body.public_id, _different(*body.names_given, *body.aliases), body.country)
            for body in Organization.objects.order_by("pk")
        ),
        holdings=tuple(
            Holding(person, office, *possible_days(start, end), unverified)
            for person, office, start, end, unverified in Tenure.objects.order_by("pk").values_list(
                "person__public_id", "office__public_id", "start", "end", "unverified"
            )
        ),
    )


def _different(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
