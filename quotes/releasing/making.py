"""Writes a release: a folder named by its day, a Frictionless data package, that is never written again."""

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, TextIO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override

from quotes.api.shapes import StatementShape
from quotes.exporting.forms import as_json
from quotes.exporting.reading import Question
from quotes.exporting.reading import batches as statement_batches
from quotes.exporting.tables import QUOTES, Column, header, lines, revision_number, rows_of
from quotes.pages.linked_data import Site
from quotes.releasing.reading import DESCRIPTION, SUMS, Release, releases
from quotes.releasing.tables import TABLES, Table, batches

STATEMENTS: Final = (
    Column("id", "string", "The statement; never reused.", itemgetter(0)),
    Column("revision", "integer", "That is public.", itemgetter(1)),
    Column("sha256", "string", "Of its line in statements.jsonl, without the line feed.", itemgetter(2)),
)
CHANGES: Final = (
    Column("id", "string", "The statement.", itemgetter(0)),
    Column("change", "string", "added, changed (in any field), withdrawn, left (it is being revised).", itemgetter(1)),
)


class Refused(Exception):  # noqa: N818 - the name says what happened
    """A release that can't be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which the data may be used: its name in the list of SPDX, and where it can be read."""

    name: str
    address: str


@dataclass(slots=True)
class Written:
    """A file of the release while it is written."""

    file: TextIO
    rows: int = 0

    def lines(self, text: str, rows: int) -> None:
        self.file.write(text)
        self.rows += rows


@dataclass(slots=True)
class _Release:
    """The folder in which it is written, and the descriptions of the files that are done."""

    folder: Path
    resources: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def table(self, name: str, about: str, columns: Sequence[Column], key: str = "id") -> Iterator[Any]:
        """Gives what writes rows into it."""
        with self._writing(f"{name}.csv", about, name) as written:
            written.lines(header(columns), 0)

            def write(rows: Sequence[Any]) -> None:
                written.lines(lines(rows, columns), len(rows))

            yield write
        keys = [
            {"fields": [column.name], "reference": {"resource": column.refers, "fields": ["id"]}}
            for column in columns
            if column.refers
        ]
        fields = [_described(column) for column in columns]
        schema = {"fields": fields, "primaryKey": [key], "foreignKeys": keys, "missingValues": [""]}
        self.resources[-1] |= {"type": "table", "profile": "tabular-data-resource", "schema": schema}

    @contextmanager
    def json_lines(self, name: str, about: str) -> Iterator[Written]:
        with self._writing(f"{name}.jsonl", about, f"{name}-jsonl") as written:
            yield written
        # Records within records are no table.
        self.resources[-1] |= {"type": "file", "profile": "data-resource"}
        del self.resources[-1]["rows"]

    @contextmanager
    def _writing(self, path: str, about: str, name: str) -> Iterator[Written]:
        with (self.folder / path).open("w", encoding="utf-8", newline="") as file:
            written = Written(file)
            yield written
        self.resources.append(
            {
                "name": name, "path": path, "description": about, "format": path.rpartition(".")[2],
                "mediatype": "text/csv" if path.endswith(".csv") else "application/jsonl", "encoding": "utf-8",
                "bytes": (self.folder / path).stat().st_size, "hash": f"sha256:{_sha256(self.folder / path)}",
                "rows": written.rows,
            }
        )  # fmt: skip


def release(day: str, root: Path, site: Site, licence: Licence) -> Release:
    """Writes the release of that day below `root`, of one moment's record. Raises Refused where there is one of that day."""
    target = root / day
    if target.exists():
        raise Refused(f"There is a release of {day} already, and releases never change: {target}")
    root.mkdir(parents=True, exist_ok=True)
    before = releases(root)
    partial = Path(tempfile.mkdtemp(prefix=f".{day}-", dir=root))
    try:
        _write(_Release(partial), day, before[0] if before else None, site, licence)
        for path in partial.iterdir():
            path.chmod(0o444)
        partial.chmod(0o755)
        os.rename(partial, target)  # noqa: PTH104 - must fail where somebody was faster, as Path.replace need not
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return Release.read(target)


def _write(made: _Release, day: str, before: Release | None, site: Site, licence: Licence) -> None:
    # One moment for all tables, or one would refer to rows that another lacks. Names in the language of the site.
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        state = _statements(made, site)
        for table in TABLES:
            _table(made, table)
        withdrawn = set(_column(made.folder / "withdrawn.csv", "id"))
    changes = Counter(_changes(made, state, before, withdrawn))
    counts = {one["name"]: one["rows"] for one in made.resources if one["format"] == "csv"}
    package = {
        "profile": "data-package",
        "name": f"skazano-{day}",
        "title": f"Skazano, {day}",
        "description": (
            "Who said what, when, on what occasion, and where it was printed. Cells of the CSV files that a spreadsheet could "
            "take for a formula, or that begin with an apostrophe, have an apostrophe before them. docs/releases.md tells more."
        ),
        "homepage": site.home(),
        "created": f"{day}T00:00:00Z",
        "licenses": [{"name": licence.name, "path": licence.address}],
        "previous": before.day if before else None,
        "counts": counts,
        "changes": {kind: changes[kind] for kind in ("added", "changed", "withdrawn", "left")},
        "resources": made.resources,
    }
    _text(made.folder / DESCRIPTION, json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    names = sorted(path.name for path in made.folder.iterdir())
    _text(made.folder / SUMS, "".join(f"{_sha256(made.folder / name)}  {name}\n" for name in names))


def _statements(made: _Release, site: Site) -> dict[str, str]:
    """The statements as records, as rows and as quotes; gives back what tells whether one has changed."""
    context = {"request": SimpleNamespace(build_absolute_uri=site.whole)}
    state: dict[str, str] = {}
    with (
        made.table("quotes", "How articles word statements, one row for each quote.", QUOTES, "quote_id") as quotes,
        made.table("statements", "The statements, to see what changed.", STATEMENTS) as rows,
        made.json_lines("statements", "Statements as the API tells them, one on each line.") as records,
    ):
        for batch in statement_batches(Question()):
            quotes([row for one in batch for row in rows_of(one, site)])
            written = [as_json(one) for one in StatementShape(batch, many=True, context=context).data]
            records.lines("".join(f"{line}\n" for line in written), len(written))
            hashed = {
                one.public_id: hashlib.sha256(line.encode()).hexdigest()
                for one, line in zip(batch, written, strict=True)
            }
            rows([(one.public_id, revision_number(one), hashed[one.public_id]) for one in batch])
            state |= hashed
    return state


def _table(made: _Release, table: Table) -> None:
    with made.table(table.name, table.about, table.columns, table.key) as write:
        for batch in batches(table.rows()):
            write(batch)


def _changes(made: _Release, state: Mapping[str, str], before: Release | None, withdrawn: set[str]) -> Iterator[str]:
    """What became of each statement since the release before, written and counted."""
    old = dict(_pairs(before.folder / "statements.csv")) if before else {}
    kinds = {one: "changed" if one in old else "added" for one, hashed in state.items() if old.get(one) != hashed}
    kinds |= {one: "withdrawn" if one in withdrawn else "left" for one in old if one not in state}
    about = "What became of statements since the release before; in the first one all are added."
    with made.table("changes", about, CHANGES) as write:
        write(sorted(kinds.items()))
    yield from kinds.values()


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["id"], row["sha256"]


def _column(path: Path, name: str) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row[name]


def _described(column: Column) -> dict[str, Any]:
    told = {"name": column.name, "type": column.type, "description": column.about}
    return told | {"format": "any"} if column.type == "datetime" else told


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
