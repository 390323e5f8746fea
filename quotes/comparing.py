"""Two versions of a quote beside each other: the stored one, and the one that somebody was about to save."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from people.date_telling import told
from people.dating import KnownBy
from people.edtf import Edtf
from people.fields import canonical
from people.models import Meeting, Organization, Person, Tenure
from quotes.anchoring import Misplaced, anchor, in_order
from quotes.models import Quote, Statement, Topic
from quotes.models.quote import BETWEEN_SPANS

RECORDS: dict[str, type[Model]] = {
    "speaker": Person,
    "speaker_organization": Organization,
    "tenure": Tenure,
    "meeting": Meeting,
}
FLAGS = ("speaker_not_identified", "occasion_not_named")
# In the order of the form.
FIELDS = (
    *("spans", "passage", "kind", "attribution", "speaker", "speaker_organization", "speaker_not_identified"),
    *("spoken", "spoken_known", "spoken_evidence", "meeting", "occasion_not_named", "tenure", "label", "topics"),
)
# Ranges of code points as the form sends them: «278-300,310-950».
Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the form by its `name` and its `label`; both values in words, empty for none."""

    name: str
    label: str
    stored: str
    submitted: str


def differences(quote: Quote, submitted: Mapping[str, Any], ranges: Mapping[str, Ranges]) -> list[Difference]:
    """The fields in which the stored quote and its statement say otherwise than the form as it was sent.

    `submitted` has the form's values (of `topics` a list), `ranges` its spans and its passage.
    """
    stored, sent = stated(quote), _sent(quote, submitted, ranges)
    return [Difference(name, label_of(name), stored[name], sent[name]) for name in FIELDS if stored[name] != sent[name]]


def label_of(name: str) -> str:
    """What the form calls one of `FIELDS`."""
    if name == "spans":
        return _("words")
    if name == "passage":
        return _("passage")
    model = Quote if name in {"kind", "attribution"} else Statement
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def stated(quote: Quote) -> dict[str, str]:
    """What a stored quote and its statement say, in words, by the names of `FIELDS`."""
    statement = quote.statement
    return {
        "spans": quote.words,
        "passage": quote.passage,
        "kind": str(Quote.Kind(quote.kind).label),
        "attribution": quote.attribution,
        "spoken": told(statement.spoken),
        "spoken_known": _known(statement.spoken_known),
        "spoken_evidence": statement.spoken_evidence,
        "label": statement.label,
        "topics": _topics(statement.topics.all()),
        **{name: str(getattr(statement, name) or "") for name in RECORDS},
        **{name: _yes_or_no(getattr(statement, name)) for name in FLAGS},
    }


def _sent(quote: Quote, submitted: Mapping[str, Any], ranges: Mapping[str, Ranges]) -> dict[str, str]:
    published = quote.snapshot.article.published
    words: dict[str, Callable[[str], str]] = {
        "spoken": lambda text: _date(text, Edtf.of(published) if published else None),
        "spoken_known": _known,
        "kind": lambda value: str(Quote.Kind(value).label) if value in Quote.Kind else value,
    }
    plain = ("kind", "attribution", "spoken", "spoken_known", "spoken_evidence", "label")
    return {
        **{name: words.get(name, str)(str(submitted.get(name) or "").strip()) for name in plain},
        **{name: _words(quote, ranges.get(name, [])) for name in ("spans", "passage")},
        **{name: _record(model, submitted.get(name)) for name, model in RECORDS.items()},
        **{name: _yes_or_no(bool(submitted.get(name))) for name in FLAGS},
        "topics": _topics(Topic.objects.filter(pk__in=_numbers(submitted.get("topics") or []))),
    }


def _words(quote: Quote, ranges: Ranges) -> str:
    snapshot = quote.snapshot
    try:
        body = (snapshot.body_start, snapshot.body_end)
        return BETWEEN_SPANS.join(one.exact for one in in_order([anchor(snapshot.text, body, *one) for one in ranges]))
    except Misplaced:
        return _("words that can't be quoted")


def _record(model: type[Model], value: Any) -> str:
    (number,) = _numbers([value]) or (None,)
    return str(model._default_manager.filter(pk=number).first() or "") if number else ""


def _numbers(values: list[Any]) -> list[int]:
    return [
        int(value) for value in values if str(value or "").isdecimal() and len(str(value)) <= len("9223372036854775")
    ]


def _topics(topics: Any) -> str:
    return ", ".join(sorted(str(topic) for topic in topics))


def _date(text: str, published: Edtf | None) -> str:
    try:
        return told(canonical(text, published)) if text else ""
    except ValidationError:
        return text


def _known(value: str) -> str:
    return str(KnownBy(value).label) if value in KnownBy else value


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
