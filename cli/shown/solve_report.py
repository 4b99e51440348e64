"""What a solve found, as figures for programs and as a table for people."""

from typing import Any

from cli.arguments import NamedPlan
from cli.shown.errors import NotVerified
from cli.shown.exit_codes import ExitCode
from cli.shown.output import percent, print_table, say
from scheduler.checking.checker import faults, misfits
from scheduler.values.problem import Problem
from scheduler.values.result import Result, Status
from services.naming.late_starts import late_start_in_words
from services.naming.names import Names
from services.naming.shortages import shortage_in_words

FIGURE_WORDS = {
    "version": "Version",
    "option": "Option",
    "status": "Status",
    "is_stale": "Facts or rules changed since",
    "uncovered_places": "Uncovered places",
    "date_cost": "Cost of dates",
    "date_bound": "Proven bound of dates",
    "date_gap": "Gap of dates",
    "team_cost": "Cost of teams",
    "team_bound": "Proven bound of teams",
    "team_gap": "Gap of teams",
}
"""What tables call the figures of a plan that `--json` has under these keys."""

ROWS = {
    FIGURE_WORDS["status"]: "status",
    FIGURE_WORDS["date_cost"]: "cost",
    FIGURE_WORDS["date_bound"]: "bound",
    FIGURE_WORDS["date_gap"]: "gap",
    "Seconds for dates": "dates_seconds",
    FIGURE_WORDS["uncovered_places"]: "uncovered_places",
    FIGURE_WORDS["team_cost"]: "team_cost",
    FIGURE_WORDS["team_bound"]: "team_bound",
    FIGURE_WORDS["team_gap"]: "team_gap",
    "Seconds for teams": "teams_seconds",
    "Plan": "plan",
}
"""What people see of the figures, by their names in `--json`."""

CODE_BY_STATUS = {
    Status.OPTIMAL: ExitCode.DONE,
    Status.FEASIBLE: ExitCode.DONE,
    Status.INFEASIBLE: ExitCode.IMPOSSIBLE,
    Status.UNKNOWN: ExitCode.NO_PLAN_IN_TIME,
}
"""What the exit code of a solve says."""


def figures(
    option: str | None, problem: Problem, result: Result, plan: Any, is_stopped: bool
) -> dict[str, Any]:
    """What `--json` says of one solve; gaps are fractions, unknown is None."""
    teams = result.teams
    return {
        "option": option,
        "status": result.status.value,
        "cost": result.dates.cost,
        "bound": result.dates.bound,
        "gap": result.dates.gap,
        "dates_seconds": round(result.dates.seconds, 3),
        "uncovered_places": result.uncovered_places,
        "uncovered_bound": result.uncovered_bound,
        "team_cost": teams.cost if teams else None,
        "team_bound": teams.bound if teams else None,
        "team_gap": teams.gap if teams else None,
        "teams_seconds": round(teams.seconds, 3) if teams else None,
        "plan": plan,
        "first_monday": problem.first_monday,
        "is_stopped": is_stopped,
        "shortages": _shortages(problem, result),
        "remarks": [*result.dates.remarks, *(teams.remarks if teams else ()), *_late_start(problem, result)],
    }


def _late_start(problem: Problem, result: Result) -> list[str]:
    """R014: that the option puts off the first starts."""
    words = late_start_in_words(problem, result.plan)
    return [] if words is None else [words[:1].upper() + words[1:]]


def _shortages(problem: Problem, result: Result) -> list[dict[str, Any]]:
    """What is short: the facts, and the same in words."""
    names = Names(problem)
    return [
        {**shortage.model_dump(mode="json"), "message": shortage_in_words(names, shortage)}
        for shortage in result.shortages
    ]


def table(answers: list[dict[str, Any]], names: list[str], to_stderr: bool = False) -> None:
    """Figures as rows, one column for each answer."""
    rows = [(label, *(_cell(key, answer.get(key)) for answer in answers)) for label, key in ROWS.items()]
    print_table("Solved", ("", *names), rows, to_stderr)


def _cell(key: str, value: Any) -> Any:
    if key.endswith("gap"):
        return percent(value)
    return f"{value:.1f}" if isinstance(value, float) else value


def explain(answers: list[dict[str, Any]]) -> None:
    """What stands in no table: failures, what is short, remarks."""
    for answer in answers:
        name = "" if answer["option"] is None else f"Option {answer['option']}: "
        for finding in answer.get("findings", ()):
            say(f"{name}{finding}")
        if "message" in answer:
            say(f"{name}{answer['message']}")
        for shortage in answer.get("shortages", ()):
            say(f"{name}{shortage['message']}")
        for remark in answer.get("remarks", ()):
            say(f"{name}{remark}")


def require_sound(found: NamedPlan) -> NamedPlan:
    """The plan itself; refused if it breaks a rule: an uncovered seat, the leader's too, is no such rule.

    Raises
    ------
    NotVerified
        With everything that is wrong with it.
    """
    if broken := faults(found.problem, found.plan):
        raise NotVerified(broken)
    return found


def require_fitting(found: NamedPlan) -> NamedPlan:
    """The plan itself, also one that breaks rules; refused if it is none of its problem or lacks dates.

    Raises
    ------
    NotVerified
        With everything that makes it so.
    """
    if broken := misfits(found.problem, found.plan):
        raise NotVerified(broken)
    return found
