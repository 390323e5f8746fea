"""Data releases: checked by frictionless, never written twice, honest about what has gone since."""

import csv
import hashlib
import json
import subprocess

import pytest
import time_machine
from django.core.management import CommandError, call_command
from frictionless import Package, system

from people.models import Person
from quotes.models import Statement
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    settings.SITE_ADDRESS = "https://skazano.example/"
    settings.DATA_LICENCE, settings.DATA_LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
    return settings.RELEASES_DIR


def make(day):
    with time_machine.travel(f"{day}T12:00:00+03:00", tick=False):
        call_command("release", verbosity=0)


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def three():
    of = world.snapshot(address="https://vestnik.example/most", byline="А. Репортёр")
    speaker = world.person()
    held = world.tenure(speaker, world.office())
    common = {"of": of, "speaker": speaker, "tenure": held, "meeting": world.meeting()}
    return [
        world.published(words=(world.ROADS,), kind="indirect", attribution="Он добавил", **common),
        world.published(words=("Работы", "уже идут"), kind="mixed", attribution="пояснил он", label="=1+1", **common),
        world.published(spoken="2031-35", **common),
    ]


def test_a_release_is_a_data_package_that_frictionless_finds_valid(root, three, capsys):
    world.draft(label="ЧЕРНОВИК", speaker=world.person("ЧЕРНОВИК"))
    make("2031-06-01")
    folder = root / "2031-06-01"
    assert "3 statements" in capsys.readouterr().out
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert {resource.name for resource in package.resources if resource.type == "table"} >= {
        "quotes",
        "people",
        "articles",
        "snapshots",
    }
    assert package.licenses == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    rows = {row["statement_id"]: row for row in table(folder, "quotes")}
    for statement in three:
        row = rows[statement.public_id]
        assert (row["words"], row["kind"], row["spoken"]) == (
            statement.lead.words,
            statement.lead.kind,
            statement.spoken,
        )
        assert row["url"] == f"https://skazano.example/s/{statement.public_id}"
    (snapshot,) = table(folder, "snapshots")
    assert snapshot["proof"] == three[0].lead.snapshot.proof.root
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [
        one.public_id for one in Statement.objects.published().newest()
    ]
    everything = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "ЧЕРНОВИК" not in everything
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_a_broken_table_would_be_found(root, three):
    make("2031-06-01")
    path = root / "2031-06-01" / "quotes.csv"
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("2031-07-01", "2031-13-01"), encoding="utf-8")
    with system.use_context(trusted=True):
        report = Package(str(path.parent / "datapackage.json")).validate()
    assert {"type-error", "hash-count"} & {kind for (kind,) in report.flatten(["type"])}


def test_a_release_is_never_written_again(root, three):
    make("2031-06-01")
    path = root / "2031-06-01" / "quotes.csv"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    world.published(of=world.snapshot(world.TEXT + "!"))
    with pytest.raises(CommandError, match="already"):
        make("2031-06-01")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not path.stat().st_mode & 0o222
    assert [one.name for one in root.iterdir()] == ["2031-06-01"]


def test_the_next_release_says_what_was_added_changed_and_withdrawn(root, three):
    make("2031-06-01")
    assert {row["change"] for row in table(root / "2031-06-01", "changes")} == {"added"}
    elena = world.user("elena", "editor")
    withdraw(three[0], "Источник отозвал сообщение.", by=elena)
    Person.objects.update(name_en="Ivan Ozyorny")
    added = world.published(of=world.snapshot(world.TEXT + "!"), speaker=world.person("Пётр Новый"))
    make("2031-06-02")
    folder = root / "2031-06-02"
    changes = {row["id"]: row["change"] for row in table(folder, "changes")}
    assert changes == {
        three[0].public_id: "withdrawn",
        three[1].public_id: "changed",
        three[2].public_id: "changed",
        added.public_id: "added",
    }
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["previous"], package["changes"]) == (
        "2031-06-01",
        {"added": 1, "changed": 2, "withdrawn": 1, "left": 0},
    )
    (gone,) = table(folder, "withdrawn")
    assert (gone["id"], gone["reason"]) == (three[0].public_id, "Источник отозвал сообщение.")
    assert world.ROADS not in (folder / "statements.jsonl").read_text(encoding="utf-8")
    assert world.ROADS not in (folder / "quotes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["DATA_LICENCE", "SITE_ADDRESS"])
def test_without_a_licence_or_an_address_there_is_no_release(root, settings, name):
    setattr(settings, name, "")
    with pytest.raises(CommandError, match=name):
        call_command("release")
    assert not root.exists()


def test_what_fails_leaves_nothing_behind(root, three, monkeypatch):
    monkeypatch.setattr("quotes.releasing.making._changes", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make("2031-06-01")
    assert list(root.iterdir()) == []


def test_the_page_lists_releases_and_their_files_can_be_taken_in_parts(root, three, client):
    assert "There is no release yet" in client.get("/data?lang=en").content.decode()
    make("2031-06-01")
    make("2031-06-02")
    page = client.get("/data?lang=en").content.decode()
    assert page.index("2 June 2031") < page.index("1 June 2031")
    for told in ("CC-BY-4.0", "/data/2031-06-01/quotes.csv", "added: 0, changed: 0, withdrawn: 0, being revised: 0"):
        assert told in page
    path = root / "2031-06-02" / "quotes.csv"
    whole = client.get("/data/2031-06-02/quotes.csv", headers={"accept-encoding": "gzip"})
    content = b"".join(whole.streaming_content)
    assert (whole.status_code, content) == (200, path.read_bytes())
    assert whole["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert "immutable" in whole["Cache-Control"]
    part = client.get("/data/2031-06-02/quotes.csv", headers={"range": "bytes=10-19", "accept-encoding": "gzip"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 10-19/{len(content)}")
    assert b"".join(part.streaming_content) == content[10:20]
    assert client.get("/data/2031-06-02/quotes.csv", headers={"if-none-match": whole["ETag"]}).status_code == 304
    other = client.get("/data/2031-06-02/quotes.csv", headers={"range": "bytes=10-19", "if-range": '"other"'})
    assert (other.status_code, b"".join(other.streaming_content)) == (200, content)
    assert client.get("/data/2031-06-02/quotes.csv", headers={"range": f"bytes={len(content)}-"}).status_code == 416


@pytest.mark.parametrize(
    "address",
    ["2031-06-02/quotes.csv", "2031-06-01/other.csv", "2031-06-01/..%2fsecret", "2031-06-01/%2e%2e", "x/quotes.csv"],
)
def test_nothing_else_is_a_file_of_a_release(root, three, client, address):
    make("2031-06-01")
    (root / "secret").write_text("secret")
    (root / "2031-06-01").chmod(0o755)
    (root / "2031-06-01" / "other.csv").write_text("secret")
    assert client.get(f"/data/{address}").status_code == 404
