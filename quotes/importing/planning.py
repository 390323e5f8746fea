"""What a sheet would do to the record, row by row. Nothing is written; the queries grow with batches of rows, not rows."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from people.date_telling import told
from people.fields import canonical
from people.finding import Folded, fold
from people.models import Meeting
from people.names import LANGUAGES, Trilingual
from quotes.anchoring import Anchor
from quotes.importing.archive import Archive, Text, archive_of, batches, snapshots_of
from quotes.importing.entries import Entry, Range, Status, complete_date, read_entry, topics_of
from quotes.importing.overlapping import Covered, Spans
from quotes.importing.placing import NotPlaced, place, place_inside
from quotes.importing.sheets import Sheet
from quotes.importing.speakers import Directory, Speaker
from quotes.importing.telling import not_placed, speaker_told_apart
from quotes.models import DoubleAnnotation, Quote, Span, Topic
from quotes.pages.context import in_context
from quotes.refusals import SENTENCES
from quotes.suggesting import same_words

T = TypeVar("T")

# Articles whose texts are in memory at the same time.
TEXTS_AT_ONCE = 50
# Code points of context around the words, to each side.
WINDOW = 120


@dataclass(slots=True)
class Plan:
    """All rows with what is to become of each; `archive` has the articles that are to be taken in with them."""

    sheet: Sheet
    entries: list[Entry]
    archive: Archive = field(default_factory=Archive)

    @property
    def counts(self) -> dict[Status, int]:
        counted = Counter(entry.status for entry in self.entries)
        return {status: counted[status] for status in Status}

    @property
    def fresh(self) -> list[Entry]:
        """The rows that become drafts."""
        return [entry for entry in self.entries if entry.status in {Status.NEW, Status.UNKNOWN}]

    @property
    def new_people(self) -> dict[str, list[Entry]]:
        """Rows by the name of a speaker who is not on record, as first written."""
        found: dict[str, list[Entry]] = {}
        spelled: dict[str, str] = {}
        for entry in self.entries:
            if entry.status == Status.UNKNOWN:
                name = spelled.setdefault(plain(entry.name), entry.name)
                found.setdefault(name, []).append(entry)
        return found

    @property
    def fingerprint(self) -> str:
        """What tells whether something else would happen now than what somebody was shown."""
        decided = json.dumps([entry.decided for entry in self.entries], ensure_ascii=False)
        return hashlib.sha256(decided.encode()).hexdigest()


def plan(sheet: Sheet, *, may_take_in: bool, lock: bool = False) -> Plan:
    """What would happen to each row. With `lock`, in a transaction, the texts are locked: it stays so until the commit."""
    entries = [read_entry(row) for row in sheet.rows]
    archive = _find_articles(entries, may_take_in=may_take_in)
    _leave_to_the_two(entries)
    _find_speakers(entries)
    _find_named(entries)
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.words and (entry.article or entry.address in archive.to_take_in):
            found[entry.article.public_id if entry.article else entry.address].append(entry)
    for batch in batches(found.values(), TEXTS_AT_ONCE):
        _place_all([entry for together in batch for entry in together], archive, lock=lock)
    _name_what_is_here(entries)
    return Plan(sheet, entries, archive)


def plain(name: str) -> str:
    """A name as it is compared."""
    return " ".join(fold(name).casefold().split())


# -- articles


def _find_articles(entries: Sequence[Entry], *, may_take_in: bool) -> Archive:
    given: dict[str, tuple[str, str | None]] = {}
    for entry in entries:
        text = entry.values.get("text", "")
        if text and entry.address and may_take_in and entry.address not in given:
            given[entry.address] = (text, _published(entry))
    archive = archive_of({entry.address for entry in entries if entry.address}, given)
    for entry in entries:
        entry.article = archive.articles.get(entry.address)
        text = entry.values.get("text", "")
        if not entry.address:
            continue
        if entry.article is None and entry.address not in archive.to_take_in:
            entry.problems.append(_no_article(entry, archive, may_take_in=may_take_in))
        elif entry.article is None and text and text != given[entry.address][0]:
            entry.problems.append(_("Another row has another text for the same article. Leave one of the two empty."))
        elif entry.article and text:
            entry.remarks.append(_("The article is on record already, so the text in the row is not needed."))
    return archive


def _leave_to_the_two(entries: Sequence[Entry]) -> None:
    """Nothing comes into an article that two read blind, before that is settled."""
    articles = {entry.article.pk for entry in entries if entry.article}
    rows = DoubleAnnotation.objects.open().filter(article__in=articles)
    blind = set(rows.values_list("article_id", flat=True))
    for entry in entries:
        if entry.article and entry.article.pk in blind:
            entry.problems.append(
                _("This article is annotated twice, independently. Bring its quotes in when that is settled.")
            )


def _published(entry: Entry) -> str | None:
    typed = entry.values.get("published", "")
    try:
        return canonical(typed) if typed else None
    except ValidationError as error:
        entry.problems.extend(error.messages)
        return None


def _no_article(entry: Entry, archive: Archive, *, may_take_in: bool) -> str:
    if entry.address in archive.refusals:
        return archive.refusals[entry.address]
    if entry.values.get("text") and not may_take_in:
        return _("No article of this address is on record, and you may not take articles in. Ask somebody who may.")
    return _(
        "No article of this address is on record. Take the article in first, or put its whole text into the column "
        "“article's text”."
    )


# -- who, on what occasion, about what


def _find_speakers(entries: Sequence[Entry]) -> None:
    directory = Directory()
    for entry in entries:
        if not entry.name or entry.is_not_identified:
            continue
        entry.match = directory.match(entry.name)
        if len(entry.match.found) > 1:
            entry.problems.append(
                _("Several are called “%(name)s”. Write the public id of the one who is meant: %(speakers)s.")
                % {"name": entry.name, "speakers": "; ".join(map(speaker_told_apart, entry.match.found))}
            )


def _find_named(entries: Sequence[Entry]) -> None:
    meetings = {entry.values["meeting"] for entry in entries if entry.values.get("meeting") and not entry.is_not_named}
    topics = {name for entry in entries for name in topics_of(entry)}
    meetings_called, topics_called = _called(Meeting, meetings), _called(Topic, topics)
    for entry in entries:
        typed = entry.values.get("meeting", "")
        if typed and not entry.is_not_named:
            entry.meeting = _one(
                entry,
                typed,
                meetings_called,
                _("No occasion “%(name)s” is on record. Add it first, write “not named”, or leave the cell empty."),
            )
        for name in topics_of(entry):
            if topic := _one(
                entry, name, topics_called, _("No topic “%(name)s” is on record. Correct it, or leave it out.")
            ):
                entry.topics.append(topic)


def _called(model: type[Any], names: Iterable[str]) -> dict[str, list[Any]]:
    """Records by what they may be called: the public id, or the name in a language."""
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    folded = {f"folded_{language}": Lower(Folded(f"name_{language}")) for language in LANGUAGES}
    for batch in batches(sorted(set(names) | {fold(name).lower() for name in names})):
        asked = Q(public_id__in=batch)
        for column in folded:
            asked |= Q(**{f"{column}__in": batch})
        for record in model._default_manager.annotate(**folded).filter(asked):
            for name in (record.public_id, *map(plain, record.names_given)):
                found[name][record.pk] = record
    return {name: list(records.values()) for name, records in found.items()}


def _one(entry: Entry, typed: str, called: dict[str, list[Any]], sentence: str) -> Any:
    found = called.get(typed) or called.get(plain(typed)) or []
    if not found:
        entry.problems.append(sentence % {"name": typed})
    elif len(found) > 1:
        named = "; ".join(f"{_told_apart(one)} ({one.public_id})" for one in found)
        entry.problems.append(
            _("Several are called “%(name)s”. Write the public id of the one that is meant: %(records)s.")
            % {"name": typed, "records": named}
        )
    return found[0] if len(found) == 1 else None


def _told_apart(record: Trilingual) -> str:
    return ", ".join(filter(None, (record.name, told(getattr(record, "start", None)))))


# -- where the words stand


def _place_all(entries: Sequence[Entry], archive: Archive, *, lock: bool) -> None:
    articles = {entry.article.pk: entry.article for entry in entries if entry.article}
    snapshots = snapshots_of(list(articles.values()), lock=lock)
    twins = [one.text.snapshot.pk for one in archive.to_take_in.values() if one.text.snapshot]
    quoted = _quoted([snapshot.pk for of_article in snapshots.values() for snapshot in of_article] + twins)
    taken: dict[object, Covered[Entry]] = defaultdict(Covered)
    for entry in entries:
        texts = _texts(entry, snapshots, archive)
        published = entry.article.published if entry.article else archive.to_take_in[entry.address].published
        complete_date(entry, published)
        _place(entry, texts, quoted)
        if entry.anchors and not entry.here:
            _compare(entry, taken[entry.snapshot.pk if entry.snapshot else entry.address])
    _look_elsewhere([entry for entry in entries if entry.anchors and not entry.here and not entry.twin])


def _texts(entry: Entry, snapshots: dict[int, list[Any]], archive: Archive) -> list[Text]:
    if entry.article is None:
        return [archive.to_take_in[entry.address].text]
    return [
        Text(snapshot.text, (snapshot.body_start, snapshot.body_end), snapshot)
        for snapshot in snapshots.get(entry.article.pk, [])
    ]


Quoted = dict[int, Covered[int]]


def _not_blind(spans: QuerySet[Span]) -> QuerySet[Span]:
    """Without those of articles that two read blind: whoever brings a sheet in may be one of them."""
    return spans.exclude(quote__in=Quote.objects.of_open_readings().values("pk"))


def _quoted(snapshots: Sequence[int]) -> Quoted:
    """The quotes of each snapshot, by the characters they cover."""
    ranges: dict[tuple[int, int], list[Range]] = defaultdict(list)
    spans = _not_blind(Span.objects.filter(quote__snapshot__in=snapshots)).order_by("quote", "start")
    for snapshot, quote, start, end in spans.values_list("quote__snapshot", "quote", "start", "end"):
        ranges[snapshot, quote].append((start, end))
    found: Quoted = defaultdict(Covered)
    for (snapshot, quote), covered in ranges.items():
        found[snapshot].add(tuple(covered), quote)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text has the words, with the quotes that share characters with them, and the one that is the same."""

    text: Text
    anchors: list[Anchor]
    meeting: dict[Spans, int]
    quote: int | None

    @property
    def spans(self) -> Spans:
        return tuple((anchor.start, anchor.end) for anchor in self.anchors)


