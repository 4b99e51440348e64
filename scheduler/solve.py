"""The whole solve: validation, capacity pre-check, dates, teams, repair, independent check.

What needs NumPy or OR-Tools is imported where it is used: who only reads, checks or verifies plans does without.
"""

import time
from dataclasses import dataclass, replace
from importlib.metadata import version

from scheduler.cost import date_terms
from scheduler.dates.dates_answer import DatesAnswer, Starts, moved
from scheduler.keeping import Keep, Keeper, broken_off, teams_of
from scheduler.people.team_answer import TeamsAnswer
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import (
    COUNTED_BY_WEEK,
    Listener,
    PhaseFigures,
    Result,
    Shortage,
    SolveParams,
    Status,
    StopRequest,
    TracePoint,
)
from scheduler.sound_answer import Found, first_sound
from scheduler.validate import require_valid

NO_DATES_FOR_ALL = (
    "It is proven that no dates let every place be covered; people are too short for the weekly pools."
)
MAYBE_NO_DATES_FOR_ALL = "No dates that let every place be covered were found in time, so there may be none."

FEW_PLACES = 3
"""So few uncovered places are first mended by moving a few areas."""

REPAIR_SHARE = 0.4
"""Share of the time for teams that this may take."""

SEEN_SHARE = 0.2
"""Share of the time for teams that may go into those of a plan seen on the way."""


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
    remark. Whatever a solver says of its answer, no plan leaves unchecked.

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
    params, started = params or SolveParams(), time.monotonic()
    return _Solve(problem, params, listener, stop, started, Keeper(problem, params, keep, started)).run(hint)


