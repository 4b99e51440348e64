"""A programme for the pages to show: england-2005 half-way, or several copies of it side by side in one database."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, Table, insert, select
from sqlmodel import SQLModel

from benchmarks.example import EXAMPLE
from models import make_engine, session, upgrade
from scheduler import SolveParams, solve
from services.audit import Word
from services.casework.advancing import advance
from services.casework.reminders import plan_reminders
from services.imports import import_folder
from services.messages.digests import collect
from services.plans.plan_store import store_plan
from services.plans.publication import publish
from services.problem import build_problem

HALF_WAY = date(2006, 9, 7)
"""The day on which the pages are looked at: a year of reviews is behind, two are ahead."""

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
OPTION = 3
SECONDS = 15
OFFSET = 1_000_000
"""What the numbers of rows of a copy begin after."""

SHARED = {
    "body",
    "skill",
    "programme",
    "planversion",
    "partnergroup",
    "schoolholiday",
    "anonymouspool",
    "keptframework",
}
"""Tables of which a copy has no rows of its own; nor of any that belongs to none of its areas and people."""

COPIED = ("area", "inspector", "activity")
"""Tables whose codes a copy writes in its own way."""


def make_programme(path: Path, copies: int = 1) -> Engine:
    """A database at `path`: solved, published, driven to `HALF_WAY`, with the messages of that day; then copied."""
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    import_folder(engine, EXAMPLE, "benchmark", AT)
    with session(engine) as opened:
        problem = build_problem(opened, OPTION)
        result = solve(problem, SolveParams(dates_seconds=SECONDS, teams_seconds=SECONDS))
        version = store_plan(opened, problem, result, str(OPTION), "benchmark", AT)
    with session(engine) as opened:
        publish(opened, version, "final", Word("benchmark", AT, AT.date()))
    for day in (date(2006, 3, 1), HALF_WAY - timedelta(days=1), HALF_WAY):
        with session(engine) as opened:
            advance(opened, day)
    with session(engine) as opened:
        plan_reminders(opened, HALF_WAY)
        collect(opened, HALF_WAY)
    for number in range(1, copies):
        _copy(engine, number)
    return engine


def _copy(engine: Engine, number: int) -> None:
    """Every row of an area or a person once more, under other codes and numbers."""
    with session(engine) as opened:
        for table in SQLModel.metadata.sorted_tables:
            if table.name in SHARED:
                continue
            rows = [dict(row) for row in opened.execute(select(table)).mappings() if _is_first(table, row)]
            copied = [_renamed(table, row, number) for row in rows]
            if copied and copied != rows:
                opened.execute(insert(table), copied)


def _is_first(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row is of the first programme, and not of a copy."""
    return all(
        value is None or (value < OFFSET if isinstance(value, int) else "~" not in value)
        for column, value in _of_copies(table, row)
    )


def _renamed(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
    changed = {
        column.name: value
        if value is None
        else value + number * OFFSET
        if isinstance(value, int)
        else f"{value}~{number}"
        for column, value in _of_copies(table, row)
    }
    return row | changed


def _of_copies(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[Column[Any], Any]]:
    """The columns that name an area, a person, an activity or a row, with their values."""
    for column in table.columns:
        targets = {key.column.table.name for key in column.foreign_keys}
        is_key = column.primary_key and isinstance(column.type, Integer) and column.name == "id"
        is_code = table.name in COPIED and column.name in ("code", "gss_code", "name")
        is_reference = bool(targets) and not targets & SHARED
        is_loose = column.name in ("activity_code", "inspector_code", "message_id", "position")
        if is_key or is_code or is_reference or is_loose:
            yield column, row[column.name]
