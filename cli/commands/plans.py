"""`show` and `compare`: plans as people read them, alone and side by side."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli import arguments
from cli.arguments import NamedPlan, area_code, is_plan_stale, named_plan, plan_and_problem
from cli.shown.errors import WrongUsage
from cli.shown.output import percent, print_json, print_table, say
from cli.shown.solve_report import FIGURE_WORDS
from reports.words import date_in_words, plural
from scheduler.values.result import gap_if_known
from services.naming.names import Names
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.shown.plan_lines import ActivityView, activities, moved

PLAN_HELP = "A stored plan's number, 'published', or a file."

TERMS = TERM_WORDS | TEAM_TERM_WORDS


def show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=PLAN_HELP)],
    area: arguments.Area = None,
    input: Annotated[
        Path | None,
        typer.Option("--input", metavar="FILE", help="The problem file that a plan file is for."),
    ] = None,
    as_json: arguments.Json = False,
) -> None:
    """Print a plan: its figures, and every activity with its dates and team."""
    found = plan_and_problem(plan, input)
    code = None if area is None else area_code(found, area)
    views = activities(found.problem, found.plan, code)
    if as_json:
        print_json({"plan": found.name, "name": found.problem.name, **figures(found), "activities": views})
        return
    names = Names(found.problem, found.people)
    rows = [(names.area(view.area), view.kind, _stages(view), _team(view, names)) for view in views]
    print_table(f"{found.name}: {found.problem.name}", ("area", "activity", "stages", "team"), rows)
    print_table("Figures", ("", found.name), _figure_rows([figures(found)]))


def compare(
    plan: Annotated[list[str], typer.Argument(metavar="PLAN", help=f"Two or more: {PLAN_HELP}")],
    as_json: arguments.Json = False,
) -> None:
    """Compare plans side by side: terms, gaps, and the activities that start in another week than in the first."""
    if len(plan) < 2:
        raise WrongUsage("one plan can't be compared. Name a second one.")
    found = [named_plan(text) for text in plan]
    first, others = found[0], found[1:]
    changes = [moved(first.problem, first.plan, other.plan) for other in others]
    if as_json:
        moves = [
            {"from": _identity(first), "to": _identity(other), "activities": changed}
            for other, changed in zip(others, changes, strict=True)
        ]
        print_json(
            {"plans": [{"plan": compared.name, **figures(compared)} for compared in found], "moved": moves}
        )
        return
    print_table(
        "Compared",
        ("", *(compared.name for compared in found)),
        _figure_rows([figures(compared) for compared in found]),
    )
    for other, changed in zip(others, changes, strict=True):
        say(
            f"{first.name} -> {other.name}: {plural(len(changed), 'activity', 'activities')} in another week."
        )


def figures(found: NamedPlan) -> dict[str, Any]:
    """What a plan costs and how much of it is proven; gaps are fractions, what no file tells is None."""
    row, costs = found.row, found.plan.costs
    date_bound, team_bound = (None, None) if row is None else (row.date_bound, row.team_bound)
    return {
        "version": found.version,
        "option": None if row is None else row.option,
        "status": None if row is None else row.status,
        "is_stale": is_plan_stale(found),
        "uncovered_places": costs.uncovered_places,
        "date_cost": costs.date_cost,
        "date_bound": date_bound,
        "date_gap": gap_if_known(costs.date_cost, date_bound),
        "date_terms": costs.date_terms,
        "team_cost": costs.team_cost,
        "team_bound": team_bound,
        "team_gap": gap_if_known(costs.team_cost, team_bound),
        "team_terms": costs.team_terms,
    }


def _figure_rows(columns: list[dict[str, Any]]) -> list[list[Any]]:
    """Figures as rows of a table; a term is a row of its own."""
    rows: list[list[Any]] = []
    for name in columns[0]:
        values = [column[name] for column in columns]
        if name.endswith("_terms"):
            terms = dict.fromkeys(term for value in values for term in value)
            rows += [[f"  {TERMS.get(term, term)}", *(value.get(term) for value in values)] for term in terms]
        else:
            rows.append([FIGURE_WORDS[name], *(_cell(name, value) for value in values)])
    return rows


def _cell(name: str, value: Any) -> Any:
    if name.endswith("_gap"):
        return percent(value)
    return ("no", "yes")[value] if isinstance(value, bool) else value


def _identity(found: NamedPlan) -> int | str:
    return found.name if found.version is None else found.version


def _stages(view: ActivityView) -> str:
    return "\n".join(f"{stage.stage}: {date_in_words(stage.start)}" for stage in view.stages)


def _team(view: ActivityView, names: Names) -> str:
    people = ((seat.skill, seat.inspector) for seat in view.team)
    return "\n".join(f"{skill}: {names.person(who) if who else 'NOBODY'}" for skill, who in people)
