"""Which tests may be skipped: those that `tests/skips.txt` lists with the reason they give. Any other skip fails."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("skips.txt")
HERE = Path(__file__).resolve().parent.parent


def allowed() -> list[tuple[str, str]]:
    """Pairs of a pattern of test ids and the reason that such a test may give."""
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.partition(" | ") for line in lines]
    if faulty := [before for before, mark, reason in pairs if not mark or not reason.strip()]:
        msg = f"{LIST.name}: no reason is given for {faulty[0]!r}; write “test id | reason”."
        raise pytest.UsageError(msg)
    return [(pattern.strip(), reason.strip()) for pattern, _, reason in pairs]


class Skips:
    """Notes skips that are not in the list, and makes the run fail for them at its end."""

    def __init__(self) -> None:
        self.allowed = allowed()
        self.unlisted: list[str] = []

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            self.note(report.nodeid, report.longrepr[2])

    def pytest_collectreport(self, report):
        if report.skipped:
            self.note(report.nodeid, report.longrepr[2])

    def note(self, test: str, said: str) -> None:
        reason = said.removeprefix("Skipped: ")

        listed = any(fnmatchcase(test, pattern) and reason == allowed for pattern, allowed in self.allowed)
        if not listed:
            self.unlisted.append(f"{test}: {reason}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.unlisted and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.unlisted:
            terminalreporter.section("skips that tests/skips.txt does not allow", red=True)
            for line in self.unlisted:
                terminalreporter.write_line(line)


def pytest_configure(config):
    config.pluginmanager.register(Skips(), "skazano-skips")
