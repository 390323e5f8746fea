"""Dates as an article gives them: «4 марта», «вчера», «в понедельник», «4–6 марта», counted from its publication."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from people.edtf import BEFORE_QUARTERS, Edtf, Precision, UnreadableDate, plain_words, read

# How the date came of the text: it says all of it; the year is the publication's; it counts from that day; it names
# several days, and the date is the shortest that holds them all.
How = Literal["stated", "near", "relative", "widened"]

MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A date with how it came of the text."""

    edtf: Edtf
    how: How


# Spellings are folded as `plain_words` does: lower case, «ё» as «е», without a preposition before them.
_DAYS_BACK: Final = {
    **dict.fromkeys(("сегодня", "сення", "today"), 0),
    **dict.fromkeys(("вчера", "учора", "накануне", "напярэдадні", "yesterday", "day before", "previous day"), 1),
    **dict.fromkeys(("позавчера", "заучора", "пазаучора", "day before yesterday"), 2),
}
_WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(
        (
            "понедельник панядзелак monday",
            "вторник аўторак ауторак tuesday",
            "среду среда сераду серада wednesday",
            "четверг чацвер thursday",
            "пятницу пятница пятніцу пятніца friday",
            "субботу суббота суботу субота saturday",
            "воскресенье нядзелю нядзеля sunday",
        )
    )
    for word in words.split()
}
_LAST: Final = r"(?:прошл|минувш|истекш|мінул|last|previous)\w*"
_THIS: Final = r"(?:эт|текущ|нынешн|гэт|бягуч|цяперашн|this|current)\w*"
_HOUR: Final = re.compile(
    r" (?:рано |поздно |in the |at )?"
    r"(?:утром|днем|вечером|ночью|раніцай|раницай|[уў]вечары|вечарам|[уў]начы|ноччу|morning|afternoon|evening|night)$"
)
_DAY: Final = re.compile(rf"(?P<last>{_LAST} )?(?P<day>{'|'.join([*_DAYS_BACK, *_WEEKDAYS])})(?: (?P<date>.*[0-9].*))?")
_PERIOD: Final = re.compile(
    rf"(?:на |у |at )?(?:(?P<last>{_LAST})|{_THIS}) (?:(?P<year>год\w*|year)|(?P<month>месяц\w*|month)"
    rf"|(?P<quarter>квартал\w*|quarter)|(?P<week>недел\w*|тыдн\w*|тыдзень|week))"
)
_YEARS_BACK: Final = {"летась": 1, "селета": 0}
_OF_YEAR: Final = re.compile(rf"(?P<date>.+?) (?:of )?(?:(?P<last>{_LAST})|{_THIS}|с\. ?г) ?(?:года?|year|\.)?")
_SEVERAL: Final = re.compile(
    r"(?:с |со |з |from |between )?(?P<first>.+?)(?: ?[-–—] ?| по | па | to | and | until )(?P<last>.+)"
)


def read_near(text: str, published: Edtf | None) -> Reading:
    """The date that a person wrote about an article published on the date `published`.

    Without a year the latest such date is meant that begins not after the publication; «вчера», «в понедельник»,
    «в прошлом году» count from it; of several days the shortest month, quarter or year is taken that holds them all.
    Raises `UnreadableDate`, where these count from a publication whose date, or day, is not known, too.
    """
    plain = _HOUR.sub("", plain_words(text))
    try:
        return _read(plain, published)
    except UnreadableDate as error:
        raise UnreadableDate(error.code, text) from None


def _read(plain: str, published: Edtf | None) -> Reading:
    if match := _DAY.fullmatch(plain):
        # «Вчера, 4 марта»: the date itself says more.
        return _read(match["date"], published) if match["date"] else Reading(_day(match, published), "relative")
    if plain in _YEARS_BACK or (match := _PERIOD.fullmatch(plain)):
        return Reading(_year(_YEARS_BACK[plain], published) if match is None else _period(match, published), "relative")
    if published and (match := _OF_YEAR.fullmatch(plain)):
        return Reading(read(f"{match['date']} {published.first.year - bool(match['last'])}"), "near")
    try:
        return _stated(plain, published)
    except UnreadableDate as error:
        match = _SEVERAL.fullmatch(plain)
        if error.code != "unknown" or match is None:
            raise
    return Reading(_several(match, published.last if published else None), "widened")


def _stated(plain: str, published: Edtf | None) -> Reading:
    try:
        return Reading(read(plain), "stated")
    except UnreadableDate as error:
        if error.code != "year_missing" or published is None:
            raise
    return Reading(read(plain, published.last), "near")


def _day(match: re.Match[str], published: Edtf | None) -> Edtf:
    """The day so many days before, or the last one of that name; of publication itself, unless «last» is said."""
    if published is None or published.precision != "day":
        raise UnreadableDate("no_publication", match.string)
    back = _DAYS_BACK.get(match["day"])
    if back is None:
        back = (published.first.weekday() - _WEEKDAYS[match["day"]]) % 7
        back += 7 if match["last"] and not back else 0
    return Edtf(str(published.first - timedelta(days=back)))


def _period(match: re.Match[str], published: Edtf | None) -> Edtf:
    """The year, quarter or month of the publication, or the one before it."""
    if match["week"]:
        raise UnreadableDate("week", match.string)
    back = bool(match["last"])
    if match["year"]:
        return _year(back, published)
    if published is None or published.precision == "year" or (match["month"] and published.precision == "quarter"):
        raise UnreadableDate("no_publication", match.string)
    then = published.first.replace(day=1)
    for _month in range(back * (1 if match["month"] else MONTHS_OF_A_QUARTER)):
        then = (then - timedelta(days=1)).replace(day=1)
    return _holding(then, then, "month" if match["month"] else "quarter")


def _year(back: int, published: Edtf | None) -> Edtf:
    if published is None:
        raise UnreadableDate("no_publication", "")
    return Edtf(f"{published.first.year - back:04}")


def _several(match: re.Match[str], near: date | None) -> Edtf:
    """The shortest month, quarter or year that holds all from the first to the last of several days."""
    last = read(match["last"], near)
    try:
        first = read(match["first"], last.last)
    except UnreadableDate:
        # «4–6 марта», «I–II квартал 2024»: what follows the last number goes for the first, too.
        first = read(
            re.sub(r"^(?:[0-9]+|[^\W\d_]+)", match["first"], match["last"], count=1),
            last.last.replace(month=12, day=31),
        )
    if first.first > last.first:
        raise UnreadableDate("unknown", match.string)
    if first == last:
        return first
    return _holding(first.first, last.last)


def _holding(first: date, last: date, at_least: Precision = "month") -> Edtf:
    """The shortest period of these that has both days."""
    if first.year != last.year:
        raise UnreadableDate("several_years", "")
    if first.month == last.month and at_least == "month":
        return Edtf(f"{first.year:04}-{first.month:02}")
    quarter, other = ((day.month - 1) // MONTHS_OF_A_QUARTER for day in (first, last))
    return Edtf(f"{first.year:04}-{BEFORE_QUARTERS + quarter + 1}" if quarter == other else f"{first.year:04}")
