from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from people.models import Person
from quotes.models import Statement
from quotes.pages import visible
from quotes.pages.lists import listed
from quotes.pages.permalinks import moved
from quotes.pages.reading import read_only


@read_only
def person(request: HttpRequest, public_id: str, _slug: str = "") -> HttpResponse:
    """Offices over time and published statements; a merged record's id leads to the one that took it over."""
    record = get_object_or_404(Person.objects.select_related("merged_into"), public_id=public_id)
    shown = record.merged_into or record
    if not visible.people().filter(pk=shown.pk).exists():
        raise Http404
    if redirect := moved(request, shown):
        return redirect
    tenures = shown.tenures.select_related("office__organization").order_by("-possible", "-id")
    context = {"person": shown, "tenures": tenures} | listed(request, Statement.objects.by(shown))
    return render(request, "quotes/person.html", context)
