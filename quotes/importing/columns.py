"""The columns of a spreadsheet of quotes: their headings, what goes into them, and the words people write there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from people.dating import KnownBy
from people.finding import fold
from people.names import LANGUAGES
from quotes.models import Quote


@dataclass(frozen=True, slots=True)
class Column:
    """`also`: other headings by which people call it; `example` is plainly invented."""

    name: str
    heading: StrOrPromise
    meaning: StrOrPromise
    example: StrOrPromise
    also: tuple[str, ...] = ()
    required: bool = False


COLUMNS: Final = (
    Column(
        "words",
        _("words"),
        _(
            "The words of the quote exactly as the article has them, without the outer quotation marks. Where something "
            "is left out between two parts, write […]."
        ),
        _("The bridge will be built by autumn […] the work is under way"),
        ("quote", "quotation", "text of the quote", "цитата", "текст цитаты", "высказывание", "слова", "цытата"),
        required=True,
    ),
    Column(
        "speaker",
        _("speaker"),
        _(
            "The name of a person or an organization on record, in any form, or the public id. “Not identified” where "
            "the article does not say who."
        ),
        _("Ivan Ozyorny (invented)"),
        ("who", "who said", "author", "person", "кто", "кто сказал", "автор", "спикер", "персона", "говорящий", "хто"),
        required=True,
    ),
    Column(
        "address",
        _("article's address"),
        _("The whole address of the article, from https:// on."),
        "https://herald.example.org/2031/05/05/bridge",
        ("address", "url", "link", "source", "адрес", "ссылка", "источник", "адрес статьи", "спасылка"),
        required=True,
    ),
    Column(
        "kind",
        _("kind"),
        _("Direct speech, indirect speech, or indirect with quoted words. Empty: direct speech."),
        _("direct speech"),
        ("kind of quote", "вид", "вид цитаты", "тип"),
    ),
    Column(
        "attribution",
        _("attribution as printed"),
        _("The words of the article that name the speaker, exactly so."),
        _("said Ivan Ozyorny"),
        ("attribution", "атрибуция", "слова автора"),
    ),
    Column(
        "spoken",
        _("said on"),
        _("The date on which it was said: 4 May 2031, 2031-05, 2031-Q2 or 2031. Empty: the article's date."),
        "2031-05-04",
        ("date", "said", "when", "дата", "дата высказывания", "когда", "сказано"),
    ),
    Column(
        "spoken_known",
        _("how the date is known"),
        _("Stated in the text, from the page's address, by the date of publication, or from another source."),
        _("stated in the text"),
        ("how known", "откуда дата", "как известна дата"),
    ),
    Column(
        "spoken_evidence",
        _("evidence for the date"),
        _("For a date from another source: that source's address or name."),
        "",
        ("evidence", "подтверждение даты"),
    ),
    Column(
        "meeting",
        _("occasion"),
        _("The name or the public id of a meeting on record; “not named” where the article names none."),
        _("not named"),
        ("meeting", "event", "встреча", "событие", "повод", "мероприятие"),
    ),
    Column(
        "label",
        _("label"),
        _("A nickname people know the statement by. Always shown as not verbatim."),
        _("the autumn bridge"),
        ("nickname", "ярлык", "прозвище"),
    ),
    Column(
        "topics",
        _("topics"),
        _("Names of topics on record, divided by semicolons."),
        "",
        ("topic", "tags", "тема", "темы", "рубрика"),
    ),
    Column(
        "passage",
        _("passage"),
        _("The telling part of the words, which is shown first."),
        _("built by autumn"),
        ("highlight", "отрывок", "главное"),
    ),
    Column(
        "occurrence",
        _("which occurrence"),
        _("Where the article has the words several times: which of them, counted from 1."),
        "",
        ("occurrence", "number", "вхождение", "какое по счету"),
    ),
    Column(
        "context",
        _("context"),
        _("Instead of counting: a longer piece of the article around the words, exactly so."),
        "",
        ("контекст", "окружение"),
    ),
    Column(
        "text",
        _("article's text"),
        _("The whole text of an article that is not on record yet; it is taken in with the quotes."),
        "",
        ("text", "full text", "текст", "текст статьи", "полный текст"),
    ),
    Column(
        "published",
        _("article published on"),
        _("The date of publication of an article that is taken in with its text."),
        "",
        ("published", "publication date", "дата публикации", "опубликовано"),
    ),
    Column(
        "note",
        _("note"),
        _("For yourself: shown in the report, and not taken into the record."),
        "",
        ("remark", "comment", "примечание", "комментарий", "заметка"),
    ),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}

NOT_IDENTIFIED: Final = _("not identified")
NOT_NAMED: Final = _("not named")
BETWEEN_TOPICS: Final = re.compile(r"[;|\n]")


def column_of(heading: str) -> str | None:
    """The name of the column that a heading means, in any language of the interface; None for no column."""
    return _headings().get(_plain(heading))


@lru_cache(maxsize=1000)
def choice_of(choices: type[TextChoices], typed: str) -> str | None:
    """The value that somebody means who writes it, its name in any language, or words out of one name alone."""
    wanted = _plain(typed)
    names = {(value, _plain(name)) for value, label in choices.choices for name in (value, *_in_all_languages(label))}
    exact = {value for value, name in names if name == wanted}
    meant = exact or {value for value, name in names if wanted and f" {wanted} " in f" {name} "}
    return meant.pop() if len(meant) == 1 else None


def kind_of(typed: str) -> str | None:
    """The kind of quote that is meant; direct speech where nothing is written."""
    return choice_of(Quote.Kind, typed) if typed else Quote.Kind.DIRECT.value


def known_of(typed: str) -> str | None:
    """How a date is known; None for what is not understood."""
    return choice_of(KnownBy, typed)


def says(typed: str, sentence: StrOrPromise) -> bool:
    """Whether somebody writes just this, in any language of the interface."""
    return _plain(typed) in set(map(_plain, _in_all_languages(sentence)))


@cache
def _headings() -> dict[str, str]:
    return {
        _plain(name): column.name
        for column in COLUMNS
        for name in (column.name.replace("_", " "), *_in_all_languages(column.heading), *column.also)
    }


def _in_all_languages(text: StrOrPromise) -> Iterator[str]:
    for language in (*LANGUAGES, "en"):
        with override(language):
            yield str(text)


def _plain(text: str) -> str:
    """Without capitals, punctuation and what Excel adds at a line's end; «ё» as «е»."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", fold(text).casefold()).split())
