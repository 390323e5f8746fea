"""A row of the sheet as it is understood: what its cells say, and step by step what the record answers."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.address import BadAddress, normal_address
from articles.models import Article, Snapshot
from articles.refusals import NotTakenIn
from people.date_telling import told
from people.dating import KnownBy
from people.edtf import Edtf
from people.fields import canonical
from people.models import Meeting
from quotes.anchoring import Anchor
from quotes.importing.columns import BETWEEN_TOPICS, BY_NAME, NOT_IDENTIFIED, NOT_NAMED, kind_of, known_of, says
from quotes.importing.sheets import SheetRow
from quotes.importing.speakers import Match, Speaker
from quotes.models import Quote, Topic
from quotes.pages.context import Piece

Range = tuple[int, int]


# Why a date is not understood by itself that may be once the article's day is known; several days become their month.
COUNTED_FROM_THE_ARTICLE = frozenset({"year_missing", "no_publication", "unknown"})


class Status(TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("new draft")
    HERE = "here", gettext_lazy("already there")
    UNKNOWN = "unknown", gettext_lazy("speaker to be added")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass(slots=True, eq=False)
class Entry:
    """`problems` are sentences that say why the row is refused and what to do; `remarks` what to know besides.

    `here` is the quote that has the words already, `twin` the number of an earlier row that has them.
    """

    number: int
    words: str
    address: str
    name: str
    values: dict[str, str]
    kind: str = Quote.Kind.DIRECT.value
    spoken: str | None = None
    known: str = ""
    occurrence: int = 0
    is_not_identified: bool = False
    is_not_named: bool = False
    is_date_refused: bool = False
    match: Match = field(default_factory=Match)
    meeting: Meeting | None = None
    topics: list[Topic] = field(default_factory=list)
    article: Article | None = None
    snapshot: Snapshot | None = None
    anchors: list[Anchor] = field(default_factory=list)
    passage: Range | None = None
    pieces: list[Piece] = field(default_factory=list)
    here: Quote | None = None
    twin: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def status(self) -> Status:
        # What is there already is not written again, whatever else its row says.
        if self.here:
            return Status.HERE
        if self.problems:
            return Status.REFUSED
        if self.twin:
            return Status.HERE
        return Status.UNKNOWN if self.is_of_somebody_new else Status.NEW

    @property
    def is_of_somebody_new(self) -> bool:
        """Whether the speaker has a name that nobody on record has."""
        return bool(self.name) and not self.is_not_identified and not self.match.found

    @property
    def speaker(self) -> Speaker | None:
        return self.match.speaker

    @property
    def spans(self) -> tuple[Range, ...]:
        return tuple((anchor.start, anchor.end) for anchor in self.anchors)

    @property
    def decided(self) -> list[Any]:
        """All that is to happen with the row; when it differs, something else would happen."""
        return [
            *(self.number, self.status.value, self.speaker and self.speaker.public_id, self.name, self.address),
            *(self.spans, self.kind, self.spoken, self.known, self.passage, self.is_not_identified),
            *(self.meeting and self.meeting.public_id, self.is_not_named, [topic.public_id for topic in self.topics]),
            *(self.here and self.here.public_id, self.twin),
        ]


def read_entry(row: SheetRow) -> Entry:
    """What the row's cells say by themselves; what can't be understood is among its problems."""
    values = row.values
    entry = Entry(row.number, values.get("words", ""), "", values.get("speaker", ""), values)
    for name, column in BY_NAME.items():
        if column.required and not values.get(name):
            entry.problems.append(_("The cell “%(heading)s” is empty. Fill it in.") % {"heading": column.heading})
    if row.beyond:
        entry.problems.append(
            _(
                "There is text in a cell without a heading. Perhaps a cell was divided: put what has commas or "
                "semicolons in it into quotation marks."
            )
        )
    _read_address(entry)
    _read_choices(entry)
    _read_date(entry)
    entry.is_not_identified = says(entry.name, NOT_IDENTIFIED)
    entry.is_not_named = says(values.get("meeting", ""), NOT_NAMED)
    return entry


def topics_of(entry: Entry) -> list[str]:
    """The names in the row's cell for topics."""
    return [name.strip() for name in BETWEEN_TOPICS.split(entry.values.get("topics", "")) if name.strip()]