@dataclass(frozen=True)
class _Solve:
    problem: Problem
    params: SolveParams
    listener: Listener | None
    stop: StopRequest | None
    started: float
    keeper: Keeper

    def run(self, hint: Plan | None) -> Result:
        """All steps, one after the other."""
        from scheduler.precheck import precheck

        require_valid(self.problem)
        shortages = precheck(self.problem)
        if shortages and not self._lacks_people_only():
            return self._impossible(shortages)
        dates = self._dates(None if hint is None else hint.starts(), shortages)
        if dates.starts is None:
            return self._result(dates, None, None)
        self._keep_dates(dates)
        found = [(dates, self._teams(dates) if self._has_teams() else None)]
        self.keeper.flush()
        if (teams := found[0][1]) is not None and teams.uncovered > 0:
            found = [*self._covered(dates, teams), *found]
            found = self._with_seen(dates, found)
        return self._result(*first_sound(self.problem, found))

    def _keep_dates(self, dates: DatesAnswer) -> None:
        """The search for dates is over: its last plan is kept with all that is proven."""
        assert dates.starts is not None
        self.keeper.bound, self.keeper.certificates = dates.bound, dates.certificates
        self.keeper.offer(dates.starts)
        self.keeper.flush()

    def _lacks_people_only(self) -> bool:
        """Whether there are dates as far as windows, links and limits go: then people are short, not dates."""
        from scheduler.uncovered.stage import lacks_people_only

        return self._has_teams() and lacks_people_only(self.problem)

    def _dates(self, hint: Starts | None, shortages: tuple[Shortage, ...]) -> DatesAnswer:
        """Dates for which every place could be covered, else dates that count people by week only, or not at all."""
        if shortages:
            none = self._counted(shortages)
            return self._dates_without_people(hint, none)
        whole = self._dates_with(hint, whole_teams=True)
        if whole.starts is not None or whole.was_stopped or not self._has_teams():
            return whole
        loose = self._dates_with(hint, whole_teams=False)
        if loose.starts is None:
            return self._dates_without_people(hint, whole)
        known = (
            "It is proven" if whole.status is Status.INFEASIBLE else "Nothing was found in time, so it may be"
        )
        remark = f"{known} that no dates let every place be covered; for these {COUNTED_BY_WEEK}."
        impossible = tuple(own for own in whole.certificates if own.kind == "impossible")
        figures = loose.figures.model_copy(update={"remarks": (remark, *loose.figures.remarks)})
        certificates = (*loose.certificates, *impossible)
        return replace(loose, figures=figures, shortages=whole.shortages, certificates=certificates)

    def _dates_without_people(self, hint: Starts | None, whole: DatesAnswer) -> DatesAnswer:
        """Dates to begin with where people are so short that not even the weekly pools can be kept."""
        from scheduler.uncovered.stage import without_people

        found = self._dates_with(hint, False, without_people(self.problem))
        if found.starts is None:
            return found if found.status is Status.INFEASIBLE else whole
        remark = NO_DATES_FOR_ALL if whole.status is Status.INFEASIBLE else MAYBE_NO_DATES_FOR_ALL
        figures = found.figures.model_copy(
            update={"remarks": (remark, *found.figures.remarks), "bound": None, "gap": None}
        )
        certificates = tuple(own for own in whole.certificates if own.kind == "impossible")
        return replace(
            found,
            figures=figures,
            bound=None,
            status=Status.FEASIBLE,
            certificates=certificates,
            shortages=whole.shortages,
        )

    def _dates_with(
        self, hint: Starts | None, whole_teams: bool, problem: Problem | None = None
    ) -> DatesAnswer:
        from scheduler.dates.timetable import solve_dates

        return solve_dates(
            problem or self.problem,
            self.params,
            self.listener,
            self.stop,
            hint,
            self.started,
            whole_teams,
            self.keeper,
        )

    def _has_teams(self) -> bool:
        return any(activity.team is not None for activity in self.problem.activities)

    def _teams(self, dates: DatesAnswer) -> TeamsAnswer:
        from scheduler.people.teams import assign_teams

        assert dates.starts is not None
        stop = self._stop_after(dates)
        try:
            return assign_teams(
                self.problem,
                dates.starts,
                self.params,
                self.listener,
                stop,
                started=self.started,
                keeper=self.keeper,
            )
        except Exception as error:
            return teams_of(self.problem, dates.starts, (), (broken_off("teams", error),))

    def _covered(self, dates: DatesAnswer, teams: TeamsAnswer) -> list[Found]:
        """Better dates and teams, the best first: a few open places are mended, more need other dates altogether."""
        from scheduler.uncovered.stage import cover_places

        found: list[Found] = []
        best: tuple[DatesAnswer, TeamsAnswer] = (dates, teams)
        if teams.uncovered <= FEW_PLACES:
            best = self._repaired(*best)
            found.insert(0, best)
        if best[1].uncovered == 0 or dates.was_stopped or best[1].was_stopped:
            return found
        try:
            covered = cover_places(
                self.problem, *best, self.params, self.listener, self.stop, self.started, self.keeper
            )
        except Exception as error:
            remarks = (*best[0].figures.remarks, broken_off("dates with fewer uncovered places", error))
            figures = best[0].figures.model_copy(update={"remarks": remarks})
            return [(replace(best[0], figures=figures), best[1]), *found]
        return [covered, *found]

    def _repaired(self, dates: DatesAnswer, teams: TeamsAnswer) -> tuple[DatesAnswer, TeamsAnswer]:
        """Other dates for a few areas around each uncovered place, and teams for them."""
        from scheduler.repair.repair import repair

        assert dates.starts is not None
        stop = self._stop_after(dates)
        try:
            starts, better = repair(
                self.problem,
                dates.starts,
                teams,
                self.params.model_copy(update={"teams_seconds": self.params.teams_seconds * REPAIR_SHARE}),
                dates.bound,
                self.listener,
                stop,
                self.started,
                self.keeper,
            )
        except Exception as error:
            remarks = (*teams.figures.remarks, broken_off("other dates for uncovered places", error))
            return dates, teams.model_copy(
                update={"figures": teams.figures.model_copy(update={"remarks": remarks})}
            )
        if starts == dates.starts:
            return dates, better
        cost = sum(date_terms(self.problem, starts).values())
        return moved(dates, dict(starts), cost, better.uncovered), better

    def _with_seen(self, dates: DatesAnswer, found: list[Found]) -> list[Found]:
        """First of all a plan seen on the way, if that leaves fewer places uncovered than what came of it."""
        from scheduler.people.teams import assign_teams

        seen, last = self.keeper.best, found[0][1]
        if seen is None or last is None or seen.costs.uncovered_places >= last.uncovered:
            return found
        quick = self.params.model_copy(update={"teams_seconds": self.params.teams_seconds * SEEN_SHARE})
        stop = self._stop_after(dates)
        try:
            teams = assign_teams(
                self.problem, seen.starts(), quick, self.listener, stop, seen.members, self.started
            )
        except Exception as error:
            teams = teams_of(self.problem, seen.starts(), seen.members, (broken_off("teams", error),))
        return [(moved(dates, seen.starts(), seen.costs.date_cost, teams.uncovered), teams), *found]

    def _stop_after(self, dates: DatesAnswer) -> StopRequest | None:
        """Who stopped the search for dates wants no search for teams either, only a quick answer."""
        return (lambda: True) if dates.was_stopped else self.stop

    def _impossible(self, shortages: tuple[Shortage, ...]) -> Result:
        return self._result(self._counted(shortages), None, None)

    def _counted(self, shortages: tuple[Shortage, ...]) -> DatesAnswer:
        """What the pre-check says of dates for which every place could be covered."""
        from scheduler.dates.counted_proof import prove_counted

        found = prove_counted(self.problem, shortages, self.params.dates_seconds)
        certificates = () if found is None else (found,)
        seconds = round(time.monotonic() - self.started, 3)
        figures = PhaseFigures(
            status=Status.INFEASIBLE,
            cost=None,
            bound=None,
            gap=None,
            seconds=seconds,
            remarks=("Proven impossible by counting, before any search.",),
        )
        return DatesAnswer(Status.INFEASIBLE, None, None, None, figures, certificates, (), shortages)

    def _told(self, figures: PhaseFigures) -> PhaseFigures:
        """Figures that also say why plans could not be kept on the way, if so."""
        if not self.keeper.trouble:
            return figures
        remark = f"The plans found on the way could not be kept ({self.keeper.trouble})."
        return figures.model_copy(update={"remarks": (*figures.remarks, remark)})

    def _result(self, dates: DatesAnswer, teams: TeamsAnswer | None, plan: Plan | None) -> Result:
        return Result(
            status=_status(dates, teams),
            plan=plan,
            dates=self._told(dates.figures),
            teams=None if teams is None else teams.figures,
            uncovered_places=None if teams is None else teams.uncovered,
            uncovered_bound=_uncovered_bound(dates, teams),
            uncovered_bound_for_dates=None if teams is None else teams.uncovered_bound,
            shortages=dates.shortages,
            certificates=dates.certificates,
            trace=_joined(dates.trace, () if teams is None else teams.trace),
            problem_hash=self.problem.hash,
            params=self.params,
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
