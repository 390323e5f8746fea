"""Times in office as bars over one scale of whole years, as inline SVG wants them: in percent of the room there is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

# (first day, first day after it); None: not bounded on that side.
Days = tuple[datetime.date | None, datetime.date | None]

LEAST_WIDTH = 1.0  # percent, so that a week in office is still seen


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a bar begins, and how wide it is («12.50%»)."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Term:
    """The days that a time in office can have covered, and those that it has covered for certain, if there are any."""

    possible: Stretch
    certain: Stretch | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A bar for each time in office, in the order given (None where nothing is known of its days), from year to year."""

    terms: tuple[Term | None, ...]
    first_year: int
    last_year: int


def timeline(periods: Sequence[tuple[Days | None, Days | None]], today: datetime.date) -> Timeline | None:
    """The bars of periods, each given as its possible and its certain days.

    What lasts still, or ends nobody knows when, reaches to the end of the scale: the year of today, or of the latest day
    known. None where fewer than two can be drawn: there would be nothing to compare.
    """
    known = [(possible, certain) for possible, certain in periods if possible and any(possible)]
    if len(known) < 2:
        return None
    periods_known = [period for pair in known for period in pair if period]
    years = [start.year for start, _end in periods_known if start]
    years += [(end - datetime.timedelta(days=1)).year for _start, end in periods_known if end]
    first, last = min(years), max(years)
    if any(possible[1] is None for possible, _certain in known):
        last = max(last, today.year)
    scale = datetime.date(first, 1, 1), datetime.date(last + 1, 1, 1)
    terms = tuple(_term(possible, certain, scale) for possible, certain in periods)
    return Timeline(terms, first, last)


def _term(possible: Days | None, certain: Days | None, scale: tuple[datetime.date, datetime.date]) -> Term | None:
    if not possible or not any(possible):
        return None
    return Term(_stretch(possible, scale), _stretch(certain, scale) if certain else None)


def _stretch(days: Days, scale: tuple[datetime.date, datetime.date]) -> Stretch:
    start, end = days[0] or scale[0], days[1] or scale[1]
    whole = (scale[1] - scale[0]).days
    width = max(100 * (end - start).days / whole, LEAST_WIDTH)
    x = min(100 * (start - scale[0]).days / whole, 100 - width)
    return Stretch(f"{x:.2f}%", f"{width:.2f}%")
