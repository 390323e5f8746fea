"""The interface in its languages: English in the code, Russian and Belarusian in the catalogues."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
import polib
import pytest
import rest_framework
from django.conf import global_settings, settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override

from config.admin_words import SENTENCES
from quotes.models import Topic

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = {language: ROOT / f"config/locale/{language}/LC_MESSAGES/django.po" for language in ("ru", "be")}
# What Django's Belarusian is replaced by, for its pages and for its scripts.
OF_DJANGO = [ROOT / f"config/locale_of_django/be/LC_MESSAGES/{domain}.po" for domain in ("django", "djangojs")]
PLURAL_FORMS = {"ru": 4, "be": 3}
OF_THE_CODE = ("people", "articles", "quotes", "config", "templates")
PROGRAMS = ("xgettext", "msgmerge", "msgattrib", "msguniq")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdr]|\{\w*\}")
TAG = re.compile(r"</?(?:a|em|meta|strong)\b[^>]*>")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Letters that the other language does not have.
FOREIGN = {"ru": re.compile("[іў’]", re.IGNORECASE), "be": re.compile("[ищъ]|['`]", re.IGNORECASE)}
# Words that both languages have, in the same letters.
ALIKE = {
    "альфа", "байты", "без", "год", "дата", "для", "загрузка", "код", "курсор", "месяц", "на", "новая", "параметры", "парах", "пары",
    "пропуск", "разбор", "разметка", "сайт", "секунды", "сервер", "файлы", "фрагмент", "фрагменты", "шаблон",
}  # fmt: skip
# The spelling of 2005, which is not the official one: «сьнежань», «зьмяніць», «насеньне», «сэанс», «ня быў», «бяз іх».
# «Вазьміце», «хтосьці» and «уносьце» are official.
CLASSICAL = re.compile(
    r"(?<!в[ао])зьм|зь[бвджзлнп]|сь[взлнп]|(?:сь|ць)ц(?![іе]\b)|ць[вм]|дзьв|ньн|льл|ґ|сэанс|сэсі|кляс|\b(?:ня|бяз|зь)\b",
    re.IGNORECASE,
)
# Where Django has the sentences that the site shows, and those that only its pages for developers do.
SHOWN = ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/sessions")
FOR_DEVELOPERS = (
    "Boolean (Either", "String (up to", "Date (without", "Floating point", "Raw binary", "Slug (up to", "URL",
    "Foreign Key", "Future %(verbose", "Page is not", "Empty list and", "Directory indexes", "Index of",
    "Content type %(ct_id)s", "%(ct_name)s objects", "If you don’t receive", "Please go to the following",
)  # fmt: skip
# What a reader of either takes for a slip of the keyboard: English quotation marks, a hyphen for a dash, a dash that may
# begin a line.
UNTYPOGRAPHIC = re.compile(r"[\"”]|(?<=\s)-(?=\s)|(?<= )—|\.\.\.")

# Cyrillic that code may hold, and why. Everything else that a person reads is English in the code.
WORD_TABLES = {
    "articles/body.py": "the marks by which credits and teasers are recognised",
    "articles/decoding.py": "letters by which an encoding is guessed",
    "articles/stubs.py": "titles of pages that stand in for an article",
    "articles/title.py": "letters with which a sentence begins",
    "config/demo.py": "a search to try",
    "config/formats/be/formats.py": "what follows a year",
    "people/belarusian.py": "endings of Belarusian words",
    "people/date_reading.py": "how articles give dates",
    "quotes/migrations/text/0026_guideline.ru.txt": "the first guideline, which is there in both languages",
    "people/date_telling.py": "the words for an open end",
    "people/date_words.py": "the months and quarters",
    "people/edtf.py": "how people write dates",
    "people/fields.py": "how people write an open end",
    "people/finding.py": "letters that are searched for as one",
    "people/inflection.py": "endings of names",
    "people/morphology.py": "letters that the dictionary tells apart and people do not",
    "quotes/citing/phrases.py": "what stands between the facts of a citation, in three languages",
    "quotes/evidence.py": "two words for May",
    "quotes/importing/columns.py": "the headings that people write",
    "quotes/importing/placing.py": "letters that look alike",
    "quotes/packet/README.be.txt": "what a packet says of itself, in the reader's language",
    "quotes/packet/README.ru.txt": "as the one in Belarusian",
    "quotes/search/analysis.py": "letters that are searched for as one",
    "quotes/search/query.py": "the operator in three languages",
    "quotes/spelling.py": "letters that are compared as one",
    "quotes/twins.py": "words that say nothing in any two sentences",
    "static/admin/js/vendor/select2/i18n/be.js": "what Select2 says in Belarusian, in the form that it asks for",
    "templates/400.html": "shown where nothing can be translated, so in three languages at once",
    "templates/500.html": "shown where nothing can be translated, so in three languages at once",
}
# Here are the languages that are read, not the one that is spoken.
READS = "quotes/extraction/"
# Examples of what is to be typed or was printed; they are Russian in the English interface as well.
EXAMPLES = (
    "По материалам …",
    "глава государства, белорусский лидер",
    "МИД Беларуси, белорусский МИД",
    "4 марта 2024",
)


def entries(catalogue):
    return list(polib.pofile(catalogue))


def forms(entry):
    """The translation; for a plural each of its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def refuse(reason):
    """In the checks what is missing is a failure; elsewhere the test is left out."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(params=CATALOGUES)
def language(request):
    return request.param


@pytest.fixture
def catalogue(language):
    return CATALOGUES[language]


class TestACatalogue:
    def test_says_everything(self, catalogue):
        assert [entry.msgid for entry in entries(catalogue) if not all(forms(entry))] == []

    def test_holds_nothing_guessed_and_nothing_left_over(self, catalogue):
        assert not polib.pofile(catalogue).metadata_is_fuzzy
        assert [entry.msgid for entry in entries(catalogue) if entry.fuzzy or entry.obsolete] == []

    @pytest.mark.parametrize("catalogue", [*CATALOGUES.values(), *OF_DJANGO])
    def test_keeps_the_placeholders(self, catalogue):
        changed = [
            entry.msgid
            for entry in entries(catalogue)
            for form in forms(entry)
            if placeholders(form) != placeholders(entry.msgid_plural or entry.msgid)
        ]
        assert changed == []

    def test_keeps_the_tags(self, catalogue):
        changed = [
            entry.msgid
            for entry in entries(catalogue)
            for form in forms(entry)
            if sorted(TAG.findall(form)) != sorted(TAG.findall(entry.msgid_plural or entry.msgid))
        ]
        assert changed == []

    def test_has_every_plural_form_of_its_language(self, language, catalogue):
        number = PLURAL_FORMS[language]
        assert f"nplurals={number};" in polib.pofile(catalogue).metadata["Plural-Forms"]
        assert [
            entry.msgid
            for entry in entries(catalogue)
            if entry.msgid_plural and set(entry.msgstr_plural) != set(range(number))
        ] == []

    @pytest.mark.parametrize("catalogue", [*CATALOGUES.values(), *OF_DJANGO])
    def test_is_set_as_print_is(self, catalogue):
        html = {form: TAG.sub("", form) for entry in entries(catalogue) for form in forms(entry)}
        assert [form for form, text in html.items() if UNTYPOGRAPHIC.search(text)] == []

    def test_is_in_the_letters_of_its_language(self, language, catalogue):
        """`code` in a sentence stays as it is."""
        told = [re.sub(r"`\w+`", "", form) for entry in entries(catalogue) for form in forms(entry)]
        assert [form for form in told if FOREIGN[language].search(form)] == []

    def test_in_belarusian_is_not_copied_from_the_russian(self):
        russian = {key(entry): set(forms(entry)) for entry in entries(CATALOGUES["ru"])}
        belarusian = {key(entry): set(forms(entry)) for entry in entries(CATALOGUES["be"])}
        same = {form for told in russian.keys() & belarusian for form in russian[told] & belarusian[told]}
        words = {word for form in same for word in re.findall("[а-яёіў]+", PLACEHOLDER.sub("", form).lower())}
        assert words - ALIKE == set(), "If a word is the same in both languages, add it to those that are alike."

    def test_ends_as_the_english_does(self, catalogue):
        """A sentence keeps its full stop, a label its colon: what follows on the page relies on it."""
        different = [
            (entry.msgid, form)
            for entry in entries(catalogue)
            for form in forms(entry)
            if entry.msgid[-1] in ".:…" and form[-1:] != entry.msgid[-1]
        ]
        assert different == []

    @pytest.mark.slow  # Reads every file of the code with xgettext, a program for each of two kinds.
    def test_holds_every_string_of_the_code_and_no_other(self, language, catalogue, tmp_path):
        if missing := [program for program in PROGRAMS if not shutil.which(program)]:
            refuse(f"{missing[0]} is not installed")
        for name in OF_THE_CODE:
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("locale", "__pycache__"))
        shutil.copy(ROOT / "manage.py", tmp_path)
        (tmp_path / "config/locale").mkdir()
        make = [sys.executable, "manage.py", "makemessages", f"--locale={language}", "--no-location", "--no-wrap"]
        subprocess.run(make, cwd=tmp_path, check=True, capture_output=True, timeout=300)
        marked = {key(entry) for entry in polib.pofile(tmp_path / catalogue.relative_to(ROOT))}
        told = {key(entry) for entry in entries(catalogue)}
        assert sorted(map(str, marked - told)) == [], "Run `make messages` and translate these."
        assert sorted(map(str, told - marked)) == [], "Run `make messages`: these are no longer in the code."


@pytest.fixture
def compiled():
    """Pages are translated by what `make` compiles; an older one would test what nobody reads any more."""
    for catalogue in (*CATALOGUES.values(), *OF_DJANGO):
        binary = catalogue.with_suffix(".mo")
        assert binary.exists(), "Run `make install`: the catalogue is not compiled."
        assert binary.stat().st_mtime >= catalogue.stat().st_mtime, "Run `make install`: the catalogue has changed."


@pytest.mark.django_db
@pytest.mark.usefixtures("compiled")
class TestAPage:
    @pytest.mark.parametrize(
        ("asked", "heading", "button"),
        [
            ("ru", "Кто, что и когда сказал и где это напечатано", "Найти"),
            ("be", "Хто, што і калі сказаў і дзе гэта надрукавана", "Знайсці"),
            ("en", "Who said what, when, and where it is printed", "Find"),
        ],
    )
    def test_speaks_the_language_that_was_asked_for(self, client, asked, heading, button):
        response = client.get("/", {"lang": asked})
        page = response.content.decode()
        assert response["Content-Language"] == asked
        assert f'<html lang="{asked}">' in page
        assert f"<h1>{heading}</h1>" in page
        assert f"{button}</button>" in page

    @pytest.mark.parametrize(
        "wish", [{"query_params": {"lang": "be"}}, {"headers": {"accept-language": "be-BY,be;q=0.9,en;q=0.8"}}]
    )
    def test_in_a_language_without_a_catalogue_is_in_russian_and_says_so(self, client, settings, wish):
        settings.SPOKEN_LANGUAGES = ["ru", "en"]
        response = client.get("/", **wish)
        page = response.content.decode()
        assert response["Content-Language"] == "ru"
        assert '<html lang="ru">' in page
        assert "Найти</button>" in page
        assert "Беларуская" not in page
        assert 'hreflang="be"' not in page

    def test_offers_every_language_that_has_a_catalogue(self, client):
        page = client.get("/", {"lang": "be"}).content.decode()
        for code, name in (("ru", "Русский"), ("be", "Беларуская"), ("en", "English")):
            assert re.search(rf'hreflang="{code}"[^>]*>{name}</a>', page)
            assert f'rel="alternate" hreflang="{code}"' in page

    def test_speaks_the_browsers_language_and_russian_to_all_others(self, client):
        english = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
        french = client.get("/", headers={"accept-language": "fr"}).content.decode()
        belarusian = client.get("/", headers={"accept-language": "be-BY,be;q=0.9,ru;q=0.8"}).content.decode()
        assert "All statements" in english
        assert "Все высказывания" in french
        assert "Усе выказванні" in belarusian

    @pytest.mark.parametrize("asked", [code for code, _name in settings.LANGUAGES])
    def test_of_the_admin_opens_in_each_language(self, admin_client, asked):
        assert admin_client.get("/admin/", headers={"accept-language": asked}).status_code == 200


def found(total):
    return ngettext("%(shown)s statement found", "%(shown)s statements found", total) % {"shown": total}


@pytest.mark.usefixtures("compiled")
def test_russian_counts_as_russians_do():
    with override("ru"):
        assert [found(total) for total in (1, 3, 5, 11, 21, 112)] == [
            "Найдено 1 высказывание",
            "Найдено 3 высказывания",
            "Найдено 5 высказываний",
            "Найдено 11 высказываний",
            "Найдено 21 высказывание",
            "Найдено 112 высказываний",
        ]


@pytest.mark.usefixtures("compiled")
def test_belarusian_counts_as_belarusians_do():
    with override("be"):
        assert [found(total) for total in (0, 1, 3, 5, 11, 21, 24, 112)] == [
            "Знойдзена 0 выказванняў",
            "Знойдзена 1 выказванне",
            "Знойдзена 3 выказванні",
            "Знойдзена 5 выказванняў",
            "Знойдзена 11 выказванняў",
            "Знойдзена 21 выказванне",
            "Знойдзена 24 выказванні",
            "Знойдзена 112 выказванняў",
        ]


@pytest.mark.usefixtures("compiled")
def test_belarusian_dates_and_numbers_are_written_as_belarusians_write_them():
    moment = datetime(2031, 3, 4, 9, 5, tzinfo=UTC)
    with override("be"):
        assert date_format(moment, "DATETIME_FORMAT") == "4 сакавіка 2031 г. 9:05"
        assert date_format(datetime(2031, 5, 4, tzinfo=UTC)) == "4 мая 2031 г."
        assert date_format(moment, "YEAR_MONTH_FORMAT") == "сакавік 2031 г."
        assert filesizeformat(1_572_864) == "1,5\N{NO-BREAK SPACE}МБ"


@pytest.mark.django_db
@pytest.mark.usefixtures("compiled")
class TestDjangosOwnAdmin:
    def test_keeps_its_words(self):
        with override("ru"):
            assert gettext("Home") == "Начало"
            assert gettext("Delete") == "Удалить"
            assert gettext("Add") == "Добавить"
            assert gettext("Save") == "Сохранить"
        with override("be"):
            assert gettext("Save") == "Захаваць"

    def test_still_has_every_sentence_that_is_said_another_way(self, language):
        """One that Django has reworded is said in Django's way again, and nobody would notice."""
        theirs = Path(admin.__file__).parent / f"locale/{language}/LC_MESSAGES/django.po"
        assert set(SENTENCES) - {entry.msgid for entry in polib.pofile(theirs)} == set()

    @pytest.mark.parametrize("ours", OF_DJANGO, ids=lambda path: path.stem)
    def test_still_has_every_sentence_that_its_belarusian_is_replaced_for(self, ours):
        theirs = {key(one) for path in Path(django.__file__).parent.rglob(f"be/*/{ours.name}") for one in entries(path)}
        api = Path(rest_framework.__file__).parent / "locale/en/LC_MESSAGES/django.mo"
        theirs |= {key(one) for one in polib.mofile(str(api))}
        assert {key(entry) for entry in entries(ours)} - theirs == set()
        assert [entry.msgid for entry in entries(ours) if not all(forms(entry))] == []

    def test_speaks_belarusian_in_the_official_spelling(self):
        theirs = [Path(django.__file__).parent / part / "locale/be/LC_MESSAGES/django.po" for part in SHOWN]
        scripts = Path(admin.__file__).parent / "locale/be/LC_MESSAGES/djangojs.po"
        ours, our_scripts = OF_DJANGO
        pages = {key(entry): entry for path in (*theirs, ours, CATALOGUES["be"]) for entry in entries(path)}
        in_scripts = {key(entry): entry for path in (scripts, our_scripts) for entry in entries(path)}
        languages = {name for _code, name in global_settings.LANGUAGES}
        said = [
            form
            for entry in (*pages.values(), *in_scripts.values())
            if entry.msgid not in languages and not entry.msgid.startswith(FOR_DEVELOPERS)
            for form in forms(entry)
        ]
        assert [form for form in said if CLASSICAL.search(form)] == []

    def test_has_belarusian_words_for_its_scripts(self, admin_client):
        words = admin_client.get("/admin/jsi18n/", headers={"accept-language": "be"}).content.decode()
        assert json.dumps("Выбрана %(sel)s з %(cnt)s") in words
        assert json.dumps("Сёння") in words
        assert json.dumps("Абралі %(sel)s з %(cnt)s") not in words
        assert json.dumps("Учора") in words, "what ours does not say is Django's"
        russian = admin_client.get("/admin/jsi18n/", headers={"accept-language": "ru"}).content.decode()
        assert json.dumps("Сегодня") in russian

    def test_has_belarusian_words_for_its_boxes_with_search(self, admin_client):
        page = admin_client.get("/admin/people/tenure/add/", headers={"accept-language": "be"}).content.decode()
        assert re.search(r'<select[^>]* lang="be"', page)
        assert static("admin/js/vendor/select2/i18n/be.js") in page
        assert finders.find("admin/js/vendor/select2/i18n/be.js")

    def test_names_a_record_on_its_lists_and_forms_without_bending_the_name(self, admin_client):
        people = admin_client.get("/admin/people/person/").content.decode()
        assert "<h1>Выбор для изменения: персона</h1>" in people
        assert "Добавить: персона" in people
        adding = admin_client.get("/admin/people/person/add/").content.decode()
        assert "<h1>Добавить: персона</h1>" in adding
        assert json.dumps("Добавить ещё: Другое имя").strip('"') in adding  # a script makes this button

    def test_tells_what_was_done_with_a_record_without_bending_its_name(self, admin_client):
        added = admin_client.post("/admin/quotes/topic/add/", {"name_ru": "Погода Примерии"}, follow=True)
        assert "Добавлено: тема «" in added.content.decode()
        address = f"/admin/quotes/topic/{Topic.objects.get().pk}"
        assert "<h1>Изменить: тема</h1>" in admin_client.get(f"{address}/change/").content.decode()
        assert "Удалить запись «Погода Примерии» (тема)?" in admin_client.get(f"{address}/delete/").content.decode()
        deleted = admin_client.post(f"{address}/delete/", {"post": "yes"}, follow=True)
        assert "Удалено: тема «Погода Примерии»." in deleted.content.decode()

    def test_does_not_bend_names_in_belarusian_either(self, admin_client):
        belarusian = {"headers": {"accept-language": "be"}}
        people = admin_client.get("/admin/people/person/", **belarusian).content.decode()
        assert "<h1>Выбар для змянення: асоба</h1>" in people
        assert "Дадаць: асоба" in people
        added = admin_client.post("/admin/quotes/topic/add/", {"name_be": "Надвор’е"}, follow=True, **belarusian)
        assert "Дададзена: тэма «" in added.content.decode()
        address = f"/admin/quotes/topic/{Topic.objects.get().pk}"
        asked = admin_client.get(f"{address}/delete/", **belarusian).content.decode()
        assert "Выдаліць запіс «Надвор’е» (тэма)?" in asked
        deleted = admin_client.post(f"{address}/delete/", {"post": "yes"}, follow=True, **belarusian)
        assert "Выдалена: тэма «Надвор’е»." in deleted.content.decode()


