from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.models import Statement
from quotes.pages.cards import cards
from quotes.pages.reading import read_only

NEWEST = 12


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """The search box, and the statements that were published last."""
    added = Statement.objects.published().for_cards().last_approved()[:NEWEST]
    return render(request, "quotes/home.html", {"cards": cards(added)})
