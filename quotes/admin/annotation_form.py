"""The form beside the text: words chosen there, and who said them, when, on what occasion."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from articles.models import Snapshot
from people.date_telling import told
from people.edtf import Edtf
from people.models import Organization, Person
from people.names import LANGUAGES
from quotes.anchoring import Anchor, Misplaced, anchor, in_order
from quotes.deciding import anchors_of
from quotes.holding import office_then
from quotes.models import Quote, Statement, Suggestion
from quotes.models.doubling import Reader
from quotes.overlaps import Overlap, overlaps
from quotes.refusals import SENTENCES

MISPLACED: dict[str, StrOrPromise] = {
    "outside_text": _("These offsets are not in this text. Select the words again."),
    "empty": SENTENCES["span_is_not_empty"],
    "outside_body": SENTENCES["span_inside_body"],
    "overlapping": SENTENCES["spans_are_disjoint"],
}

SAID_LATER = _(
    "The article was published before that: %(published)s. Correct this date, or first the article's date of "
    "publication."
)
SAID_IN_THE_FUTURE = _("This date is still to come. Give the date on which the words were said.")


@dataclass(frozen=True, slots=True)
class Suggested:
    """The suggestion that a form is filled in from, with the speaker who is meant: a record, or only a name."""

    suggestion: Suggestion
    name: str
    record: Person | Organization | None
    may_add_person: bool = False
    may_add_organization: bool = False

    @property
    def model(self) -> type[Person] | type[Organization] | None:
        """Of which a record can be made for the name; None where there is one, or it names nobody in particular."""
        if self.record is None and self._type == "person" and self.may_add_person:
            return Person
        if self.record is None and self._type == "organization" and self.may_add_organization:
            return Organization
        return None

    def initial(self) -> dict[str, Any]:
        """What the form shows first. The day is the article's, and the form says so; the occasion is nobody's guess."""
        published = self.suggestion.snapshot.article.published
        return {
            "spans": ",".join(f"{start}-{end}" for start, end in self.suggestion.spans),
            "kind": self.suggestion.kind,
            "attribution": self.suggestion.attribution_in(self.suggestion.snapshot.text),
            "speaker": self.record if isinstance(self.record, Person) else None,
            "speaker_organization": self.record if isinstance(self.record, Organization) else None,
            # «A source in the government» has no record and needs none.
            "speaker_not_identified": self.record is None and self._type in {"group", "unknown"},
            "spoken": told(published),
            "spoken_known": "publication" if published else "",
            "new_speaker": self.name,
        }

    @property
    def _type(self) -> str:
        return next((one["type"] for one in self.suggestion.choices if one["name"] == self.name), "")


class SpansField(forms.CharField):
    """Ranges of code points as the page's script writes them: `278-950` or `278-300,310-950`."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> list[tuple[int, int]]:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return []
        if not re.fullmatch(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9})*", text):
            raise ValidationError(MISPLACED["outside_text"], code="outside_text")
        return [(int(start), int(end)) for start, end in (part.split("-") for part in text.split(","))]


