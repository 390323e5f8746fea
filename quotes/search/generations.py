"""The index's folder on disk: one folder per build («generation»), a pointer to the one in use, the writer's lock.

A rebuild fills a new generation beside the old one and then replaces the file CURRENT in one step, so readers never see
half an index. Whatever else lies there was left by a process that died, and the next writer sweeps it away.
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path


class IndexUnavailable(Exception):  # noqa: N818 - a state that callers name, as in «locked»
    """There is no index that can be read or written here now. The message says what to do."""


class IndexLocked(Exception):  # noqa: N818 - as above
    """Another process, or another part of this one, is writing the index."""


# A commit of an index: the name of its generation, then what the file system tells apart.
Mark = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Generation:
    """A build of the index: the name of its folder, and the schema and analysis that made it (`schema.VERSION`)."""

    name: str
    version: str

    @property
    def schema(self) -> str:
        return self.version.partition(".")[0]


class Folder:
    """Where the index lives. Makes nothing until something is to be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = path / "CURRENT"
        self._lock = path / "writer.lock"

    def current(self) -> Generation | None:
        """The generation in use; None where there is none, or its pointer can't be read."""
        try:
            return Generation(**json.loads(self._pointer.read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def of(self, generation: Generation) -> Path:
        return self.path / generation.name

    def mark(self, generation: Generation | None) -> Mark:
        """What changes with every commit and every rebuild; None where there is no index."""
        if generation is None:
            return None
        with suppress(OSError):
            meta = (self.of(generation) / "meta.json").stat()
            return generation.name, meta.st_ino, meta.st_mtime_ns
        return None

    def start(self, version: str) -> Generation:
        """An empty generation, not yet in use."""
        generation = Generation(f"generation-{uuid.uuid4().hex}", version)
        self.of(generation).mkdir()
        return generation

    def use(self, generation: Generation) -> None:
        """Point every reader to this generation, in one step that survives a crash."""
        draft = self.path / f"CURRENT.{generation.name}"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(generation), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._pointer)
        _sync(self.path)

    def discard(self, generation: Generation) -> None:
        shutil.rmtree(self.of(generation), ignore_errors=True)

    def sweep(self) -> None:
        """Remove what is not in use. Readers that still have it open keep reading it until they look again."""
        current = self.current()
        for child in self.path.glob("generation-*"):
            if current is None or child.name != current.name:
                shutil.rmtree(child, ignore_errors=True)
        for child in self.path.glob("CURRENT.*"):
            child.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator["Lock"]:
        """Hold the writer's lock, which the system releases when the process ends, however it ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self._lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexLocked(
                    f"Another indexer is writing the search index in {self.path}. Leave the work to it, or stop it first."
                ) from None
            yield Lock(self._lock, os.fstat(file.fileno()))


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock as it was taken, to tell whether its file is still the one that others would find."""

    path: Path
    taken: os.stat_result

    @property
    def holds(self) -> bool:
        """False once the folder was deleted: someone else may have a lock of the same name by now."""
        try:
            return os.path.samestat(self.path.stat(), self.taken)
        except FileNotFoundError:
            return False


def _sync(folder: Path) -> None:
    """Make a rename in the folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
