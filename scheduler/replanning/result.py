"""What replanning asks for and answers."""

from typing import Literal

from pydantic import Field

from scheduler.events.kinds import Event
from scheduler.events.settled import NOTHING_SETTLED, Settled
from scheduler.events.stability import StabilityRule
from scheduler.replanning.differences import Difference
from scheduler.replanning.lacks import InTheWay, Unstaffed
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Status
from scheduler.values.value import NonNegative, Value

ChoiceName = Literal["fewest_moves", "fewest_people", "lowest_cost"]


class ReplanParams(Value):
    """The present week, what stays, what is frozen and how dear changes are, and the limits of the search.

    `seconds` of wall-clock time are for everything; `with_alternatives` asks for more than the main plan.
    """

    now_week: NonNegative = 0
    settled: Settled = NOTHING_SETTLED
    stability: StabilityRule = StabilityRule()
    seconds: float = Field(default=10.0, gt=0)
    with_alternatives: bool = True
    num_workers: int = 2
    seed: NonNegative = 0


class Choice(Value):
    """One plan to choose, with its difference from the published one.

    `names` are what it is best at, as far as was searched: several where one plan is best at several. Fewest people
    and lowest cost are so among those that leave the fewest places uncovered; fewest moves among those with at most
    as many as were uncovered before the event.
    `moved` counts published activities with other dates, `people_changed` announced people who leave a team;
    `cost` is that of dates and people at the prices after the event.
    """

    names: tuple[ChoiceName, ...]
    plan: Plan
    difference: Difference
    words: tuple[str, ...]
    moved: NonNegative
    people_changed: NonNegative
    uncovered: NonNegative
    cost: NonNegative


class ReplanResult(Value):
    """The answer to an event: plans that differ, the one with the fewest moves first.

    `moved_bound` is a proven minimum of activities that move in any plan with no more uncovered places than the
    first choice, None if there is none; `uncovered_bound` a proven minimum of uncovered places in any plan.
    `is_proven_fewest`: the first choice moves no more than that, and leaves no more places uncovered than are
    unavoidable, or were before the event. Without choices the published plan stays.

    `status` is OPTIMAL where `is_proven_fewest` holds and the first choice leaves just `uncovered_bound` places
    uncovered: no plan leaves fewer, and none with as few moves fewer activities. Nothing is proven of costs and of
    people exchanged. It is INFEASIBLE where it is proven that no plan keeps the rules, and UNKNOWN where neither a
    plan nor that was found.

    `unstaffed` says what an incident's review lacks in the first choice, and what would help; `in_the_way` which
    activities that have to stay leave an incident no dates, each of them alone.
    """

    version: Literal[1] = 1
    status: Status
    event: Event
    event_in_words: str
    problem: Problem
    choices: tuple[Choice, ...]
    moved_bound: NonNegative | None
    uncovered_bound: NonNegative | None
    is_proven_fewest: bool
    seconds: float
    was_stopped: bool = False
    unstaffed: Unstaffed | None = None
    in_the_way: tuple[InTheWay, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def main(self) -> Choice | None:
        """The plan with the fewest moves."""
        return self.choices[0] if self.choices else None
