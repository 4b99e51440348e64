"""`check`: any plan verified, rule by rule and cost by cost."""

from typing import Any

import typer

from cli import arguments
from cli.arguments import NamedPlan, is_plan_stale, plan_and_problem
from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import session
from reports.words import plural
from scheduler.checking.checker import check as check_plan
from services.bootstrap import open_database
from services.plans.plan_store import first_mondays
from services.problem.short_notice import ShortNotice, short_notices
from services.shown.plan_proof import admitted
from services.shown.plan_proof import uncovered as uncovered_places


def check(
    plan: arguments.PlanName = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Check a plan against every rule and recount its costs, with code that shares nothing with the solver.

    Exit code 6 if it breaks a rule. Every seat that nobody fills, including the leader's, is named; where the plan
    itself counts it as uncovered, that alone does not change the exit code. Nor does a stored plan's short notice:
    what begins so early that its area should have been told before today.
    """
    found = plan_and_problem(plan, input, plan_file)
    violations = check_plan(found.problem, found.plan)
    shortages = admitted(violations)
    is_sound = len(shortages) == len(violations)
    seats = uncovered_places(found.problem, found.plan)
    uncovered = [{"activity": activity, "skill": skill} for activity, skill in seats]
    short = _short_notice(found, as_of)
    if as_json:
        print_json(
            {
                "plan": found.name,
                "version": found.version,
                "is_sound": is_sound,
                "violations": violations,
                "admitted": shortages,
                "uncovered": uncovered,
                "short_notice": short,
            }
        )
    elif violations:
        rows = [(item.rule, item.place, item.message, item.requirement) for item in violations]
        title = f"{found.name}: {plural(len(rows), 'violation')}"
        print_table(title, ("rule", "where", "what", "requirement"), rows)
    for notice in short:
        say(f"Short notice: {notice}")
    _tell(found, is_sound, len(violations), uncovered)
    if short:
        tell_day(as_of)
    raise typer.Exit(ExitCode.DONE if is_sound else ExitCode.VIOLATIONS)


def _short_notice(found: NamedPlan, as_of: str | None) -> tuple[ShortNotice, ...]:
    """R094: of a stored plan, what can't be told in time any more."""
    if found.row is None:
        return ()
    with session(open_database(), read_only=True) as opened:
        return short_notices(opened, first_mondays(found.plan), arguments.today(as_of))


def _tell(found: NamedPlan, is_sound: bool, num_violations: int, uncovered: list[dict[str, Any]]) -> None:
    if is_plan_stale(found):
        say(
            f"Facts or rules have changed since {found.name} was made; it is checked against those of that time."
        )
    for seat in uncovered:
        say(f"Uncovered place: {seat['skill']} in {seat['activity']}.")
    if not is_sound:
        say(f"{found.name}: {plural(num_violations, 'violation')}.")
    elif uncovered:
        count = plural(len(uncovered), "uncovered place")
        say(f"{found.name} costs what it says and admits {count}; every other rule is kept.")
    else:
        say(f"{found.name} keeps every rule, and costs what it says.")
