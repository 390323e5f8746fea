"""People with the offices they hold or held, in the vocabulary of Popolo (popoloproject.com)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from people.edtf import Edtf
from people.fields import OPEN
from people.models import Office, Organization, Person, Tenure
from quotes.pages.linked_data import Site

GENDERS: Final = {"m": "male", "f": "female"}
BATCH: Final = 250
ADDRESS: Final = re.compile(r"https?://[^\s<>\"«»“”]+(?<![,;.])")
HOST: Final = re.compile(r"(?<=://)[^/?#]+")
must_be_web_address: Final = URLValidator(schemes=["http", "https"])

Record = dict[str, Any]


def parts(people: QuerySet[Person], site: Site) -> Iterator[tuple[str, Iterator[list[Record]]]]:
    """The parts of a Popolo document by name, each in batches, for people who have a page."""
    tenures = Tenure.objects.filter(person__in=people.order_by().values("pk"))
    offices = Office.objects.filter(pk__in=tenures.values("office"))
    bodies = Organization.objects.filter(pk__in=offices.values("organization"))
    yield "persons", _batches(people.prefetch_related("names"), lambda record: person(record, site))
    yield "organizations", _batches(bodies, organization)
    yield "posts", _batches(offices.select_related("organization"), post)
    yield "memberships", _batches(tenures.select_related("person", "office__organization"), membership)


def document(people: QuerySet[Person], site: Site) -> Record:
    """The same at once, for a few people."""
    return {name: [record for batch in batches for record in batch] for name, batches in parts(people, site)}


def person(record: Person, site: Site) -> Record:
    """A person. The record does not say which part of a name is a surname, so none is said to be."""
    others = [{"name": name} for name in dict.fromkeys(record.names_given) if name != record.name]
    others += [{"name": name.text, "note": name.kind} for name in record.names.all()]
    told = {
        "id": record.public_id,
        "name": record.name,
        "other_names": others,
        "gender": GENDERS.get(record.gender),
        "summary": record.about,
        "links": [{"url": site.id_of("person", record.public_id)}],
    }
    return _known(told)


def organization(record: Organization) -> Record:
    """A body that has an office."""
    others = [name for name in dict.fromkeys([*record.names_given, *record.aliases]) if name != record.name]
    return _known({"id": record.public_id, "name": record.name, "other_names": [{"name": name} for name in others]})


def post(record: Office) -> Record:
    """An office, whoever holds it."""
    others = [name for name in dict.fromkeys(record.names_given) if name != record.name]
    body = record.organization.public_id if record.organization else None
    return _known(
        {
            "id": record.public_id,
            "label": record.name,
            "role": record.name,
            "other_label": others,
            "organization_id": body,
        }
    )


def membership(record: Tenure) -> Record:
    """That somebody holds or held an office. A quarter is told as its year, and of the evidence its addresses."""
    body = record.office.organization
    return _known(
        {
            "person_id": record.person.public_id,
            "post_id": record.office.public_id,
            "organization_id": body.public_id if body else None,
            "role": record.office.name,
            "start_date": _date(record.start),
            "end_date": None if record.end == OPEN else _date(record.end),
            "sources": [{"url": address} for address in _addresses(record.evidence)],
        }
    )


def _addresses(evidence: str) -> Iterator[str]:
    """The addresses that a text names, in ASCII as Popolo's schemas ask (RFC 3986); what only looks like one is left out."""
    for address in ADDRESS.findall(evidence):
        with suppress(ValidationError, UnicodeError, LocationParseError):
            must_be_web_address(address)
            yield parse_url(HOST.sub(lambda host: host[0].encode("idna").decode(), address, count=1)).url


def _date(edtf: str | None) -> str | None:
    """Year, month and day as far as they are known: Popolo has no quarters."""
    if not edtf:
        return None
    date = Edtf.of(edtf)
    return str(date.first.year) if date.quarter else edtf


def _batches(rows: QuerySet[Any], told: Any) -> Iterator[list[Record]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield [told(record) for record in batch]


def _known(record: Record) -> Record:
    """Without what is not known."""
    return {name: value for name, value in record.items() if value not in (None, "", [])}
