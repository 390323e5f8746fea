"""Reporting an error in a published statement, and the page on which its reader finds the answer."""

import math
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.models import ErrorReport, Revision, Statement
from quotes.models.error_report import CONTACT_AT_MOST, TEXT_AT_MOST
from quotes.pages.absent import absent
from quotes.pages.context import beginning
from quotes.pages.reading import read_only
from quotes.reporting import TooManyReports, report, sender_of

# Code points of the words above the form: enough to know what it is about.
SHOWN_AT_MOST = 300
# Digits of a revision's number.
LONGEST_NUMBER = 9


class TypedText(forms.CharField):
    """What is typed in a browser, which ends its lines in two characters."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").strip()


class ReportForm(forms.Form):
    """What is wrong; `website` is for programs that fill in every field: no person sees it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=ErrorReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    text = TypedText(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("What does it say, what should it say, and how do you know? A link helps."),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you like"),
        help_text=gettext_lazy(
            "Only for a question that an editor may have. It is erased when your report is answered."
        ),
        required=False,
        max_length=CONTACT_AT_MOST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty the field that says “Leave this empty”, then send it again."))
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form on a published statement. What was typed is shown again wherever it is not taken."""
    statement = Statement.objects.published().for_cards().filter(public_id=public_id).first()
    if statement is None or statement.lead is None or statement.current_revision is None:
        return absent(request, public_id)
    current = statement.current_revision
    posted = request.POST if request.method == "POST" else None
    form = ReportForm(posted, initial={"revision": current.number}, label_suffix="")
    context = {"statement": statement, "form": form, "words": beginning(statement.words, SHOWN_AT_MOST)}
    if not form.is_valid():
        return render(request, "quotes/report_error.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        made = report(
            _revision_read(statement, given["revision"]) or current,
            kind=given["kind"],
            text=given["text"],
            contact=given["contact"],
            sender=sender_of(address_of(request), timezone.now().date()),
        )
    except TooManyReports as refused:
        return _later(request, context, refused)
    return redirect(made)


@never_cache
@read_only
def error_report(request: HttpRequest, token: str) -> HttpResponse:
    """A report and its answer, for who knows the address: the reader who sent it."""
    shown = get_object_or_404(ErrorReport.objects.select_related("statement"), token=token)
    permanent = reverse("statement-by-id", args=[shown.statement.public_id])
    return render(request, "quotes/error_report.html", {"report": shown, "statement_address": permanent})


def address_of(request: HttpRequest) -> str:
    """The reader's IP address, as the outermost of our own proxies saw it (see the setting PROXIES)."""
    if not settings.PROXIES:
        return str(request.META.get("REMOTE_ADDR", ""))
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return told[-settings.PROXIES] if len(told) >= settings.PROXIES else ""


def _later(request: HttpRequest, context: dict[str, Any], refused: TooManyReports) -> HttpResponse:
    """The form with all that was typed, and when to send it again, or where else to write to."""
    seconds = math.ceil(refused.wait.total_seconds())
    told = {"wait_hours": max(1, round(seconds / 3600)), "of_all": refused.of_all, "email": settings.OPERATOR_EMAIL}
    # Who meets the limit of all has sent nothing too many.
    status = 503 if refused.of_all else 429
    response = render(request, "quotes/report_error.html", context | told, status=status)
    response.headers["Retry-After"] = str(seconds)
    return response


def _revision_read(statement: Statement, number: str) -> Revision | None:
    """The published revision that the reader had before them, which may be older than the present one."""
    if not number.isascii() or not number.isdigit() or len(number) > LONGEST_NUMBER:
        return None
    return statement.revisions.filter(number=int(number), approval__isnull=False).first()
