"""What the templates of lists (`templates/jinja2`) can say besides Jinja's own words."""

from typing import Any

from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined

from people.date_telling import told
from quotes.templatetags import dates, numbers, wording


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja backend. A name that nobody gave is an error there."""
    # Among the options is Django's `autoescape`.
    made = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701
    made.globals |= {"_": gettext, "edtf": dates.edtf}
    made.filters |= {
        "closing": wording.closing,
        "grouped": numbers.grouped,
        "in_words": told,
        "marked": wording.marked,
        "opening": wording.opening,
    }
    return made
