"""The words the rules go by, in files that people can edit; the head of each says what its fields mean."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def load(name: str, *, without_yo: bool = False) -> dict[str, Any]:
    """What a data file says; `without_yo`: ё written е, as in every dictionary form of the Russian rules."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return tomllib.loads(text.replace("ё", "е") if without_yo else text)
