"""Files for reference managers, read back by other people's parsers and compared with the record field by field."""

import re
import warnings
from dataclasses import replace

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from people.edtf import Edtf
from quotes.citing.bibtex import bibtex
from quotes.citing.csl import csl
from quotes.citing.notes import notes
from quotes.citing.ris import ris
from quotes.citing.wording import one_line, quote_text, title_of_words
from tests.quotes.citing.samples import ALL, BARE, DIRECT, ENGLISH, IMPRECISE, INDIRECT, MIXED

KEY = "skazano-abcd2345"
each = pytest.mark.parametrize("told", ALL.values(), ids=ALL)
# Whatever an article may print, on several lines too; surrogates and NUL never get into a snapshot's text.
ANY_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
WORDS = (ANY_WORDS | st.text("\\{}%&$#_^~-'`\"<>,.?!«»ёa1 \n\t\r\u2028", min_size=1)).filter(str.strip)


def unspaced(text):
    """For comparing through formats that make every white space one space."""
    return " ".join(one_line(text).split())


def read_csl(told):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py does not know the variables of CSL 1.0.2
        return CiteProcJSON([csl(told)])[KEY]


def read_bibtex(told):
    """The entry, its fields without TeX."""
    entry = parse_string(bibtex(told), "bibtex").entries[KEY]
    fields = {name: without_tex(value) for name, value in entry.fields.items() if name != "url"}
    people = [without_tex(str(person)) for person in entry.persons.get("author", [])]
    return entry.type, fields | {"url": entry.fields["url"]}, people


# Commands of LaTeX's own that pybtex passes over, and signs for private use that stand for them meanwhile.
NOT_READ = {
    r"\textbraceleft{}": ("\uf8f0", "{"),
    r"\textbraceright{}": ("\uf8f1", "}"),
    r"\textasciicircum{}": ("\uf8f2", "^"),
    r"\$": ("\uf8f3", "$"),
}


def without_tex(value):
    """The text of a field, as TeX would print it."""
    for command, (meanwhile, _sign) in NOT_READ.items():
        value = value.replace(command, meanwhile)
    text = str(Text.from_latex(value))
    for meanwhile, sign in NOT_READ.values():
        text = text.replace(meanwhile, sign)
    return text


def read_ris(told):
    [record] = rispy.loads(ris(told))
    return record


def date_of(value):
    """A date of citeproc's as the beginning of an ISO one."""
    return "-".join(f"{value[part]:02}" for part in ("year", "month", "day") if part in value)


def known_parts(edtf):
    """What is certain of the date, as a beginning of an ISO one."""
    return str(edtf)[:4] if edtf.precision == "quarter" else str(edtf)


class TestCslJson:
    @each
    def test_is_read_back_field_by_field(self, told):
        item = read_csl(told)
        direct = told.is_direct
        author, other = (told.speaker, "") if direct else (told.byline, told.speaker)
        assert item.type == ("speech" if direct else "article-newspaper")
        assert [name["literal"] for name in item.get("author", [])] == [author] * bool(author)
        assert [name["literal"] for name in item.get("original_author", [])] == [other] * bool(other)
        assert str(item.get("title", "")) == (title_of_words(told) if direct else told.title)
        assert str(item["container_title"]) == told.source
        assert str(item.get("event_title", "")) == told.occasion
        assert str(item["abstract"]) == quote_text(told)
        assert str(item["language"]) == "ru"
        assert str(item["URL"]) == (told.address or told.permanent)
        assert str(item["archive_location"]) == told.permanent
        assert str(item["note"]) == " ".join(notes(told))

    @each
    def test_never_takes_one_date_for_another(self, told):
        item = read_csl(told)
        dates = {
            "issued": told.spoken if told.is_direct else told.published,
            "event_date": told.spoken,
            "accessed": told.retrieved and told.address and Edtf(told.retrieved.isoformat()),
        }
        for name, date in dates.items():
            assert (date_of(item[name]) if name in item else "") == (known_parts(date) if date else ""), name

    def test_says_a_quarter_in_words_beside_its_year_and_never_as_a_season(self):
        assert csl(IMPRECISE)["event-date"] == {"date-parts": [[2031]], "literal": "3-й квартал 2031"}
        assert csl(IMPRECISE)["custom"]["spoken"] == {"edtf": "2031-35", "known_by": "publication"}

    def test_of_direct_speech_keeps_the_articles_title_and_day(self):
        assert csl(DIRECT)["custom"]["article"] == "Мост построят"
        assert csl(DIRECT)["available-date"] == {"date-parts": [[2031, 5, 5]]}

    def test_has_no_field_that_is_empty(self):
        assert set(csl(BARE)) == {
            *("id", "type", "genre", "title", "language", "abstract", "container-title", "URL", "archive"),
            *("archive_location", "note", "custom"),
        }


