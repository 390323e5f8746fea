"""`python -m quotes.extraction`, as somebody runs it who has no site and no database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
REGISTRY = """
country = "XP"
[[office]]
key = "xp-head"
name = { ru = "Президент Примерии", be = "Прэзідэнт Прымерыі", en = "President of Exampland" }
epithets = ["глава государства"]
[[person]]
key = "xp-oleg"
name = { ru = "Олег Шаблонов", be = "Алег Шаблонаў", en = "Oleg Shablonov" }
[[person]]
key = "xp-vera"
name = { ru = "Вера Эталонова", be = "Вера Эталонава", en = "Vera Etalonova" }
[[tenure]]
person = "xp-oleg"
office = "xp-head"
start = "2000-01-01"
end = "2009-12-31"
[[tenure]]
person = "xp-vera"
office = "xp-head"
start = "2010-01-01"
end = ".."
"""
TEXT = "Глава государства заявил, что мост откроют."


@pytest.fixture
def run():
    """Runs the command with nothing of this process's environment; also gives the modules it imported."""

    def of(*arguments):
        command = [sys.executable, "-X", "importtime", "-m", "quotes.extraction", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, encoding="utf-8", check=False)
        lines = done.stderr.splitlines()
        modules = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
        assert done.returncode == 0, done.stderr[-2000:]
        return [json.loads(line) for line in done.stdout.splitlines()], modules

    return of


def test_it_prints_a_line_of_json_for_each_file(run, tmp_path):
    (tmp_path / "xp.toml").write_text(REGISTRY, encoding="utf-8")
    for name in ("old", "new"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    meta = tmp_path / "meta.jsonl"
    meta.write_text(
        '{"id": "old", "lang": "ru", "published": "2005-03-04"}\n'
        '{"id": "new", "lang": "ru", "published": "2024-03-04T10:00:00+03:00"}\n',
        encoding="utf-8",
    )
    rows, modules = run(tmp_path / "old.txt", tmp_path / "new.txt", "--meta", meta, "--registry", tmp_path / "xp.toml")
    assert [row["id"] for row in rows] == ["old", "new"]
    said = [row["statements"] for row in rows]
    assert [[TEXT[slice(*part)] for part in one["parts"]] for [one] in said] == [["мост откроют"]] * 2
    assert [(one["kind"], one["speaker"]) for [one] in said] == [
        ("indirect", "Олег Шаблонов"),
        ("indirect", "Вера Эталонова"),
    ]
    assert "quotes.extraction.engine" in modules
    assert not {one for one in modules if one.split(".")[0] in {"django", "psycopg", "rest_framework", "natasha"}}


def test_without_meta_the_language_is_guessed_and_nobody_holds_an_office(run, tmp_path):
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    [row], _modules = run(file)
    assert [one["speaker"] for one in row["statements"]] == ["Глава государства"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Иван Приметов сказал газете «Наш край і ўсё», что мост закроют и починят.", "мост закроют и починят"),
        ("Ян Прыдуманы сказаў, што мост адкрыюць, але газета «Вести» піша іншае.", "мост адкрыюць, але газета «Вести»"),
        ("Harriet Quibble said that the bridge, or мост, is safe.", "the bridge, or мост, is safe"),
    ],
)
def test_the_language_is_guessed_by_most_of_the_letters(run, tmp_path, text, words):
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8")
    [row], _modules = run(file)
    [one] = row["statements"]
    assert text[slice(*one["parts"][0])].startswith(words)
