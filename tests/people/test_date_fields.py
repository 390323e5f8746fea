"""What a form says of a date that it does not take: what is wrong with it, and what it would take."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from people.edtf import Edtf, read
from people.fields import MESSAGES, OPEN, EdtfField, EdtfFormField


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def refusal(act, text):
    with pytest.raises(ValidationError) as caught:
        act(text)
    return caught.value.messages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4.3.24", "“4.3.24” has no year in four digits. Write, for example, 4 March 2024 or 2024-Q3."),
        ("в третьем квартале", "“в третьем квартале” has no year in four digits. Write, for example, 4 March 2024"),
        ("0000", "“0000”: only years from 1000 to 2999 can be kept."),
        ("5 квартал 2024", "“5 квартал 2024”: a year has four quarters. Write, for example, 2024-Q3."),
        ("03.14.2024", "“03.14.2024”: a year has twelve months. Write, for example, 04.03.2024, the day first."),
        ("31 февраля 2024", "“31 февраля 2024”: this month has no such day. Correct it, or write the month alone"),
        ("03/04/2024", "“03/04/2024” can be read in two ways. Write 04.03.2024 or 4 March 2024."),
        (" весной ", "“весной” is not understood. Write 4 March 2024, March 2024, 2024-03, 2024-Q3 or 2024."),
    ],
)
def test_a_refused_date_is_told_what_is_wrong_and_what_to_write(text, said):
    (told,) = refusal(EdtfFormField().clean, text)
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("вчера", "“вчера” counts from the day of publication, which is not known. Write the date itself"),
        ("на прошлой неделе", "“на прошлой неделе”: a week can't be kept. Write a day or the month"),
        ("2023–2024", "“2023–2024” runs over more than one year. Write one day, month or year"),
    ],
)
def test_what_counts_from_a_publication_is_told_where_there_is_none(text, said):
    (told,) = refusal(EdtfFormField().clean, text)
    assert told.startswith(said)


def test_a_field_beside_an_article_reads_what_counts_from_its_publication():
    field = EdtfFormField()
    field.published = Edtf("2024-08-15")
    assert [field.clean(text) for text in ("4 марта", "вчера", "4.3.24")] == ["2024-03-04", "2024-08-14", "2024-03-04"]
    assert field.clean("4–6 марта 2024") == "2024-03"


def test_a_field_of_its_own_takes_no_several_days():
    assert "is not understood" in refusal(EdtfFormField().clean, "4–6 марта 2024")[0]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_every_date_that_a_refusal_shows_is_taken(message, language):
    with translation.override(language):
        shown = re.findall(r"\d\d\.\d\d\.\d{4}|(?:\d+ )?\b(?!or|или)[^\W\d]+ 2024|2024-\S\d|2024", str(message))
        assert shown
        assert all(read(date).value.startswith("2024") for date in shown)


@pytest.mark.parametrize("text", ["..", "present", "Сейчас", "по\xa0н.\xa0в.", "па цяперашні  час"])
def test_an_open_end_is_written_in_words_where_there_may_be_one(text):
    assert EdtfFormField(may_be_open=True).clean(text) == OPEN
    assert "is not understood" in refusal(EdtfFormField().clean, text)[0]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_field_that_may_be_open_names_the_words_for_it(language):
    with translation.override(language):
        told = str(MESSAGES["neither_date_nor_open"])
    named = re.findall("[“«]([^”»]+)[”»]", told)[-1]
    assert EdtfFormField(may_be_open=True).clean(named) == OPEN


def test_a_field_that_may_be_open_refuses_what_is_neither():
    assert refusal(EdtfFormField(may_be_open=True).clean, "до весны") == [
        "“до весны” is not understood. Write 4 March 2024, March 2024, 2024 or “present”."
    ]
    assert "this month has no such day" in refusal(EdtfFormField(may_be_open=True).clean, "31 июня 2024")[0]


def test_a_column_refuses_what_is_no_kept_date_for_the_same_reason():
    assert "this month has no such day" in refusal(lambda text: EdtfField().clean(text, None), "2024-02-31")[0]
