import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from psycopg.types.range import Range

from people.models import Person, Tenure
from people.names import LANGUAGES
from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only
from quotes.pages.tallies import tallies
from quotes.pages.terms import Days, Timeline, timeline


@read_only
def person(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """Names, offices over time, and published statements; a merged record's id leads to the one that took it over."""
    shown = visible.person(public_id)
    if redirect := moved(request, shown):
        return redirect
    tenures = list(shown.tenures.select_related("office__organization").order_by("-possible", "-id"))
    told = tallies(request, "topic", "meeting", speaker=shown)
    drawn = _drawn(tenures)
    context = {
        "person": shown,
        "other_names": _other_names(shown),
        "tenures": tenures,
        "offices": list(zip(tenures, drawn.terms if drawn else [None] * len(tenures), strict=True)),
        "timeline": drawn,
        "told": told,
    }
    return render(request, "quotes/person.html", context | listed(request, Statement.objects.by(shown), speaker=shown))


def _other_names(shown: Person) -> list[tuple[str, str, str]]:
    """(name, its language or "", what it is or ""): in other languages than the heading's, then as otherwise printed."""
    names = {getattr(shown, f"name_{language}"): (language, "") for language in LANGUAGES}
    for name in shown.names.all():
        names.setdefault(name.text, (name.language, name.get_kind_display() if name.kind == name.Kind.FORMER else ""))
    return [(name, *rest) for name, rest in names.items() if name and name != shown.name]


def _drawn(tenures: list[Tenure]) -> Timeline | None:
    return timeline([(_days(one.possible), _days(one.certain)) for one in tenures], timezone.localdate())


def _days(period: Range[datetime.date] | None) -> Days | None:
    return None if period is None or period.isempty else (period.lower, period.upper)
