"""What was searched besides the words as typed, said in a line or two: other forms, other names of those who spoke."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.pages.summaries import Summary
from quotes.search.matching import Sought, is_in, other_forms, sought
from quotes.search.query import Query

MOST_FORMS = 6
FORMS_OF_ONE = 3
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class ByName:
    """A typed word that stands in another name of a speaker, or in what the press calls the holder of an office."""

    typed: str
    other: str
    name: str
    is_epithet: bool


@dataclass(frozen=True, slots=True)
class Widened:
    """Dictionary forms that were searched for besides the typed ones, and names behind the statements shown."""

    forms: list[str]
    names: list[ByName]

    def __bool__(self) -> bool:
        return bool(self.forms or self.names)


def widened(query: Query, statements: Iterable[Summary]) -> Widened:
    """What helped to find these statements."""
    statements = list(statements)
    if not statements:
        return Widened([], [])
    forms: dict[str, None] = {}
    for term in query.wanted:
        forms |= dict.fromkeys(other_forms(term)[:FORMS_OF_ONE])
    return Widened(list(forms)[:MOST_FORMS], _names(query, statements)[:MOST_NAMES])


def _names(query: Query, statements: list[Summary]) -> list[ByName]:
    found: dict[tuple[str, str], ByName] = {}
    speakers = {one.speaker.public_id: one.speaker for one in statements if one.speaker}
    offices = {one.office.public_id: one.office for one in statements if one.office}
    for term in query.wanted:
        parts = sought(term)
        for speaker in speakers.values():
            if not _is_in(parts, speaker.names_given) and (other := _first(parts, speaker.other_names)):
                found.setdefault(
                    (term.text, speaker.public_id), ByName(term.text, other, speaker.name, is_epithet=False)
                )
        for office in offices.values():
            if not _is_in(parts, office.names_given) and (epithet := _first(parts, office.epithets)):
                found.setdefault((epithet, office.name), ByName(term.text, epithet, office.name, is_epithet=True))
    return list(found.values())


def _is_in(parts: Sequence[Sought], names: Iterable[str]) -> bool:
    return _first(parts, names) is not None


def _first(parts: Sequence[Sought], names: Iterable[str]) -> str | None:
    return next((name for name in names if is_in(name, parts)), None)
