"""Plain text with headings and lists, as blocks to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a list with its points; the first two have one line."""

    kind: Literal["heading", "paragraph", "list"]
    lines: list[str]


def blocks(text: str) -> Iterator[Block]:
    """The blocks in order: `# ` begins a heading, `- ` a point of a list; lines that follow each other are one paragraph."""
    for kind, lines in groupby(text.splitlines(), key=_kind):
        shown = [line.strip().lstrip("#").strip() if kind == "heading" else line.strip() for line in lines]
        if kind == "list":
            yield Block("list", [line.removeprefix("-").strip() for line in shown])
        elif kind == "heading":
            yield from (Block("heading", [line]) for line in shown)
        elif kind == "paragraph":
            yield Block("paragraph", [" ".join(shown)])


def _kind(line: str) -> Literal["heading", "paragraph", "list", "gap"]:
    line = line.strip()
    if not line:
        return "gap"
    if line.startswith("#"):
        return "heading"
    return "list" if line.startswith("- ") else "paragraph"
