"""What the site says of itself: what it is, how it works and corrects itself, what it knows of its readers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.pages.reading import read_only

NAMES = ("about", "method", "privacy")


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of the page of that name. Who runs the site is named where the settings say so, and nowhere invented."""

    @read_only
    def shown(request: HttpRequest) -> HttpResponse:
        operator = {"name": settings.OPERATOR_NAME, "email": settings.OPERATOR_EMAIL}
        return render(request, f"quotes/{name}.html", {"operator": operator, "window": settings.CONTEXT_WINDOW})

    return shown  # type: ignore[return-value]