def test_the_languages_spoken_are_english_and_those_with_a_catalogue():
    catalogues = {folder.parent.parent.name for folder in (ROOT / "config/locale").glob("*/LC_MESSAGES/django.po")}
    assert set(settings.SPOKEN_LANGUAGES) == {"en"} | catalogues


def texts_of(path):
    """The texts of a Python file that somebody could come to see, without its docstrings; else the lines of the file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return source.splitlines()
    nodes = list(ast.walk(ast.parse(source)))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    constants = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docs]
    return [node.value for node in constants if isinstance(node.value, str)]


def without_examples(text):
    for example in EXAMPLES:
        text = text.replace(example, "")
    return text


def in_cyrillic():
    """Texts of the code in Cyrillic, by file; comments, docstrings and the demo's data are not told to anybody."""
    files = [path for name in (*OF_THE_CODE, "static") for path in (ROOT / name).rglob("*") if path.is_file()]
    code = [path for path in files if path.suffix in {".py", ".html", ".txt", ".js"} and "data" not in path.parts]
    code = [path for path in code if not path.relative_to(ROOT).as_posix().startswith(READS)]
    found = {}
    for path in code:
        if texts := [text for text in texts_of(path) if CYRILLIC.search(without_examples(text))]:
            found[path.relative_to(ROOT).as_posix()] = texts
    return found


def test_the_code_speaks_english_and_leaves_russian_to_the_catalogue():
    assert {path: texts for path, texts in in_cyrillic().items() if path not in WORD_TABLES} == {}


def test_every_word_table_is_still_one():
    assert WORD_TABLES.keys() - in_cyrillic().keys() == set()
