"""`manage.py ingest`: what it prints, and how it fails."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation

from articles.models import Article, Snapshot, Source
from people.models import HistoryEntry

pytestmark = pytest.mark.django_db

TEXT = "Мэр Примерска Иван Примеров открыл мост. «Мост простоит сто лет», — сказал он.\nИсточник: Пример\n"
BODY = TEXT.index("\n")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "most.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*arguments):
    """What the command prints, and what it says of failures."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def test_a_new_article_is_told_with_its_ids_and_body(paper, file):
    out, err = run(file, "--source", "Примерская газета")
    snapshot = Snapshot.objects.get()
    assert out == (
        f"{file}: new article {snapshot.article.public_id}, snapshot {snapshot.public_id}, "
        f"body 0–{BODY} of {len(TEXT)} characters\n"
    )
    assert err == ""
    assert snapshot.article.credit == "Источник: Пример"
    assert snapshot.method == "file"


def test_the_sample_s_body_is_told(paper, shared_dir):
    out, _err = run(str(shared_dir / "samples" / "belta-turnover.txt"), "--source", "example.com")
    assert "body 0–2215 of" in out


def test_the_same_file_twice_is_already_here(paper, file):
    run(file, "--source", "example.com")
    again, _err = run(file)
    snapshot = Snapshot.objects.get()
    assert f": already here: snapshot {snapshot.public_id} of article {snapshot.article.public_id}, body" in again


def test_a_changed_page_is_a_new_snapshot(paper, file, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{TEXT}Ещё одно предложение о мосте.", encoding="utf-8")
    run(file, "--address", "https://example.com/most")
    out, _err = run(str(other), "--address", "https://example.com/most")
    article, snapshot = Article.objects.get(), Snapshot.objects.latest("id")
    assert f": new snapshot {snapshot.public_id} of article {article.public_id}" in out


def test_what_is_said_is_recorded(paper, file, django_user_model):
    user = django_user_model.objects.create_user("researcher")
    run(
        file, "--address", "https://example.com/a", "--title", "Мост", "--published", "4 марта 2024",
        "--published-known", "other", "--language", "be", "--as", "researcher",
    )  # fmt: skip
    article = Article.objects.get()
    assert (article.address, article.title, article.language) == ("https://example.com/a", "Мост", "be")
    assert (article.published, article.published_known) == ("2024-03-04", "other")
    assert HistoryEntry.objects.get(table_name="articles_article").user == user


@pytest.mark.parametrize("name", ["Примерская газета", "example gazette", "example.com", "public_id"])
def test_the_source_is_named_or_given_by_its_id(paper, file, name):
    run(file, "--source", paper.public_id if name == "public_id" else name)
    assert Article.objects.get().source == paper


def test_standard_input_is_a_file_too(paper, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    out, _err = run("-", "--source", "example.com")
    assert out.startswith("-: new article ")


def test_a_file_that_fails_is_named_and_the_others_are_taken_in(paper, file, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    missing = tmp_path / "missing.txt"
    out, err = run(str(empty), file, str(missing), str(tmp_path), "--source", "example.com")
    assert out.startswith(f"{file}: new article")
    assert f"{empty}: There is no text in it." in err
    assert f"{missing}: No such file or directory" in err
    assert f"{tmp_path}: Is a directory" in err
    assert f"Not taken in: {empty}, {missing}, {tmp_path}\n" in err
    assert Snapshot.objects.count() == 1


def test_a_failure_is_a_failure_to_the_shell(paper, file):
    with pytest.raises(CommandError) as caught:
        call_command("ingest", file, stderr=io.StringIO())
    assert caught.value.returncode == 1


def test_the_option_that_answers_a_question_is_named(paper, file):
    out, err = run(file)
    assert out == ""
    assert f"{file}: Who published it? Choose the source, or add it. (--source)" in err


@override_settings(INGEST_MAX_BYTES=100)
def test_a_file_that_is_too_large_is_refused(paper, file):
    _out, err = run(file, "--source", "example.com")
    assert f"{file}: It is larger than 100\xa0bytes" in err
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source", "Нет такой"], "No source is called “Нет такой”. Check the spelling"),
        (["--source", "Тёзка"], "Several sources are called “Тёзка”. Write the id or the site of the one you mean:"),
        (["--as", "nobody"], "There is no user “nobody”. Check --as."),
        (["--published", "давно"], "--published: “давно” is not understood. Write 4 March 2024"),
        (["--address", "example"], "“example” is not a web address."),
        (["other.txt", "--title", "Мост"], "--title belongs to one article. Give one file."),
    ],
)
def test_an_option_that_is_wrong_is_told_and_nothing_is_stored(paper, file, arguments, said):
    Source.objects.create(name_ru="Тёзка")
    Source.objects.create(name_en="тёзка")
    out, err = run(file, *arguments)
    assert said in err
    assert out == ""
    assert not Article.objects.exists()
