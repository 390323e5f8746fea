"""Was it said like this? An answer that names what it rests on, and never takes the like for the same."""

from dataclasses import replace
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from articles.address import BadAddress, normal_address
from quotes.api.answering import Answering
from quotes.api.asking import Parameter, Unreadable, words
from quotes.api.shapes import ITS_PAGE, ArticleBrief, DateShape, OrganizationShape, PersonBrief, date_shape
from quotes.api.views import SearchUnavailable
from quotes.confirming import Answer, Confirmation, Hit, Near, Reason, Said, confirm
from quotes.models import Quote
from quotes.search.index import IndexUnavailable

LONGEST_TEXT: Final = 5_000  # code points
SENTENCES: Final[dict[Answer, Promise]] = {
    Answer.FOUND: gettext_lazy("These words stand in a published quote."),
    Answer.NOT_FOUND: gettext_lazy("No published quote has these words. It does not follow that nobody said them."),
    Answer.AMBIGUOUS: gettext_lazy("Quotes of several statements have these words: it can’t be told which is meant."),
    Answer.SOURCE_WITHHELD: gettext_lazy("A quote of exactly these words was published and taken back."),
}
REASONS: Final[dict[Reason, Promise]] = {
    Reason.TOO_SHORT: gettext_lazy("It can’t be told: give three words at least."),
    Reason.ARTICLE_UNKNOWN: gettext_lazy(
        "It can’t be told: no published statement is from an article at this address."
    ),
    Reason.BESIDE_THE_WORDS: gettext_lazy(
        "It can’t be told whose words they are: they stand in the article beside a quote, and not in one."
    ),
}


