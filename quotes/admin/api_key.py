"""Keys of the API: editors give them, see who has one, and revoke them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import TextField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from people.admin.base import ONE_LINE
from people.admin.history import HistoryAdmin
from people.admin.refusals import RefusalsTold
from quotes.keys import change as change_key
from quotes.keys import give, revoke
from quotes.models import ApiKey
from quotes.refusals import SENTENCES

MANAGE = "quotes.manage_apikey"
GIVEN = ("name", "owner", "may_read_texts", "expires_on")
KNOWN = ("ending", "made_on", "made_by", "texts_allowed_by", "last_used_on", "revoked_at", "revoked_by")


class GivenKeyForm(forms.ModelForm[ApiKey]):
    """A key that there is: it can be revoked, too."""

    revoke = forms.BooleanField(
        label=gettext_lazy("Revoke it now"),
        required=False,
        help_text=gettext_lazy("Requests with this key are refused at once. Nothing brings it back."),
    )


class StateFilter(admin.SimpleListFilter):
    """Whether the API takes them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("working", pgettext("keys", "working")), ("over", pgettext("keys", "revoked or expired"))]

    def queryset(self, _request: HttpRequest, keys: Any) -> Any:
        match self.value():
            case "working":
                return keys.working()
            case "over":
                return keys.exclude(pk__in=keys.working())
            case _:
                return keys


@admin.register(ApiKey)
class ApiKeyAdmin(RefusalsTold, HistoryAdmin):
    """Given once, shown once; changed until they are revoked; never deleted."""

    rule_sentences = SENTENCES
    formfield_overrides = {TextField: ONE_LINE[TextField]}
    list_display = ("name", "owner", "ending", "state", "may_read_texts", "expires_on", "last_used_on", "made_on")
    list_filter = (StateFilter, "may_read_texts")
    search_fields = ("name", "owner", "ending")
    show_full_result_count = False

    class Media:
        css = {"all": ["people/admin.css"]}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE)

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm(MANAGE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE)

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return request.user.has_perm(MANAGE) and (obj is None or obj.revoked_at is None)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return GIVEN
        return (*GIVEN, "revoke", *KNOWN) if self.has_change_permission(request, obj) else (*GIVEN, *KNOWN)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else KNOWN

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = GivenKeyForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        editor: Any = request.user
        if not change:
            request.secret = give(obj, by=editor)  # type: ignore[attr-defined]
            return
        change_key(obj, by=editor)
        if form.cleaned_data["revoke"]:
            revoke(obj, by=editor)

    def response_add(self, request: HttpRequest, obj: ApiKey, _post_url_continue: str | None = None) -> HttpResponse:
        """The key, this once. Not by a message, which would wait for the next page in a cookie."""
        return TemplateResponse(
            request,
            "admin/quotes/api_key_given.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("The key is made"),
                "key": obj,
                "secret": request.secret,  # type: ignore[attr-defined]
            },
        )

    @admin.display(description=gettext_lazy("state"))
    def state(self, key: ApiKey) -> str:
        return str(key.state.label)