class AnnotationForm(forms.ModelForm[Statement]):
    """A statement with one quote of one snapshot; `anchors` are its checked spans once the form is valid."""

    spans = SpansField(error_messages={"required": SENTENCES["quote_has_words"]})
    passage = SpansField(required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=Quote.Kind.choices, widget=forms.RadioSelect, initial="direct")
    attribution = forms.CharField(
        label=_("attribution as printed"),
        required=False,
        help_text=_("The words of the text that name the speaker: “said the head of state”."),
        widget=forms.TextInput,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # For a speaker whom only the text names: a record is made without leaving the page.
    add_new_speaker = forms.BooleanField(label=_("Add to the records, and name as the speaker"), required=False)
    new_speaker = forms.CharField(label=_("name of the new record"), required=False, widget=forms.TextInput)
    accept_warnings = forms.BooleanField(label=_("Save all the same"), required=False)

    class Meta:
        model = Statement
        fields = (
            "speaker",
            "speaker_organization",
            "speaker_not_identified",
            "spoken",
            "spoken_known",
            "spoken_evidence",
            "meeting",
            "occasion_not_named",
            "tenure",
            "label",
            "topics",
        )
        widgets = {"label": forms.TextInput, "spoken_evidence": forms.TextInput}

    def __init__(
        self,
        *args: Any,
        snapshot: Snapshot,
        user: Reader,
        quote: Quote | None = None,
        suggested: Suggested | None = None,
        **kwargs: Any,
    ) -> None:
        self.snapshot = snapshot
        self.user = user
        self.quote = quote or Quote(snapshot=snapshot, language=snapshot.article.language or "ru")
        self.suggested = suggested
        self.anchors: list[Anchor] = []
        self.overlaps: list[Overlap] = []
        # Whether somebody has saved the statement since the form was filled in.
        self.changed_meanwhile = False
        kwargs["initial"] = self._initial() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        published = snapshot.article.published
        # «4 марта», «вчера» are read as the article has them.
        self.fields["spoken"].published = Edtf.of(published) if published else None  # type: ignore[attr-defined]
        if suggested is not None and not self.is_bound:
            self._warn_at_once(suggested)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._anchor(data.get("spans") or [])
        self._check_passage(data.get("passage") or [])
        self._complete_tenure(data)
        self._check_unchanged(data)
        # What was saved all the same is not asked about again with every change of a date.
        if self.anchors and self._placed() != self._placed_before():
            self.overlaps = overlaps(self.snapshot, self.anchors, self.user, besides=self.quote.pk)
        if self.overlaps and not data.get("accept_warnings"):
            self.add_error(None, _("Read the warnings, then save again with “Save all the same”."))
        return data

    def clean_new_speaker(self) -> str:
        """Whoever is added needs a name, and no other speaker stands beside."""
        name: str = self.cleaned_data["new_speaker"].strip()
        if self.cleaned_data.get("add_new_speaker"):
            if not name:
                raise ValidationError(_("Write the name."), code="required")
            if self.cleaned_data.get("speaker") or self.cleaned_data.get("speaker_organization"):
                raise ValidationError(_("A speaker is chosen already: take that one out, or add nobody."), code="two")
        return name

    def add_speaker(self, statement: Statement) -> None:
        """The record for a new speaker, if one is asked for, named in the article's language."""
        if not self.cleaned_data.get("add_new_speaker") or self.suggested is None or self.suggested.model is None:
            return
        language = self.quote.language if self.quote.language in LANGUAGES else LANGUAGES[0]
        record = self.suggested.model(**{f"name_{language}": self.cleaned_data["new_speaker"]})
        record.save()
        if isinstance(record, Person):
            statement.speaker = record
        else:
            statement.speaker_organization = record
        statement.speaker_not_identified = False

    def clean_spoken(self) -> str | None:
        """Nothing is reported before it was said."""
        spoken: str | None = self.cleaned_data["spoken"]
        published = self.snapshot.article.published
        if spoken and Edtf.of(spoken).is_after(Edtf.of(published).last if published else timezone.localdate()):
            message = SAID_LATER if published else SAID_IN_THE_FUTURE
            raise ValidationError(message, code="said_later", params={"published": told(published)})
        return spoken

    def completed_quote(self) -> Quote:
        """The quote with what the form says of it, unsaved."""
        passage = self.cleaned_data["passage"]
        self.quote.kind = self.cleaned_data["kind"]
        self.quote.attribution = self.cleaned_data["attribution"]
        self.quote.passage_start, self.quote.passage_end = passage[0] if passage else (None, None)
        return self.quote

    @property
    def may_add_speaker(self) -> bool:
        """Whether the speaker is one whom only the text names, and a record can be made on the spot."""
        return self.suggested is not None and self.suggested.model is not None

    def _placed(self) -> list[tuple[int, int]]:
        return [(anchor.start, anchor.end) for anchor in self.anchors]

    def _placed_before(self) -> list[tuple[int, int]]:
        return [(span.start, span.end) for span in self.quote.spans.all()] if self.quote.pk else []

    def _initial(self) -> dict[str, Any]:
        if not self.quote.pk:
            return self.suggested.initial() if self.suggested else {}
        return {
            "seen": self.quote.statement.fingerprint(),
            "kind": self.quote.kind,
            "attribution": self.quote.attribution,
            "spans": ",".join(f"{start}-{end}" for start, end in self._placed_before()),
            "passage": f"{self.quote.passage_start}-{self.quote.passage_end}" if self.quote.passage else "",
        }

    def _anchor(self, spans: list[tuple[int, int]]) -> None:
        body = (self.snapshot.body_start, self.snapshot.body_end)
        try:
            self.anchors = in_order([anchor(self.snapshot.text, body, start, end) for start, end in spans])
        except Misplaced as misplaced:
            self.anchors = []
            self.add_error("spans", MISPLACED[misplaced.code])

    def _warn_at_once(self, suggested: Suggested) -> None:
        """Words that are quoted already are told of before anything is typed."""
        with suppress(Misplaced):
            self.overlaps = overlaps(self.snapshot, anchors_of(suggested.suggestion), self.user)

    def _check_passage(self, passage: list[tuple[int, int]]) -> None:
        if not self.anchors:
            return  # Words that were refused are complained of already.
        inside = all(any(a.start <= start < end <= a.end for a in self.anchors) for start, end in passage)
        if len(passage) > 1 or not inside:
            self.add_error("passage", SENTENCES["quote_passage_inside_span"])

    def _check_unchanged(self, data: dict[str, Any]) -> None:
        """Nobody's work is overwritten unseen: neither another person's nor that of one's own other tab."""
        if not self.quote.pk:
            return
        # Locked, so that of two who save at the same moment the second one is told.
        statement = Statement.objects.select_for_update().get(pk=self.quote.statement_id)
        if data.get("seen") != statement.fingerprint():
            self.changed_meanwhile = True
            self.add_error(
                None,
                _("This statement was changed while you were writing. Nothing is lost: both versions are here."),
            )

    def _complete_tenure(self, data: dict[str, Any]) -> None:
        """Takes the office from the tenures where they leave no choice: one that may cover the date, and no other."""
        speaker, spoken = data.get("speaker"), data.get("spoken")
        if speaker and spoken and not data.get("tenure"):
            data["tenure"] = office_then(speaker, spoken)
        elif data.get("tenure") and data["tenure"].person != speaker:
            self.add_error("tenure", SENTENCES["statement_tenure_is_speakers"])
