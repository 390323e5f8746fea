"""What the annotation form's questions and acts are sent: cleaned, or refused with a sentence."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Snapshot
from people.edtf import Edtf
from people.fields import EdtfFormField
from people.models import Organization, Person
from quotes.admin.annotation_form import MISPLACED, SpansField
from quotes.anchoring import Anchor, Misplaced, anchor, in_order
from quotes.models import Quote, Statement
from quotes.models.working import OF
from quotes.refusals import SENTENCES

# Below what the database takes, which counts its own spelling of the same.
LONGEST_CONTENT = 90_000
# What the database has in no text: NUL and lone surrogates. It is left out rather than that nothing is kept.
NO_TEXT = re.compile("[\0\ud800-\udfff]")


class MarkedForm(forms.Form):
    """Words marked in a snapshot; `cleaned_data["spans"]` are their anchors."""

    spans = SpansField(error_messages={"required": SENTENCES["quote_has_words"]})

    def __init__(self, *args: Any, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.snapshot = snapshot

    def clean_spans(self) -> list[Anchor]:
        """The spans in order, trimmed, in the body."""
        body = (self.snapshot.body_start, self.snapshot.body_end)
        try:
            spans = self.cleaned_data["spans"]
            return in_order([anchor(self.snapshot.text, body, start, end) for start, end in spans])
        except Misplaced as misplaced:
            raise ValidationError(MISPLACED[misplaced.code]) from misplaced


class TwinsForm(MarkedForm):
    """Marked words with who said them, and when, as far as that is typed."""

    speaker = forms.ModelChoiceField(Person.objects.current(), required=False)
    speaker_organization = forms.ModelChoiceField(Organization.objects.all(), required=False)
    spoken = EdtfFormField(required=False)

    def __init__(self, *args: Any, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(*args, snapshot=snapshot, **kwargs)
        published = snapshot.article.published
        self.fields["spoken"].published = Edtf.of(published) if published else None  # type: ignore[attr-defined]


class AttachForm(MarkedForm):
    """A new quote, and the statement that it joins: `to` by its public id, `seen` as of that fingerprint."""

    to = forms.ModelChoiceField(Statement.objects.all(), to_field_name="public_id")
    seen = forms.CharField()
    kind = forms.ChoiceField(choices=Quote.Kind.choices)
    attribution = forms.CharField(required=False)
    passage = SpansField(required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        anchors, passage = data.get("spans") or [], data.get("passage") or []
        inside = all(any(one.start <= start < end <= one.end for one in anchors) for start, end in passage)
        if len(passage) > 1 or (anchors and not inside):
            self.add_error("passage", SENTENCES["quote_passage_inside_span"])
        return data

    def quote(self) -> Quote:
        """The quote, unsaved."""
        start, end = (self.cleaned_data["passage"] or [(None, None)])[0]
        return Quote(
            snapshot=self.snapshot,
            kind=self.cleaned_data["kind"],
            language=self.snapshot.article.language or "ru",
            attribution=self.cleaned_data["attribution"],
            passage_start=start,
            passage_end=end,
        )


class KeptForm(forms.Form):
    """What a page's script asks to keep: what is typed, as one object, and what it is of."""

    of = forms.RegexField(OF)
    content = forms.JSONField()
    version = forms.IntegerField(min_value=0)
    fingerprint = forms.CharField(required=False, max_length=64)

    def clean_content(self) -> dict[str, Any]:
        """An object of a bounded size."""
        content = _kept(self.cleaned_data["content"])
        if not isinstance(content, dict) or len(json.dumps(content, ensure_ascii=False).encode()) > LONGEST_CONTENT:
            raise ValidationError("", code="invalid")
        return content


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return NO_TEXT.sub("", value)
    if isinstance(value, dict):
        return {NO_TEXT.sub("", name): _kept(one) for name, one in value.items()}
    return [_kept(one) for one in value] if isinstance(value, list) else value


class ComparedForm(forms.Form):
    """Of a whole form what it takes to tell which words are meant."""

    spans = SpansField(required=False)
    passage = SpansField(required=False)


def why_not(form: forms.Form) -> str:
    """All that is wrong with it, as sentences."""
    return " ".join(dict.fromkeys(str(sentence) for errors in form.errors.values() for sentence in errors))
