"""The evidence packet: its own script, run as anybody would, accepts it and refuses it with anything changed."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

from people.acting import acting
from quotes.annotating import write_quote
from quotes.models import Quote
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
LONG = f"{world.TEXT[: world.BODY]} " + " ".join(f"слово{n}" for n in range(200)) + "\n\nПоследний тайный абзац."


@pytest.fixture
def statement(settings):
    settings.CONTEXT_WINDOW = 60
    return world.published(
        of=world.snapshot(LONG, body=(0, len(LONG))),
        words=("Работы", "уже идут"),
        kind="mixed",
        attribution="пояснил он",
    )


def packet(client, statement, **headers):
    response = client.get(
        f"/api/v1/statements/{statement.public_id}/evidence.zip", headers={"accept-language": "ru"} | headers
    )
    assert response.status_code == 200
    return response.content


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def check(files, folder, *proofs):
    """What the packet's own script says, in a new process without anything of ours."""
    path = folder / "packet.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    script = folder / "check.py"
    script.write_text(files["check.py"], encoding="utf-8")
    run = [sys.executable, "-I", str(script), str(path), *proofs]
    return subprocess.run(
        run, cwd=folder, env={"PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, check=False
    )


def proof_file(files):
    return next(name for name in files if name.startswith("proofs/"))


def changed(files, name, change):
    """The packet with a JSON file changed in place."""
    value = json.loads(files[name])
    change(value)
    return files | {name: json.dumps(value, ensure_ascii=False)}


def test_its_script_accepts_it(client, statement, tmp_path):
    files = unpacked(packet(client, statement))
    root = statement.lead.snapshot.proof.root
    told = check(files, tmp_path, root)
    assert (told.returncode, told.stderr) == (0, "")
    assert (
        told.stdout
        == f"HOLDS: {statement.lead.public_id} in {statement.lead.snapshot.public_id} proof {root} (window)\n"
    )


def words_of(proof):
    return [word for one in proof["paragraphs"] for word in one.get("words", [])]


def swap_paragraphs(proof):
    proof["paragraphs"][0], proof["paragraphs"][1] = proof["paragraphs"][1], proof["paragraphs"][0]


def change_a_hash(proof):
    hidden = next(word for word in words_of(proof) if "hash" in word)
    hidden["hash"] = hashlib.sha256(b"other").hexdigest()


def change_a_shown_word(proof):
    shown = next(word for word in words_of(proof) if word.get("word") == "идут».")
    shown["word"] = "идут!»."


def change_a_salt(proof):
    shown = next(word for word in words_of(proof) if "word" in word)
    shown["salt"] = "00" * 32


def drop_the_last(proof):
    proof["paragraphs"].pop()


def change_a_paragraph_hash(proof):
    proof["paragraphs"][-1]["hash"] = hashlib.sha256(b"other").hexdigest()


def claim_another_hash(proof):
    next(one for one in proof["paragraphs"] if "words" in one)["hash"] = hashlib.sha256(b"other").hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        swap_paragraphs,
        change_a_hash,
        change_a_shown_word,
        change_a_salt,
        drop_the_last,
        change_a_paragraph_hash,
        claim_another_hash,
    ],
)
def test_its_script_refuses_a_proof_with_anything_changed(client, statement, tmp_path, change):
    files = unpacked(packet(client, statement))
    told = check(changed(files, proof_file(files), change), tmp_path)
    assert told.returncode == 1
    assert told.stderr.startswith("REFUSED: ")


@pytest.mark.parametrize(
    ("word", "other"), [("уже идут", "уже идёт"), ("Работы", "работы"), ("уже идут", "слово150"), ("уже идут", "")]
)
def test_its_script_refuses_other_words_in_the_record(client, statement, tmp_path, word, other):
    files = unpacked(packet(client, statement))

    def change(record):
        for span in record["quotes"][0]["spans"]:
            span["exact"] = other if span["exact"] == word else span["exact"]

    assert "do not stand there" in check(changed(files, "record.json", change), tmp_path).stderr


def test_a_forgery_that_agrees_with_itself_is_refused_by_the_proof_that_was_published(client, statement, tmp_path):
    with acting(world.user("anna", "annotator")):
        forged = world.snapshot(
            LONG.replace("уже идут", "не идут"), body=(0, len(LONG) - 1), address="https://forged.example/"
        )
    forged = world.published(of=forged, words=("Работы", "не идут"), kind="mixed", attribution="пояснил он")
    files = unpacked(packet(client, forged))
    assert check(files, tmp_path).returncode == 0
    assert "not one of those" in check(files, tmp_path, statement.lead.snapshot.proof.root).stderr


