"""The plan that a question is about: the newest one if none is named, and how it stands on a day."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from pydantic import BaseModel

from cli import arguments
from cli.arguments import NamedPlan, plan_and_problem
from cli.shown.output import print_json
from cli.shown.solve_report import require_fitting
from models import session
from scheduler.checking.checker import faults
from services.bootstrap import open_database
from services.errors import NotFound
from services.naming.steps import find_activities
from services.plans import plan_store
from services.problem.present import Present, as_given, as_it_stands
from services.shown.rule_breaks import broken_line


def plan_or_newest(text: str | None, input: Path | None, plan: Path | None = None) -> NamedPlan:
    """The plan named, by default the newest one that is stored; it may break rules, but fits its problem."""
    if text is not None or input is not None or plan is not None:
        return require_fitting(plan_and_problem(text, input, plan))
    with session(open_database(), read_only=True) as opened:
        stored = plan_store.versions(opened)
        if not stored:
            raise NotFound("plan", "no plan is stored yet.", "Make one with: jarcycle solve")
        newest = stored[0].version
    return require_fitting(plan_and_problem(str(newest), None))


def present(found: NamedPlan, as_of: str | None, moving: Sequence[str] | None) -> Present:
    """The plan as it stands on a day; one from files knows no day, and nothing of it has begun.

    Parameters
    ----------
    moving
        Activities (or areas) that may move though their notice is given or their dates are confirmed.
    """
    if found.version is None:
        return as_given(found.problem, found.plan)
    with session(open_database(), read_only=True) as opened:
        named = {row.code for text in moving or () for row in find_activities(opened, text)}
        return as_it_stands(opened, found.problem, found.plan, arguments.today(as_of), named)


def print_answer(found: NamedPlan, answer: BaseModel, **more: object) -> None:
    """An answer about a plan as one JSON document: which plan, the rules that it breaks, and what was asked."""
    broken = [asdict(violation) for violation in faults(found.problem, found.plan)]
    document = {"plan": found.name, "version": found.version, "broken": broken, **more}
    print_json({**document, **answer.model_dump(mode="json")})


def tell_broken(found: NamedPlan) -> None:
    """One sentence about the rules that a plan breaks, if it breaks any."""
    if line := broken_line(found.name, faults(found.problem, found.plan)):
        typer.echo(line)
