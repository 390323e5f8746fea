"""What a starter registry's files say of persons, offices and who held them. Pure: knows no Django.

One TOML file a country, or a subject of its own; `data/registry/README.md` has the layout. Files that are read together
share their keys, so that a person may hold an office that another file describes.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from people.edtf import OPEN, Edtf, UnreadableDate
from quotes.extraction.data import FOLDER

SHIPPED: Final = FOLDER / "registry"
LANGUAGES: Final = ("ru", "be", "en")
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY: Final = re.compile(r"([A-Z]{2})?")
_ADDRESS: Final = re.compile(r"https?://\S+")
_KNOWN_UNTIL: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")

Table = dict[str, Any]


class BadRegistry(ValueError):  # noqa: N818 - the name says what was found
    """A file that can't be taken; `str()` names the file, the row, the field, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Names:
    """The name in three languages; none is empty."""

    ru: str
    be: str
    en: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.ru, self.be, self.en))


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A ministry, a union of states. `country` is empty where it belongs to none."""

    key: str
    name: Names
    aliases: tuple[str, ...]
    country: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A post; `body` is the key of the body it belongs to, or empty."""

    key: str
    name: Names
    epithets: tuple[str, ...]
    single_seat: bool
    country: str
    body: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with the name the press uses; `gender` is `m`, `f` or, where it is not told, empty."""

    key: str
    name: Names
    aliases: tuple[str, ...]
    gender: str


@dataclass(frozen=True, slots=True)
class TenureRow:
    """Who held what. `start` and `end` are EDTF strings or None where not known; an end may be `..`.

    `references` are the addresses of pages that give the dates; without any the row is unverified.
    """

    person: str
    office: str
    start: str | None
    end: str | None
    references: tuple[str, ...]
    acting: bool

    @property
    def key(self) -> str:
        """What names the row, also after its end became known."""
        return f"{self.person}/{self.office}/{self.start or ''}"

    @property
    def unverified(self) -> bool:
        """Whether nobody says where the dates are from."""
        return not self.references


Row = TypeVar("Row", BodyRow, OfficeRow, PersonRow, TenureRow)


@dataclass(frozen=True, slots=True)
class Rows:
    """All that a set of files says; every key that a row names is there."""

    bodies: tuple[BodyRow, ...]
    offices: tuple[OfficeRow, ...]
    people: tuple[PersonRow, ...]
    tenures: tuple[TenureRow, ...]


def read_rows(*paths: Path) -> Rows:
    """The rows of the files, and of all `*.toml` in the folders; of the shipped ones where none is named.

    Raises BadRegistry for what can't be taken, and OSError for a file that can't be read.
    """
    read = _Reading()
    for path in _files(paths or (SHIPPED,)):
        read.file(path)
    return read.rows()


@dataclass(slots=True)
class _Reading:
    """The rows read so far by their keys, and what they name without its having been looked up yet."""

    bodies: dict[str, BodyRow] = field(default_factory=dict)
    offices: dict[str, OfficeRow] = field(default_factory=dict)
    people: dict[str, PersonRow] = field(default_factory=dict)
    tenures: dict[str, TenureRow] = field(default_factory=dict)
    named: "list[tuple[_Fields, str, str, Collection[str]]]" = field(default_factory=list)

    def file(self, path: Path) -> None:
        tables, country = _tables(path)
        for row in _rows(path, tables, "body"):
            _add(self.bodies, _body(row, country), row)
        for row in _rows(path, tables, "office"):
            office = _office(row, country)
            _add(self.offices, office, row)
            if office.body:
                self.named.append((row, "body", office.body, self.bodies))
        for row in _rows(path, tables, "person"):
            _add(self.people, _person(row), row)
        for row in _rows(path, tables, "tenure"):
            tenure = _tenure(row)
            _add(self.tenures, tenure, row)
            self.named.append((row, "person", tenure.person, self.people))
            self.named.append((row, "office", tenure.office, self.offices))

    def rows(self) -> Rows:
        for row, part, key, there in self.named:
            if key not in there:
                raise row.bad(part, f"no {part} has the key “{key}” in the files that are read together")
        return Rows(
            tuple(self.bodies.values()),
            tuple(self.offices.values()),
            tuple(self.people.values()),
            tuple(self.tenures.values()),
        )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
        elif files := sorted(path.glob("*.toml")):
            yield from files
        else:
            msg = f"{path}: no file in this folder ends in .toml"
            raise BadRegistry(msg)


def _tables(path: Path) -> tuple[Table, str]:
    """The file's tables, and the country that its rows belong to."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # not TOML, or not UTF-8
        msg = f"{path.name}: {error}"
        raise BadRegistry(msg) from error
    head = _Fields(path.name, "head", {key: value for key, value in tables.items() if not isinstance(value, list)})
    country = head.text("country", _COUNTRY, "two capital letters, or empty")
    if "known_until" in head.table:
        head.text("known_until", _KNOWN_UNTIL, "a year, a month or a day, such as 2025-01")
    head.nothing_else("country", "known_until")
    if unknown := sorted({key for key, value in tables.items() if isinstance(value, list)} - set(_PARTS)):
        raise head.bad(unknown[0], f"not a table of a registry; those are {', '.join(_PARTS)}")
    return tables, country


