"""The template to fill in, and the report on a sheet, as files: CSV or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from quotes.importing.columns import COLUMNS
from quotes.importing.sheets import FORMULA_STARTS

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Line = Sequence[str]
WIDTH = 28
# Characters that a cell of Excel's holds.
CELL_AT_MOST = 32_767


def template(kind: str) -> bytes:
    """The headings in the reader's language, and what goes below each: on a second sheet, in CSV as remarks."""
    headings = [str(column.heading) for column in COLUMNS]
    if kind == "csv":
        remarks = [
            [f"# {heading}: {column.meaning}" + (f" ({example})" if (example := str(column.example)) else "")]
            for heading, column in zip(headings, COLUMNS, strict=True)
        ]
        return as_csv([headings, *remarks])
    explained = [[_("Column"), _("What goes into it"), _("For example"), _("Needed")]]
    explained += [
        [str(column.heading), str(column.meaning), str(column.example), _("yes") if column.required else ""]
        for column in COLUMNS
    ]
    return as_workbook({_("Quotes"): [headings], _("What goes where"): explained})


def as_csv(lines: Iterable[Line]) -> bytes:
    """The lines as Excel reads them in the reader's language; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    # Where the comma divides decimals, Excel divides cells by semicolons.
    delimiter = "," if (get_language() or "ru").startswith("en") else ";"
    csv.writer(text, delimiter=delimiter).writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheets: dict[str, Sequence[Line]]) -> bytes:
    """Sheets of text alone, the first line of each in bold and always in sight."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, line in enumerate(lines, start=1):
            for column, text in enumerate(line, start=1):
                _write(sheet.cell(number, column), text[:CELL_AT_MOST], bold=number == 1)
        for column in range(1, len(lines[0]) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, text: str, *, bold: bool) -> None:
    cell.value = text
    # Else what begins with an equals sign is a formula.
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
