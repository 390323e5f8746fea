"""The EDTF column and its form field, which reads dates as people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.date_reading import Reading, read_near
from people.edtf import OPEN as OPEN
from people.edtf import Edtf, UnreadableDate

OPEN_WORDS = {
    *("..", "по н. в.", "по н.в.", "по настоящее время", "до настоящего времени", "сейчас"),
    *("па цяперашні час", "цяпер", "present", "now"),
}

# Each says what is wrong, and shows what would be taken.
MESSAGES = {
    "year_missing": _("“%(input)s” has no year in four digits. Write, for example, 4 March 2024 or 2024-Q3."),
    "no_such_year": _("“%(input)s”: only years from 1000 to 2999 can be kept. Write, for example, 4 March 2024."),
    "no_such_quarter": _("“%(input)s”: a year has four quarters. Write, for example, 2024-Q3."),
    "no_such_month": _("“%(input)s”: a year has twelve months. Write, for example, 04.03.2024, the day first."),
    "no_such_day": _(
        "“%(input)s”: this month has no such day. Correct it, or write the month alone, for example March 2024."
    ),
    "ambiguous": _("“%(input)s” can be read in two ways. Write 04.03.2024 or 4 March 2024."),
    "no_publication": _(
        "“%(input)s” counts from the day of publication, which is not known. Write the date itself, for example "
        "4 March 2024."
    ),
    "week": _("“%(input)s”: a week can't be kept. Write a day or the month, for example 4 March 2024 or March 2024."),
    "several_years": _(
        "“%(input)s” runs over more than one year. Write one day, month or year, for example 4 March 2024."
    ),
    "unknown": _("“%(input)s” is not understood. Write 4 March 2024, March 2024, 2024-03, 2024-Q3 or 2024."),
    "neither_date_nor_open": _("“%(input)s” is not understood. Write 4 March 2024, March 2024, 2024 or “present”."),
}


def canonical(text: str, published: Edtf | None = None) -> str:
    """The EDTF string of a date as people write it; of an article published then, also «4 марта», «вчера».

    Raises ValidationError with a sentence that says what to write instead.
    """
    reading = understood(text, published)
    if reading.how == "widened" and published is None:
        # A start or an end is not several days; beside an article the form shows what became of them.
        raise _refusal("unknown", text)
    return reading.edtf.value


def understood(text: str, published: Edtf | None = None) -> Reading:
    """The date as `canonical` reads it, with how it came of the text. Raises ValidationError, as that does."""
    try:
        return read_near(text, published)
    except UnreadableDate as error:
        raise _refusal(error.code, text) from error


def _refusal(code: str, text: str) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code, params={"input": text.strip()})


class EdtfFormField(forms.CharField):
    """A text box for a date; with `may_be_open` it also takes «по н. в.», stored as `..`.

    A form about an article sets `published`, so that «4 марта» and «вчера» are understood.
    """

    published: Edtf | None = None

    def __init__(self, *, may_be_open: bool = False, **kwargs: Any) -> None:
        self.may_be_open = may_be_open
        super().__init__(**{"empty_value": None, "max_length": 60} | kwargs)

    def to_python(self, value: Any) -> str | None:
        text: str | None = super().to_python(value)
        if text is None:
            return None
        if self.may_be_open and " ".join(text.casefold().split()) in OPEN_WORDS:
            return OPEN
        try:
            return canonical(text, self.published)
        except ValidationError as error:
            if self.may_be_open and error.code == "unknown":
                raise _refusal("neither_date_nor_open", text) from error
            raise


class EdtfField(models.TextField):  # type: ignore[type-arg]
    """An EDTF date of one of four precisions: `2024-03-04`, `2024-03`, `2024-35` (third quarter), `2024`."""

    def __init__(self, *args: Any, may_be_open: bool = False, **kwargs: Any) -> None:
        self.may_be_open = may_be_open
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        if self.may_be_open:
            kwargs["may_be_open"] = True
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is None or (self.may_be_open and value == OPEN):
            return
        try:
            Edtf.of(value)
        except UnreadableDate as error:
            raise _refusal(error.code, value) from error

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"form_class": EdtfFormField, "may_be_open": self.may_be_open, "widget": forms.TextInput}
        return models.Field.formfield(self, **(defaults | kwargs))  # type: ignore[arg-type]
