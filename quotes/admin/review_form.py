"""What a reviewer writes when they return a statement: what is to be done, and what it is about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quotes.models import Quote
from quotes.models.review import FIELDS
from quotes.reviewing import Point, point_at

# Digits of a place in a text.
LONGEST_NUMBER = 12


class ReasonForm(forms.Form):
    """Why: for the author of a returned statement, or for the readers of a withdrawn one."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(ReasonForm):
    """The comment, and the field or the words of a text that it is about.

    The words can be typed or copied; a selection in the text fills them in, with the place (code points) it was made at.
    """

    field = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[("", gettext_lazy("the whole")), *FIELDS.items()],
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Words of the text that it is about"),
        help_text=gettext_lazy("Select them in the text, or copy them here."),
        required=False,
    )
    at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, quotes: Sequence[Quote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotes = quotes
        self.point: Point | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        words = cleaned.get("words", "").strip()
        self.point = self._selected(words, cleaned.get("at", "")) or point_at(words, self.quotes)
        if words and self.point is None:
            self.add_error("words", _("These words do not stand in the text. Copy them from it."))
        return cleaned

    def _selected(self, words: str, at: str) -> Point | None:
        """The place where the words were selected, if they do stand there."""
        snapshot_id, _colon, start = at.partition(":")
        if not words or not start.isdecimal() or len(start) > LONGEST_NUMBER:
            return None
        for snapshot in {quote.snapshot for quote in self.quotes}:
            if snapshot.public_id == snapshot_id and snapshot.text.startswith(words, int(start)):
                return Point(snapshot, int(start), int(start) + len(words))
        return None
