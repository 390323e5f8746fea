"""Fields that offer records to choose from: by any name in any language, merged ones left out."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from people.admin.searching import SearchedSelect, SearchedSelectMultiple
from people.finding import closeness, every_word_in, name_fields
from people.models import Person

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
    _AnyAdmin = BaseModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin
    _AnyAdmin = BaseModelAdmin


def is_offering(request: HttpRequest) -> bool:
    """Whether the request fills a field's list of choices, and not a page of its own."""
    return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"


# In an address: the form shall do without scripts.
PLAIN = "plain"


def is_plain(request: HttpRequest) -> bool:
    """Whether the form was asked for without scripts: whole lists to choose from, and empty rows to fill in."""
    return PLAIN in request.GET


class SearchesNames(_Admin):
    """Search boxes and choice lists find a record by each word typed, in any of `search_fields`, «ё» as «е».

    Names are found in any case form; a choice list gives those first whose surname was typed.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        fields = self.get_search_fields(request)
        found = queryset.filter(every_word_in(search_term, *fields))
        if is_offering(request) and (names := name_fields(fields)):
            ordering = self.get_ordering(request) or self.opts.ordering or ()
            found = found.annotate(closeness=closeness(search_term, *names)).order_by("closeness", *ordering)
        return found, bool(search_term.strip())


class ChoosesStandingPeople(_AnyAdmin):
    """A form that takes only people as they stand: choosing a merged record is refused like one that is not there."""

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str] | tuple[str, ...]:
        return () if is_plain(request) else super().get_autocomplete_fields(request)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        if db_field.remote_field.model is Person:
            kwargs.setdefault("queryset", Person.objects.current())
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