def test_it_shows_of_the_text_what_the_page_shows_and_no_more(client, statement):
    files = unpacked(packet(client, statement))
    everything = " ".join(files.values())
    assert "слово3" in everything
    for hidden in ("слово50", "слово199", "тайный", "посла"):
        assert hidden not in everything
    proof = json.loads(files[proof_file(files)])
    shown = [word["word"] for one in proof["paragraphs"] for word in one.get("words", []) if "word" in word]
    page = client.get(statement.get_absolute_url()).content.decode()
    assert all(part in page for word in shown for part in re.findall(r"\w+", word))
    secret = statement.lead.snapshot.proof.secret.hex()
    assert secret not in everything


def test_a_key_that_may_read_texts_gets_the_whole_text(client, statement, tmp_path, monkeypatch):
    from quotes.api.evidence import Evidence

    monkeypatch.setattr(
        Evidence,
        "perform_authentication",
        lambda self, request: setattr(request, "auth", SimpleNamespace(may_read_texts=True)),
    )
    response = client.get(f"/api/v1/statements/{statement.public_id}/evidence.zip")
    assert "Authorization" in response["Vary"]
    assert "private" in response["Cache-Control"]
    files = unpacked(response.content)
    snapshot = statement.lead.snapshot
    assert files[f"texts/{snapshot.public_id}.txt"] == LONG
    told = check(files, tmp_path)
    assert (told.returncode, "(whole text)" in told.stdout) == (0, True)

    def move(record):
        record["quotes"][0]["spans"][0]["start"] += 1

    assert "at another place" in check(changed(files, "record.json", move), tmp_path).stderr


def test_the_same_state_gives_the_same_bytes(client, statement):
    first = client.get(f"/api/v1/statements/{statement.public_id}/evidence.zip")
    assert packet(client, statement) == packet(client, statement)
    again = client.get(
        f"/api/v1/statements/{statement.public_id}/evidence.zip", headers={"if-none-match": first["ETag"]}
    )
    assert again.status_code == 304


def test_its_files_are_those_of_the_record(client, statement):
    files = unpacked(packet(client, statement))
    assert json.loads(files["record.json"]) == client.get(f"/api/v1/statements/{statement.public_id}/?lang=ru").json()
    (link,) = json.loads(files["chain.json"])
    assert link["snapshot"]["proof"] == statement.lead.snapshot.proof.root
    assert [event["kind"] for event in json.loads(files["history.json"])["events"]] == ["published"]
    assert json.loads(files["citation.csl.json"]) == client.get(f"/s/{statement.public_id}/cite.json?lang=ru").json()
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].splitlines())
    assert sums == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items() if name != "SHA256SUMS"
    }
    assert "anna" not in " ".join(files.values())
    assert "roman" not in " ".join(files.values())


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Чего это не доказывает"), ("be", "Чаго гэта не даказвае"), ("en", "What it does not prove")],
)
def test_it_says_in_the_readers_language_what_it_does_not_prove(client, statement, language, words):
    read_me = unpacked(packet(client, statement, **{"accept-language": language}))["README.txt"]
    assert words in read_me
    assert f"http://testserver/s/{statement.public_id}" in read_me
    assert "{" not in read_me


def test_two_articles_have_a_proof_each(client, statement, tmp_path):
    other = world.snapshot(world.TEXT, address="https://vestnik.example/2")
    with acting(world.user("anna", "annotator")):
        write_quote(statement, Quote(snapshot=other, kind="direct"), world.anchors(other, "Работы"))
    statement = world.publish(statement)
    told = check(unpacked(packet(client, statement)), tmp_path)
    assert told.stdout.count("HOLDS") == 2


def test_a_withdrawn_statement_and_a_draft_have_none(client, statement):
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    assert client.get(f"/api/v1/statements/{statement.public_id}/evidence.zip").status_code == 410
    draft = world.draft(of=world.snapshot(world.TEXT + "?"))
    assert client.get(f"/api/v1/statements/{draft.public_id}/evidence.zip").status_code == 404


def test_the_script_is_short():
    from quotes.packet.making import HERE

    code = [line for line in (HERE / "check.py").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(code) <= 42
