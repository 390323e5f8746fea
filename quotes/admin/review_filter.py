"""Choosing from the statements that wait: by who speaks, where it was printed, and who submitted it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.models import Source
from people.models import Person
from quotes.models.statement import StatementQuerySet


class ReviewFilter(forms.Form):
    """Offers those only of whom something waits; what is not chosen, or not among them, filters nothing."""

    speaker = forms.ModelChoiceField(Person.objects.none(), label=_("Speaker"), empty_label=_("any"), required=False)
    source = forms.ModelChoiceField(Source.objects.none(), label=_("Source"), empty_label=_("any"), required=False)
    annotator = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Annotator"), empty_label=_("anyone"), required=False
    )

    def __init__(self, data: Any, waiting: StatementQuerySet) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.waiting = waiting
        of_waiting = {
            "speaker": Person.objects.filter(pk__in=waiting.order_by().values("speaker")),
            "source": Source.objects.filter(pk__in=waiting.order_by().values("lead__snapshot__article__source")),
            "annotator": get_user_model().objects.filter(
                pk__in=waiting.order_by().values("current_revision__submitted_by")
            ),
        }
        for name, rows in of_waiting.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def chosen(self) -> StatementQuerySet:
        """The statements that fit all that is chosen."""
        self.full_clean()
        columns = {
            "speaker": "speaker",
            "source": "lead__snapshot__article__source",
            "annotator": "current_revision__submitted_by",
        }
        wanted = {columns[name]: value for name, value in self.cleaned_data.items() if value}
        return self.waiting.filter(**wanted)

    @property
    def query(self) -> str:
        """What is chosen, as the end of an address: the pages that are opened from the list go on among the same."""
        self.full_clean()
        chosen = {name: value.pk for name, value in self.cleaned_data.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""
