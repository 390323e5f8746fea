"""`python -m quotes.extraction FILE…`: the statements of text files, one JSON line a file. No Django, no database."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from articles.body import propose_body
from quotes.extraction.candidates import Candidate, Span
from quotes.extraction.engine import suggest
from quotes.extraction.registry import Registry


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m quotes.extraction", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--meta", type=Path, help='JSON lines: {"id": the stem, "lang": …, "published": "2024-03-04"}')
    parser.add_argument("--registry", type=Path, help="registry files or folder to use instead of the shipped one")
    args = parser.parse_args()
    meta = _meta(args.meta)
    registry = Registry.read(args.registry) if args.registry else Registry.read()
    for file in args.files:
        about = meta.get(file.stem, {})
        text = file.read_text(encoding="utf-8")
        published = date.fromisoformat(about["published"][:10]) if about.get("published") else None
        language = about.get("lang") or about.get("language") or _guess(text)
        body = propose_body(text)
        found = suggest(text, language, published, registry, Span(body.start, body.end))
        sys.stdout.write(json.dumps({"id": file.stem, "statements": list(map(_row, found))}, ensure_ascii=False) + "\n")


def _meta(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def _guess(text: str) -> str:
    """The likeliest of the languages the engine knows; a Belarusian name in a Russian text does not change it."""
    letters = [one for one in text[:5000].lower() if one.isalpha()]
    if sum(one in "абвгдежзйклмнопрстуфхцчшыьэюяёіў" for one in letters) * 2 <= len(letters):
        return "en"
    russian, belarusian = (sum(one in own for one in letters) for own in ("ищъ", "іў"))
    return "be" if belarusian > russian else "ru"


def _row(one: Candidate) -> dict[str, Any]:
    return {
        "parts": [[span.start, span.end] for span in one.spans],
        "kind": one.kind,
        "speaker": one.speaker.name if one.speaker else None,
        "rule": one.rule,
        "confidence": one.confidence,
        "cue": [one.cue.start, one.cue.end] if one.cue else None,
        "mention": [one.mention.start, one.mention.end] if one.mention else None,
        "choices": [
            {
                "name": c.name,
                "key": c.key,
                "confidence": c.confidence,
                "reasons": [[r.code, r.about] for r in c.reasons],
            }
            for c in one.choices
        ],
    }


if __name__ == "__main__":
    main()
