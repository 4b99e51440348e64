"""The whole solve: validation, capacity pre-check, dates, teams, repair, independent check.

NumPy and OR-Tools are imported only where they are used, so that reading, checking and verifying plans do
not need them.
"""

from importlib.metadata import version

from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.run.keeper import Keep, Keeper
from scheduler.solving.dates import DatesLadder
from scheduler.solving.sound_answer import Found, first_sound
from scheduler.solving.teams import TeamsLadder
from scheduler.validating.validation import require_valid
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import (
    Listener,
    PhaseFigures,
    Result,
    SolveParams,
    Status,
    StopRequest,
    TracePoint,
)


def solve(
    problem: Problem,
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    hint: Plan | None = None,
    keep: Keep | None = None,
) -> Result:
    """Find dates and teams, with proven bounds.

    A search that breaks off (out of memory, a solver that crashed) leaves what was found before it, with a
    remark. Whatever the solver claims, every plan is checked before it is returned.

    Parameters
    ----------
    params
        Time limits, targets and seed.
    listener
        Gets every improvement of incumbent or bound while solving.
    stop
        Polled while solving; True keeps the best plan and ends the solve, as Ctrl-C does.
    hint
        A plan to begin with (the published one, say); ignored where it breaks a rule.
    keep
        Gets the answer so far, with a checked plan, when a better plan was found: what is written down there
        outlives the process.

    Returns
    -------
    The answer; running out of time and proven impossibility are answers too.

    Raises
    ------
    InvalidProblem
        If the problem makes no sense; it lists everything that is wrong.
    BrokenPlan
        If the independent check finds that every plan found breaks a rule: such a plan never leaves.
    """
    run = Running.begin(problem, params or SolveParams(), listener, stop).keeping(keep)
    return _solved(run, hint)


def _solved(run: Running, hint: Plan | None) -> Result:
    """All steps, one after the other."""
    from scheduler.counting.pre_check import lacking

    require_valid(run.problem)
    ladder, people = DatesLadder(run), TeamsLadder(run)
    shortages = lacking(run.prepared.rows(whole_teams=True))
    if shortages and not ladder.lacks_people_only():
        return _result(run, ladder.counted(shortages), None, None)
    dates = ladder.dates(None if hint is None else hint.starts(), shortages)
    if dates.starts is None:
        return _result(run, dates, None, None)
    _keep_dates(run.keeper, dates)
    teams = people.teams(dates) if run.has_teams() else None
    run.keeper.flush()
    found: list[Found] = [(dates, teams)]
    if teams is not None and teams.uncovered > 0:
        found = people.better(dates, teams)
    return _result(run, *first_sound(run.problem, people.proven(found)))


def _keep_dates(keeper: Keeper, dates: DatesAnswer) -> None:
    """The search for dates is over: its last plan is kept with all that is proven."""
    assert dates.starts is not None
    keeper.proved(dates.bound, dates.certificates)
    keeper.offer(dates.starts)
    keeper.flush()


def _told(keeper: Keeper, figures: PhaseFigures) -> PhaseFigures:
    """Figures that also say why plans could not be kept on the way, if so."""
    if not keeper.trouble:
        return figures
    return figures.noted(f"The plans found on the way could not be kept ({keeper.trouble}).")


def _result(run: Running, dates: DatesAnswer, teams: TeamsAnswer | None, plan: Plan | None) -> Result:
    return Result(
        status=_status(dates, teams),
        plan=plan,
        dates=_told(run.keeper, dates.figures),
        teams=None if teams is None else teams.figures,
        uncovered_places=None if teams is None else teams.uncovered,
        uncovered_bound=_uncovered_bound(dates, teams),
        uncovered_bound_for_dates=None if teams is None else teams.uncovered_bound,
        shortages=dates.shortages,
        certificates=dates.certificates,
        trace=_joined(dates.trace, () if teams is None else teams.trace),
        problem_hash=run.problem.hash,
        params=run.params,
        versions={name: version(name) for name in ("ortools", "numpy")},
    )


def _uncovered_bound(dates: DatesAnswer, teams: TeamsAnswer | None) -> int | None:
    """The proven minimum of uncovered places over all dates."""
    return 0 if teams is not None and teams.uncovered == 0 else dates.uncovered_bound


def _status(dates: DatesAnswer, teams: TeamsAnswer | None) -> Status:
    """Optimal is only what cannot be better in any respect, uncovered places of other dates included."""
    if dates.starts is None or teams is None:
        return dates.status
    is_covered_best = teams.uncovered == _uncovered_bound(dates, teams)
    is_optimal = dates.status is teams.figures.status is Status.OPTIMAL and is_covered_best
    return Status.OPTIMAL if is_optimal else Status.FEASIBLE


def _joined(*traces: tuple[TracePoint, ...]) -> tuple[TracePoint, ...]:
    return tuple(sorted((point for trace in traces for point in trace), key=lambda point: point.seconds))
