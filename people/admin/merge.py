"""The page where an editor merges two records of one person: choose, read what will happen, confirm."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.admin.offering import is_plain
from people.admin.searching import SearchedSelect
from people.merging import CannotMerge, Merge, doubts, merge, preview
from people.models import Person

if TYPE_CHECKING:
    from people.admin.person import PersonAdmin


class MergeForm(forms.Form):
    """Which record stays."""

    # The list is empty until one types, and an empty list may not be required in HTML; the server requires it.
    use_required_attribute = False

    into = forms.ModelChoiceField(
        label=gettext_lazy("The record that stays"),
        queryset=Person.objects.all(),
        widget=SearchedSelect(Person._meta.get_field("merged_into"), admin.site),
        help_text=gettext_lazy("Search by any name or alias, in any language."),
        error_messages={"invalid_choice": gettext_lazy("There is no such record. Choose one from the list.")},
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.plan: Merge | None = None

    def clean_into(self) -> Person:
        """The chosen record, once it is clear that the two can be merged; what will happen is in `plan`."""
        into: Person = self.cleaned_data["into"]
        try:
            self.plan = preview(self.person, into)
        except CannotMerge as error:
            raise forms.ValidationError(str(error), code=error.code) from error
        return into


class MergeView:
    """GET chooses and previews, POST merges; asks for the permission `people.merge_person`."""

    def __init__(self, model_admin: "PersonAdmin") -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, person_id: int) -> HttpResponse:
        if not request.user.has_perm("people.merge_person"):
            raise PermissionDenied
        person = get_object_or_404(Person, pk=person_id)
        data = request.POST if request.method == "POST" else request.GET
        form = MergeForm(person, data if "into" in data else None)
        if is_plain(request):
            form.fields["into"].widget = forms.Select(choices=form.fields["into"].choices)  # type: ignore[attr-defined]
        if request.method == "POST" and form.is_valid() and self._merged(request, form):
            return redirect("admin:people_person_change", form.cleaned_data["into"].pk)
        return self._page(request, person, form)

    def _merged(self, request: HttpRequest, form: MergeForm) -> bool:
        into = form.cleaned_data["into"]
        try:
            merge(form.person, into, by=request.user)  # type: ignore[arg-type]
        except CannotMerge as error:
            form.add_error("into", str(error))
            return False
        names = {"merged": form.person.name, "into": into.name}
        self.model_admin.log_change(request, form.person, _("Merged into “%(into)s”.") % names)
        self.model_admin.log_change(request, into, _("Took over “%(merged)s”.") % names)
        messages.success(request, _("“%(merged)s” is merged into this record; its old address leads here.") % names)
        return True

    def _page(self, request: HttpRequest, person: Person, form: MergeForm) -> HttpResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Merge “%(name)s” into another record") % {"name": person.name},
            "opts": Person._meta,
            "person": person,
            "form": form,
            "media": self.model_admin.media + form.media,
        }
        if form.is_valid() and form.plan is not None:
            into = form.cleaned_data["into"]
            context |= {"into": into, "plan": form.plan, "doubts": doubts(person, into)}
        return TemplateResponse(request, "admin/people/person/merge.html", context)
