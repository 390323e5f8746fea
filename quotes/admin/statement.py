from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import ForeignKey, Prefetch, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.admin.base import PartInline, RecordAdmin
from people.date_telling import told
from quotes.admin.annotation import AnnotationViews
from quotes.admin.annotation_suggestions import SuggestionViews
from quotes.admin.entering import EnteringViews
from quotes.admin.importing import ImportingViews
from quotes.admin.leaving import tell_if_it_left
from quotes.admin.restoring import RestoresStatements
from quotes.admin.review import ReviewViews
from quotes.admin.working import WorkingViews
from quotes.models import Addressee, Quote, Statement
from quotes.pages.context import beginning
from quotes.refusals import SENTENCES

if TYPE_CHECKING:
    from django.urls import URLPattern

# Code points of a statement's words in the list: two or three lines of its column.
SHOWN_AT_MOST = 140


class StateFilter(admin.SimpleListFilter):
    """By where the statement stands on its way to the public."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in Statement.State]

    def queryset(self, _request: HttpRequest, statements: QuerySet[Statement]) -> QuerySet[Statement]:
        return statements.in_state(self.value()) if self.value() else statements  # type: ignore[attr-defined]


class AddresseeInline(PartInline):
    model = Addressee
    autocomplete_fields = ("person", "organization")


@admin.register(Statement)
class StatementAdmin(RestoresStatements, RecordAdmin):
    """Statements with the way they take: annotate, submit, review, withdraw."""

    rule_sentences = SENTENCES
    list_display = ("beginning", "speaker_name", "said", "state_name", "label")
    list_filter = (StateFilter, "spoken_known", "lead__kind", "topics")
    search_fields = (
        "label",
        "public_id",
        "quotes__spans__exact",
        "speaker__name_ru",
        "speaker__name_be",
        "speaker__name_en",
        "speaker__names__text",
    )
    autocomplete_fields = ("speaker", "speaker_organization", "tenure", "meeting", "topics")
    readonly_fields = ("public_id", "state_name", "words_in_quotes")
    inlines = (AddresseeInline,)
    history_parts = (
        "quotes",
        "quotes__spans",
        "addressees",
        "topics",
        "revisions",
        "revisions__approval",
        "revisions__returned",
        "withdrawals",
    )
    restored_parts = ("quotes", "quotes__spans", "addressees", "topics")
    fieldsets = (
        (None, {"fields": ("public_id", "state_name", "words_in_quotes", "lead", "label", "topics")}),
        (_("Who"), {"fields": ("speaker", "speaker_organization", "speaker_not_identified", "tenure")}),
        (_("When"), {"fields": ("spoken", "spoken_known", "spoken_evidence")}),
        (_("On what occasion"), {"fields": ("meeting", "occasion_not_named")}),
    )

    class Media:
        css = {"all": ["annotation/annotation.css"]}

    def get_urls(self) -> "list[URLPattern]":
        views = (
            AnnotationViews(self),
            ReviewViews(self),
            SuggestionViews(self),
            EnteringViews(self),
            WorkingViews(self),
            ImportingViews(self),
        )
        return [*(url for one in views for url in one.urls()), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).visible_to(request.user).for_states().for_cards()  # type: ignore[attr-defined, no-any-return]

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Only a quote of the statement's own can lead."""
        if db_field.name == "lead":
            statement = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            kwargs["queryset"] = Quote.objects.filter(statement=statement).prefetch_related("spans")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_change(self, request: HttpRequest, statement: Statement) -> HttpResponse:
        """To what is said of every record saved, what has become of the statement's place before the public."""
        response = super().response_change(request, statement)
        # What the form read before it was saved: the revision that the change may have undone.
        tell_if_it_left(request, statement, statement.state)
        return response

    def statements_of(self, record_id: int) -> QuerySet[Statement]:
        return Statement.objects.filter(pk=record_id)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """A statement begins with words marked in a text, on the annotation page."""
        return False

    @admin.display(description=_("speaker"))
    def speaker_name(self, statement: Statement) -> str:
        return statement.speaker_name

    @admin.display(description=_("said"), ordering="sort_key")
    def said(self, statement: Statement) -> str:
        return told(statement.spoken)

    @admin.display(description=_("state"))
    def state_name(self, statement: Statement) -> str:
        return str(statement.state.label)

    @admin.display(description=_("words"))
    def beginning(self, statement: Statement) -> str:
        return beginning(statement.words, SHOWN_AT_MOST) or str(_("No quote yet."))

    @admin.display(description=_("quotes"))
    def words_in_quotes(self, statement: Statement) -> str:
        """Each quote's words with a link to where they are marked."""
        snapshots = Prefetch("snapshot", Snapshot.objects.light().select_related("article"))
        return format_html_join(
            "",
            '<p>{} <a href="{}">{}</a></p>',
            (
                (
                    quote.words,
                    reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id]),
                    quote.snapshot.article,
                )
                for quote in statement.quotes.prefetch_related("spans", snapshots)
            ),
        ) or format_html("<p>{}</p>", _("No quote yet."))
