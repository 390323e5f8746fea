"""The readable ends of addresses: words in Latin letters, never in the way of the id before them."""

from functools import lru_cache

from slugify import slugify

LONGEST = 60
# Code points of a text, up to a space, that are mostly enough for a slug; where they are not, the whole text is taken.
ENOUGH = 150
REMEMBERED = 10_000


@lru_cache(maxsize=REMEMBERED)
def slug(text: str) -> str:
    """The text's first words in small Latin letters, joined by hyphens, at most 60; empty where it has no letter."""
    start = text[:ENOUGH].rpartition(" ")[0] if len(text) > ENOUGH else text
    if start != text and len(_slug(start, 0)) <= LONGEST:
        start = text
    return _slug(start, LONGEST)


def _slug(text: str, longest: int) -> str:
    # Told which package to take, slugify does not look each time for one that is not there.
    return slugify(text, max_length=longest, word_boundary=True, save_order=True, backend="text-unidecode")
