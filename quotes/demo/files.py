"""What the demo's data files say. Pure: knows no Django.

`data/*.toml` hold who speaks, the occasions, sources and topics, each record under a key that the others name it by.
`data/articles/` holds a text and beside it, in a file of the same name, what is known of it and what is quoted from it.
A text that was released once is not changed any more, as databases hold it; a new one gets a new file.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"
OF_A_QUOTE: Final = ("kind", "attribution", "passage", "spans")

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One quote: the words of its spans and of its passage as they stand in the article of that key."""

    article: str
    spans: Sequence[str]
    kind: str = "direct"
    attribution: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement. `quotes` has the leading one first; people, meeting and the like are named by their keys.

    `state` is one of `Statement.State`; `comment` is the reason that goes with a returned or withdrawn one.
    """

    key: str
    quotes: Sequence[Marking]
    speaker: str = ""
    speaker_organization: str = ""
    speaker_not_identified: bool = False
    tenure: str = ""
    spoken: str = ""
    spoken_known: str = ""
    spoken_evidence: str = ""
    meeting: str = ""
    occasion_not_named: bool = False
    addressees: Sequence[dict[str, str]] = ()
    topics: Sequence[str] = ()
    label: str = ""
    state: str = "published"
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One article: its bytes, what is known of it, and what is quoted from it. `published` is an EDTF string."""

    key: str
    raw: bytes
    statements: Sequence[Said]
    source: str
    title: str
    language: str
    address: str = ""
    byline: str = ""
    published: str = ""
    published_known: str = ""


def tables(name: str) -> Table:
    """The tables of `data/<name>.toml`."""
    return _read(DATA / f"{name}.toml")


def publications() -> list[Publication]:
    """All articles, in the order of their file names."""
    return [_publication(path) for path in sorted((DATA / "articles").glob("*.toml"))]


def _publication(path: Path) -> Publication:
    table = _read(path)
    statements = [_said(path.stem, statement) for statement in table.pop("statements")]
    return Publication(key=path.stem, raw=path.with_suffix(".txt").read_bytes(), statements=statements, **table)


def _said(article: str, table: Table) -> Said:
    lead = Marking(article=article, **{name: table.pop(name) for name in OF_A_QUOTE if name in table})
    return Said(quotes=[lead, *(Marking(**also) for also in table.pop("also", []))], **table)


def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))
