"""Whom somebody may mean whose name they spell otherwise: people with a public page, for a search that found nothing."""

from people.models import Person
from people.resembling import WORTH_LOOKING, resembling
from quotes.pages import visible
from quotes.search.query import Query

MOST_WORDS = 4  # a name has no more
MOST_SHOWN = 4
LIKE_ENOUGH = 0.7


def nearest(query: Query) -> list[Person]:
    """People whose names sound like the words asked for, all of them or one, the likeliest first.

    None for questions that are no name: of more words, with choices, phrases or exclusions. Thirty queries at most.
    """
    words = [term.text for term in query.wanted]
    if not words or len(words) > MOST_WORDS or query.excluded or len(query.clauses) != len(words):
        return []
    found = _like(" ".join(words))
    if not found and len(words) > 1:
        found = [person for word in words if len(word) > WORTH_LOOKING for person in _like(word)]
    return list(dict.fromkeys(found))[:MOST_SHOWN]


def _like(name: str) -> list[Person]:
    found = resembling(name, Person, among=visible.people())
    return [one.record for one in found if isinstance(one.record, Person) and one.likeness >= LIKE_ENOUGH]
