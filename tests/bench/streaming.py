"""What a whole export takes: rows a second, and memory of the process that writes it."""

import csv
import http.client
import io
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.site import HOST, serving

PATIENCE: Final = 600  # seconds between two pieces
HIGHEST: Final = re.compile(r"^VmHWM:\s*([0-9]+) kB$", re.MULTILINE)
FROM_HERE_ON: Final = "5"  # written to clear_refs, it makes what a process takes now its highest


def of_csv(lines: Iterable[str]) -> int:
    """The rows of a table; a cell may have several lines. Without its header."""
    return sum(1 for _row in csv.reader(lines)) - 1


def of_lines(lines: Iterable[str]) -> int:
    return sum(1 for _line in lines)


FILES: Final[dict[str, Callable[[Iterable[str]], int]]] = {"statements.jsonl": of_lines, "quotes.csv": of_csv}


@dataclass(frozen=True)
class Streamed:
    """Rows, seconds, and MB that the process had in memory before, and at most while it wrote."""

    rows: int
    seconds: float
    before: float
    highest: float


def stream(name: str, log: Path) -> Streamed:
    """All statements as that file, from gunicorn with one worker, which has answered before."""
    with serving(log, workers=1) as (port, parent):
        _read(port, "/api/v1/statements/?page_size=100", of_lines)
        (worker,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        process = Path("/proc") / worker
        (process / "clear_refs").write_text(FROM_HERE_ON)
        before = _highest(process)
        started = time.perf_counter()
        rows = _read(port, f"/api/v1/export/{name}", FILES[name])
        return Streamed(rows, time.perf_counter() - started, before, _highest(process))


def _read(port: int, address: str, rows: Callable[[Iterable[str]], int]) -> int:
    """How many rows the answer has. Not compressed, and read as it comes: nothing of it is kept here."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    connection.request("GET", address)
    with connection.getresponse() as response:
        if response.status != 200:
            raise AssertionError(f"{address} answers {response.status}")
        found = rows(io.TextIOWrapper(response, encoding="utf-8", newline=""))
    connection.close()
    return found


def _highest(process: Path) -> float:
    """MB, of what is in memory."""
    found = HIGHEST.search((process / "status").read_text())
    assert found, "The system tells nothing of a process's memory."
    return int(found[1]) / 1024
