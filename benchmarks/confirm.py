"""Is an alternative possible with exactly its shortfall added? Solved again, with the alternative pinned."""

from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan, uncovered_places
from scheduler.dates.search import solve_dates
from scheduler.explaining.added_capacity import with_added_capacity
from scheduler.explaining.shortfall import Shortfall
from scheduler.teams.assignment import assign_teams
from scheduler.values.plan import ActivityDates, Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams, TracePoint
from scheduler.values.value import NonNegative, Starts, Value


class Confirmation(Value):
    """What solving again has found.

    Attributes
    ----------
    is_confirmed
        Whether a plan at no more than the stated cost, with no more uncovered places than allowed, keeps every rule.
    others_stayed
        Whether the other dates were taken from the plan. They are if the search for dates, which counts people by
        week, finds none that are as good: with places uncovered the plan's own dates may be beyond such counts.
    date_cost, uncovered
        Of the plan found.
    """

    is_confirmed: bool
    others_stayed: bool
    date_cost: NonNegative
    uncovered: NonNegative
    broken_rules: tuple[str, ...] = ()


def pinned(problem: Problem, dates: tuple[ActivityDates, ...]) -> Problem:
    """The problem with some activities pinned to dates."""
    starts = {planned.activity: planned.starts for planned in dates}
    activities = (
        activity.model_copy(update={"pinned_starts": starts.get(activity.id, activity.pinned_starts)})
        for activity in problem.activities
    )
    return problem.model_copy(update={"activities": tuple(activities)})


def confirm(
    problem: Problem,
    plan: Plan,
    dates: tuple[ActivityDates, ...],
    shortfall: Shortfall,
    cost: int,
    seconds: float = 20.0,
) -> Confirmation:
    """Solve the problem with some dates pinned and a shortfall added, until it costs no more than stated.

    Nothing but the pinned dates is fixed at first: the plan is only a hint, for dates and for teams.

    Parameters
    ----------
    dates, shortfall, cost
        Of an alternative.
    seconds
        For dates, and again for teams.
    """
    wider = pinned(with_added_capacity(problem, shortfall), dates)
    allowed = uncovered_places(problem, plan.members)
    hint = {**plan.starts(), **{planned.activity: planned.starts for planned in dates}}
    best: list[int] = []
    answer = solve_dates(
        wider,
        SolveParams(dates_seconds=seconds),
        listener=lambda point: _note(best, point),
        stop=lambda: bool(best) and best[-1] <= cost,
        hint=hint,
        whole_teams=allowed == 0,
    )
    if answer.starts is not None:
        found = _with_teams(wider, plan, dict(answer.starts), cost, allowed, seconds)
        if found.is_confirmed:
            return found
    stayed = _with_teams(wider, plan, hint, cost, allowed, seconds)
    return stayed.model_copy(update={"others_stayed": True})


def _with_teams(
    wider: Problem, plan: Plan, starts: Starts, cost: int, allowed: int, seconds: float
) -> Confirmation:
    open_seats: list[int] = []
    teams = assign_teams(
        wider,
        starts,
        SolveParams(teams_seconds=seconds, team_gap_target=1.0),
        listener=lambda point: _note(open_seats, point),
        stop=lambda: bool(open_seats) and open_seats[-1] <= allowed,
        hint=plan.members,
    )
    found = make_plan(wider, starts, teams.members)
    broken = {fault.rule for fault in check(wider, found)} - SHORTAGE_RULES
    is_good = not broken and found.costs.date_cost <= cost and teams.uncovered <= allowed
    return Confirmation(
        is_confirmed=is_good,
        others_stayed=False,
        date_cost=found.costs.date_cost,
        uncovered=teams.uncovered,
        broken_rules=tuple(sorted(broken)),
    )


def _note(incumbents: list[int], point: TracePoint) -> None:
    """Keep what is best so far of the dates, or of the uncovered places."""
    if point.phase in ("dates", "uncovered") and point.incumbent is not None:
        incumbents.append(point.incumbent)
