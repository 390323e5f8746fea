"""`python -m tests.published_schemas`: fetches the schemas that others publish and our answers are held to.

They may not be kept with the code, since nobody gave them a licence: here are only their addresses and sums
(`published_schemas.toml`). A sum is taken of what a file says, whatever its spaces and the order of its keys.
"""

import hashlib
import json
import sys
import tomllib
from http import HTTPStatus
from pathlib import Path
from typing import Any

import urllib3

from tests.environment import CACHE

LIST = Path(__file__).with_suffix(".toml")
FOLDER = CACHE / "schemas"
WAIT = 20  # seconds


class NotFetched(Exception):  # noqa: N818 - the name says what it is
    """A file is not here."""


class Different(Exception):  # noqa: N818 - the name says what it is
    """A file is not the one that the sum was taken of."""


def schemas(group: str) -> dict[str, Any]:
    """The schemas of a group by file name. Raises NotFetched or Different."""
    return {name: _checked(_kept(group, name), sum_, name) for name, (_, sum_) in listed()[group].items()}


def listed() -> dict[str, dict[str, tuple[str, str]]]:
    """Addresses and sums by group and file name."""
    groups = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {
        group: {address.rpartition("/")[2]: (address, sum_) for address, sum_ in files.items()}
        for group, files in groups.items()
    }


def fetch() -> list[str]:
    """Fetches what is not here, or is here and not what it should be; tells what could not be had, of which nothing is kept."""
    web = urllib3.PoolManager(timeout=WAIT, retries=urllib3.Retry(3, redirect=2))
    faults = []
    for group, files in listed().items():
        for name, (address, sum_) in files.items():
            try:
                _checked(_kept(group, name), sum_, name)
            except (NotFetched, Different):
                answer = web.request("GET", address)
                try:
                    _keep(group, name, answer.data, answer.status, sum_)
                except (NotFetched, Different) as error:
                    faults.append(f"{address}: {error}")
    return faults


def _keep(group: str, name: str, data: bytes, status: int, sum_: str) -> None:
    if status != HTTPStatus.OK:
        msg = f"It answers {status}."
        raise NotFetched(msg)
    _checked(data, sum_, name)
    path = FOLDER / group / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _kept(group: str, name: str) -> bytes:
    try:
        return (FOLDER / group / name).read_bytes()
    except FileNotFoundError as error:
        raise NotFetched(name) from error


def _checked(data: bytes, sum_: str, name: str) -> Any:
    try:
        schema = json.loads(data)
    except ValueError as error:
        msg = f"{name} is no JSON."
        raise Different(msg) from error
    found = sum_of(schema)
    if found != sum_:
        msg = f"{name} has changed: its sum is {found}. See what is new in it; then {LIST.name} may have that sum."
        raise Different(msg)
    return schema


def sum_of(schema: Any) -> str:
    """SHA-256 of the JSON in one spelling."""
    return hashlib.sha256(json.dumps(schema, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


if __name__ == "__main__":
    try:
        sys.exit("\n".join(fetch()) or 0)
    except urllib3.exceptions.HTTPError as error:
        sys.exit(str(error))