class CharactersShape(serializers.Serializer[Any]):
    """Characters of the snapshot's text: code points, the end exclusive."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()


class RespelledShape(serializers.Serializer[Any]):
    """The same word or sign, spelled otherwise."""

    asked = serializers.CharField()
    printed = serializers.CharField()


class QuotedShape(serializers.Serializer[Any]):
    """A quote that has the words."""

    id = serializers.CharField(source="quote.public_id")
    kind = serializers.ChoiceField(
        choices=Quote.Kind.choices,
        source="quote.kind",
        help_text=gettext_lazy("The words of what is not direct are the reporter’s."),
    )
    attribution = serializers.CharField(source="quote.attribution")
    snapshot = serializers.CharField(source="quote.snapshot.public_id")
    text_sha256 = serializers.CharField(source="quote.snapshot.text_sha256")
    article = ArticleBrief(source="quote.snapshot.article")
    characters = serializers.SerializerMethodField(
        help_text=gettext_lazy("Where the asked words stand in the snapshot’s text.")
    )
    whole = serializers.BooleanField(
        source="place.is_whole", help_text=gettext_lazy("Whether they are all the words of the quote.")
    )
    breaks = serializers.IntegerField(
        source="place.breaks",
        help_text=gettext_lazy("How often the report breaks the words off where the asked text does not show it."),
    )
    respelled = RespelledShape(
        many=True, source="place.respelled", help_text=gettext_lazy("What was set aside in the comparison.")
    )

    @extend_schema_field(CharactersShape(many=True))
    def get_characters(self, hit: Hit) -> list[dict[str, Any]]:
        return [{"start": start, "end": end, "exact": exact} for start, end, exact in hit.characters]


class SaidShape(serializers.Serializer[Any]):
    """A statement whose quotes have the words."""

    id = serializers.CharField(source="statement.public_id")
    url = serializers.SerializerMethodField(help_text=ITS_PAGE)
    speaker = PersonBrief(source="statement.speaker", allow_null=True)
    speaker_organization = OrganizationShape(source="statement.speaker_organization", allow_null=True)
    spoken = serializers.SerializerMethodField(help_text=gettext_lazy("When it was said, not when it was printed."))
    quotes = QuotedShape(source="hits", many=True)

    def get_url(self, said: Said) -> str:
        return str(self.context["request"].build_absolute_uri(said.statement.get_absolute_url()))

    @extend_schema_field(DateShape())
    def get_spoken(self, said: Said) -> dict[str, Any] | None:
        return date_shape(said.statement.spoken, said.statement.spoken_known, said.statement.spoken_evidence)


class RunShape(serializers.Serializer[Any]):
    """Words in print and question (`same`), only in print (`printed`), only in the question (`asked`)."""

    kind = serializers.ChoiceField(choices=["same", "printed", "asked"])
    text = serializers.CharField()


class NearestShape(serializers.Serializer[Any]):
    """The published quote that is most like the asked words. It is not what was asked for."""

    statement = serializers.CharField(source="statement.public_id")
    url = serializers.SerializerMethodField(help_text=ITS_PAGE)
    quote = serializers.CharField(source="quote.public_id")
    words = serializers.CharField(source="quote.words")
    article = ArticleBrief(source="quote.snapshot.article")
    difference = RunShape(source="runs", many=True, help_text=gettext_lazy("Word by word."))
    only_signs_differ = serializers.BooleanField(
        help_text=gettext_lazy("Whether the words are the same, and commas or other signs not.")
    )

    def get_url(self, near: Near) -> str:
        return str(self.context["request"].build_absolute_uri(near.statement.get_absolute_url()))


class WithheldShape(serializers.Serializer[Any]):
    """A statement that was taken back."""

    id = serializers.CharField(source="public_id")
    withdrawn_at = serializers.DateTimeField()
    reason = serializers.CharField()


class ConfirmationShape(serializers.Serializer[Any]):
    """One of five answers, and what it rests on."""

    answer = serializers.ChoiceField(choices=[each.value for each in Answer], source="answer.value")
    reason = serializers.ChoiceField(
        choices=[each.value for each in Reason], source="reason.value", allow_null=True, default=None
    )
    detail = serializers.SerializerMethodField(
        help_text=gettext_lazy("The answer as a sentence, in the language of the request.")
    )
    words = serializers.IntegerField(help_text=gettext_lazy("How many words were compared."))
    article = ArticleBrief(allow_null=True, help_text=gettext_lazy("The article at the address, where one was given."))
    statements = SaidShape(source="said", many=True)
    elsewhere = SaidShape(many=True, help_text=gettext_lazy("Statements that other articles report in these words."))
    more = serializers.BooleanField(
        source="has_more", help_text=gettext_lazy("Whether there are more statements than are named.")
    )
    nearest = NearestShape(allow_null=True)
    withheld = WithheldShape(many=True)

    def get_detail(self, confirmation: Confirmation) -> str:
        if confirmation.reason:
            return str(REASONS[confirmation.reason])
        return str(SENTENCES[confirmation.answer])


def _whole_address(text: str) -> str:
    try:
        return normal_address(text)
    except BadAddress as error:
        raise Unreadable(gettext("Write the whole address, from https:// on.")) from error


def _some_words(text: str) -> str:
    if not text.strip():
        raise Unreadable(str(NO_WORDS))
    return str(ANY_TEXT.read(text))


NO_WORDS: Final = gettext_lazy("Give the words to look for.")
ANY_TEXT: Final = words("text", gettext_lazy("The words; […] where some are left out."), LONGEST_TEXT)
TEXT: Final = replace(ANY_TEXT, schema={**ANY_TEXT.schema, "minLength": 1}, read=_some_words, missing=NO_WORDS)
ADDRESS: Final = Parameter(
    "address",
    gettext_lazy("The address of the article in which they are said to stand."),
    {"type": "string", "format": "uri"},
    _whole_address,
)


class Verify(Answering):
    """Whether words stand in a published quote, to the letter: see docs/verify.md for what is set aside."""

    about = gettext_lazy(
        "Whether words stand in a published quote, to the letter. One of five answers, and what it rests on."
    )
    parameters = (TEXT, ADDRESS)

    @extend_schema(responses=ConfirmationShape, operation_id="verify")
    def get(self, request: Request) -> Response:
        """One of five answers; the difference to the nearest quote where none has the words."""
        try:
            confirmation = confirm(self.asked.text("text"), self.asked.text("address"))
        except IndexUnavailable as error:
            raise SearchUnavailable from error
        return Response(ConfirmationShape(confirmation, context={"request": request}).data)
