"""The interface in its languages: English in the code, Russian in the catalogue, Belarusian once it has one."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext, ngettext, override

from config.admin_words import SENTENCES
from quotes.models import Topic

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "config/locale/ru/LC_MESSAGES/django.po"
OF_THE_CODE = ("people", "articles", "quotes", "config", "templates")
PROGRAMS = ("xgettext", "msgmerge", "msgattrib", "msguniq")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# What a reader of Russian takes for a slip of the keyboard: English quotation marks, a hyphen for a dash, a dash that
# may begin a line.
UNTYPOGRAPHIC = re.compile(r"[\"”]|(?<=\s)-(?=\s)|(?<= )—|\.\.\.")

# Cyrillic that code may hold, and why. Everything else that a person reads is English in the code.
WORD_TABLES = {
    "articles/body.py": "the marks by which credits and teasers are recognised",
    "articles/decoding.py": "letters by which an encoding is guessed",
    "articles/stubs.py": "titles of pages that stand in for an article",
    "articles/title.py": "letters with which a sentence begins",
    "config/demo.py": "a search to try",
    "people/belarusian.py": "endings of Belarusian words",
    "people/date_reading.py": "how articles give dates",
    "quotes/migrations/text/0026_guideline.ru.txt": "the first guideline, which is there in both languages",
    "people/date_telling.py": "the words for an open end",
    "people/date_words.py": "the months and quarters",
    "people/edtf.py": "how people write dates",
    "people/fields.py": "how people write an open end",
    "people/finding.py": "letters that are searched for as one",
    "people/inflection.py": "endings of names",
    "quotes/citing/phrases.py": "what stands between the facts of a citation, in three languages",
    "quotes/importing/columns.py": "the headings that people write",
    "quotes/importing/placing.py": "letters that look alike",
    "quotes/search/analysis.py": "letters that are searched for as one",
    "quotes/search/query.py": "the operator in three languages",
    "quotes/twins.py": "words that say nothing in any two sentences",
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


def entries():
    return list(polib.pofile(CATALOGUE))


def forms(entry):
    """The Russian text; for a plural each of its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def refuse(reason):
    """In the checks what is missing is a failure; elsewhere the test is left out."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


class TestTheCatalogue:
    def test_says_everything_in_russian(self):
        assert [entry.msgid for entry in entries() if not all(forms(entry))] == []

    def test_holds_nothing_guessed_and_nothing_left_over(self):
        assert not polib.pofile(CATALOGUE).metadata_is_fuzzy
        assert [entry.msgid for entry in entries() if entry.fuzzy or entry.obsolete] == []

    def test_keeps_the_placeholders(self):
        changed = [
            entry.msgid
            for entry in entries()
            for form in forms(entry)
            if placeholders(form) != placeholders(entry.msgid_plural or entry.msgid)
        ]
        assert changed == []

    def test_has_every_plural_form_of_russian(self):
        assert "nplurals=4" in polib.pofile(CATALOGUE).metadata["Plural-Forms"]
        assert [
            entry.msgid for entry in entries() if entry.msgid_plural and set(entry.msgstr_plural) != {0, 1, 2, 3}
        ] == []

    def test_is_set_as_russian_is_printed(self):
        assert [form for entry in entries() for form in forms(entry) if UNTYPOGRAPHIC.search(form)] == []

    def test_ends_as_the_english_does(self):
        """A sentence keeps its full stop, a label its colon: what follows on the page relies on it."""
        different = [
            (entry.msgid, form)
            for entry in entries()
            for form in forms(entry)
            if entry.msgid[-1] in ".:…" and form[-1:] != entry.msgid[-1]
        ]
        assert different == []

    @pytest.mark.slow  # Reads every file of the code with xgettext, a program for each of two kinds.
    def test_holds_every_string_of_the_code_and_no_other(self, tmp_path):
        if missing := [program for program in PROGRAMS if not shutil.which(program)]:
            refuse(f"{missing[0]} is not installed")
        for name in OF_THE_CODE:
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("locale", "__pycache__"))
        shutil.copy(ROOT / "manage.py", tmp_path)
        (tmp_path / "config/locale").mkdir()
        make = [sys.executable, "manage.py", "makemessages", "--locale=ru", "--no-location", "--no-wrap"]
        subprocess.run(make, cwd=tmp_path, check=True, capture_output=True, timeout=300)
        marked = {key(entry) for entry in polib.pofile(tmp_path / CATALOGUE.relative_to(ROOT))}
        told = {key(entry) for entry in entries()}
        assert sorted(map(str, marked - told)) == [], "Run `make messages` and translate these."
        assert sorted(map(str, told - marked)) == [], "Run `make messages`: these are no longer in the code."


@pytest.fixture
def compiled():
    """Pages are translated by what `make` compiles; an older one would test what nobody reads any more."""
    binary = CATALOGUE.with_suffix(".mo")
    assert binary.exists(), "Run `make install`: the catalogue is not compiled."
    assert binary.stat().st_mtime >= CATALOGUE.stat().st_mtime, "Run `make install`: the catalogue has changed."


@pytest.mark.django_db
@pytest.mark.usefixtures("compiled")
class TestAPage:
    @pytest.mark.parametrize(
        ("asked", "heading", "button"),
        [
            ("ru", "Кто, что и когда сказал и где это напечатано", "Найти"),
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

    def test_offers_a_language_as_soon_as_it_has_a_catalogue(self, client, settings):
        settings.SPOKEN_LANGUAGES = ["ru", "be", "en"]
        page = client.get("/", {"lang": "be"}).content.decode()
        assert '<html lang="be">' in page
        assert "Беларуская" in page
        assert 'rel="alternate" hreflang="be"' in page

    def test_speaks_the_browsers_language_and_russian_to_all_others(self, client):
        english = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
        french = client.get("/", headers={"accept-language": "fr"}).content.decode()
        assert "All statements" in english
        assert "Все высказывания" in french

    @pytest.mark.parametrize("asked", [code for code, _name in settings.LANGUAGES])
    def test_of_the_admin_opens_in_each_language(self, admin_client, asked):
        assert admin_client.get("/admin/", headers={"accept-language": asked}).status_code == 200


@pytest.mark.usefixtures("compiled")
def test_russian_counts_as_russians_do():
    def found(total):
        return ngettext("%(total)s statement found", "%(total)s statements found", total) % {"total": total}

    with override("ru"):
        assert [found(total) for total in (1, 3, 5, 11, 21, 112)] == [
            "Найдено 1 высказывание",
            "Найдено 3 высказывания",
            "Найдено 5 высказываний",
            "Найдено 11 высказываний",
            "Найдено 21 высказывание",
            "Найдено 112 высказываний",
        ]


@pytest.mark.django_db
@pytest.mark.usefixtures("compiled")
class TestDjangosOwnAdmin:
    def test_keeps_its_words(self):
        with override("ru"):
            assert gettext("Home") == "Начало"
            assert gettext("Delete") == "Удалить"
            assert gettext("Add") == "Добавить"
            assert gettext("Save") == "Сохранить"

    def test_still_has_every_sentence_that_is_said_another_way(self):
        """One that Django has reworded is said in Django's way again, and nobody would notice."""
        theirs = Path(admin.__file__).parent / "locale/ru/LC_MESSAGES/django.po"
        assert set(SENTENCES) - {entry.msgid for entry in polib.pofile(theirs)} == set()

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


def test_the_languages_spoken_are_english_and_those_with_a_catalogue():
    catalogues = {folder.parent.parent.name for folder in CATALOGUE.parents[2].glob("*/LC_MESSAGES/django.po")}
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
