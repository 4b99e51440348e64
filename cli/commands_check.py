"""`check`: any plan verified, rule by rule and cost by cost."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli import options
from cli.exit_codes import ExitCode
from cli.output import print_json, print_table, say
from cli.plan_argument import NamedPlan, plan_and_problem
from reports.words import plural
from scheduler.check import SHORTAGE_RULES
from scheduler.check import check as check_plan
from scheduler.violation import Violation
from services.plans import team_places

ADMISSION = "wrong_uncovered_places"
"""The rule that a plan breaks if it does not admit all of its uncovered places."""


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(short_help="Verify every rule and every cost of any plan.")(check)


def check(
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="A stored plan's number, 'published', or a file.")
    ] = None,
    input: options.InputFile = None,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="A plan file, with --input.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Verify every rule and every cost of any plan, by code that shares nothing with the solver.

    Exit code 6 if it breaks a rule. A seat without an inspector breaks none if the plan admits it: it is named.
    """
    found = plan_and_problem(plan, input, plan_file)
    violations, shortages = judged(found)
    uncovered = _uncovered(found)
    if as_json:
        print_json(
            {
                "plan": found.name,
                "version": found.version,
                "is_sound": not violations,
                "violations": violations,
                "shortages": shortages,
                "uncovered": uncovered,
            }
        )
    elif violations:
        rows = [(item.rule, item.place, item.message, item.requirement) for item in violations]
        title = f"{found.name}: {plural(len(rows), 'violation')}"
        print_table(title, ("rule", "where", "what", "requirement"), rows)
    _tell(found, violations, uncovered)
    raise typer.Exit(ExitCode.VIOLATIONS if violations else ExitCode.DONE)


def judged(found: NamedPlan) -> tuple[list[Violation], list[Violation]]:
    """The rules that a plan breaks, and what it lacks and says so (`SHORTAGE_RULES`)."""
    everything = check_plan(found.problem, found.plan)
    is_admitted = all(item.rule != ADMISSION for item in everything)
    shortages = [item for item in everything if is_admitted and item.rule in SHORTAGE_RULES]
    return [item for item in everything if item not in shortages], shortages


def _uncovered(found: NamedPlan) -> list[dict[str, Any]]:
    rows = team_places(found.problem, found.plan, version=0)
    return [{"activity": row.activity_code, "skill": row.skill} for row in rows if row.inspector_code is None]


def _tell(found: NamedPlan, violations: list[Violation], uncovered: list[dict[str, Any]]) -> None:
    if found.row is not None and found.row.is_stale:
        say(f"Facts have changed since {found.name} was made; it is checked against those of then.")
    for seat in uncovered:
        say(f"Uncovered: nobody is {seat['skill']} in {seat['activity']}.")
    if violations:
        say(f"{found.name}: {plural(len(violations), 'violation')}.")
    elif uncovered:
        count = plural(len(uncovered), "uncovered place")
        say(f"{found.name} keeps every rule, costs what it says, and has {count}.")
    else:
        say(f"{found.name} keeps every rule, and costs what it says.")
