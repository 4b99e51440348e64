"""`PLAN` on the command line: the number of a stored version, the word 'published', or a file."""

from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine

from cli.files import read_text
from cli.wiring import open_database
from models import session
from scheduler.documents import load_plan as read_plan
from scheduler.documents import load_problem
from scheduler.plan import Plan
from scheduler.problem import Problem
from services import plans


@dataclass(frozen=True)
class NamedPlan:
    """A plan, the problem it is for, and its version (None: from a file)."""

    name: str
    version: int | None
    problem: Problem
    plan: Plan


def plan_and_problem(text: str | None, input: Path | None, plan: Path | None) -> NamedPlan:
    """The plan meant by PLAN, or by --input with --plan."""
    if (input is None) != (plan is None):
        raise click.UsageError("--input and --plan belong together. Maybe name both, or a stored PLAN.")
    if input is not None and plan is not None:
        if text is not None:
            raise click.UsageError(f"both PLAN ({text}) and --plan ({plan}) are given. Maybe leave one out.")
        return NamedPlan(str(plan), None, load_problem(read_text(input)), read_plan(read_text(plan)))
    if text is None:
        raise click.UsageError("no plan is named. Maybe: a version's number, or --input and --plan.")
    return named_plan(text)


def named_plan(text: str) -> NamedPlan:
    """The plan meant by PLAN; a file is one for the stored problem of the same hash."""
    if text.isdecimal() or text == "published":
        engine = open_database()
        version = version_number(engine, text)
        with session(engine, read_only=True) as opened:
            stored = plans.load_plan(opened, version)
        return NamedPlan(f"plan {version}", version, stored.problem, stored.plan)
    plan = read_plan(read_text(Path(text)))
    with session(open_database(), read_only=True) as opened:
        rows = [row for row in plans.versions(opened) if row.problem_hash == plan.problem_hash]
        if not rows or rows[0].version is None:
            raise click.UsageError(
                f"no stored plan is for the problem of {text}. Maybe give that problem's file with --input and --plan."
            )
        return NamedPlan(text, None, plans.load_plan(opened, rows[0].version).problem, plan)


def version_number(engine: Engine, text: str) -> int:
    """The number of a stored version, or of the published one."""
    if text.isdecimal():
        return int(text)
    if text != "published":
        raise click.UsageError(f"'{text}' is no stored plan. Maybe a version's number, or 'published'.")
    with session(engine, read_only=True) as opened:
        row = plans.published_version(opened)
    if row is None or row.version is None:
        raise click.UsageError("no plan is published yet. Maybe: jarcycle publish PLAN")
    return row.version
