"""The typed client: generated from the description as it is now, and used as its page shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def generated(client, tmp_path):
    """The folder of a client made as `make client` makes it."""
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi"})
    (tmp_path / "openapi.yml").write_bytes(schema.content)
    programs = Path(sys.executable).parent
    subprocess.run(
        [
            *(programs / "openapi-python-client", "generate", "--path", "openapi.yml", "--output-path", "client"),
            *("--config", ROOT / "tests/api/client.yml", "--meta", "setup"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        check=True,
        capture_output=True,
    )
    return tmp_path / "client"


@pytest.mark.django_db(transaction=True)
def test_the_example_of_the_docs_runs_with_a_client_made_from_the_description(generated, live_server, search_index):
    statement = world.published(speaker=world.person(name_en="Ivan Ozyorny"))
    search_index()
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/client.md").read_text(encoding="utf-8"), re.DOTALL)
    code = example.replace("http://127.0.0.1:8000", live_server.url)
    run = [sys.executable, "-c", code]
    told = subprocess.run(
        run, cwd=generated, env={"PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, check=False
    )
    assert told.stderr == ""
    assert told.stdout.splitlines() == [f"Ivan Ozyorny 2031-05-04 {world.BRIDGE}", f"found {statement.public_id}"]
