"""The machine's suggestions for one text, with their grounds in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils.text import Truncator

from articles.models import Snapshot
from people.models import Organization, Person
from quotes.deciding import Speaker
from quotes.explaining import because, confidence_in_words
from quotes.models import DoubleAnnotation, Reading, Suggestion
from quotes.models.doubling import Reader
from quotes.suggesting import ENGINE

# Of one text; the next ones come when some of these are decided.
SHOWN_AT_MOST = 200
# Code points of the words.
WORDS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who came into question; `record` is theirs, None for a name that only the text has."""

    number: int
    name: str
    because: str
    unverified: bool
    record: Speaker | None

    @property
    def field(self) -> str:
        """Of the form, where the record is chosen."""
        return "speaker" if isinstance(self.record, Person) else "speaker_organization"


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion as the list shows it."""

    suggestion: Suggestion
    words: str
    speaker: str
    because: str
    confidence: str
    others: list[Choice]


class SuggestionList:
    """The suggestions of one snapshot that a page shows, and what has become of the machine's reading.

    As many queries, however many they are. Only some of them where `which` says so; then nothing of the reading.
    """

    def __init__(self, snapshot: Snapshot, user: Reader, which: Q | None = None) -> None:
        self.snapshot = snapshot
        # Who reads blindly gets none, nor do they wait for any.
        self.is_off = DoubleAnnotation.objects.blinding(user).filter(article=snapshot.article_id).exists()
        # First: what the machine has found stands before it says that it is done, so this is never told too early.
        reading = None
        if which is None and not self.is_off:
            reading = Reading.objects.since(ENGINE).filter(snapshot=snapshot).up_to_date().first()
        self.is_read = self.is_off or (reading is not None and reading.finished_at is not None)
        self.failed = reading if reading and reading.outcome == Reading.Outcome.FAILED else None
        every = list(
            Suggestion.objects.visible_to(user)
            .filter(which or Q(), snapshot=snapshot)
            .inside_body()
            .filter(state__in=[Suggestion.State.OPEN, Suggestion.State.REJECTED])
            .select_related("speaker", "speaker_organization")
            .order_by("start", "id")
        )
        undecided = [one for one in every if one.state == Suggestion.State.OPEN]
        self.more = max(0, len(undecided) - SHOWN_AT_MOST)
        undecided = undecided[:SHOWN_AT_MOST]
        records = _records(undecided)
        self.open = [self._shown(one, records) for one in undecided]
        self.rejected = [(one, self._words(one)) for one in every if one.state == Suggestion.State.REJECTED]

    def _words(self, one: Suggestion) -> str:
        return Truncator(one.words_in(self.snapshot.text)).chars(WORDS_AT_MOST)

    def _shown(self, one: Suggestion, records: dict[str, Speaker]) -> Shown:
        days = self.snapshot.article.published_range
        grounds = partial(because, mention=self._mention(one), day=days.lower if days else None)
        chosen = next((n for n, choice in enumerate(one.choices) if choice["name"] == one.speaker_name), None)
        record = one.speaker or one.speaker_organization
        return Shown(
            one,
            self._words(one),
            record.name if record else one.speaker_name,
            grounds(one.choices[chosen]["reasons"]) if chosen is not None else "",
            confidence_in_words(one.confidence),
            [
                Choice(
                    number,
                    records[choice["key"]].name if choice["key"] in records else choice["name"],
                    grounds(choice["reasons"]),
                    choice["unverified"],
                    records.get(choice["key"]),
                )
                for number, choice in enumerate(one.choices)
                if number != chosen
            ],
        )

    def _mention(self, one: Suggestion) -> str:
        return self.snapshot.text[one.mention.lower : one.mention.upper] if one.mention else ""


def _records(suggestions: Sequence[Suggestion]) -> dict[str, Speaker]:
    """The records of all who came into question, by the keys that the engine knew them by."""
    keys = {choice["key"] for one in suggestions for choice in one.choices if choice["key"]}
    people = Person.objects.filter(public_id__in=keys).select_related("merged_into")
    bodies = Organization.objects.filter(public_id__in=keys)
    return {one.public_id: one.merged_into or one for one in people} | {one.public_id: one for one in bodies}


def chosen_speaker(suggestion: Suggestion, number: str) -> tuple[str, Speaker | None]:
    """Name and record of the choice of that number; of the proposed speaker where there is no such number."""
    if number.isdecimal() and int(number) < len(suggestion.choices):
        choice = suggestion.choices[int(number)]
        return choice["name"], _records([suggestion]).get(choice["key"])
    return suggestion.speaker_name, suggestion.speaker or suggestion.speaker_organization
