"""Charts as inline SVG: figures → bars in percent of whatever room the page gives them, and the same as a table.

The picture (`jinja2/quotes/bar_chart.html`) is for the eye and the pointer; the table behind it says and links the same for the
keyboard and for those who hear the page. No style of its own: `.chart` in the stylesheet sets sizes and colours.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

MOST_BARS = 100
MOST_TICKS = 5
CLEAR = 16  # percent from label to label
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
LEAST_ROOMS = 6  # as many columns there are at least, so that two bars don't become two walls
FILLED = 0.8  # of a bar's room; the rest keeps it from its neighbours
LEAST_HEIGHT = 3.0  # percent, so that one among thousands is still seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart: where it stands and how high, as SVG wants it («12.5%»), whatever the locale.

    `room_x` and `room_width` are the whole column, which is easier to hit than a low bar. `address` is empty where the bar
    leads nowhere, `is_chosen` marks what the reader has filtered by.
    """

    label: str
    value: int
    address: str
    is_chosen: bool
    room_x: str
    room_width: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the bars; `anchor` keeps the outer ones inside the picture (start, middle, end)."""

    label: str
    x: str
    anchor: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from left to right, the labels that fit under them, and the highest figure."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int

    def __bool__(self) -> bool:
        """Whether there is something to compare: a single bar tells no more than its number."""
        return len(self.bars) > 1


def bar_chart(
    figures: Iterable[tuple[int, int]],
    address: Callable[[int], str] = lambda _label: "",
    chosen: Collection[int] = (),
) -> BarChart:
    """The chart of (year, count) pairs in the order given; `address` says where a year's bar leads, if it has a count.

    Counts are 0 or more; the highest fills the height. Works for any numbers as labels, not for years alone.
    """
    pairs = list(figures)
    most = max((count for _year, count in pairs), default=0)
    room = 100 / max(len(pairs), LEAST_ROOMS)
    bars = tuple(
        _bar(year, count, room * at, room, most, address(year) if count else "", is_chosen=year in chosen)
        for at, (year, count) in enumerate(pairs)
    )
    return BarChart(bars, tuple(_ticks([year for year, _count in pairs], room)), most)


def every_year(counts: Mapping[int, int]) -> list[tuple[int, int]]:
    """(year, count) of all years from the first to the last, the empty ones between them too.

    Where that is more than MOST_BARS years, only years that have something, the last MOST_BARS of them.
    """
    years = sorted(year for year, count in counts.items() if count)
    if not years:
        return []
    if years[-1] - years[0] < MOST_BARS:
        years = list(range(years[0], years[-1] + 1))
    return [(year, counts.get(year, 0)) for year in years[-MOST_BARS:]]


def _bar(year: int, count: int, left: float, room: float, most: int, address: str, *, is_chosen: bool) -> Bar:
    height = round(max(100 * count / most, LEAST_HEIGHT), 2) if count else 0.0  # as printed, so that the bar stands
    gap = room * (1 - FILLED) / 2
    return Bar(
        label=str(year),
        value=count,
        address=address,
        is_chosen=is_chosen,
        room_x=_percent(left),
        room_width=_percent(room),
        x=_percent(left + gap),
        width=_percent(room * FILLED),
        y=_percent(100 - height),
        height=_percent(height),
    )


def _ticks(years: list[int], room: float) -> Iterable[Tick]:
    """The first and the last, and round ones that stay clear of them; every one where there are few."""
    if len(years) <= LEAST_ROOMS:
        yield from (Tick(str(year), _percent(room * (at + 0.5)), "middle") for at, year in enumerate(years))
        return
    yield Tick(str(years[0]), "0%", "start")
    step = next((step for step in STEPS if len(years) / step <= MOST_TICKS - 1), STEPS[-1])
    last = 0.0
    for at, year in enumerate(years):
        middle = room * (at + 0.5)
        if year % step == 0 and last + CLEAR <= middle <= 100 - CLEAR:
            last = middle
            yield Tick(str(year), _percent(middle), "middle")
    yield Tick(str(years[-1]), "100%", "end")


def _percent(value: float) -> str:
    return f"{value:.2f}%"
