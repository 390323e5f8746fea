"""A person decides on a suggestion: accepts it as it is or corrected, rejects it, or takes the decision back."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Snapshot
from people.finding import fold
from people.models import Organization, Person
from quotes.anchoring import Anchor, anchor, in_order
from quotes.annotating import write_quote
from quotes.holding import office_then
from quotes.models import Quote, Statement, Suggestion
from quotes.models.suggestion import UNDECIDED
from quotes.prefilling import defaults
from quotes.refusals import Refused, refusals

Speaker = Person | Organization


def anchors_of(suggestion: Suggestion) -> list[Anchor]:
    """The suggestion's words as a quote's spans. Raises Misplaced where they can't be quoted: outside the body."""
    snapshot = suggestion.snapshot
    body = (snapshot.body_start, snapshot.body_end)
    return in_order([anchor(snapshot.text, body, start, end) for start, end in suggestion.spans])


def quote_of(suggestion: Suggestion) -> Quote:
    """The quote that the suggestion proposes, unsaved and without its spans."""
    snapshot = suggestion.snapshot
    return Quote(
        snapshot=snapshot,
        kind=suggestion.kind,
        language=snapshot.article.language or "ru",
        attribution=suggestion.attribution_in(snapshot.text),
    )


def accept(suggestion: Suggestion, speaker: Speaker | None, *, by: AbstractBaseUser) -> Quote:
    """A draft is made of the suggestion, said by `speaker`, its date and occasion those that a new quote's form shows first.

    None is for somebody not identified. Another speaker than the machine proposed is a correction. Raises Misplaced or
    Refused; then nothing is saved.
    """
    first = defaults(by, suggestion.snapshot.article)
    person = speaker if isinstance(speaker, Person) else None
    statement = Statement(
        speaker=person,
        speaker_organization=speaker if isinstance(speaker, Organization) else None,
        speaker_not_identified=speaker is None,
        spoken=first.spoken,
        spoken_known=first.spoken_known,
        spoken_evidence=first.spoken_evidence,
        meeting=first.meeting,
        occasion_not_named=first.occasion_not_named,
        tenure=office_then(person, first.spoken) if person and first.spoken else None,
    )
    return confirm(suggestion, statement, quote_of(suggestion), anchors_of(suggestion), by=by)


def confirm(
    suggestion: Suggestion, statement: Statement, quote: Quote, anchors: Sequence[Anchor], *, by: AbstractBaseUser
) -> Quote:
    """Saves what came of the suggestion, as `write_quote` does; what differs from the suggestion was corrected.

    If the text's own name for the speaker had no record, other open suggestions that give that name follow suit.
    Raises Refused; then nothing is saved.
    """
    with refusals():
        lock_open(suggestion)
        write_quote(statement, quote, anchors)
        settle(suggestion, quote, by=by)
    return quote


def settle(suggestion: Suggestion, quote: Quote, *, by: AbstractBaseUser) -> None:
    """The quote, just saved, is what came of the suggestion, which `lock_open` has locked in the same transaction."""
    suggestion.corrections = corrections(suggestion, quote)
    suggestion.quote = quote
    confirmed = Suggestion.State.CORRECTED if suggestion.corrections else Suggestion.State.ACCEPTED
    _decide(suggestion, confirmed, by)
    _name_alike(suggestion, quote.statement)


def reject(suggestion: Suggestion, *, by: AbstractBaseUser) -> None:
    """It is no statement, or not these words. Raises Refused."""
    with refusals():
        lock_open(suggestion)
        _decide(suggestion, Suggestion.State.REJECTED, by)


def reopen(suggestion: Suggestion) -> None:
    """A rejection is taken back; nothing happens to what was not rejected."""
    Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.REJECTED).update(**UNDECIDED)


def corrections(suggestion: Suggestion, quote: Quote) -> dict[str, Any]:
    """What the saved quote and its statement say otherwise than the suggestion: of each the machine's and the person's."""
    statement = quote.statement
    published = suggestion.snapshot.article.published
    pairs: dict[str, tuple[Any, Any]] = {
        "spans": (
            [[part.start, part.end] for part in anchors_of(suggestion)],
            [[span.start, span.end] for span in quote.spans.order_by("start")],
        ),
        "kind": (suggestion.kind, quote.kind),
        "attribution": (suggestion.attribution_in(suggestion.snapshot.text), quote.attribution),
        "date": (
            [published, "publication" if published else ""],
            [statement.spoken, statement.spoken_known],
        ),
    }
    differing = {name: list(pair) for name, pair in pairs.items() if pair[0] != pair[1]}
    if not _is_the_speaker(suggestion, statement):
        differing["speaker"] = [suggestion.speaker_name or None, _name(statement)]
    return differing


def _is_the_speaker(suggestion: Suggestion, statement: Statement) -> bool:
    """Whether the statement's speaker is the one that was proposed, if only by a name that the text has."""
    if suggestion.has_record:
        proposed = (suggestion.speaker_id, suggestion.speaker_organization_id)
        return proposed == (statement.speaker_id, statement.speaker_organization_id)
    speaker = statement.speaker or statement.speaker_organization
    if speaker is None:
        # Somebody without a name is proposed by the words of the text alone: «источник в правительстве».
        return not suggestion.speaker_name or suggestion.speaker_not_identified
    return any(fold(name).casefold() == fold(suggestion.speaker_name).casefold() for name in _names(speaker))


def _names(speaker: Speaker) -> Sequence[str]:
    if isinstance(speaker, Person):
        return [*speaker.names_given, *speaker.names.values_list("text", flat=True)]
    return [*speaker.names_given, *speaker.aliases]


def _name(statement: Statement) -> str | None:
    speaker = statement.speaker or statement.speaker_organization
    return speaker.names_given[0] if speaker else None


def _name_alike(suggestion: Suggestion, statement: Statement) -> None:
    """One who has decided whom a name of this text means has done so for the whole of it."""
    if suggestion.has_record or not suggestion.speaker_name or "speaker" in suggestion.corrections:
        return
    alike = Suggestion.objects.open().filter(
        snapshot=suggestion.snapshot, speaker_name=suggestion.speaker_name, speaker=None, speaker_organization=None
    )
    alike.update(speaker=statement.speaker, speaker_organization=statement.speaker_organization)


def _decide(suggestion: Suggestion, state: Suggestion.State, by: AbstractBaseUser) -> None:
    suggestion.state = state
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()  # type: ignore[assignment]
    suggestion.save(update_fields=[*UNDECIDED])


def lock_open(suggestion: Suggestion) -> None:
    """Nobody else decides on the text's suggestions until the commit, nor are others made.

    The snapshot is locked, as `suggesting.keep` locks it, and before anything else: else each of two could wait for
    what the other one holds. Raises Refused where somebody has decided on the suggestion, or it is gone.
    """
    Snapshot.objects.select_for_update(no_key=True).only("pk").get(pk=suggestion.snapshot_id)
    if not Suggestion.objects.open().filter(pk=suggestion.pk).exists():
        raise Refused("suggestion_stays_as_decided")
