from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.models import Statement
from quotes.pages.cards import cards
from quotes.pages.reading import read_only
from quotes.pages.summaries import summaries_of
from quotes.pages.tallies import tallies

NEWEST = 12


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """The search box, the statements that were published last, and what else one can look through."""
    added = cards(summaries_of(Statement.objects.published().last_approved()[:NEWEST]))
    context = {
        "cards": added,
        # Something that is found for certain: a nickname of what stands on the page.
        "example": next((card for card in added if card.statement.label), None),
        "told": tallies(request, "topic", "speaker", "meeting"),
    }
    return render(request, "quotes/home.html", context)
