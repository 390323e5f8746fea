"""What an address of the API can be asked: parameters that say what they mean, how they are written and how read.

One list of them serves the check of what was asked and the description in the schema, so that the two can't differ.
"""

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError

from quotes.pages.permalinks import PublicId
from quotes.search.query import LONGEST_TEXT

MOST_VALUES: Final = 50  # of one parameter
LONGEST_SHOWN: Final = 100  # code points of a wrong value that are repeated to who sent it
ID: Final = re.compile(PublicId.regex, re.ASCII)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
DIGITS: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
FLAGS: Final = {"true": True, "false": False}

Schema = Mapping[str, Any]


class Unreadable(ValueError):  # noqa: N818 - the name says what happened
    """A value that is not what the parameter takes; the text says what is."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A parameter that was refused, the value that it had, and what to do."""

    parameter: str
    value: str
    detail: str


class Refused(ValidationError):  # noqa: N818 - as above
    """A request with wrong parameters: all of them."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = list(wrong)
        super().__init__({each.parameter: [each.detail] for each in self.wrong})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name, what it means, the schema of its value, and what makes a value of the text, or raises Unreadable."""

    name: str
    about: Promise | str
    schema: Schema
    read: Callable[[str], Any]
    explode: bool | None = None
    missing: Promise | str = ""  # what to do where it is not given; empty where it need not be

    def described(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        told = {"name": self.name, "in": "query", "description": str(self.about), "schema": dict(self.schema)}
        return told if self.explode is None else told | {"style": "form", "explode": self.explode}


@dataclass(frozen=True, slots=True)
class Asked:
    """The values that were given, by the parameters' names."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def many(self, name: str) -> tuple[Any, ...]:
        """The values of a parameter that takes several; none where it was not given."""
        return tuple(self.values.get(name, ()))

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))


def read(given: QueryDict, known: Sequence[Parameter]) -> Asked:
    """The values of what was asked. Raises Refused with everything that is wrong at once."""
    parameters = {parameter.name: parameter for parameter in (LANGUAGE, *known)}
    values: dict[str, Any] = {}
    wrong = []
    for name, texts in given.lists():
        try:
            values[name] = _value(name, texts, parameters)
        except Unreadable as error:
            wrong.append(Wrong(shown(name), shown(",".join(texts)), str(error)))
    wrong += [Wrong(each.name, "", str(each.missing)) for each in known if each.missing and each.name not in given]
    if wrong:
        raise Refused(wrong)
    return Asked(values)


def _value(name: str, texts: list[str], parameters: Mapping[str, Parameter]) -> Any:
    parameter = parameters.get(name)
    if parameter is None:
        raise Unreadable(_unknown(name, parameters))
    if len(texts) > 1:
        raise Unreadable(_("Give this parameter once."))
    return parameter.read(texts[0])


def _unknown(name: str, parameters: Iterable[str]) -> str:
    if near := difflib.get_close_matches(name[:LONGEST_SHOWN], parameters, n=1):
        return _("There is no such parameter here. Did you mean “%(name)s”?") % {"name": near[0]}
    return _("There is no such parameter here. There are: %(names)s.") % {"names": ", ".join(parameters)}


def shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


# The kinds of parameters


def words(name: str, about: Promise | str, most: int = LONGEST_TEXT) -> Parameter:
    """Any text of so many code points at most."""

    def one(text: str) -> str:
        if len(text) > most:
            raise Unreadable(_("Give at most %(most)s characters.") % {"most": most})
        return text

    return Parameter(name, about, {"type": "string", "maxLength": most}, one)


def id_list(name: str, about: Promise | str) -> Parameter:
    """Public ids."""
    return several(name, about, {"type": "string", "pattern": f"^{PublicId.regex}$"}, _public_id)


def choices(name: str, about: Promise | str, values: Iterable[str]) -> Parameter:
    """Some of these words."""
    known = list(values)
    return several(name, about, {"type": "string", "enum": known}, _one_of(known))


def choice(name: str, about: Promise | str, values: Iterable[str], default: str) -> Parameter:
    """One of these words."""
    known = list(values)
    return Parameter(name, about, {"type": "string", "enum": known, "default": default}, _one_of(known))


def patterns(name: str, about: Promise | str, pattern: str, example: str) -> Parameter:
    """Values of this form."""

    def one(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise Unreadable(_("Write it as in %(example)s.") % {"example": example})
        return text

    return several(name, about, {"type": "string", "pattern": f"^{pattern}$"}, one)


def day(name: str, about: Promise | str) -> Parameter:
    return Parameter(name, about, {"type": "string", "format": "date"}, _day)


def flag(name: str, about: Promise | str) -> Parameter:
    return Parameter(name, about, {"type": "boolean", "default": False}, _flag)


def number(name: str, about: Promise | str, most: int, default: int, least: int = 1) -> Parameter:
    """A whole number from `least` to `most`."""

    def one(text: str) -> int:
        if not (DIGITS.fullmatch(text) and least <= int(text) <= most):
            raise Unreadable(_("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return int(text)

    return Parameter(name, about, {"type": "integer", "minimum": least, "maximum": most, "default": default}, one)


def several(name: str, about: Promise | str, schema: Schema, one: Callable[[str], Any]) -> Parameter:
    """Values divided by commas."""

    def every(text: str) -> tuple[Any, ...]:
        parts = text.split(",")
        if len(parts) > MOST_VALUES:
            raise Unreadable(_("Give at most %(most)s values.") % {"most": MOST_VALUES})
        return tuple(dict.fromkeys(one(part) for part in parts))

    schema = {"type": "array", "items": dict(schema), "minItems": 1, "maxItems": MOST_VALUES}
    return Parameter(name, about, schema, every, explode=False)


def _public_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise Unreadable(_("An id has eight Latin letters and digits; several are divided by commas."))
    return text.lower()


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    def one(text: str) -> str:
        if text not in values:
            raise Unreadable(_("Give one of these: %(values)s.") % {"values": ", ".join(values)})
        return text

    return one


def _day(text: str) -> datetime.date:
    try:
        if DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:  # there is no such day
        pass
    raise Unreadable(_("Give a day that exists as year-month-day, for example 2024-03-04."))


def _flag(text: str) -> bool:
    if text not in FLAGS:
        raise Unreadable(_("Give one of these: %(values)s.") % {"values": ", ".join(FLAGS)})
    return FLAGS[text]


def _language(text: str) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    return _one_of(codes)(text)


LANGUAGE: Final = Parameter(
    "lang",
    gettext_lazy("The language of names and of errors; else that of Accept-Language."),
    {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]},
    _language,
)