_PARTS: Final = ("body", "office", "person", "tenure")


def _rows(path: Path, tables: Table, part: str) -> "Iterator[_Fields]":
    for number, table in enumerate(tables.get(part, []), 1):
        if not isinstance(table, dict):
            msg = f"{path.name}, {part} {number}: not a table"
            raise BadRegistry(msg)
        yield _Fields(path.name, f"{part} {number}", table)


def _add(rows: dict[str, Row], row: Row, fields: "_Fields") -> None:
    if row.key in rows:
        raise fields.bad("key", f"“{row.key}” is there already")
    rows[row.key] = row


def _body(fields: "_Fields", country: str) -> BodyRow:
    fields.nothing_else("key", "name", "aliases")
    return BodyRow(fields.key("key"), fields.names(), fields.texts("aliases"), country)


def _office(fields: "_Fields", country: str) -> OfficeRow:
    fields.nothing_else("key", "name", "epithets", "single_seat", "body")
    return OfficeRow(
        fields.key("key"),
        fields.names(),
        fields.texts("epithets"),
        fields.flag("single_seat", default=True),
        country,
        fields.key("body") if "body" in fields.table else "",
    )


def _person(fields: "_Fields") -> PersonRow:
    fields.nothing_else("key", "name", "aliases", "gender")
    gender = fields.text("gender", re.compile("[mf]"), "m or f") if "gender" in fields.table else ""
    return PersonRow(fields.key("key"), fields.names(), fields.texts("aliases"), gender)


def _tenure(fields: "_Fields") -> TenureRow:
    fields.nothing_else("person", "office", "start", "end", "reference", "acting")
    start, end = fields.date("start"), fields.date("end", may_be_open=True)
    if start and end and end != OPEN and Edtf(end).last < Edtf(start).first:
        raise fields.bad("end", f"“{end}” lies before the start, “{start}”")
    return TenureRow(
        fields.key("person"),
        fields.key("office"),
        start,
        end,
        fields.addresses("reference"),
        fields.flag("acting", default=False),
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """One row's fields, each read with a refusal that says where it stands."""

    file: str
    row: str
    table: Table

    def bad(self, field: str, what: str) -> BadRegistry:
        called = self.table.get("key") or self.table.get("person")
        return BadRegistry(f"{self.file}, {self.row}{f' ({called})' if called else ''}, {field}: {what}")

    def nothing_else(self, *known: str) -> None:
        if unknown := sorted(set(self.table) - set(known)):
            raise self.bad(unknown[0], f"not a field of this row; those are {', '.join(known)}")

    def text(self, field: str, shape: re.Pattern[str], wanted: str) -> str:
        value = self.table.get(field)
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise self.bad(field, "missing" if value is None else f"{value!r} is not {wanted}")
        return value

    def key(self, field: str) -> str:
        return self.text(field, _KEY, "a key of small Latin letters, digits and hyphens")

    def names(self) -> Names:
        table = self.table.get("name")
        if not isinstance(table, dict) or set(table) != set(LANGUAGES):
            raise self.bad("name", f"give one name in each of {', '.join(LANGUAGES)}")
        return Names(**{language: self._words(f"name.{language}", table[language]) for language in LANGUAGES})

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.table.get(field, [])
        if not isinstance(values, list):
            raise self.bad(field, "not a list")
        return tuple(self._words(field, value) for value in values)

    def addresses(self, field: str) -> tuple[str, ...]:
        values = self.table.get(field, [])
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or not all(isinstance(one, str) and _ADDRESS.fullmatch(one) for one in values):
            raise self.bad(field, f"{values!r} is not a web address, nor a list of such")
        return tuple(values)

    def flag(self, field: str, *, default: bool) -> bool:
        value = self.table.get(field, default)
        if not isinstance(value, bool):
            raise self.bad(field, f"{value!r} is neither true nor false")
        return value

    def date(self, field: str, *, may_be_open: bool = False) -> str | None:
        value = self.table.get(field)
        if value is None or (may_be_open and value == OPEN):
            return value
        try:
            return Edtf(value).value
        except (UnreadableDate, TypeError) as error:
            raise self.bad(field, f"{value!r} is not a day, a month, a quarter or a year in quotation marks") from error

    def _words(self, field: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or value != " ".join(value.split()):
            raise self.bad(field, f"{value!r} is not a text without spare spaces")
        return value
