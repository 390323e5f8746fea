"""Partial dates: what is known of a day, a month, a quarter or a year, and no more.

A date is kept as an EDTF string (ISO 8601-2) of exactly four shapes:

=========  ==============  =================================
day        ``2024-03-04``
month      ``2024-03``
quarter    ``2024-35``     33 is the first quarter, 36 the fourth
year       ``2024``
=========  ==============  =================================
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from people.date_words import MONTH_NUMBERS, MONTHS, QUARTER_NUMBERS, QUARTERS, Language

Precision = Literal["day", "month", "quarter", "year"]
Reason = Literal[
    "year_missing",
    "no_such_year",
    "no_such_quarter",
    "no_such_month",
    "no_such_day",
    "ambiguous",
    "no_publication",
    "week",
    "several_years",
    "unknown",
]

# What somebody who is still in office has for an end; EDTF's own mark of an open interval.
OPEN: Final = ".."
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
LEAP_YEARS: Final = 9  # One in four, but not the last of most centuries: the next is eight years on at most.
BEFORE_QUARTERS: Final = 32  # EDTF numbers the quarters 33, 34, 35, 36.


class UnreadableDate(ValueError):  # noqa: N818 - the name says what happened
    """A text that is not a date we can keep; `people.fields` words it for people.

    ``code`` says why: ``year_missing`` (none, or not in four digits), ``no_such_year`` (outside 1000-2999),
    ``no_such_quarter`` (the fifth), ``no_such_month`` (the 13th), ``no_such_day`` (31 February), ``ambiguous``
    (03/04/2024), ``unknown`` (not a date); and of what `people.date_reading` reads beside an article ``no_publication``
    (yesterday, of an unknown day), ``week``, ``several_years`` (2024-2025). ``text`` is what was given.
    """

    def __init__(self, code: Reason, text: str) -> None:
        super().__init__(code, text)  # both, so that the error survives pickling
        self.code: Reason = code
        self.text = text


_CANONICAL: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Edtf:
    """One date in its canonical spelling; any other spelling raises `UnreadableDate`."""

    value: str

    def __post_init__(self) -> None:
        if not _CANONICAL.fullmatch(self.value):
            raise UnreadableDate("unknown", self.value)
        if not FIRST_YEAR <= int(self.value[:4]) <= LAST_YEAR:
            raise UnreadableDate("no_such_year", self.value)
        if not 1 <= self._months()[0] <= 12:
            raise UnreadableDate("no_such_quarter" if self.quarter else "no_such_month", self.value)
        try:
            self.first  # noqa: B018 - datetime.date knows how long the month is
        except ValueError:
            raise UnreadableDate("no_such_day", self.value) from None

    @classmethod
    def of(cls, value: str) -> "Edtf":
        """The date that a canonical string names."""
        return cls(value)

    def __str__(self) -> str:
        return self.value

    @property
    def precision(self) -> Precision:
        """How much is known."""
        match len(self.value), self.quarter:
            case 4, _:
                return "year"
            case 7, 0:
                return "month"
            case 7, _:
                return "quarter"
        return "day"

    @property
    def quarter(self) -> int:
        """1-4 for a date known to the quarter, else 0."""
        part = int(self.value[5:] or 0) if len(self.value) == len("2024-35") else 0
        return max(part - BEFORE_QUARTERS, 0)

    @property
    def first(self) -> date:
        """The earliest day that the date may mean."""
        return date(int(self.value[:4]), self._months()[0], int(self.value[8:] or 1))

    @property
    def last(self) -> date:
        """The latest day that the date may mean, inclusive."""
        year, month = int(self.value[:4]), self._months()[1]
        return date(year, month, int(self.value[8:] or calendar.monthrange(year, month)[1]))

    def is_after(self, day: date) -> bool:
        """Whether the date certainly lies after the day, by anybody's clock: somewhere it is tomorrow already."""
        return self.first > day + timedelta(days=1)

    def _months(self) -> tuple[int, int]:
        match self.precision:
            case "year":
                return 1, 12
            case "quarter":
                return 3 * self.quarter - 2, 3 * self.quarter
        month = int(self.value[5:7])
        return month, month


