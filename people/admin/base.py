"""What the admin pages of all records of this app have in common."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Count, Field, IntegerField, Model, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce
from django.forms import BaseInlineFormSet, TextInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin.offering import ChoosesStandingPeople, SearchesNames, is_plain
from people.admin.refusals import RefusalsTold
from people.admin.restoring import RestoringAdmin
from people.date_telling import told
from people.fields import EdtfField
from people.names import Trilingual

if TYPE_CHECKING:
    _Inline = admin.TabularInline[Any, Any]
else:
    _Inline = admin.TabularInline


class DateInput(TextInput):
    """A text box that shows a kept date as a person would write it: «3-й квартал 2024», not 2024-35."""

    def format_value(self, value: Any) -> str:
        return told(value)


# Names and the like are one line; what is longer asks for its own widget. The parts of a record share one row, so
# that their boxes are only as wide as what is usually written there.
ONE_LINE: dict[type[Field[Any, Any]], dict[str, Any]] = {
    TextField: {"widget": AdminTextInputWidget},
    EdtfField: {"widget": DateInput(attrs={"size": 18})},
}
ONE_ROW = ONE_LINE | {TextField: {"widget": TextInput(attrs={"size": 24})}}


PLAIN_ROWS = 2


class RecordAdmin(RefusalsTold, RestoringAdmin, SearchesNames, ChoosesStandingPeople):
    """A record of its own page."""

    formfield_overrides = ONE_LINE
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["people/admin.css"]}


class NamedAdmin(RecordAdmin):
    """A record with names in three languages: the first column is the one in the reader's."""

    @admin.display(description=_("name"), ordering="name_ru")
    def name(self, record: Trilingual) -> str:
        return record.name

    @admin.display(description=_("in other languages"))
    def names_in_other_languages(self, record: Trilingual) -> str:
        return " · ".join(name for name in record.names_given if name != record.name)


class NamedFields(BaseInlineFormSet):  # type: ignore[type-arg]
    """Parts whose fields say what they are: the heading of a column is no label."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name in form.fields:
            of = form.fields[name]
            if not of.widget.is_hidden:
                of.widget.attrs.setdefault("aria-label", str(of.label))


class PartInline(ChoosesStandingPeople, _Inline):
    """The parts of a record, a row each, written on its page."""

    formfield_overrides = ONE_ROW
    formset = NamedFields
    extra = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Rows to fill in: added by a script, or there from the start."""
        return PLAIN_ROWS if is_plain(request) else super().get_extra(request, obj, **kwargs)


def number_of(relation: str, model: type[Model]) -> Coalesce:
    """How many rows of another app's table name a row of `model`, counted for the page's rows alone.

    The relation is asked for by its name, since this app does not know those that refer to it.
    """
    key = model._meta.get_field(relation).field  # type: ignore[union-attr]
    rows: QuerySet[Any] = key.model._base_manager.filter(**{key.name: OuterRef("pk")}).order_by().values(key.name)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0, output_field=IntegerField())