def _place(entry: Entry, texts: Sequence[Text], quoted: Quoted) -> None:
    """In the newest text that has the words; a text in which they are quoted already comes before a newer one."""
    places: list[_Place] = []
    reasons: list[NotPlaced] = []
    for text in texts:
        try:
            places.append(_place_in(text, entry, quoted))
        except NotPlaced as reason:
            reasons.append(reason)
    if not places:
        telling = [one for one in reasons if one.code != "nowhere"] or reasons or [NotPlaced("nowhere")]
        entry.problems.append(not_placed(telling[0], entry.occurrence))
        return
    chosen = next((one for one in places if one.quote), places[0])
    text = chosen.text
    entry.anchors, entry.snapshot = chosen.anchors, text.snapshot
    entry.pieces = in_context(text.text, text.body, chosen.spans, window=WINDOW)
    if chosen.quote:
        entry.here = Quote(pk=chosen.quote)
        return
    _check_rest(entry, text)
    if chosen.meeting:
        entry.remarks.append(_("The words overlap another quote of this article."))


def _place_in(text: Text, entry: Entry, quoted: Quoted) -> _Place:
    context = entry.values.get("context", "")
    anchors = place(text.text, text.body, entry.words, occurrence=entry.occurrence, context=context)
    spans = tuple((anchor.start, anchor.end) for anchor in anchors)
    meeting = quoted[text.snapshot.pk].meeting(spans) if text.snapshot else {}
    return _Place(text, anchors, meeting, _same(spans, meeting))