# A year in two digits is matched only so that it can be refused by its name.
_YEAR = (
    r"(?P<year>[0-9]{4}|[0-9]{2})(?: ?-(?:го|га|м|й|ы))?"
    r"(?: ?(?:годзе|года|году|год|г))?"
)
_YEAR_AFTER = rf"(?: ?(?:of )?{_YEAR})?"
_DAY = r"(?P<day>[0-9]{1,2})(?: ?-?(?:го|ое|е|га|st|nd|rd|th))?"
_MONTH = r"(?P<month>[^\W\d_]+)\.?"
_QUARTER = (
    r"(?P<quarter>[^\W\d_]+|[0-9])(?: ?-?(?:ый|ой|ий|ьем|ем|ом|й|м|го|ы|і|ці|st|nd|rd|th))?"
    r" ?(?:квартал[еа]?|кв\.?|quarter)"
)
_SPELLINGS: Final = tuple(
    re.compile(spelling)
    for spelling in (
        # 2024-03-04, 2024/3/4, 2024-03-04T10:00:00+03:00
        r"(?P<year>[0-9]{4})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?:[t ][0-9:.+z-]+)?",
        # 4.3.2024, 04.03.2024 г.
        rf"(?P<day>[0-9]{{1,2}})\. ?(?P<month>[0-9]{{1,2}})(?:\. ?{_YEAR})?",
        # 03/04/2024, 03-04-2024: read by _slashed
        r"(?P<a>[0-9]{1,2})([-/])(?P<b>[0-9]{1,2})(?:\2(?P<year>[0-9]{4}|[0-9]{2}))?",
        # 03.2024, 03/2024
        r"(?P<month>[0-9]{1,2})[-./](?P<year>[0-9]{4})",
        # Q3 2024, Q3
        rf"q(?P<quarter>[0-9])[ /-]?{_YEAR_AFTER}",
        # 3Q2024
        rf"(?P<quarter>[0-9])q[ /-]?{_YEAR_AFTER}",
        # 2024-Q3
        r"(?P<year>[0-9]{4})[ /-]?q(?P<quarter>[0-9])",
        # третий квартал 2024 года, 3 кв. 2024, third quarter of 2024
        rf"{_QUARTER}{_YEAR_AFTER}",
        # 2024 год, III квартал
        rf"{_YEAR} {_QUARTER}",
        # 4 марта 2024 года, 4th of March 2024
        rf"{_DAY} ?(?:of )?{_MONTH}{_YEAR_AFTER}",
        # March 4 2024 (the comma is gone by now)
        rf"{_MONTH} {_DAY} {_YEAR}",
        # март 2024; an English month and day without a year end here, too
        rf"{_MONTH}{_YEAR_AFTER}",
        rf"{_MONTH} {_DAY}",
        rf"{_YEAR}",
    )
)
_SAID_TO_BE_A_YEAR: Final = re.compile(r"[0-9]{2} ?-?(?:г|м|й|ы)")
_FILLER: Final = re.compile(r"^(?:во|в|у|ў|in|on|the|за)(?: the)? ")


def read(text: str, near: date | None = None) -> Edtf:
    """The date that a person wrote, in Russian, Belarusian or English, or in digits.

    Case, commas, and the kind of white space do not matter; an hour after an ISO date is left
    out. With dots the day comes first, as is usual here; with slashes or hyphens the order is a
    matter of country, so it is taken only where one of the two is no month, or both are the same.
    Without a year, or with two digits of it, the latest such date that begins not after `near` is
    meant, if that is given. Raises `UnreadableDate`, which see for the reasons.
    """
    plain = plain_words(text)
    if _CANONICAL.fullmatch(plain):
        return _dated(plain, text)
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(plain):
            parts = {name: value for name, value in match.groupdict().items() if value}
            if value := _value(_day_not_year(parts, plain, text) if near else parts, text, near):
                return _dated(value, text)
    raise UnreadableDate("unknown", text)


