from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.admin.base import PartInline, RecordAdmin, number_of
from people.admin.doubles import TellsOfDoubles
from people.admin.merge import MergeView
from people.admin.offering import is_offering
from people.admin.tenure import PersonsTenures
from people.models import Person, PersonName, Tenure

if TYPE_CHECKING:
    from django.urls import URLPattern


NAMES_IN_LIST = 3


class NameInline(PartInline):
    model = PersonName
    fields = ("text", "language", "kind")


class Standing(admin.SimpleListFilter):
    """Records as they stand, unless the merged ones are asked for."""

    title = _("records")
    parameter_name = "records"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("merged", _("merged into another")), ("all", _("all"))]

    def choices(self, changelist: ChangeList) -> Any:
        choices = list(super().choices(changelist))
        choices[0]["display"] = _("as they stand")
        return choices

    def queryset(self, _request: HttpRequest, people: QuerySet[Person]) -> QuerySet[Person]:
        match self.value():
            case "merged":
                return people.exclude(merged_into=None)
            case "all":
                return people
        return people.filter(merged_into=None)


class HoldsOffice(admin.SimpleListFilter):
    """By whether the person is known to hold an office today."""

    title = _("in office now")
    parameter_name = "in_office"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("yes")), ("no", _("no, or not known"))]

    def queryset(self, _request: HttpRequest, people: QuerySet[Person]) -> QuerySet[Person]:
        holders = Tenure.objects.on(timezone.localdate()).values("person")
        match self.value():
            case "yes":
                return people.filter(pk__in=holders)
            case "no":
                return people.exclude(pk__in=holders)
        return people


@admin.register(Person)
class PersonAdmin(TellsOfDoubles, RecordAdmin):
    """People who speak and are spoken to, with all their names and offices."""

    list_display = ("name", "about", "offices_now", "other_names", "statements")
    list_filter = (Standing, HoldsOffice)
    search_fields = ("name_ru", "name_be", "name_en", "names__text", "public_id")
    inlines = (NameInline, PersonsTenures)
    history_parts = ("names", "tenures", "merged_from")
    restored_parts = ("names", "tenures")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        if is_offering(request):
            return Person.objects.current().told_apart()
        now = Tenure.objects.on(timezone.localdate()).select_related("office")
        people: QuerySet[Person] = super().get_queryset(request)
        people = people.select_related("merged_into").annotate(statement_count=number_of("statements", Person))
        return people.prefetch_related("names", Prefetch("tenures", now, to_attr="tenures_now"))

    def get_fieldsets(self, _request: HttpRequest, obj: Person | None = None) -> Any:
        fields = ["name_ru", "name_be", "name_en", "about", "gender"]
        if obj is not None and obj.merged_into_id is not None:
            fields.insert(0, "leads_to")
        elif obj is not None and obj.merged_from.exists():
            fields.append("took_over")
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, _request: HttpRequest, _obj: Person | None = None) -> tuple[str, ...]:
        return ("leads_to", "took_over")

    def get_form(
        self,
        request: HttpRequest,
        obj: Person | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm[Any]]:
        widgets = {"about": Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
        return super().get_form(request, obj, change, **({"widgets": widgets} | kwargs))

    def get_urls(self) -> "list[URLPattern]":
        merge = self.admin_site.admin_view(MergeView(self))
        return [path("<int:person_id>/merge/", merge, name="people_person_merge"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_merge": request.user.has_perm("people.merge_person")} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Merged records are kept as they were; what is to be changed is in the record they lead to."""
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    @admin.display(description=_("name"), ordering="name_ru")
    def name(self, person: Person) -> str:
        if person.merged_into is not None:
            return _("%(name)s (merged into %(into)s)") % {"name": person.name, "into": person.merged_into.name}
        return person.name

    @admin.display(description=_("offices now"))
    def offices_now(self, person: Any) -> str:
        return ", ".join(tenure.office.name for tenure in person.tenures_now)

    @admin.display(description=_("other names"))
    def other_names(self, person: Person) -> str:
        """The first few; all of them are on the person's page, and searching finds each."""
        aliases = [name.text for name in person.names.all()]
        names = [name for name in dict.fromkeys([*person.names_given, *aliases]) if name != person.name]
        shown = " · ".join(names[:NAMES_IN_LIST])
        more = len(names[NAMES_IN_LIST:])
        return _("%(names)s and %(number)s more") % {"names": shown, "number": more} if more else shown

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, person: Any) -> int:
        return int(person.statement_count)

    @admin.display(description=_("merged into"))
    def leads_to(self, person: Person) -> SafeString:
        return _link(person.merged_into) if person.merged_into else SafeString("")

    @admin.display(description=_("records merged into this one"))
    def took_over(self, person: Person) -> SafeString:
        return format_html_join(", ", "{}", ((_link(merged),) for merged in person.merged_from.all()))


@admin.register(PersonName)
class PersonNameAdmin(RecordAdmin):
    """Other names on their own page: for those who may add an alias and not change the person."""

    list_display = ("text", "person", "language", "kind")
    list_filter = ("kind", "language")
    list_select_related = ("person",)
    search_fields = ("text", "person__name_ru", "person__name_be", "person__name_en")
    fields = ("person", "text", "language", "kind")
    autocomplete_fields = ("person",)


def _link(person: Person) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:people_person_change", args=[person.pk]), person.name)
