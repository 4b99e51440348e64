"""`check`, `show`, `compare` and `publish`: reading plans, judging them, and choosing one."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli import options
from cli.exit_codes import ExitCode
from cli.output import percent, print_json, print_table, say
from cli.plan_argument import NamedPlan, named_plan, plan_and_problem, version_number
from cli.wiring import open_database
from models import PlanVersion, session
from reports.words import date_in_words, plural
from scheduler.check import check as check_plan
from scheduler.result import gap
from services import plans
from services.areas import find_area
from services.plan_view import ActivityView, activities, moved
from services.publish import publish as publish_version

PlanArgument = Annotated[
    str, typer.Argument(metavar="PLAN", help="A stored plan's number, 'published', or a file.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)
    app.command()(show)
    app.command()(compare)
    app.command()(publish)


def check(
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="A stored plan's number, or a file.")
    ] = None,
    input: options.InputFile = None,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="A plan file, with --input.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Verify every rule and every cost of any plan, by code that shares nothing with the solver."""
    found = plan_and_problem(plan, input, plan_file)
    violations = check_plan(found.problem, found.plan)
    if as_json:
        print_json({"plan": found.name, "violations": violations})
    elif violations:
        rows = [(item.rule, item.place, item.message, item.requirement) for item in violations]
        print_table(
            f"{found.name}: {plural(len(rows), 'violation')}", ("rule", "where", "what", "requirement"), rows
        )
    else:
        say(f"{found.name} keeps every rule, and costs what it says.")
    raise typer.Exit(ExitCode.VIOLATIONS if violations else ExitCode.DONE)


def show(
    plan: PlanArgument,
    area: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this area (DfE or GSS code).")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Print a plan: its figures, and every activity with its dates and team."""
    found = named_plan(plan)
    code = None
    if area is not None:
        with session(open_database(), read_only=True) as opened:
            code = find_area(opened, area).code
    views = activities(found.problem, found.plan, code)
    if as_json:
        print_json({**_figures(found), "activities": views})
        return
    costs = found.plan.costs
    print_table(
        f"{found.name}: {found.problem.name}",
        ("area", "activity", "stages", "team"),
        [(view.area_name, view.kind, _stages(view), _team(view)) for view in views],
    )
    terms = {**costs.date_terms, **costs.team_terms}
    print_table("Cost", ("term", "cost"), [*terms.items(), ("uncovered places", costs.uncovered_places)])


def compare(
    plan: Annotated[list[str], typer.Argument(metavar="PLAN PLAN...", help="Two or more stored plans.")],
    as_json: options.Json = False,
) -> None:
    """Put plans side by side: terms, gaps, and which activities start in another week than in the first."""
    if len(plan) < 2:
        raise typer.BadParameter("one plan can't be compared. Maybe name a second one.")
    engine = open_database()
    found = [named_plan(text) for text in plan]
    with session(engine, read_only=True) as opened:
        rows = [plans.find_version(opened, version_number(engine, text)) for text in plan]
    columns = [_column(row, named) for row, named in zip(rows, found, strict=True)]
    changes = [moved(found[0].problem, found[0].plan, other.plan) for other in found[1:]]
    if as_json:
        print_json(
            {
                "plans": columns,
                "moved": [
                    {"from": found[0].version, "to": other.version, "activities": changed}
                    for other, changed in zip(found[1:], changes, strict=True)
                ],
            }
        )
        return
    rows_shown = [(name, *(_cell(name, column[name]) for column in columns)) for name in columns[0]]
    print_table("Compared", ("", *(named.name for named in found)), rows_shown)
    for other, changed in zip(found[1:], changes, strict=True):
        say(
            f"{found[0].name} -> {other.name}: {plural(len(changed), 'activity', 'activities')} in another week."
        )


def publish(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A stored plan's number.")],
    status: Annotated[str, typer.Option(help="indicative, confirmed or final (R018).")] = "indicative",
    why: options.Why = "",
    as_of: options.AsOf = None,
    as_json: options.Json = False,
    who: options.As = None,
) -> None:
    """Make a plan the published programme; every activity gets its stages, milestones and deadlines on real dates."""
    engine = open_database()
    version = version_number(engine, plan)
    with session(engine) as opened:
        published = publish_version(
            opened,
            version,
            status,
            who=options.person(who),
            at=options.now(),
            as_of=options.today(as_of),
            reason=why,
        )
    if as_json:
        print_json(published)
    else:
        say(f"Plan {version} is published ({status}).")


def _figures(found: NamedPlan) -> dict[str, Any]:
    costs = found.plan.costs
    return {
        "plan": found.name,
        "version": found.version,
        "name": found.problem.name,
        "uncovered_places": costs.uncovered_places,
        "date_cost": costs.date_cost,
        "team_cost": costs.team_cost,
        "terms": {**costs.date_terms, **costs.team_terms},
    }


def _column(row: PlanVersion, found: NamedPlan) -> dict[str, Any]:
    return {
        "version": row.version,
        "option": row.option,
        "status": row.status,
        "uncovered_places": row.uncovered_places,
        "date_cost": row.date_cost,
        "date_gap": None if row.date_bound is None else gap(row.date_cost, row.date_bound),
        **found.plan.costs.date_terms,
        "team_cost": row.team_cost,
        "team_gap": None if row.team_bound is None else gap(row.team_cost, row.team_bound),
        **found.plan.costs.team_terms,
    }


def _cell(name: str, value: Any) -> Any:
    return percent(value) if name.endswith("_gap") else value


def _stages(view: ActivityView) -> str:
    return "\n".join(f"{stage.stage}: {date_in_words(stage.start)}" for stage in view.stages)


def _team(view: ActivityView) -> str:
    return ", ".join(f"{seat.inspector or 'NOBODY'} ({seat.skill})" for seat in view.team)
