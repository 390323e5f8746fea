"""An act that the database takes or refuses, told once as data; and how a rule is taken away.

A refusal is tried twice: as it is, where the error must name the rule; and with the rule removed, where the very same
act must be taken. So no refusal is due to something else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.rules.rows import World, nothing

# Django names a foreign key by table, column, eight digits, and where it leads; here it is table_column_fk.
DJANGOS_NAME = re.compile("_[0-9a-f]{8}_fk_.*")

Stage = Callable[[World], None]


@dataclass(frozen=True)
class Act:
    """SQL, run as `user` after `stage`; `rule` is the name in the error, None where the act is taken.

    `also` names rules that would refuse the act, too, if `rule` were not there.
    """

    sentence: str
    sql: str
    rule: str | None = None
    stage: Stage = nothing
    user: str | None = "anna"
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}" if self.rule else self.sentence

    def prepare(self, world: World) -> None:
        self.stage(world)
        world.check()
        world.acting(self.user)

    def perform(self, world: World) -> None:
        """Run it, and what would wait for the commit. Each of its statements must touch a row."""
        touched = world.run(self.sql)
        assert 0 not in touched, f"statement {touched.index(0) + 1} touched nothing"
        world.check()


def refusal_of(world: World, perform: Callable[[World], None]) -> str | None:
    """The rule that refuses, by name; None where the act is taken."""
    try:
        with world.session.transaction():
            perform(world)
    except psycopg.errors.NotNullViolation as error:
        return f"{error.diag.table_name}.{error.diag.column_name}"
    except psycopg.errors.IntegrityError as error:
        return DJANGOS_NAME.sub("_fk", error.diag.constraint_name)
    return None


def expect(world: World, act: Act) -> None:
    act.prepare(world)
    assert refusal_of(world, act.perform) == act.rule


def expect_taken_without_its_rule(world: World, act: Act) -> None:
    act.prepare(world)
    for rule in (act.rule, *act.also):
        remove(world.session, rule)
    act.perform(world)


DEAF = """
CREATE OR REPLACE FUNCTION refuse(rule text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF rule <> {rule} THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = rule, MESSAGE = rule || ': ' || why;
    END IF;
END
$$
"""


def remove(session: psycopg.Connection[Any], rule: str) -> None:
    """Drop the constraint, index or trigger of this name; a rule inside a larger trigger is only made dumb.

    `table.column` is the rule that the column is not NULL.
    """
    if "." in rule:
        table, column = map(sql.Identifier, rule.split("."))
        session.execute(sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL").format(table, column))
        return
    rule = named_by_django(session, rule)
    dropping = (
        (
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = %s AND contype <> 't'",
            "ALTER TABLE {table} DROP CONSTRAINT {rule} CASCADE",
        ),
        ("SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = to_regclass(%s)", "DROP INDEX {rule}"),
        ("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", "DROP TRIGGER {rule} ON {table}"),
    )
    for look, drop in dropping:
        tables = [row[0] for row in session.execute(look, [rule])]
        for table in tables:
            session.execute(sql.SQL(drop).format(table=sql.Identifier(table), rule=sql.Identifier(rule)))
        if tables:
            return
    known = session.execute("SELECT count(*) FROM pg_proc WHERE prosrc LIKE %s", [f"%refuse('{rule}'%"]).fetchone()
    if not known[0]:
        pytest.fail(f"There is no rule {rule} to remove.")
    session.execute(sql.SQL(DEAF).format(rule=sql.Literal(rule)))


def named_by_django(session: psycopg.Connection[Any], rule: str) -> str:
    """The full name of a foreign key `table_column_fk`; any other name as it is."""
    if not rule.endswith("_fk"):
        return rule
    pattern = f"^{rule.removesuffix('_fk')}_[0-9a-f]{{8}}_fk_"
    return session.execute("SELECT conname FROM pg_constraint WHERE conname ~ %s", [pattern]).fetchone()[0]
