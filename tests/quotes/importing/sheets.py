"""Spreadsheets for tests, as people and programs make them. All in them is invented."""

import csv
import io
import re
import zipfile

from openpyxl import Workbook

from tests import world

ADDRESS = "https://vestnik.example.org/2031/05/05/most"
HEADINGS = ["words", "speaker", "article's address"]


def article(text=world.TEXT, address=ADDRESS, **fields):
    """The snapshot of an article that has an address."""
    return world.snapshot(text, address=address, **fields)


def row(words=world.BRIDGE, speaker="Иван Озёрный", address=ADDRESS, **more):
    """A row by the columns' English headings."""
    return {"words": words, "speaker": speaker, "article's address": address} | {
        name.replace("_", " "): value for name, value in more.items()
    }


def table(*rows):
    """The headings of all rows, then their cells."""
    headings = list(dict.fromkeys(name for one in rows for name in one))
    return [headings, *([one.get(name, "") for name in headings] for one in rows)]


def as_csv(lines, delimiter=",", encoding="utf-8"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(lines, merged=(), formats=None, more=()):
    """The lines as a workbook's first sheet; `formats` are number formats by cell, `more` further sheets."""
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    for name, others in more:
        other = book.create_sheet(name)
        for line in others:
            other.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(raw, change=None, add=(), method=zipfile.ZIP_DEFLATED):
    """The workbook with its parts changed by `change(name, content)`, and further parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", method) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(part.filename, content) if change else content)
        for name, content in add:
            new.writestr(name, content)
    return out.getvalue()


def in_first_sheet(find, put):
    """A change of the first sheet's XML, for `repacked`."""

    def change(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert re.search(find, content), find
        return re.sub(find, put, content, count=1)

    return change
