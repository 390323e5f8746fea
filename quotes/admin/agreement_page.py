"""The table of agreement, on its page and as a file."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from quotes.admin.standing import name_of
from quotes.agreeing import Row, agreement_rows
from quotes.agreement import Measure
from quotes.importing.template import harmless

# The names are those of the file's first line; the labels those of the page.
COLUMNS: list[tuple[str, Promise]] = [
    ("annotator_1", gettext_lazy("Annotator")),
    ("annotator_2", gettext_lazy("and")),
    ("month", gettext_lazy("Month")),
    ("guideline", gettext_lazy("Guideline")),
    ("texts", gettext_lazy("Texts")),
    ("quotes_1", gettext_lazy("Quotes of the first")),
    ("quotes_2", gettext_lazy("of the second")),
    ("pairs", gettext_lazy("Pairs")),
    ("exact_pairs", gettext_lazy("word for word")),
    ("f1_exact", gettext_lazy("F1, exact")),
    ("f1_overlap", gettext_lazy("F1, overlap")),
    ("alpha_kind", gettext_lazy("Alpha, kind")),
    ("kind_items", gettext_lazy("on pairs")),
    ("alpha_speaker", gettext_lazy("Alpha, speaker")),
    ("speaker_items", gettext_lazy("on pairs")),
]
REASONS: dict[str, Promise] = {
    "nothing_marked": gettext_lazy("neither marked a quote"),
    "too_few": gettext_lazy("too few pairs"),
    "no_variation": gettext_lazy("all values the same"),
}
DIGITS = 3


def rows_in_words() -> list[tuple[Row, list[tuple[str, bool]]]]:
    """Each row with its cells as the page shows them, in the order of `COLUMNS`, and whether each is a number."""
    return [(row, [(_cell(value), _is_number(value)) for value in _values(row)]) for row in agreement_rows()]


def agreement_csv() -> HttpResponse:
    """The table as Excel reads it in the reader's language: UTF-8 with a byte order mark, decimals and cells divided as
    there. An empty value is not defined, and the last column, `reason`, tells why.
    """
    text = io.StringIO(newline="")
    # Where the comma divides decimals, Excel divides cells by semicolons.
    writer = csv.writer(text, delimiter="," if (get_language() or "ru").startswith("en") else ";")
    writer.writerow([*(name for name, _label in COLUMNS), "reason"])
    for row in agreement_rows():
        values = _values(row)
        reasons = [
            f"{name}: {REASONS[value.reason]}"
            for (name, _label), value in zip(COLUMNS, values, strict=True)
            if isinstance(value, Measure) and value.reason
        ]
        writer.writerow([*(_plain(value) for value in values), "; ".join(reasons)])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agreement.csv"'
    return response


def _values(row: Row) -> list[Any]:
    found = row.agreement
    names = [name_of(one) if one else _("all") for one in (row.first, row.second)]
    return [
        *names,
        row.month or _("all"),
        row.guideline or (_("all") if row.is_total else "—"),
        found.texts,
        found.first,
        found.second,
        found.pairs,
        found.exact_pairs,
        found.exact,
        found.overlap,
        found.kind,
        found.kind.items,
        found.speaker,
        found.speaker.items,
    ]


def _cell(value: Any) -> str:
    if not isinstance(value, Measure):
        return str(value)
    return str(REASONS[value.reason]) if value.value is None else number_format(value.value, DIGITS)


def _is_number(value: Any) -> bool:
    return value.value is not None if isinstance(value, Measure) else isinstance(value, int)


def _plain(value: Any) -> str:
    if isinstance(value, Measure):
        return "" if value.value is None else number_format(value.value, DIGITS)
    # What people call themselves is no formula.
    return harmless(value) if isinstance(value, str) else str(value)
