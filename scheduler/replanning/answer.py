"""The answer to an event: what was found as checked plans, each named by all that it is best at, and what is proven."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.events.kinds import Event
from scheduler.events.words import event_in_words
from scheduler.nearby.people import Schedule
from scheduler.replanning.alternatives import Alternatives
from scheduler.replanning.carried_proof import carried_over
from scheduler.replanning.differences import difference, in_words
from scheduler.replanning.named_choices import named
from scheduler.replanning.naming_shortages import open_places
from scheduler.replanning.result import Choice, ChoiceName, ReplanResult
from scheduler.replanning.search import Search
from scheduler.replanning.what_helps import in_the_way, unstaffed
from scheduler.values.errors import BrokenPlan
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Status

NONE_IN_TIME = "No new plan was found in time: the published plan stays."
NONE_AT_ALL = "No new plan was found, and it is not proven that there is none: the published plan stays."


@dataclass
class Answer:
    """Turns what was found into checked plans.

    Parameters
    ----------
    others
        What was found beside the plan with the fewest moves; None if nothing was looked for.
    started
        When the search began, in seconds of the monotonic clock.
    """

    after: Problem
    before: Plan
    event: Event
    search: Search
    others: Alternatives | None
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
            bounds=self._bounds(main),
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

    def _bounds(self, main: Choice | None) -> dict[ChoiceName, int]:
        """What is proven of each name; of the fewest moves only beside few enough uncovered places."""
        bounds = {} if self.others is None else dict(self.others.bounds)
        if main is not None and self._is_proven(main):
            bounds["fewest_moves"] = main.moved
        return bounds

    def _choices(self) -> tuple[Choice, ...]:
        """The main plan, and others that differ from it; equal ones are named together."""
        search = self.search
        if search.is_impossible:
            return ()
        if search.best is None:
            self.remarks.append(NONE_IN_TIME if search.progress.must_end() else NONE_AT_ALL)
            return ()
        main = self._plan(search.best)
        self._require_sound(main)
        choices = [self._choice(main, search.best)]
        for schedule in {} if self.others is None else self.others.found.values():
            plan = self._plan(schedule)
            if plan not in [choice.plan for choice in choices] and not self._faults(plan):
                choices.append(self._choice(plan, schedule))
        if self.others is None:
            proven: tuple[ChoiceName, ...] = ("fewest_moves",) if self._is_proven(choices[0]) else ()
            return (choices[0].model_copy(update={"names": ("fewest_moves",), "proven": proven}),)
        return named(choices, self._bounds(choices[0]), set(search.ground.forced_activities))

    def _plan(self, schedule: Schedule) -> Plan:
        plan = make_plan(self.after, schedule.starts, schedule.members)
        return plan.model_copy(update={"certificates": self._certificates})

    @cached_property
    def _certificates(self) -> tuple[Certificate, ...]:
        """What proves most of all plans after the event: the prices of the plan before, or those found on the way."""
        carried = carried_over(self.search.ground.prepared, self.before.certificates)
        found = () if self.others is None else self.others.certificates
        known = [proof for proof in (*carried, *found) if proof.kind == "dates" and proof.whole_teams]
        if not known:
            return carried
        best = max(known, key=lambda proof: proof.bound)
        return (*(proof for proof in carried if not proof.whole_teams), best)

    def _choice(self, plan: Plan, schedule: Schedule) -> Choice:
        ground = self.search.ground
        found = difference(self.after, self.before, plan, ground.forced_activities, ground.units)
        return Choice(
            names=(),
            plan=plan,
            difference=found,
            words=in_words(self.after, found),
            moved=found.num_moved,
            weeks_moved=found.num_weeks,
            furthest_weeks=found.furthest,
            people_changed=found.num_people,
            uncovered=plan.costs.uncovered_places,
            cost=plan.costs.date_cost + plan.costs.team_cost,
            open_places=open_places(ground, schedule) if plan.costs.uncovered_places else (),
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