def write(edtf: Edtf, language: Language) -> str:
    """The date in words, as `read` understands it: «4 марта 2024», «3-й квартал 2024», «2024 год»."""
    year, month = edtf.first.year, edtf.first.month
    nominative, genitive, _ = MONTHS[language][month - 1]
    match edtf.precision:
        case "day":
            return f"{edtf.first.day} {genitive} {year}"
        case "month":
            return f"{nominative} {year}"
        case "quarter":
            ordinal = QUARTERS[language][edtf.quarter - 1]
            return f"{ordinal} quarter of {year}" if language == "en" else f"{ordinal} квартал {year}"
    return str(year) if language == "en" else f"{year} год"


def plain_words(text: str) -> str:
    """Case folded, one space between words, no commas, no words that only lead in."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    spaced = " ".join(folded.replace(",", " ").split())
    return _FILLER.sub("", spaced).removesuffix(".").rstrip()


def _dated(value: str, text: str) -> Edtf:
    """The date, or an error that shows what the person wrote, not what we made of it."""
    try:
        return Edtf(value)
    except UnreadableDate as error:
        raise UnreadableDate(error.code, text) from None


def _value(parts: dict[str, str], text: str, near: date | None) -> str | None:
    """A canonical string from the parts that a spelling matched; None if a word is no such name."""
    day = int(parts.get("day", "0"))
    month = _number(parts.get("month", "0"), MONTH_NUMBERS)
    year = parts.get("year", "")
    if "a" in parts:
        month, day = _slashed(parts, text, stated=bool(year or near))
    quarter = _number(parts.get("quarter", "0"), QUARTER_NUMBERS)
    if month is None or quarter is None:
        return None
    if len(year) != len("2024") and (near is None or not parts.keys() - {"year"}):
        raise UnreadableDate("year_missing", text)
    within = _within_the_year(parts, month, day, quarter, text)
    return f"{year}{within}" if len(year) == len("2024") or near is None else _latest(year, within, near, text)


def _within_the_year(parts: dict[str, str], month: int, day: int, quarter: int, text: str) -> str:
    """What follows the year in a canonical string."""
    if "quarter" in parts:
        return f"-{BEFORE_QUARTERS + _within(4, quarter, 'no_such_quarter', text)}"
    if "day" in parts or "a" in parts:
        return f"-{month:02}-{day:02}"
    return f"-{_within(12, month, 'no_such_month', text):02}" if "month" in parts else ""


def _latest(year: str, within: str, near: date, text: str) -> str:
    """The latest such date that begins not after `near`; `year` is its last two digits, if any. It may be 29 February."""
    century = near.year // 100 * 100
    years = [century + int(year), century - 100 + int(year)] if year else range(near.year, near.year - LEAP_YEARS, -1)
    code: Reason = "unknown"
    for one in years:
        try:
            if Edtf(f"{one}{within}").first <= near:
                return f"{one}{within}"
        except UnreadableDate as error:
            code = error.code
    raise UnreadableDate(code, text)


def _day_not_year(parts: dict[str, str], plain: str, text: str) -> dict[str, str]:
    """Of “March 24” the day, as the English write it; where it is not said to be a year, a Russian may mean either."""
    if parts.keys() != {"month", "year"} or len(parts["year"]) != len("24") or _SAID_TO_BE_A_YEAR.search(plain):
        return parts
    if not parts["month"].isascii():
        raise UnreadableDate("ambiguous", text)
    return {"month": parts["month"], "day": parts["year"]}


def _within(most: int, number: int, otherwise: Reason, text: str) -> int:
    """The number, which must not turn into another meaning: EDTF writes months, seasons and quarters in one place."""
    if not 1 <= number <= most:
        raise UnreadableDate(otherwise, text)
    return number


def _number(word: str, names: dict[str, int]) -> int | None:
    # Belarusian «ІІІ» is typed with the Cyrillic letter.
    return int(word) if word.isdigit() else names.get(word) or names.get(word.replace("і", "i"))


def _slashed(parts: dict[str, str], text: str, *, stated: bool) -> tuple[int, int]:
    """Month and day of 03/04/2024, where only one order makes sense."""
    a, b = int(parts["a"]), int(parts["b"])
    if a != b and max(a, b) <= 12 and stated:
        raise UnreadableDate("ambiguous", text)
    return (b, a) if a >= b else (a, b)
