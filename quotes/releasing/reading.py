"""The releases that there are."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

DESCRIPTION: Final = "datapackage.json"
SUMS: Final = "SHA256SUMS"
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release: its name, its size in bytes, and its hash."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release by its day, with what its description says."""

    day: str
    folder: Path
    package: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls(folder.name, folder, json.loads((folder / DESCRIPTION).read_text(encoding="utf-8")))

    @property
    def files(self) -> list[File]:
        """All of them, the description first. Nothing else in the folder is one."""
        lines = (self.folder / SUMS).read_text(encoding="utf-8").splitlines()
        sums = {name: hashed for hashed, name in (line.split("  ") for line in lines)}
        names = [DESCRIPTION, *sorted(name for name in sums if name != DESCRIPTION)]
        return [File(name, (self.folder / name).stat().st_size, sums[name]) for name in names]

    @property
    def licence(self) -> dict[str, str]:
        licence: dict[str, str] = self.package["licenses"][0]
        return licence


def releases(root: Path) -> list[Release]:
    """The newest first; none where there is no folder."""
    if not root.is_dir():
        return []
    folders = [path for path in root.iterdir() if DAY.fullmatch(path.name) and (path / DESCRIPTION).is_file()]
    return [Release.read(folder) for folder in sorted(folders, reverse=True)]
