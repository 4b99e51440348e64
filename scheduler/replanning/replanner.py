"""Replanning: after an event the plan that moves the fewest published dates, with proof, and alternatives."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.events.applying import apply
from scheduler.events.kinds import Event
from scheduler.events.words import event_in_words
from scheduler.nearby.people import Schedule
from scheduler.replanning.carried_proof import carried_over
from scheduler.replanning.differences import difference, in_words
from scheduler.replanning.result import Choice, ChoiceName, ReplanParams, ReplanResult
from scheduler.replanning.search import Search
from scheduler.replanning.what_helps import in_the_way, unstaffed
from scheduler.run.progress import Progress
from scheduler.values.errors import BrokenPlan
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, Status, StopRequest

CHECK_SHARE = 0.2
"""Share of the time kept for checking and comparing what was found."""


NONE_IN_TIME = "No new plan was found in time: the published plan stays."
NONE_AT_ALL = "No new plan was found, and it is not proven that there is none: the published plan stays."


def replan(
    problem: Problem,
    plan: Plan,
    event: Event,
    params: ReplanParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
) -> ReplanResult:
    """Plans that keep all rules after an event.

    First comes the plan with the fewest moved activities that was found beside as few uncovered places as can be, or
    as there were before the event: to fill these nothing more is moved. The answer says what is proven of it (see
    `ReplanResult`); nothing is of its cost. Alternatives are those with the fewest people exchanged and of the
    lowest cost, where they differ; they may leave fewer places uncovered.

    Parameters
    ----------
    plan
        The published plan for `problem`.
    listener
        Gets trace points of phase 'moves': activities moved, and the proven minimum.
    stop
        Polled while searching; True keeps the best plan so far, which is the published one until there is another.

    Raises
    ------
    InvalidProblem
        If the event makes no sense (see `events.apply`).
    BrokenPlan
        If the independent check finds that the plan breaks a rule: such a plan never leaves.
    """
    started = time.monotonic()
    params = params or ReplanParams()
    after = apply(problem, plan, event, params.now_week, params.stability, params.settled)
    left = params.seconds * (1 - CHECK_SHARE) - (time.monotonic() - started)
    progress = Progress("moves", max(0.0, left), 0.0, listener, stop, started)
    search = Search(after, plan, params, progress)
    try:
        search.run()
    except KeyboardInterrupt:
        progress.stopped()
    return _Answer(after, plan, event, search, started).result()


@dataclass
class _Answer:
    """Turns what was found into checked plans."""

    after: Problem
    before: Plan
    event: Event
    search: Search
    started: float
    remarks: list[str] = field(default_factory=list)

    def result(self) -> ReplanResult:
        """The answer with its proof."""
        search = self.search
        choices = self._choices()
        main = choices[0] if choices else None
        if main is not None and self._is_proven(main) and not self._is_covered_best(main):
            self.remarks.append(_may_cover_more(choices, search.uncovered_bound))
        return ReplanResult(
            status=self._status(main),
            event=self.event,
            event_in_words=event_in_words(self.event, self.after),
            problem=self.after,
            choices=choices,
            moved_bound=search.bound,
            uncovered_bound=search.uncovered_bound,
            is_proven_fewest=self._is_proven(main),
            seconds=round(time.monotonic() - self.started, 3),
            was_stopped=search.progress.was_stopped,
            unstaffed=None if search.best is None else unstaffed(search.ground, self.event, search.best),
            in_the_way=in_the_way(search.ground, self.event) if search.best is None else (),
            remarks=(*search.remarks, *self.remarks),
        )

    def _status(self, main: Choice | None) -> Status:
        if self.search.is_impossible:
            return Status.INFEASIBLE
        if main is None:
            return Status.UNKNOWN
        is_optimal = self._is_proven(main) and self._is_covered_best(main)
        return Status.OPTIMAL if is_optimal else Status.FEASIBLE

    def _is_covered_best(self, main: Choice) -> bool:
        """Whether it is proven that no plan leaves fewer places uncovered."""
        return main.uncovered == self.search.uncovered_bound

    def _is_proven(self, main: Choice | None) -> bool:
        """Fewest moves, beside no more uncovered places than are unavoidable or were there before."""
        if main is None:
            return False
        few = max(self.search.uncovered_bound, self.before.costs.uncovered_places)
        return main.uncovered <= few and main.moved == self.search.bound

    def _choices(self) -> tuple[Choice, ...]:
        """The main plan, and alternatives that differ from it; equal ones are named together."""
        search = self.search
        if search.is_impossible:
            return ()
        if search.best is None:
            self.remarks.append(NONE_IN_TIME if search.progress.must_end() else NONE_AT_ALL)
            return ()
        main = self._plan(search.best)
        self._require_sound(main)
        plans = [main]
        for schedule in search.alternatives.values():
            plan = main if schedule == search.best else self._plan(schedule)
            if plan not in plans and not self._faults(plan):
                plans.append(plan)
        choices = [self._choice(plan) for plan in plans]
        leaders: dict[ChoiceName, Choice] = {"fewest_moves": choices[0]}
        if search.alternatives:
            leaders["fewest_people"] = min(choices, key=_by_people)
            leaders["lowest_cost"] = min(choices, key=_by_cost)
        named = ((choice, tuple(n for n, best in leaders.items() if best is choice)) for choice in choices)
        return tuple(choice.model_copy(update={"names": names}) for choice, names in named if names)

    def _plan(self, schedule: Schedule) -> Plan:
        plan = make_plan(self.after, schedule.starts, schedule.members)
        return plan.model_copy(update={"certificates": self._certificates})

    @cached_property
    def _certificates(self) -> tuple[Certificate, ...]:
        """What the prices of the plan before prove of all plans after the event."""
        return carried_over(self.after, self.before.certificates)

    def _choice(self, plan: Plan) -> Choice:
        found = difference(self.after, self.before, plan, self.search.ground.forced_activities)
        return Choice(
            names=(),
            plan=plan,
            difference=found,
            words=in_words(self.after, found),
            moved=found.num_moved,
            people_changed=found.num_people,
            uncovered=plan.costs.uncovered_places,
            cost=_cost(plan),
        )

    def _faults(self, plan: Plan) -> Sequence[str]:
        return [f"{found.rule} at {found.place}: {found.message}" for found in faults(self.after, plan)]

    def _require_sound(self, plan: Plan) -> None:
        if found := self._faults(plan):
            listed = "\n".join(found)
            raise BrokenPlan(f"The plan found breaks rules, so it was thrown away:\n{listed}")


def _may_cover_more(choices: Sequence[Choice], bound: int) -> str:
    """What is said of a plan with places that were uncovered before the event, too."""
    main, fewest = choices[0], min(choices, key=lambda choice: choice.uncovered)
    known = (
        f", and one of the other plans leaves {fewest.uncovered}" if fewest.uncovered < main.uncovered else ""
    )
    return (
        f"The number of moves is proven for plans with at most {main.uncovered} uncovered places, no more than before "
        f"the event. It is proven that at least {bound} must stay uncovered{known}."
    )


def _cost(plan: Plan) -> int:
    return plan.costs.date_cost + plan.costs.team_cost


def _by_cost(choice: Choice) -> tuple[int, int]:
    return choice.uncovered, choice.cost


def _by_people(choice: Choice) -> tuple[int, int, int, int]:
    return choice.uncovered, choice.people_changed, choice.moved, choice.cost
