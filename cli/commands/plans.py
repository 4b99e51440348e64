"""`show` and `compare`: plans as people read them, alone and side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import arguments
from cli.arguments import NamedPlan, area_code, is_plan_stale, named_plan, plan_and_problem
from cli.shown.errors import WrongUsage
from cli.shown.output import percent, print_json, print_table, say
from cli.shown.price_lists import at_one_list, priced
from cli.shown.solve_report import FIGURE_WORDS
from reports.words import WEEKS_OF_DELAY, date_in_words, plural, weeks_of_delay
from scheduler.values.plan import Costs
from scheduler.values.result import gap_if_known
from services.naming.cost_unit import price_of_week
from services.naming.names import Names
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans.price_lists import under
from services.shown.plan_lines import ActivityView, Moved, activities, moved

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
    week = price_of_week(found.problem)
    print_table("Figures", ("", found.name), _figure_rows([figures(found)], week))


def compare(
    plan: Annotated[list[str], typer.Argument(metavar="PLAN", help=f"Two or more: {PLAN_HELP}")],
    prices: Annotated[
        str | None,
        typer.Option(metavar="PLAN", help="Count every cost at the prices of this plan's solve."),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, metavar="NUMBER", help="Show at most so many moves; --json has all.")
    ] = 30,
    as_json: arguments.Json = False,
) -> None:
    """Compare plans side by side: terms, gaps, and what moves from the first to each other: weeks and people.

    Costs are compared at the prices of one list only. Plans of which the prices have changed in between are refused,
    unless --prices says at which to count.
    """
    if len(plan) < 2:
        raise WrongUsage("one plan can't be compared. Name a second one.")
    found = [named_plan(text) for text in plan]
    listed = at_one_list(found, None if prices is None else named_plan(prices))
    first, others = found[0], found[1:]
    changes = [moved(first.problem, first.plan, other.plan) for other in others]
    columns = [figures(compared, under(listed, priced(compared))) for compared in found]
    week = price_of_week(listed.problem)
    if as_json:
        moves = [
            {"from": _identity(first), "to": _identity(other), "activities": changed}
            for other, changed in zip(others, changes, strict=True)
        ]
        named = [{"plan": one.name, **column} for one, column in zip(found, columns, strict=True)]
        print_json({"plans": named, "prices": listed.name, "price_of_week": week, "moved": moves})
        return
    print_table("Compared", ("", *(one.name for one in found)), _figure_rows(columns, week))
    if prices is not None:
        say(f"All costs are counted at the prices of {listed.name}.")
    for other, changed in zip(others, changes, strict=True):
        _tell_moves(f"{first.name} -> {other.name}", changed, most)


def _tell_moves(title: str, changed: Sequence[Moved], most: int) -> None:
    rows = [
        (
            change.area_name,
            f"{change.kind} {change.stage.replace('_', ' ')}",
            date_in_words(change.before),
            date_in_words(change.after),
            f"{change.weeks:+d}" if change.weeks else "-",
            max(len(change.left), len(change.joined)),
        )
        for change in changed
    ]
    if rows:
        columns = ("area", "activity", "from", "to", "weeks", "people changed")
        print_table(f"{title}: what moves", columns, rows[:most])
    if len(rows) > most:
        say(f"{len(rows) - most} more. Use --most to show more.")
    weeks = sum(bool(change.weeks) for change in changed)
    people = sum(bool(change.left or change.joined) for change in changed)
    say(
        f"{title}: {plural(weeks, 'activity', 'activities')} in another week, "
        f"{plural(people, 'team')} with other people."
    )


def figures(found: NamedPlan, again: Costs | None = None) -> dict[str, Any]:
    """What a plan costs and how much of it is proven; gaps are fractions, what no file tells is None.

    Parameters
    ----------
    again
        Its costs at other prices than those of its solve: of these nothing is proven.
    """
    row, costs = found.row, again or found.plan.costs
    is_proven = row is not None and costs == found.plan.costs
    date_bound, team_bound = (row.date_bound, row.team_bound) if row and is_proven else (None, None)
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


def _figure_rows(columns: list[dict[str, Any]], week: int) -> list[list[Any]]:
    """Figures as rows of a table; a term is a row of its own, and costs are also said in weeks of delay."""
    rows: list[list[Any]] = []
    for name in columns[0]:
        values = [column[name] for column in columns]
        if name.endswith("_terms"):
            terms = dict.fromkeys(term for value in values for term in value)
            rows += [[f"  {TERMS.get(term, term)}", *(value.get(term) for value in values)] for term in terms]
        else:
            rows.append([FIGURE_WORDS[name], *(_cell(name, value) for value in values)])
        if name in ("date_cost", "team_cost") and week:
            rows.append([f"  in {WEEKS_OF_DELAY}", *(weeks_of_delay(value, week) for value in values)])
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
