"""A spreadsheet's bytes → rows of plain text, within bounds. Pure: knows no Django.

CSV (comma, semicolon or tab; UTF-8, UTF-16 or a Cyrillic code page) and XLSX. What is read is what a person sees in the
cells: a formula's value, a date as far as its cell shows it (a month is no day), a merged cell's text in each of its rows.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from articles.decoding import decode
from articles.text import normalise
from articles.unreadable import UnreadableArticle

MAX_BYTES: Final = 10 * 1024 * 1024
# Of all parts of a workbook together, as the archive declares them; Python's zipfile reads no more than is declared.
MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 60
# The headings may stand below a title.
HEADING_WITHIN: Final = 10
# Headings that must be understood for a row to be the one of the headings.
UNDERSTOOD_AT_LEAST: Final = 2

_DELIMITERS: Final = (",", ";", "\t")
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"  # also a workbook under a password
_EXCELS_OWN: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NOT_OF_DATES: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_COMMENT: Final = "# "
# What a spreadsheet program would take for a formula; written with an apostrophe before it, which is no text.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# What openpyxl and zipfile raise at damaged files; defusedxml's refusals are ValueErrors, those of parsers SyntaxErrors.
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError),
    *(EOFError, OSError, RuntimeError, NotImplementedError, OverflowError),
    *(CellCoordinatesException, InvalidFileException),
)

Names = Callable[[str], str | None]


class UnreadableSheet(ValueError):  # noqa: N818 - the name says what it is
    """A file that is not read; `code` says why, `params` what exactly.

    empty, too_large, too_much_inside, too_many_rows, old_excel, open_document, damaged (`place`: the row, if known),
    wrong_encoding, no_headings, heading_twice (`heading`).
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as the program shows it: `number` counts from 1; `values` by column name, empty ones left out.

    `beyond`: text in a cell that has no heading.
    """

    number: int
    values: dict[str, str]
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows. `name` is "" for CSV; `columns` those that were understood, `unknown` the other headings as written."""

    name: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]


def read_sheet(raw: bytes, names: Names) -> Sheet:
    """The rows below the headings. `names` gives the column that a heading means, None for no column.

    Empty rows are left out, and so are remarks: rows that begin with “# ”. Raises `UnreadableSheet`.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableSheet("too_large")
    if not raw.strip():
        raise UnreadableSheet("empty")
    if raw.startswith(_OLD_EXCEL):
        raise UnreadableSheet("old_excel")
    return _read_workbook(raw, names) if raw.startswith(_ZIP) else _read_csv(raw, names)


def _sheet(name: str, lines: Sequence[_Line], names: Names) -> Sheet | None:
    """The sheet of these lines; None where no line is one of headings."""
    counts = [sum(1 for cell in line.cells if names(cell)) for line in lines[:HEADING_WITHIN]]
    if not counts or max(counts) < UNDERSTOOD_AT_LEAST:
        return None
    at = counts.index(max(counts))
    headings = lines[at].cells
    columns = [names(cell) for cell in headings]
    for column, number in Counter(columns).items():
        if column and number > 1:
            raise UnreadableSheet("heading_twice", heading=headings[columns.index(column)])
    below = [line for line in lines[at + 1 :] if not next(filter(None, line.cells)).startswith(_COMMENT)]
    if len(below) > MAX_ROWS:
        raise UnreadableSheet("too_many_rows")
    rows = (_row(line, headings, columns) for line in below)
    unknown = tuple(cell for cell, column in zip(headings, columns, strict=True) if cell and not column)
    return Sheet(name, tuple(filter(None, columns)), unknown, tuple(rows))


def _row(line: _Line, headings: Sequence[str], columns: Sequence[str | None]) -> SheetRow:
    values = {column: cell for column, cell in zip(columns, line.cells, strict=False) if column and cell}
    headed = {at for at, heading in enumerate(headings) if heading}
    return SheetRow(line.number, values, any(cell and at not in headed for at, cell in enumerate(line.cells)))


def _cell(text: str) -> str:
    """The cell's text as texts are kept, without what Excel or our own files put around it."""
    kept = normalise(text.replace("_x000D_", "")).strip()
    return kept[1:] if kept[:1] == "'" and kept[1:2] in FORMULA_STARTS else kept


# -- CSV


