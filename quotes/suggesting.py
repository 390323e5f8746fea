"""Suggestions are made: the engine reads snapshots in the background. What people decided is left as it is."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from psycopg.types.range import Range

from articles.models import Snapshot
from people.models import Organization, Person
from quotes.extraction.candidates import Candidate, Choice, Reason, Span
from quotes.extraction.engine import VERSION, suggest
from quotes.extraction.registry import Registry
from quotes.known import known
from quotes.models import Quote, Reading, Suggestion

log = logging.getLogger(__name__)

# Our engine's version. While a new one is rolled out two are at work, and what the newer one found must stand.
ENGINE = int(VERSION)
# Two ranges of words are the same ones, to a person, from this share of common characters on.
SAME = 0.8
# What falls into more pieces is no quotation that anybody could confirm.
SPANS_AT_MOST = 100
ERROR_AT_MOST = 500

Places = tuple[tuple[int, int], ...]


def read_waiting(at_most: int) -> int:
    """The engine reads up to so many of the snapshots that are not read as they are now, the newest first.

    How many it has read; 0 where nothing waits, or others are at it.
    """
    waiting = list(Reading.objects.unread_by(ENGINE).values_list("pk", flat=True)[:at_most])
    if not waiting:
        return 0
    registry = known()
    return sum(read(snapshot, registry) for snapshot in waiting)


def read(snapshot_id: int, registry: Registry | None = None) -> bool:
    """The engine reads one snapshot, and its findings replace the open suggestions; whether it did.

    It does not where it or a newer version has read this already, or another worker is at it. An error of the engine's
    is noted in the reading, for people to see, and raises nothing: the next text has its turn.
    """
    snapshot = Snapshot.objects.select_related("article").defer("raw").get(pk=snapshot_id)
    reading = _begun(snapshot)
    if reading is None:
        return False
    try:
        found = suggest(
            snapshot.text,
            reading.language,
            reading.published,
            known() if registry is None else registry,
            Span(reading.body_start, reading.body_end),
        )
        reading.found = keep(snapshot, found)
    except Overtaken:
        reading.delete()
        return False
    except Exception as error:
        log.exception("the engine could not read snapshot %s", snapshot.public_id)
        reading.error = f"{type(error).__name__}: {error}"[:ERROR_AT_MOST]
    reading.finished_at = timezone.now()
    reading.save(update_fields=["found", "error", "finished_at"])
    return True


def _begun(snapshot: Snapshot) -> Reading | None:
    """Our version's reading of the snapshot, claimed for us and noted before it begins; None where it is not due."""
    article = snapshot.article
    told = {
        "language": article.language,
        "published": article.published_range.lower if article.published_range else None,
        "body_start": snapshot.body_start,
        "body_end": snapshot.body_end,
    }
    now = timezone.now()
    with transaction.atomic():
        fresh = Reading(snapshot=snapshot, engine=ENGINE, started_at=now, attempts=0, **told)
        Reading.objects.bulk_create([fresh], ignore_conflicts=True)
        # Of two workers the second one waits here, and then sees that the first one is at it.
        reading = Reading.objects.select_for_update().get(snapshot=snapshot, engine=ENGINE)
        again = any(getattr(reading, name) != value for name, value in told.items())
        if reading.attempts and not reading.is_abandoned and (reading.finished_at is None or not again):
            return None
        if not again and reading.attempts >= Reading.ATTEMPTS_AT_MOST:
            return None
        for name, value in told.items():
            setattr(reading, name, value)
        reading.attempts = 1 if again else reading.attempts + 1
        reading.started_at, reading.finished_at, reading.found, reading.error = now, None, None, ""
        reading.save()
    return reading


class Overtaken(Exception):  # noqa: N818 - no error: somebody else has done better
    """A newer version of the engine has read the same text, or is at it."""


