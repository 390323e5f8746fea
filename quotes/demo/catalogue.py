"""The records that statements refer to: who speaks, in what office, on what occasions; sources and topics."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model

from articles.models import Source
from people.acting import acting
from people.models import Meeting, Office, Organization, Participant, Person, PersonName, Tenure
from quotes.demo.accounts import Desk
from quotes.demo.files import Table, tables
from quotes.models import Topic

Row = TypeVar("Row", bound=Model)
Report = Callable[[Model], None]


@dataclass(slots=True)
class Catalogue:
    """Records by the keys that the data files name them by."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    tenures: dict[str, Tenure] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)


def load_catalogue(desk: Desk, report: Report) -> Catalogue:
    """All records of the data files, found or made; one that is found is left as it is.

    `report` gets each record made.
    """
    catalogue = Catalogue()
    with acting(desk.editor):
        _load_topics(catalogue, report)
        _load_sources(catalogue, report)
    with acting(desk.annotator):
        _load_people(catalogue, tables("people"), report)
        _load_meetings(catalogue, report)
    return catalogue


def _load_topics(catalogue: Catalogue, report: Report) -> None:
    for table in tables("topics")["topics"]:
        parent = catalogue.topics[table["parent"]] if "parent" in table else None
        catalogue.topics[table["key"]], _ = _found_or_made(Topic, report, _names(table), parent=parent)


def _load_sources(catalogue: Catalogue, report: Report) -> None:
    for table in tables("sources")["sources"]:
        columns = {"kind": Source.Kind.SAMPLE} | _columns(table, "host", "country")
        catalogue.sources[table["key"]], _ = _found_or_made(Source, report, _names(table), **columns)


def _load_people(catalogue: Catalogue, file: Table, report: Report) -> None:
    for table in file["organizations"]:
        columns = _columns(table, "country")
        catalogue.organizations[table["key"]], _ = _found_or_made(Organization, report, _names(table), **columns)
    for table in file["people"]:
        catalogue.people[table["key"]] = _person(table, report)
    for table in file["offices"]:
        columns = _columns(table, "country", "epithets", "single_seat")
        organization = catalogue.organizations[table["organization"]] if "organization" in table else None
        catalogue.offices[table["key"]], _ = _found_or_made(
            Office, report, _names(table), organization=organization, **columns
        )
    for table in file["tenures"]:
        of = {"person": catalogue.people[table["person"]], "office": catalogue.offices[table["office"]]}
        columns = _columns(table, "start", "start_known", "end", "end_known", "evidence")
        catalogue.tenures[table["key"]], _ = _found_or_made(Tenure, report, of, **columns)


def _person(table: Table, report: Report) -> Person:
    # Namesakes are told apart by what is said about them.
    who = _names(table) | {"about": table["about"]}
    person, is_new = _found_or_made(Person, report, who)
    if is_new:
        PersonName.objects.bulk_create(PersonName(person=person, **name) for name in table["names"])
    return person.merged_into or person


def _load_meetings(catalogue: Catalogue, report: Report) -> None:
    for table in tables("meetings")["meetings"]:
        columns = _columns(table, "kind", "start", "start_known", "end", "end_known", "place")
        meeting, is_new = _found_or_made(Meeting, report, _names(table), **columns)
        catalogue.meetings[table["key"]] = meeting
        if is_new:
            for participant in table["participants"]:
                Participant.objects.create(meeting=meeting, role=participant["role"], **party(catalogue, participant))


def party(catalogue: Catalogue, table: dict[str, str]) -> dict[str, Any]:
    """The columns that name a participant or an addressee: a person, an organization, or somebody in words."""
    if "person" in table:
        return {"person": catalogue.people[table["person"]]}
    if "organization" in table:
        return {"organization": catalogue.organizations[table["organization"]]}
    return {"in_words": table["in_words"]}


def _found_or_made(model: type[Row], report: Report, identity: Table, **rest: Any) -> tuple[Row, bool]:
    """The record of that identity, and whether it had to be made. One that is there is not touched."""
    rows = model._default_manager
    if row := rows.filter(**identity).order_by("pk").first():
        return row, False
    row = rows.create(**identity, **rest)
    report(row)
    return row, True


def _names(table: Table) -> Table:
    return {f"name_{language}": table[language] for language in ("ru", "be", "en") if language in table}


def _columns(table: Table, *names: str) -> Table:
    return {name: table[name] for name in names if name in table}
