"""Telling who has changed a statement that others no longer see it: a change needs a new approval (decision 0004)."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from quotes.models import Statement


def tell_if_it_left(request: HttpRequest, statement: Statement, was: Statement.State) -> None:
    """Says so, with a link to submit it anew, where the statement was public, or waited for review, until now."""
    if was not in {Statement.State.PUBLISHED, Statement.State.SUBMITTED}:
        return
    now = Statement.objects.for_states().filter(pk=statement.pk).first()
    if now is None or now.state != Statement.State.DRAFT:
        return
    told = (
        _("The change takes “%(statement)s” off the public pages until somebody approves it again.")
        if was == Statement.State.PUBLISHED
        else _("The change takes “%(statement)s” out of review until it is submitted again.")
    )
    address = reverse("admin:quotes_review", args=[now.public_id])
    link = format_html('<a href="{}">{}</a>', address, _("Read it and submit it for review"))
    messages.warning(request, format_html("{} {}", told % {"statement": now}, link))
