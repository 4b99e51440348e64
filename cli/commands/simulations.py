"""`robustness`: how often a plan keeps its dates when people fall ill, areas have incidents and stages end late."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import arguments
from cli.arguments import NamedPlan, plan_and_problem
from cli.files import named, read_text
from cli.shown.output import print_json, print_table, say
from cli.shown.solve_report import require_sound
from reports.table import Table
from scheduler.values.documents import finding_of, parse_json
from scheduler.values.errors import InvalidProblem
from services.naming.cost_unit import price_of_week
from services.shown.plan_robustness import LEAST_KEPT_AREAS


def robustness(
    plan: arguments.PlanName = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    draws: Annotated[
        int, typer.Option(min=1, max=1_000_000, metavar="NUMBER", help="Number of simulated draws.")
    ] = 5000,
    seed: Annotated[int, typer.Option(min=0, metavar="NUMBER", help="Seed of the draws.")] = 0,
    reach: Annotated[
        int, typer.Option(min=0, max=52, metavar="WEEKS", help="Weeks by which dates may move.")
    ] = 6,
    disturbances: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Rates (JSON) instead of the assumed ones.")
    ] = None,
    slack: Annotated[bool, typer.Option("--slack", help="Also show the slack of every activity.")] = False,
    replans: Annotated[
        int, typer.Option(min=0, max=1000, metavar="NUMBER", help="Number of events to replan exactly.")
    ] = 0,
    as_json: arguments.Json = False,
) -> None:
    """Simulate absences, incidents and late stages, and how often a plan keeps its dates by a stated rule (R028).

    Each date is kept, with substitutes where needed, or moved within its slack, or missed.
    """
    from scheduler.simulating import exact_replan, replan_sample, simulate
    from scheduler.simulating.slack_weeks import slack as slack_of

    found = plan_and_problem(plan, input, plan_file)
    require_sound(found)
    rates = _rates(disturbances)
    result = simulate(found.problem, found.plan, rates, draws, seed, reach)
    slacks = slack_of(found.problem, found.plan) if slack else ()
    sampled = (
        replan_sample(found.problem, found.plan, exact_replan(), replans, rates, seed, reach)
        if replans
        else ()
    )
    if as_json:
        documents = [
            {
                **activity.model_dump(),
                "free_earlier": activity.free_earlier,
                "free_later": activity.free_later,
                "total_earlier": activity.total_earlier,
                "total_later": activity.total_later,
            }
            for activity in slacks
        ]
        print_json(
            {
                "plan": found.name,
                "version": found.version,
                "robustness": result,
                "slack": documents,
                "replans": sampled,
            }
        )
        return
    _tell(found, result, slacks, sampled)


def _tell(found: NamedPlan, result: Any, slacks: Any, sampled: Any) -> None:
    from services.solves import simulations as words

    say(words.assumptions(result.disturbances))
    _print(words.figures_table(result), f"{found.name}: robustness, {result.draws} draws")
    _print(words.efforts_table(result, price_of_week(found.problem)), "In a draw")
    _print(words.quarters_table(found.problem, result), "Dates kept by quarter")
    _print(
        words.areas_table(found.problem, result, LEAST_KEPT_AREAS), "Areas that keep their dates least often"
    )
    if slacks:
        _print(words.slack_table(found.problem, slacks, result.by_area), "Slack, weeks")
    if sampled:
        _print(words.sample_table(found.problem, sampled), "Events replanned exactly")
    say(words.finding(result))


def _print(table: Table, title: str) -> None:
    print_table(title, table.columns, table.rows)


def _rates(path: Path | None) -> Any:
    from pydantic import ValidationError

    from scheduler.simulating import Disturbances

    if path is None:
        return Disturbances()
    with named(path):
        data = parse_json(read_text(path))
        try:
            return Disturbances.model_validate(data)
        except ValidationError as error:
            found = [finding_of(detail) for detail in error.errors(include_url=False)]
            advice = "See docs/robustness.md."
            raise InvalidProblem(tuple(replace(finding, advice=advice) for finding in found)) from None