def _read_address(entry: Entry) -> None:
    given = entry.values.get("address", "")
    if given:
        try:
            entry.address = normal_address(given)
        except BadAddress:
            entry.problems.append(str(NotTakenIn("address", address=given)))


def _read_choices(entry: Entry) -> None:
    values = entry.values
    kind = kind_of(values.get("kind", ""))
    if kind is None:
        entry.problems.append(_not_one_of(values["kind"], "kind", Quote.Kind))
    entry.kind = kind or entry.kind
    if typed := values.get("spoken_known", ""):
        known = known_of(typed)
        if known is None:
            entry.problems.append(_not_one_of(typed, "spoken_known", KnownBy))
        entry.known = known or ""
    if typed := values.get("occurrence", ""):
        entry.occurrence = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
        if not entry.occurrence:
            entry.problems.append(
                _("“%(typed)s” does not count anything. Write which occurrence of the words is meant: 1, 2, 3.")
                % {"typed": typed}
            )


def _not_one_of(typed: str, column: str, choices: type[TextChoices]) -> str:
    return _("“%(typed)s” is not understood under “%(heading)s”. Write one of these: %(choices)s.") % {
        "typed": typed,
        "heading": BY_NAME[column].heading,
        "choices": ", ".join(str(label) for label in choices.labels),
    }


def _read_date(entry: Entry) -> None:
    """The date where it says all of itself; what counts from the article's day waits for that, in `complete_date`."""
    try:
        entry.spoken = canonical(entry.values.get("spoken", "")) if entry.values.get("spoken") else None
    except ValidationError as error:
        if error.code not in COUNTED_FROM_THE_ARTICLE:
            entry.problems.extend(error.messages)
            entry.is_date_refused = True


def _read_near(entry: Entry, typed: str, published: str | None) -> None:
    try:
        entry.spoken = canonical(typed, Edtf.of(published) if published else None)
    except ValidationError as error:
        entry.problems.extend(error.messages)
    else:
        entry.remarks.append(
            _("“%(typed)s” is %(date)s, counted from the article's day.") % {"typed": typed, "date": told(entry.spoken)}
        )


def complete_date(entry: Entry, published: str | None) -> None:
    """The date on which it was said, of an article of this date: the given one, else the article's.

    It is told how a date is known, or it is that of the publication; nothing else is a safe guess.
    """
    typed = entry.values.get("spoken", "")
    if typed and not entry.spoken and not entry.is_date_refused:
        _read_near(entry, typed, published)
    if entry.spoken:
        _check_how_known(entry, published)
        _check_order(entry, entry.spoken, published)
    elif not typed:  # else it is unreadable, and complained of already
        _take_date(entry, published)


def _take_date(entry: Entry, published: str | None) -> None:
    if entry.known and entry.known != KnownBy.PUBLICATION:
        entry.problems.append(_("It is told how the date is known, but not the date. Give it, or leave both empty."))
    entry.spoken, entry.known = published, KnownBy.PUBLICATION.value if published else ""
    if not published:
        entry.remarks.append(_("Neither the row nor the article has a date: give it before you submit the draft."))


def _check_how_known(entry: Entry, published: str | None) -> None:
    if not entry.known and entry.spoken == published:
        entry.known = KnownBy.PUBLICATION.value
    elif not entry.known:
        choices = ", ".join(str(label) for label in KnownBy.labels)
        entry.problems.append(
            _("Say how the date is known, under “%(heading)s”: %(choices)s.")
            % {"heading": BY_NAME["spoken_known"].heading, "choices": choices}
        )
    if entry.known == KnownBy.OTHER and not entry.values.get("spoken_evidence"):
        entry.problems.append(
            _("The date is from another source: name that source under “%(heading)s”.")
            % {"heading": BY_NAME["spoken_evidence"].heading}
        )


def _check_order(entry: Entry, spoken: str, published: str | None) -> None:
    if not Edtf.of(spoken).is_after(Edtf.of(published).last if published else timezone.localdate()):
        return
    if published:
        sentence = _(
            "Nothing is reported before it was said, but the article is of %(published)s. Correct one of the dates."
        )
        entry.problems.append(sentence % {"published": told(published)})
    else:
        entry.problems.append(_("The date is still to come. Give the date on which the words were said."))