class TestBibtex:
    @each
    def test_is_read_back_field_by_field(self, told):
        kind, fields, people = read_bibtex(told)
        author = told.speaker if told.is_direct else told.byline
        date = told.spoken if told.is_direct else told.published
        expected = {
            "title": title_of_words(told) if told.is_direct else told.title,
            "organization" if told.is_direct else "journal": told.source,
            "howpublished": told.title if told.is_direct else "",
            "speaker": "" if told.is_direct else told.speaker,
            "published": iso(told.published) if told.is_direct else "",
            "year": str(date.first.year) if date else "",
            "month": date.first.strftime("%B") if date and date.precision in {"day", "month"} else "",
            "day": str(date.first.day) if date and date.precision == "day" else "",
            "eventtitle": told.occasion,
            "eventdate": iso(told.spoken),
            "language": told.language,
            "abstract": quote_text(told),
            "note": " ".join(notes(told)),
            "url": told.address or told.permanent,
            "urldate": told.retrieved.isoformat() if told.retrieved and told.address else "",
        }
        assert kind == ("misc" if told.is_direct else "article")
        assert people == [author] * bool(author)
        assert fields == {name: value for name, value in expected.items() if value}

    @given(WORDS, WORDS)
    def test_brings_any_words_through(self, words, title):
        _kind, fields, _people = read_bibtex(replace(MIXED, spans=(words,), title=title))
        assert unspaced(fields["abstract"]) == unspaced(words)
        assert unspaced(fields.get("title", "")) == unspaced(title)

    def test_escapes_what_tex_would_obey(self):
        text = bibtex(replace(MIXED, spans=("50% & 7 $ {скобка #1_а ~ ^ \\ --",)))
        assert r"50\% \& 7 \$ \textbraceleft{}скобка \#1\_а" in text
        assert r"\textasciitilde{} \textasciicircum{} \textbackslash{} -{}-" in text

    def test_leaves_an_address_as_it_is(self):
        assert "url = {https://vestnik.example/most?a=1&b=2_3}," in bibtex(DIRECT)
        assert "url = {https://vestnik.example/%7Ba%7D}," in bibtex(
            replace(DIRECT, address="https://vestnik.example/{a}")
        )


class TestRis:
    @each
    def test_is_read_back_field_by_field(self, told):
        record = read_ris(told)
        author = told.speaker if told.is_direct else told.byline
        date = told.spoken if told.is_direct else told.published
        expected = {
            "type_of_reference": "ELEC" if told.is_direct else "NEWS",
            "id": KEY,
            "authors": [author] * bool(author),
            "title": title_of_words(told) if told.is_direct else told.title,
            "secondary_title": told.source,
            "year": str(date.first.year) if date else "",
            "date": ris_day(date),
            "access_date": "2031/05/06/" if told.retrieved and told.address else "",
            "abstract": quote_text(told),
            "keywords": [word for word in (told.speaker, told.occasion) if word],
            "language": told.language,
            "notes": notes(told),
            "database_provider": "Skazano" if told.told_in == "en" else "Сказано",
            "urls": [address for address in (told.address, told.permanent) if address],
        }
        assert record == {name: value for name, value in expected.items() if value}

    @given(WORDS, WORDS)
    def test_brings_any_words_through(self, words, title):
        record = read_ris(replace(MIXED, spans=(words,), title=title))
        assert unspaced(record.get("abstract", "")) == unspaced(words)
        assert unspaced(record.get("title", "")) == unspaced(title)

    def test_takes_no_line_of_the_words_for_a_line_of_its_own(self):
        text = ris(replace(MIXED, spans=("первая строка\nER  - \r\nTY  - BOOK\x0bконец\u2028AU  - Никто",)))
        assert re.findall(r"(?m)^(?:TY|ER|AU)  -.*?\r?$", text) == ["TY  - NEWS\r", "ER  - \r"]

    def test_ends_its_lines_as_the_format_asks(self):
        assert ris(DIRECT).endswith("\r\nER  - \r\n")
        assert "\n" not in ris(DIRECT).replace("\r\n", "")


@pytest.mark.parametrize("write", [csl, bibtex, ris])
class TestEveryFormat:
    def test_has_no_quotation_marks_around_words_that_are_the_reporters(self, write):
        assert "«дороги отремонтируют раньше»" not in str(write(INDIRECT))
        assert "«Мост будет построен к осени»" in str(write(DIRECT))

    def test_makes_no_title_of_words_that_are_the_reporters(self, write):
        for told in (INDIRECT, MIXED):
            assert str(write(told)).count(told.spans[0]) == (2 if write is csl else 1)  # the record's spans, too

    def test_says_whose_words_they_are(self, write):
        assert "слова принадлежат журналисту" in str(write(INDIRECT))
        assert "Direct speech." in str(write(ENGLISH))


def iso(date):
    if date is None:
        return ""
    if date.precision == "quarter":
        return {"2031-33": "2031-01/2031-03", "2031-34": "2031-04/2031-06", "2031-35": "2031-07/2031-09"}[str(date)]
    return str(date)


def ris_day(date):
    told = {
        "2031-05-04": "2031/05/04/", "2031-05-05": "2031/05/05/", "2031-06": "2031/06//", "2031": "2031///",
        "2031-33": "2031///Q1", "2031-35": "2031///Q3",
    }  # fmt: skip
    return told[str(date)] if date else ""