def _read_csv(raw: bytes, names: Names) -> Sheet:
    try:
        text, _encoding = decode(raw)
    except UnreadableArticle as error:
        raise UnreadableSheet("wrong_encoding") from error
    text = text.lstrip("\ufeff")
    said = _SEPARATOR_LINE.match(text)
    skipped = 1 if said else 0
    delimiters = (said[1],) if said else _DELIMITERS
    if said:
        text = text[said.end() :]
    # By how many headings are understood: counting delimiters would count those in the quotations, too.
    understood = {delimiter: _understood(text, delimiter, names) for delimiter in delimiters}
    best = max(delimiters, key=lambda delimiter: understood[delimiter])
    lines = [_Line(line.number + skipped, line.cells) for line in _csv_lines(text, best)]
    sheet = _sheet("", lines, names)
    if sheet is None:
        raise UnreadableSheet("no_headings")
    return sheet


def _understood(text: str, delimiter: str, names: Names) -> int:
    most = 0
    try:
        for at, line in enumerate(_csv_lines(text, delimiter)):
            if at == HEADING_WITHIN:
                break
            most = max(most, sum(1 for cell in line.cells if names(cell)))
    except UnreadableSheet:
        return most
    return most


def _csv_lines(text: str, delimiter: str) -> Iterator[_Line]:
    # Strict: an open quotation mark would otherwise swallow all rows that follow it, and nobody would notice.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = found = 0
    try:
        for number, record in enumerate(reader, start=1):
            cells = tuple(map(_cell, record))
            if any(cells):
                found += 1
                _check_number(found)
                yield _Line(number, cells)
    except csv.Error as error:
        raise UnreadableSheet("damaged", place=number + 1) from error


def _check_number(found: int) -> None:
    if found > MAX_ROWS + 2 * HEADING_WITHIN:
        raise UnreadableSheet("too_many_rows")


# -- XLSX


def _read_workbook(raw: bytes, names: Names) -> Sheet:
    try:
        _check_archive(raw)
        with warnings.catch_warnings():
            # Of extensions that it does not read; none of them holds text.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                for worksheet in book.worksheets:
                    if sheet := _sheet(worksheet.title, list(_worksheet_lines(worksheet)), names):
                        return sheet
            finally:
                book.close()
    except UnreadableSheet:
        raise
    except _DAMAGED as error:
        raise UnreadableSheet("damaged", place="") from error
    raise UnreadableSheet("no_headings")


def _check_archive(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    if any(part.filename == "content.xml" for part in parts):
        raise UnreadableSheet("open_document")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableSheet("too_much_inside")
    # Of other methods zipfile unpacks more than it was asked for.
    if any(part.compress_type not in _EXCELS_OWN for part in parts):
        raise UnreadableSheet("damaged", place="")


def _worksheet_lines(worksheet: Any) -> Iterator[_Line]:
    # What a sheet says of its own size is often wrong, and may be wrong on purpose.
    worksheet.reset_dimensions()
    found: dict[int, list[str]] = {}
    empty = None
    for number, row in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        # Of rows that are left out of the file there may be a million, and each is the same tuple.
        if row is empty:
            continue
        cells = [_shown(cell) for cell in row]
        if any(cells):
            found[number] = cells
            _check_number(len(found))
        else:
            empty = row
    if found:
        _fill_merged(worksheet, found)
    for number, cells in found.items():
        yield _Line(number, tuple(cells))


def _fill_merged(worksheet: Any, found: dict[int, list[str]]) -> None:
    """A merged cell's text stands in each of its cells, in rows that have something of their own."""
    # Read-only sheets don't tell of merged cells, and others take fifty times the file's size.
    with worksheet._get_source() as source:
        for _event, element in iterparse(source):
            if element.tag.endswith("}mergeCell"):
                _fill(element.get("ref", ""), found)
            element.clear()


def _fill(merged: str, found: dict[int, list[str]]) -> None:
    bounds = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", merged)
    if not bounds:
        return
    top, bottom = int(bounds[2]), int(bounds[4])
    left, right = _column_number(bounds[1]), min(_column_number(bounds[3]), MAX_COLUMNS)
    # A title over several columns is no text of theirs.
    if left != right or top not in found:
        return
    text = found[top][left - 1]
    for number, cells in found.items():
        if top < number <= bottom:
            cells[left - 1] = text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shown(cell: Any) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case datetime() | date():
            return _date(value, str(cell.number_format))
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return _cell(str(value))


def _date(value: date, number_format: str) -> str:
    """As precise as the cell shows it: Excel keeps “March 2024” as the first of the month."""
    shown = _NOT_OF_DATES.sub("", number_format).casefold()
    if "d" in shown or "y" not in shown:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