def keep(snapshot: Snapshot, candidates: Iterable[Candidate]) -> int:
    """The candidates become the snapshot's open suggestions, in place of those that were open; how many they are.

    Left out is what a person has decided on already, and what is quoted: the same words, or nearly. Raises Overtaken
    where the findings of a newer version stand, or are to come.
    """
    with transaction.atomic():
        # Whoever decides on a suggestion or saves a quote locks the snapshot's row, too; so each sees what the other did.
        Snapshot.objects.select_for_update(no_key=True).only("pk").get(pk=snapshot.pk)
        if Reading.objects.newer_than(ENGINE).settled().up_to_date().filter(snapshot=snapshot).exists():
            raise Overtaken
        there = list(Suggestion.objects.filter(snapshot=snapshot))
        decided = [(one.kind, _places(one.spans)) for one in there if one.state != Suggestion.State.OPEN]
        quoted = [_places_of(quote) for quote in snapshot.quotes.prefetch_related("spans")]
        were_open = {(one.kind, _places(one.spans)): one for one in there if one.state == Suggestion.State.OPEN}
        wanted: dict[tuple[str, Places], Candidate] = {}
        for candidate in candidates:
            places = tuple((span.start, span.end) for span in candidate.spans)
            is_decided = any(kind == candidate.kind and same_words(places, others) for kind, others in decided)
            if len(places) <= SPANS_AT_MOST and not is_decided and not any(same_words(places, one) for one in quoted):
                wanted.setdefault((candidate.kind, places), candidate)
        Suggestion.objects.filter(pk__in=[one.pk for key, one in were_open.items() if key not in wanted]).delete()
        speakers = _Speakers.of(wanted.values())
        fresh: list[Suggestion] = []
        again: list[Suggestion] = []
        for key, candidate in wanted.items():
            one = were_open.get(key)
            suggestion = _written(one or Suggestion(snapshot=snapshot), candidate, speakers)
            (fresh if one is None else again).append(suggestion)
        Suggestion.objects.bulk_create(fresh)
        Suggestion.objects.bulk_update(again, WRITTEN)
    return len(wanted)


def same_words(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> bool:
    """Whether two lists of spans cover nearly the same characters: of all that either covers, both cover four fifths."""
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    union = sum(end - start for start, end in (*one, *other)) - common
    return common >= SAME * union


# What the engine writes into a suggestion; the rest is the person's.
WRITTEN = (
    "engine",
    "rule",
    "kind",
    "spans",
    "cue",
    "mention",
    "confidence",
    "speaker",
    "speaker_organization",
    "speaker_name",
    "unverified",
    "choices",
    "made_at",
)


@dataclass(frozen=True, slots=True)
class _Speakers:
    """The records behind the registry's keys, of people and of organizations."""

    people: dict[str, Person]
    organizations: dict[str, Organization]

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> "_Speakers":
        keys = {one.speaker.key for one in candidates if one.speaker and one.speaker.key}
        return cls(
            {person.public_id: person for person in Person.objects.current().filter(public_id__in=keys)},
            {body.public_id: body for body in Organization.objects.filter(public_id__in=keys)},
        )


def _written(one: Suggestion, candidate: Candidate, speakers: _Speakers) -> Suggestion:
    speaker = candidate.speaker
    key = (speaker and speaker.key) or ""
    is_body = speaker is not None and speaker.type == "organization"
    values: dict[str, Any] = {
        "engine": ENGINE,
        "rule": candidate.rule,
        "kind": candidate.kind,
        "spans": [[span.start, span.end] for span in candidate.spans],
        "cue": _range(candidate.cue),
        "mention": _range(candidate.mention),
        "confidence": candidate.confidence,
        "speaker": None if is_body else speakers.people.get(key),
        "speaker_organization": speakers.organizations.get(key) if is_body else None,
        "speaker_name": speaker.name if speaker else "",
        "unverified": speaker is not None and speaker.unverified,
        "choices": [_choice(choice) for choice in candidate.choices],
        "made_at": timezone.now(),
    }
    for name, value in values.items():
        setattr(one, name, value)
    return one


def _range(span: Span | None) -> "Range[int] | None":
    return Range(span.start, span.end) if span else None


def _reasons(reasons: Iterable[Reason]) -> list[list[str]]:
    return [[reason.code, reason.about] for reason in reasons]


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "name": choice.name,
        "type": choice.type,
        "key": choice.key,
        "confidence": choice.confidence,
        "reasons": _reasons(choice.reasons),
        "unverified": choice.unverified,
    }


def _places(spans: Sequence[Sequence[int]]) -> Places:
    return tuple((start, end) for start, end in spans)


def _places_of(quote: Quote) -> Places:
    return tuple((span.start, span.end) for span in quote.spans.all())
