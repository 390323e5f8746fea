"""What the annotation form asks while somebody fills it in. Every answer is JSON.

All addresses lie below the statement admin's, at `entering/<snapshot>/`. Who may neither add nor change quotes is
refused with 403; a question that can't be answered gets 422 with `reason`, a sentence to show.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Snapshot
from people.date_telling import told
from people.dating import KnownBy
from people.edtf import Edtf
from people.fields import canonical, understood
from people.models import Organization, Person
from people.resembling import resembling
from quotes.admin.answering import AnsweringViews, CannotAnswer
from quotes.admin.entering_forms import AttachForm, TwinsForm, why_not
from quotes.admin.leaving import tell_if_it_left
from quotes.admin.telling import told_choice, told_resemblances, told_tenure, told_twins
from quotes.attaching import CannotAttach, attach
from quotes.deciding import lock_open, settle
from quotes.holding import offices_on
from quotes.models import Statement, Suggestion
from quotes.offering import speakers
from quotes.prefilling import defaults
from quotes.refusals import Refused, refusals
from quotes.twins import twins

if TYPE_CHECKING:
    from django.urls import URLPattern


NOTES = {
    "near": _("The year follows from the day of publication, %(published)s."),
    "relative": _("Counted from the day of publication, %(published)s."),
    "widened": _("The shortest that can be kept and holds all these days."),
}


LONGEST_ATTRIBUTION = 300
# Digits of what is no row's number any more.
INTEGER = 19


class EnteringViews(AnsweringViews):
    """The questions of the annotation form."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        asked = (
            ("defaults", require_GET, self.defaults),
            ("speakers", require_GET, self.speakers),
            ("resembling", require_GET, self.resembling),
            ("date", require_GET, self.date),
            ("office", require_GET, self.office),
            ("twins", require_GET, self.twins),
            ("attach", require_POST, self.attach),
        )
        return [
            path(
                f"entering/<str:snapshot_id>/{name}/",
                method(self.answering(view)),
                name=f"quotes_entering_{name}",
            )
            for name, method, view in asked
        ]

    def defaults(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET: what a new quote's form shows first, from the user's last quote of this article, else from the article.

        `spoken` (EDTF), `told` in words, `spoken_known`, `spoken_evidence`, `spoken_from` (last, publication, or
        empty), `meeting` (`id` and `name`, or null), `occasion_not_named`, `meeting_from` (last, others, or empty).
        """
        found = defaults(request.user, snapshot.article)
        return {
            "spoken": found.spoken or "",
            "told": told(found.spoken),
            "spoken_known": found.spoken_known,
            "spoken_evidence": found.spoken_evidence,
            "spoken_from": found.spoken_from,
            "meeting": found.meeting and {"id": found.meeting.pk, "name": found.meeting.name},
            "occasion_not_named": found.occasion_not_named,
            "meeting_from": found.meeting_from,
        }

    def speakers(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `term`, `spoken` (optional, a date): `results`, the people and organizations that may be meant.

        Each has `type` (person or organization), `id` for the form, `public_id`, `name`, `about`, `offices` held then,
        and `here`: has a part in this article already. An empty `term` gives those who have.
        """
        spoken = read_date(request.GET.get("spoken", ""), snapshot)
        found = speakers(request.GET.get("term", ""), request.user, snapshot.article, spoken)
        return {
            "results": [told_choice(one) for one in found],
        }

    def resembling(self, request: HttpRequest, _snapshot: Snapshot) -> dict[str, Any]:
        """GET `name` of a new record, `type` (person or organization): `results`, those on record whom it may mean.

        Each has `type`, `id`, `public_id`, `name`, `about`, `offices` (the last three, with their time), `statements`
        (their number), `by` (the name that resembles), `likeness` (1: the same words), and `address`, its page.
        """
        model: type[Person] | type[Organization]
        model = Organization if request.GET.get("type") == "organization" else Person
        return {"results": told_resemblances(resembling(request.GET.get("name", ""), model), request.user)}

    def date(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `text` as somebody wrote it: `edtf`, `told` in words, `known` as a proposal, `note` where one is due.

        Without a text it proposes the article's date of publication, as what that is.
        """
        published = snapshot.article.published
        text = request.GET.get("text", "").strip()
        if not text and published:
            return {"edtf": published, "told": told(published), "known": KnownBy.PUBLICATION, "note": ""}
        try:
            reading = understood(text, Edtf.of(published) if published else None)
        except ValidationError as error:
            raise CannotAnswer(" ".join(error.messages)) from error
        note = str(NOTES.get(reading.how, "")) % {"published": told(published)}
        value = reading.edtf.value
        return {"edtf": value, "told": told(value), "known": KnownBy.TEXT, "note": note}

    def office(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `speaker`, `spoken`, `attribution`: `offices` that may have been held then, `chosen`, and `warnings`.

        Each office has `id` (of the tenure, for the form), `name`, `period`, `certain`, `unverified`. `chosen` is the
        id of the one that leaves no choice, or null; `warnings` are sentences. Saving keeps the tenure that the form
        names: what is entered later does not change it. Without a speaker or a date all are empty.
        """
        number = request.GET.get("speaker", "")
        spoken = read_date(request.GET.get("spoken", ""), snapshot)
        person = Person.objects.filter(pk=number).first() if number.isdecimal() and len(number) < INTEGER else None
        if person is None or spoken is None:
            return {"offices": [], "chosen": None, "warnings": []}
        then = offices_on(person, spoken, request.GET.get("attribution", "")[:LONGEST_ATTRIBUTION])
        return {
            "offices": [told_tenure(one, certain=one.pk in then.certain) for one in then.tenures],
            "chosen": then.chosen and then.chosen.pk,
            "warnings": then.warnings,
        }

    def twins(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """GET `spans`, `speaker` or `speaker_organization`, `spoken`: `results`, statements known from other texts.

        Each has `id`, `name`, `words`, `said`, `state`, `articles` that report it, `likeness`, `seen` (its fingerprint,
        which `attach` asks for) and `address`, where its leading quote is marked. While no speaker is named there are
        none; a date that is no date yet is as good as none.
        """
        form = TwinsForm(request.GET, snapshot=snapshot)
        form.is_valid()
        if "spans" in form.errors:
            raise CannotAnswer(why_not(form))
        data = form.cleaned_data
        speaker = data.get("speaker") or data.get("speaker_organization")
        words = " ".join(one.exact for one in data["spans"])
        found = twins(words, speaker, snapshot, data.get("spoken"), user=request.user) if speaker else []
        return {"results": told_twins(found, request.user)}

    def attach(self, request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
        """POST `to` and `seen` of a twin, `spans`, `kind`, `attribution`, `passage`, `suggestion`: the quote joins it.

        Answers `quote` (its public id) and `address`, the page to go on with. What happened to the statement is told
        there as a message. 409 where it has changed meanwhile, or is gone.
        """
        if not request.user.has_perm("quotes.add_quote"):
            raise PermissionDenied
        form = AttachForm(request.POST, snapshot=snapshot)
        form.fields["to"].queryset = Statement.objects.visible_to(request.user)  # type: ignore[attr-defined]
        if not form.is_valid():
            raise CannotAnswer(why_not(form))
        to = form.cleaned_data["to"]
        was = to.state
        try:
            with refusals():
                self.begin(request, snapshot.article)
                suggestion = self._suggestion(request, snapshot)
                if suggestion:
                    lock_open(suggestion)
                quote = attach(form.quote(), form.cleaned_data["spans"], to, form.cleaned_data["seen"])
                if suggestion:
                    settle(suggestion, quote, by=request.user)  # type: ignore[arg-type]
        except CannotAttach as error:
            raise CannotAnswer(str(error), status=409) from error
        except Refused as error:
            raise CannotAnswer(str(error)) from error
        messages.success(request, _("Attached: “%(statement)s” has one more report.") % {"statement": to})
        tell_if_it_left(request, to, was)
        return {"quote": quote.public_id, "address": reverse("admin:quotes_annotate", args=[snapshot.public_id])}

    def _suggestion(self, request: HttpRequest, snapshot: Snapshot) -> Suggestion | None:
        """The suggestion that the quote is made of, which is decided on with it."""
        number = request.POST.get("suggestion", "")
        if not number.isdecimal() or not request.user.has_perm("quotes.change_suggestion"):
            return None
        return get_object_or_404(Suggestion.objects.visible_to(request.user), snapshot=snapshot, pk=number)


def read_date(text: str, snapshot: Snapshot) -> str | None:
    """The EDTF string of what was typed so far about the snapshot's article; None while it is no date yet."""
    published = snapshot.article.published
    try:
        return canonical(text, Edtf.of(published) if published else None) if text.strip() else None
    except ValidationError:
        return None
