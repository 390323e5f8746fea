"""The demo's profile: a key and passwords made at its first start, and the environment that its programs run in."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from config.embedded_postgres import EmbeddedPostgres

ACCOUNTS = ("annotator", "reviewer", "editor")
# Letters and figures that nobody takes for one another when reading them from a screen.
LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789"


class ProfileError(RuntimeError):
    """The demo's folder can't be used; the message says why and what to do."""


def _passwords() -> dict[str, str]:
    groups = ["".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(3 * len(ACCOUNTS))]
    return {name: "-".join(groups[3 * number : 3 * number + 3]) for number, name in enumerate(ACCOUNTS)}


@dataclass(frozen=True)
class Profile:
    """What one demo folder must keep to itself. `database` is the server it was told to use; empty: its own."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))
    passwords: dict[str, str] = field(default_factory=_passwords)
    database: str = ""

    @classmethod
    def load(cls, folder: Path) -> "Profile | None":
        """The folder's profile, if it has one."""
        path = _path(folder)
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except PermissionError:
            msg = f"{path} belongs to another user; run this as the one who started the demo."
            raise ProfileError(msg) from None
        except (ValueError, TypeError):
            msg = f"{path} is damaged; restore it, or remove it to have a new key and new passwords made."
            raise ProfileError(msg) from None

    def save(self, folder: Path) -> None:
        """Kept in the folder, for its owner's eyes alone."""
        new = _path(folder).with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=2)
        new.replace(_path(folder))

    def environment(self, folder: Path) -> dict[str, str]:
        """What settings ask for, and the accounts' passwords for `load_demo`."""
        folder = folder.absolute()
        # An index follows one database; another one gets another index.
        index = f"search-{sha256(self.database.encode()).hexdigest()[:8]}" if self.database else "search"
        return {
            "SECRET_KEY": self.secret_key,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "HTTPS": "False",
            "DATABASE_URL": self.database or server(folder).url(),
            "STATIC_ROOT": str(folder / "static"),
            "SEARCH_INDEX_DIR": str(folder / index),
        } | {f"DEMO_{name.upper()}_PASSWORD": password for name, password in self.passwords.items()}


def server(folder: Path) -> EmbeddedPostgres:
    """The demo's own database server."""
    return EmbeddedPostgres(folder / "postgres")


@contextlib.contextmanager
def beside_the_demo() -> Iterator[None]:
    """A command run by hand, with nothing said about key and database, acts on the demo in SKAZANO_DATA (`.demo`).

    Its server is up meanwhile. Where there is no demo, or where one of the two is given, nothing is touched, and
    settings say what is missing.
    """
    folder = Path(os.environ.get("SKAZANO_DATA", Path(__file__).resolve().parent.parent / ".demo"))
    given = any(os.environ.get(name + suffix) for name in ("SECRET_KEY", "DATABASE_URL") for suffix in ("", "_FILE"))
    profile = None if given else Profile.load(folder)
    if profile is None:
        yield
        return
    for name, value in profile.environment(folder).items():
        os.environ.setdefault(name, value)
    if profile.database:
        yield
        return
    own = server(folder)
    own.start()
    try:
        yield
    finally:
        own.release()


def _path(folder: Path) -> Path:
    return folder / "profile.json"
