"""Rules written as plain SQL files beside the migrations that run them."""

from pathlib import Path

from django.db.migrations.operations import RunSQL


def run_sql_file(migration: str) -> RunSQL:
    """The operation that runs `sql/<migration's name>.sql`; what follows its line `-- undo` takes it back."""
    path = Path(migration)
    forward, reverse = (path.parent / "sql" / f"{path.stem}.sql").read_text(encoding="utf-8").split("\n-- undo\n")
    return RunSQL(forward, reverse)
