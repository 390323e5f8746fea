"""How these tests look at candidates: as the words they cover, and who is said to have said them."""

from datetime import date
from itertools import pairwise

from quotes.extraction.candidates import Candidate
from quotes.extraction.engine import suggest
from quotes.extraction.registry import Holding, KnownBody, KnownOffice, KnownPerson, Registry

DAY = date(2030, 5, 1)

# An invented country's people, so that no real person is given invented words.
REGISTRY = Registry(
    people=(
        KnownPerson("quimby", ("Квинтин Квимби", "Квінцін Квімбі", "Quentin Quimby"), "m"),
        KnownPerson("pimble", ("Пенелопа Пимбл", "Пенелопа Пімбл", "Penelope Pimble"), "f"),
        KnownPerson("old-crumb", ("Мортимер Крамб", "Морцімер Крамб", "Mortimer Crumb"), "m"),
    ),
    offices=(
        KnownOffice(
            "pl-mayor",
            "PL",
            ("Мэр Тестграда", "Мэр Тэстграда", "Mayor of Testgrad"),
            ("Testgrad mayor", "мэр Тэстграда"),
        ),
        KnownOffice(
            "pl-president",
            "PL",
            ("Президент", "Прэзідэнт Польшчы", "President of Poland"),
            ("Polish president", "польскі прэзідэнт"),
        ),
    ),
    bodies=(KnownBody("ministry", ("Министерство причуд", "Міністэрства дзівосаў", "Ministry of Oddities")),),
    holdings=(
        Holding("quimby", "pl-mayor", date(2028, 1, 1), None),
        Holding("old-crumb", "pl-mayor", date(2020, 1, 1), date(2027, 12, 31)),
        Holding("pimble", "pl-president", date(2029, 1, 1), None, unverified=True),
    ),
)


class Told:
    """The candidates of a text, in words."""

    def __init__(self, text: str, language: str, published: date | None = DAY) -> None:
        self.text = text
        self.candidates = suggest(text, language, published, REGISTRY)

    @property
    def words(self) -> list[tuple[str, ...]]:
        return [tuple(span.of(self.text) for span in one.spans) for one in self.candidates]

    @property
    def kinds(self) -> list[str]:
        return [one.kind for one in self.candidates]

    @property
    def rules(self) -> list[str]:
        return [one.rule for one in self.candidates]

    @property
    def speakers(self) -> list[str | None]:
        return [one.speaker.name if one.speaker else None for one in self.candidates]

    @property
    def only(self) -> Candidate:
        (one,) = self.candidates
        return one


def holds_together(text: str, candidates: list[Candidate]) -> None:
    """Asserts what is true of any answer, whatever the text."""
    for one in candidates:
        assert one.spans
        for span in one.spans:
            assert 0 <= span.start < span.end <= len(text)
        for earlier, later in pairwise(one.spans):
            assert earlier.end <= later.start
        for part in filter(None, (one.cue, one.mention)):
            assert 0 <= part.start < part.end <= len(text)
        assert 0 < one.confidence <= 1
        assert one.speaker is None or one.speaker == one.choices[0]
    taken = sorted((span.start, span.end) for one in candidates for span in one.spans)
    assert all(end <= start for (_start, end), (start, _end) in pairwise(taken))
    assert [one.start for one in candidates] == sorted(one.start for one in candidates)