def _same(spans: Spans, meeting: dict[Spans, T]) -> T | None:
    """What covers these very characters, else nearly these."""
    return next((what for ranges, what in meeting.items() if ranges == spans or same_words(spans, ranges)), None)


def _check_rest(entry: Entry, text: Text) -> None:
    if (attribution := entry.values.get("attribution", "")) and attribution not in text.text:
        entry.problems.append(str(SENTENCES["quote_attribution_is_printed"]))
    if passage := entry.values.get("passage", ""):
        try:
            entry.passage = place_inside(entry.anchors, passage)
        except NotPlaced as reason:
            entry.problems.append(
                _("The words have the passage several times. Choose a longer passage.")
                if reason.code == "several"
                else str(SENTENCES["quote_passage_inside_span"])
            )


def _compare(entry: Entry, taken: Covered[Entry]) -> None:
    """Two rows of the same words are one quote; of two speakers they can't be."""
    twin = _same(entry.spans, taken.meeting(entry.spans))
    if twin is None:
        taken.add(entry.spans, entry)
    elif _who(twin) != _who(entry):
        entry.problems.append(
            _("Row %(number)s has the same words with another speaker. Take one of the two rows out.")
            % {"number": twin.number}
        )
    else:
        entry.twin = twin.number


def _who(entry: Entry) -> object:
    return entry.speaker or (entry.is_not_identified, plain(entry.name))


