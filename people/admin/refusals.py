"""What the database refuses while a form is saved comes back as an error in that form, with everything typed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ForeignKeyViolation

from people.refusals import broken_rule

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

# Rules written as SQL, and those whose model has no words for them.
SENTENCES: dict[str, str | Promise] = {
    "person_merge_is_flat": _("A merged record leads to one that stands, not to another merged one."),
    "statement_tenure_is_speakers": _(
        "A statement was made in this office by this very person. Add another tenure for somebody else instead."
    ),
}
IN_USE = _(
    "Other records (%s) refer to what would go, or what is referred to is not there. Nothing was changed; change those first."
)
UNKNOWN = _("The database refused this, and nothing was saved. Tell the maintainer the name of the rule: “%s”.")


def sentence(error: IntegrityError, sentences: Mapping[str, str | Promise] = SENTENCES) -> str:
    """What the database's refusal means, in the reader's language."""
    rule = broken_rule(error)
    return str(sentences.get(rule) or _message_of(rule) or _in_use(error) or UNKNOWN % rule)


def _in_use(error: IntegrityError) -> str:
    """Of a broken reference: what kind of records refer; empty where it is something else that was broken."""
    if not isinstance(error.__cause__, ForeignKeyViolation):
        return ""
    table = error.__cause__.diag.table_name
    kinds = (
        str(model._meta.verbose_name_plural)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table == table
    )
    return str(IN_USE) % next(kinds, table)


def _message_of(rule: str) -> str | Promise:
    """The sentence that a model gives for its constraint of this name; empty where it gives none."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == rule and constraint.violation_error_message:
                return constraint.violation_error_message
    return ""


class Told(forms.ModelForm):  # type: ignore[type-arg]
    """A form that the database has refused: it says so and is shown again as it was sent."""

    refusal: str

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.add_error(None, self.refusal)
        return cleaned


class RefusalsTold(_Admin):
    """A race lost in the database, or a rule that only it can check, is an error in the form; nothing typed is lost.

    `rule_sentences` say what to do about rules written as SQL, by their names.
    """

    rule_sentences: Mapping[str, str | Promise] = SENTENCES

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.refusal = sentence(error, self.rule_sentences)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Rules that wait for the commit speak now: the form can still be shown again, and nothing was called saved."""
        super().save_related(request, form, formsets, change)
        connection.check_constraints()

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[Any]]:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (Told, form), {"refusal": refusal}) if refusal else form
