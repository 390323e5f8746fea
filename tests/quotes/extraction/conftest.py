"""What the tests of the engine share: what it finds in a text, as a reader of the page would see it."""

from datetime import date
from typing import NamedTuple

import pytest

from quotes.extraction.engine import suggest
from quotes.extraction.registry import Holding, KnownOffice, KnownPerson, Registry

NOBODY = Registry()
# Oleg was head of state until the end of 2009, Vera is since then, which nobody has verified.
HEADS = Registry(
    people=(
        KnownPerson("oleg", ("Олег Шаблонов",), "m"),
        KnownPerson("vera", ("Вера Эталонова",), "f"),
        KnownPerson("anna", ("Анна Меркина",), "f"),
        KnownPerson("inna", ("Инна Меркина",), "f"),
    ),
    offices=(
        KnownOffice("head", "BY", ("Президент Беларуси",), ("глава государства", "белорусский лидер")),
        KnownOffice("mayor", "BY", ("Мэр Минска",)),
    ),
    holdings=(
        Holding("oleg", "head", date(2000, 1, 1), date(2009, 12, 31)),
        Holding("vera", "head", date(2010, 1, 1), None, unverified=True),
        Holding("anna", "mayor", date(2010, 1, 1), None),
        Holding("inna", "mayor", date(2010, 1, 1), None),
    ),
)


class Told(NamedTuple):
    """A statement as it is shown: its words (parts of split ones apart by `|`), its kind, the speaker's name."""

    words: str
    kind: str
    speaker: str | None


@pytest.fixture
def told():
    """The statements of a text."""

    def of(text, *, published=date(2024, 3, 4), registry=NOBODY, body=None):
        return [
            Told("|".join(span.of(text) for span in one.spans), one.kind, one.speaker.name if one.speaker else None)
            for one in suggest(text, "ru", published, registry, body)
        ]

    return of


@pytest.fixture
def speakers(told):
    """The speakers of a text's statements."""

    def of(text, **options):
        return [one.speaker for one in told(text, **options)]

    return of
