"""The engine's figures on the annotated texts, by part and language, as `score.py` beside them counts them."""

import importlib.util
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOLD = ROOT.parent / "shared" / "gold"
RECORDED = HERE / "recorded.toml"
PARTS = ("development", "sealed")
# What score.py prints, in the words of the table in docs/extraction.md.
FIGURES = {
    "direct quotes found": "direct found",
    "statements found": "all found",
    "statements exact": "all exact",
    "found with the right speaker": "right speaker",
    "direct with the right speaker": "direct, right speaker",
}


@dataclass(frozen=True)
class Tally:
    """What one rule proposed: statements that are in the gold, ones it leaves open, and ones that are not there."""

    right: int
    optional: int
    wrong: int


def split():
    return tomllib.loads((HERE / "split.toml").read_text(encoding="utf-8"))


def recorded():
    return tomllib.loads(RECORDED.read_text(encoding="utf-8"))


def figures(part, language):
    """Precision, recall and F1 of each figure on the texts of a part in a language."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        write_lines(gold, annotated(part, language).values())
        predicted.write_text(found_by_command(part, language, Path(folder)), encoding="utf-8")
        scored = run([sys.executable, GOLD / "score.py", gold, predicted, "--json"])
    return {FIGURES[name]: value for name, value in json.loads(scored).items()}


def annotated(part, language):
    wanted = split()[part][language]
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines) if row["id"] in wanted}


def found_by_command(part, language, folder):
    """What the command prints for the texts: the way anybody runs it, without Django."""
    ids = split()[part][language]
    meta = folder / "meta.jsonl"
    write_lines(meta, ({"id": one, "lang": language} for one in ids))
    files = [GOLD / "docs" / f"{one}.txt" for one in ids]
    return run([sys.executable, "-m", "quotes.extraction", *files, "--meta", meta])


def by_rule(part, language):
    """What each rule gains and what it costs."""
    score = scorer()
    with tempfile.TemporaryDirectory() as folder:
        lines = found_by_command(part, language, Path(folder)).splitlines()
    gold, tallies = annotated(part, language), {}
    for row in map(json.loads, lines):
        statements = gold[row["id"]]["statements"]
        paired = {at: statements[number] for number, at, _overlap in score.pair(statements, row["statements"])}
        for at, one in enumerate(row["statements"]):
            kind = "wrong" if at not in paired else "optional" if paired[at].get("optional") else "right"
            tallies.setdefault(one["rule"], Counter())[kind] += 1
    counted = {rule: Tally(one["right"], one["optional"], one["wrong"]) for rule, one in tallies.items()}
    return dict(sorted(counted.items(), key=lambda item: -item[1].right))


def scorer():
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fallen(found, wanted, slack=0.0005):
    """The figures whose F1 lies below what is recorded, in words."""
    return [
        f"{name}: {found[name]['f1']:.3f}, recorded {least:.3f}"
        for name, least in wanted.items()
        if found[name]["f1"] < least - slack
    ]


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def run(command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
