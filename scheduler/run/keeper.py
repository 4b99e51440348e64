"""Keeps the best plan of a solve that is still under way, where neither a kill nor a crash reaches it.

A phase offers what it has found. The keeper makes a plan of it, checks it as every plan is checked, and
hands it over as the answer so far. It also remembers the best itself: what later phases end with may be worse.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.checking.checker import faults
from scheduler.cost import Starts, make_plan
from scheduler.run.answers import TeamsAnswer
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status

Keep = Callable[[Result], None]
"""Gets the answer so far, always with a checked plan, each time a better one was found (see `Keeper`)."""

SHARE = 0.05
"""Share of the time that may go into plans that are only kept; what comes too soon waits for the end of its phase."""

BROKE_OFF = " broke off ("
"""In every remark on a search that an error ended."""

SO_FAR = "The best plan while the solve was still under way."


@dataclass
class Keeper:
    """Takes offers and passes a checked plan on whenever it is the best so far.

    Better are fewer uncovered places, then cheaper dates, then cheaper people, then more that is proven.

    Attributes
    ----------
    bound
        The best bound of the cost of dates proven so far, None if unknown.
    certificates
        What proves it, once the search for dates is over.
    best
        The best plan that was offered and checked.
    trouble
        Why the last plan could not be kept; empty if it could. A solve never ends for that.
    """

    problem: Problem
    params: SolveParams
    keep: Keep | None
    started: float
    bound: int | None = None
    certificates: tuple[Certificate, ...] = ()
    best: Plan | None = None
    trouble: str = ""
    _spent: float = 0.0
    _waiting: tuple[dict[str, tuple[int, ...]], tuple[TeamMember, ...] | None] | None = field(default=None)

    def offer(self, starts: Starts, members: tuple[TeamMember, ...] | None = None) -> None:
        """Keep these dates and teams; without `members` people are assigned by a quick rule.

        Parameters
        ----------
        starts
            Start weeks by activity.
        """
        self._waiting = ({name: tuple(weeks) for name, weeks in starts.items()}, members)
        if self._spent <= SHARE * (time.monotonic() - self.started):
            self.flush()

    def proved(self, bound: int | None, certificates: tuple[Certificate, ...] = ()) -> None:
        """Note what is proven of the cost of dates so far, and by what if that is certain."""
        self.bound, self.certificates = bound, certificates

    def flush(self) -> None:
        """Keep the last offer if it is still waiting."""
        if self._waiting is None:
            return
        (starts, members), self._waiting = self._waiting, None
        begun = time.monotonic()
        try:
            plan = self._sound_plan(starts, members)
            if plan is not None and (self.best is None or _rank(plan) < _rank(self.best)):
                self.best = plan
                self._hand_over(plan)
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"
        self._spent += time.monotonic() - begun

    def _hand_over(self, plan: Plan) -> None:
        if self.keep is not None:
            self.keep(self._answer(plan))
        self.trouble = ""

    def _sound_plan(self, starts: Starts, members: tuple[TeamMember, ...] | None) -> Plan | None:
        """The plan if it keeps every rule, else the one of its dates alone, else None."""
        from scheduler.people.quick_teams import quick_members  # NumPy: who only checks a plan does without

        found = quick_members(self.problem, starts) if members is None else members
        for people in (found, ()):
            plan = make_plan(self.problem, starts, people)
            if not faults(self.problem, plan):
                return plan.model_copy(update={"certificates": self.certificates})
        return None

    def _answer(self, plan: Plan) -> Result:
        cost, bound = plan.costs.date_cost, self.bound
        figures = PhaseFigures.of(Status.FEASIBLE, cost, bound, time.monotonic() - self.started, (SO_FAR,))
        return Result(
            status=Status.FEASIBLE,
            plan=plan,
            dates=figures,
            teams=None,
            uncovered_places=plan.costs.uncovered_places,
            uncovered_bound=None,
            certificates=self.certificates,
            problem_hash=self.problem.hash,
            params=self.params,
        )


class NoKeeper(Keeper):
    """Keeps nothing: for one step on its own, whose answer is all that is wanted."""

    def offer(self, starts: Starts, members: tuple[TeamMember, ...] | None = None) -> None:
        """Let a plan go."""


def _rank(plan: Plan) -> tuple[int, int, int, int]:
    costs = plan.costs
    return costs.uncovered_places, costs.date_cost, costs.team_cost, -len(plan.certificates)


def teams_of(
    problem: Problem, starts: Starts, members: Sequence[TeamMember], remarks: tuple[str, ...]
) -> TeamsAnswer:
    """Any teams as an answer of which nothing is proven."""
    plan = make_plan(problem, starts, members)
    return TeamsAnswer(
        members=plan.members,
        figures=PhaseFigures.of(Status.FEASIBLE, plan.costs.team_cost, 0, 0.0, remarks),
        uncovered=plan.costs.uncovered_places,
        uncovered_bound=0,
    )


def broken_off(what: str, error: Exception) -> str:
    """What to say of a search that an error ended, and of what it had found before."""
    why = (
        "there was not enough memory"
        if isinstance(error, MemoryError)
        else f"{type(error).__name__}: {error}"
    )
    return f"The search for {what}{BROKE_OFF}{why}); the best found until then was kept."
