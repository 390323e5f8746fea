"""Suggestions are made by the engine and the worker; what people decided stays as it is."""

import pytest

from quotes import suggesting
from quotes.extraction.engine import VERSION
from quotes.models import Reading, Suggestion
from tests import world

pytestmark = pytest.mark.django_db


def suggested(of):
    """What is open, as words."""
    return [one.words_in(of.text) for one in Suggestion.objects.open().filter(snapshot=of)]


def test_a_text_that_came_in_gets_suggestions():
    of = world.snapshot()
    assert suggesting.read_waiting(10) == 1
    assert world.BRIDGE in suggested(of)
    reading = Reading.objects.get()
    assert (reading.outcome, reading.found, reading.engine) == ("done", len(suggested(of)), VERSION)
    assert suggesting.read_waiting(10) == 0
