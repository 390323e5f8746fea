from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from people.admin.base import RecordAdmin
from quotes.admin.leaving import tell_if_it_left
from quotes.admin.restoring import RestoresStatements
from quotes.annotating import delete_quote, move_quote
from quotes.models import Quote, Statement
from quotes.pages.context import beginning
from quotes.refusals import SENTENCES

# Code points of a quote's words in the list.
SHOWN_AT_MOST = 140


@admin.register(Quote)
class QuoteAdmin(RestoresStatements, RecordAdmin):
    """Quotes as a list to search; their words are changed on the annotation page only."""

    rule_sentences = SENTENCES
    list_display = ("beginning", "kind", "statement", "article")
    list_filter = ("kind", "language")
    search_fields = ("spans__exact", "statement__label", "public_id")
    autocomplete_fields = ("statement",)
    fields = ("statement", "kind", "language", "attribution", "article")
    readonly_fields = ("kind", "language", "attribution", "article")
    history_parts = ("spans",)
    restored_parts = ("spans",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        snapshots = Prefetch("snapshot", Snapshot.objects.light().select_related("article"))
        statements = ("statement__speaker", "statement__speaker_organization", "statement__lead")
        return (
            Quote.objects.visible_to(request.user)
            .select_related(*statements)
            .prefetch_related("spans", "statement__lead__spans", snapshots)
        )

    def save_model(self, request: HttpRequest, quote: Quote, _form: ModelForm[Quote], _change: bool) -> None:
        """The one thing to change here is which statement the quote reports."""
        concerned = Statement.objects.for_states().filter(Q(quotes=quote) | Q(pk=quote.statement_id)).distinct()
        before = [(statement, statement.state) for statement in concerned]
        move_quote(quote, quote.statement)
        for statement, was in before:
            tell_if_it_left(request, statement, was)

    def delete_model(self, _request: HttpRequest, quote: Quote) -> None:
        delete_quote(quote)

    def delete_queryset(self, _request: HttpRequest, quotes: QuerySet[Quote]) -> None:
        for quote in quotes:
            delete_quote(quote)

    def has_delete_permission(self, request: HttpRequest, quote: Quote | None = None) -> bool:
        """Not for quotes that others rely on already, nor for those that wait to be settled."""
        allowed = super().has_delete_permission(request, quote)
        return allowed and (
            quote is None or (quote.statement.is_with_its_authors and quote.may_be_written_by(request.user))
        )

    def statements_of(self, record_id: int) -> QuerySet[Statement]:
        return Statement.objects.filter(quotes=record_id)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("words"))
    def beginning(self, quote: Quote) -> str:
        return beginning(quote.words, SHOWN_AT_MOST)

    @admin.display(description=_("article"))
    def article(self, quote: Quote) -> str:
        return str(quote.snapshot.article)
