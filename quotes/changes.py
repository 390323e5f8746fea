"""What one state of a statement has that another has not, field by field and word by word, in the reader's language."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.date_telling import told
from people.dating import KnownBy
from people.differing import Run, compare
from people.models import Meeting, Organization, Person, Tenure
from quotes.models import Quote, Statement
from quotes.models.quote import BETWEEN_SPANS
from quotes.models.review import FIELDS

# A revision's content, as the database has written it down.
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs: its name, and both values as one run of words."""

    name: str
    runs: list[Run]

    @property
    def before(self) -> str:
        return "".join(run.text for run in self.runs if run.kind != "new")

    @property
    def after(self) -> str:
        return "".join(run.text for run in self.runs if run.kind != "gone")


def content_now(statement: Statement) -> Content:
    """The statement's state as a revision would hold it if it were submitted now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_content(%s)::text", [statement.pk])
        found: Content = json.loads(cursor.fetchone()[0])
    return found


# What can change in a statement, and the keys of its content, and of its quotes', that say so.
PARTS: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "speaker_organization", "speaker_not_identified"),
    "tenure": ("tenure",),
    "spoken": ("spoken", "spoken_known", "spoken_evidence"),
    "meeting": ("meeting", "occasion_not_named"),
    "addressees": ("addressees",),
    "label": ("label",),
    "lead": ("lead",),
}
PARTS_OF_QUOTES: dict[str, tuple[str, ...]] = {
    "words": ("spans",),
    "passage": ("passage_start", "passage_end"),
    "kind": ("kind",),
    "language": ("language",),
    "attribution": ("attribution",),
}
NAMES = FIELDS | {
    "addressees": gettext_lazy("to whom"),
    "lead": gettext_lazy("leading quote"),
    "passage": gettext_lazy("passage"),
    "language": gettext_lazy("language"),
    "reports": gettext_lazy("articles that report it"),
}


def parts_changed(before: Content, after: Content) -> list[str]:
    """The names of what differs, without either value: for readers who are told that it changed, and no more."""
    found = [part for part, keys in PARTS.items() if any(before[key] != after[key] for key in keys)]
    old, new = ({quote["id"]: quote for quote in content["quotes"]} for content in (before, after))
    both = [(old[key], new[key]) for key in old if key in new]
    found += [
        part
        for part, keys in PARTS_OF_QUOTES.items()
        if any(one[key] != other[key] for one, other in both for key in keys)
    ]
    if old.keys() != new.keys():
        found.append("reports")
    return [str(NAMES[part]) for part in found]


class Comparison:
    """Compares contents of one statement; asks for the names of all records they mention once, whatever their number."""

    def __init__(self, contents: Iterable[Content]) -> None:
        contents = list(contents)
        addressees = [addressee for content in contents for addressee in content["addressees"]]
        people = {content["speaker"] for content in contents} | {one["person"] for one in addressees}
        bodies = {content["speaker_organization"] for content in contents} | {one["organization"] for one in addressees}
        self.names: dict[Any, str] = {}
        for model, ids in ((Person, people), (Organization, bodies), (Meeting, {one["meeting"] for one in contents})):
            for record in model._base_manager.filter(public_id__in=ids - {None}):
                self.names[record.public_id] = record.name
        tenures = {content["tenure"] for content in contents} - {None}
        for tenure in Tenure.objects.filter(pk__in=tenures).select_related("office"):
            self.names[tenure.pk] = tenure.office.name

    def between(self, before: Content, after: Content) -> list[FieldChange]:
        """The fields whose values differ, in the order of the form; a quote's are told with its number."""
        ids = list(dict.fromkeys(quote["id"] for content in (before, after) for quote in content["quotes"]))
        old, new = self._fields(before, ids), self._fields(after, ids)
        order = [*new, *(name for name in old if name not in new)]
        return [
            FieldChange(name, compare(old.get(name, ""), new.get(name, "")))
            for name in order
            if old.get(name, "") != new.get(name, "")
        ]

    def _name(self, key: Any) -> str:
        return "" if key is None else self.names.get(key, str(key))

    def _fields(self, content: Content, ids: Sequence[str]) -> dict[str, str]:
        speaker = self._name(content["speaker"] or content["speaker_organization"])
        quotes = content["quotes"]
        fields = {
            _("speaker"): _("not identified") if content["speaker_not_identified"] else speaker,
            _("office then"): self._name(content["tenure"]),
            _("said"): told(content["spoken"]),
            _("how the date is known"): str(dict(KnownBy.choices).get(content["spoken_known"], "")),
            _("evidence for the date"): content["spoken_evidence"],
            _("occasion"): _("not named") if content["occasion_not_named"] else self._name(content["meeting"]),
            _("to whom"): ", ".join(
                one["in_words"] or self._name(one["person"] or one["organization"]) for one in content["addressees"]
            ),
            _("label"): content["label"],
        }
        if len(ids) == 1:
            return fields | _fields_of(quotes[0]) if quotes else fields
        fields[_("leading quote")] = str(ids.index(content["lead"]) + 1) if content["lead"] in ids else ""
        for quote in quotes:
            number = ids.index(quote["id"]) + 1
            of = _("quote %(number)s") % {"number": number}
            fields |= {f"{of}: {name}": value for name, value in _fields_of(quote).items()}
        return fields


def _fields_of(quote: Content) -> dict[str, str]:
    spans = quote["spans"] or []
    return {
        _("words"): BETWEEN_SPANS.join(span["exact"] for span in spans),
        _("where they stand"): ", ".join(f"{span['start']}–{span['end']}" for span in spans),
        _("passage"): _passage(quote, spans),
        _("kind"): str(dict(Quote.Kind.choices).get(quote["kind"], quote["kind"])),
        _("language"): quote["language"],
        _("attribution as printed"): quote["attribution"],
    }


def _passage(quote: Content, spans: Iterable[Content]) -> str:
    start, end = quote["passage_start"], quote["passage_end"]
    if start is None:
        return ""
    within = (span for span in spans if span["start"] <= start and end <= span["end"])
    return "".join(span["exact"][start - span["start"] : end - span["start"]] for span in within)