def _look_elsewhere(entries: Sequence[Entry]) -> None:
    """A remark where the very words are quoted from another article: perhaps both report one statement."""
    words = {anchor.exact for entry in entries for anchor in entry.anchors}
    found: dict[str, tuple[int, str]] = {}
    for batch in batches(words):
        spans = _not_blind(Span.objects.filter(exact__in=batch)).order_by("-id")
        for exact, article, statement in spans.values_list(
            "exact", "quote__snapshot__article", "quote__statement__public_id"
        ):
            found[exact] = (article, statement)
    for entry in entries:
        for anchor in entry.anchors:
            article, statement = found.get(anchor.exact, (0, ""))
            if statement and (entry.article is None or article != entry.article.pk):
                entry.remarks.append(
                    _("These very words are quoted from another article already (statement %(id)s).")
                    % {"id": statement}
                )
                break


def _name_what_is_here(entries: Sequence[Entry]) -> None:
    """The quotes found, with what their statements say otherwise than the rows: that is left as it is."""
    here = [entry for entry in entries if entry.here]
    quotes: dict[int, Quote] = {}
    for batch in batches({entry.here.pk for entry in here if entry.here}):
        rows = Quote.objects.filter(pk__in=batch).select_related(
            "snapshot", "statement__speaker", "statement__speaker_organization", "statement__lead"
        )
        quotes |= {quote.pk: quote for quote in rows.defer("snapshot__raw", "snapshot__text").prefetch_related("spans")}
    for entry in here:
        assert entry.here is not None  # noqa: S101 - tells mypy what the list says
        entry.here = quotes[entry.here.pk]
        if otherwise := _otherwise(entry, entry.here):
            entry.remarks.append(
                _("The record says otherwise and is left as it is: %(what)s.") % {"what": ", ".join(otherwise)}
            )


def _otherwise(entry: Entry, quote: Quote) -> list[str]:
    statement = quote.statement
    said: Speaker | None = statement.speaker or statement.speaker_organization
    pairs = (
        (_("words"), entry.spans, tuple((span.start, span.end) for span in quote.spans.all())),
        (_("speaker"), entry.speaker, said),
        (_("said on"), entry.spoken, statement.spoken),
        (_("kind"), entry.kind, quote.kind),
    )
    return [name for name, mine, theirs in pairs if mine != theirs]
