"""Dates as the formats of reference managers take them. What a format can't say is left out or said in words."""

from typing import Any

from people.date_words import Language
from people.edtf import Edtf, write

BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parts(date: Edtf) -> list[int]:
    """Year, month and day as far as they are known; of a quarter the year."""
    known = [date.first.year, date.first.month, date.first.day]
    return known[: {"year": 1, "quarter": 1, "month": 2, "day": 3}[date.precision]]


def csl_date(date: Edtf, language: Language) -> dict[str, Any]:
    """A CSL date. A quarter is its year and a literal in the language: CSL's seasons, spring to winter, are others."""
    known = {"date-parts": [parts(date)]}
    return known | {"literal": write(date, language)} if date.quarter else known


def bibtex_date(date: Edtf) -> dict[str, str]:
    """BibTeX's fields, as they stand in the file: `month` is one of its own abbreviations, without braces."""
    year, month, day = (*parts(date), 0, 0)[:3]
    return {
        "year": f"{{{year}}}",
        "month": BIBTEX_MONTHS[month - 1] if month else "",
        "day": f"{{{day}}}" if day else "",
    }


def iso_date(date: Edtf) -> str:
    """ISO 8601 for biblatex, which reads no quarters: of one the months from the first to the last."""
    return f"{date.first:%Y-%m}/{date.last:%Y-%m}" if date.quarter else date.value


def ris_date(date: Edtf) -> str:
    """`YYYY/MM/DD/other`, each part empty where it is not known; a quarter is other: `2031///Q3`."""
    year, month, day = (*parts(date), 0, 0)[:3]
    other = f"Q{date.quarter}" if date.quarter else ""
    return f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/{other}"
