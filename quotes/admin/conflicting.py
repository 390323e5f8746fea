"""A save that came too late, told in words: who has saved meanwhile, when, and in what both versions differ."""

from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime

from people.history import history_of
from quotes.admin.entering_forms import ComparedForm
from quotes.comparing import differences
from quotes.models import Quote


def told_conflict(quote: Quote, sent: QueryDict) -> dict[str, Any]:
    """The `fields` in which the form as it was sent and the stored quote differ, and `who` changed it last, `when`.

    Each field has `name`, `label`, `stored` and `yours`, in words; it is told even of what could not be saved.
    """
    form = ComparedForm(sent)
    form.is_valid()
    submitted = sent.dict() | {"topics": sent.getlist("topics")}
    found = differences(quote, submitted, form.cleaned_data)
    last = history_of(quote.statement, "quotes", "quotes__spans", "topics").first()
    return {
        "fields": [
            {"name": one.name, "label": one.label, "stored": one.stored, "yours": one.submitted} for one in found
        ],
        "who": (last.user.get_full_name() or last.user.get_username()) if last and last.user else "",
        "when": date_format(localtime(last.at), "DATETIME_FORMAT") if last else "",
    }
