"""What replanning asks for and answers."""

from typing import Literal

from pydantic import Field

from scheduler.events.kinds import Event
from scheduler.events.settled import NOTHING_SETTLED, Settled
from scheduler.events.stability import StabilityRule
from scheduler.replanning.differences import Difference
from scheduler.replanning.lacks import InTheWay, OpenPlace, Unstaffed
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Status
from scheduler.values.value import NonNegative, Value

ChoiceName = Literal["fewest_moves", "fewest_weeks", "lowest_cost", "fewest_people", "dates_kept"]
"""What a plan is best at: the fewest published activities moved; the fewest weeks moved in all; the lowest cost of
dates and people; the fewest announced people exchanged; no date moved but those that cannot stay, with as few open
places as then remain."""


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

    `names` are what it is best at, as far as was searched: several where one plan is best at several; `proven` are
    those of them of which it is proven that no plan is better. Fewest moves, weeks and people are so among plans that
    leave no more places uncovered than the first choice; the lowest cost is that of a plan with the fewest uncovered
    places.
    `moved` counts published activities with other dates, `weeks_moved` the weeks by which they move together (each by
    as many as its stage that moves furthest), `furthest_weeks` those of the one that moves furthest, `people_changed`
    announced people who leave a team; `cost` is that of dates and people at the prices after the event.
    `open_places` are the uncovered ones by review, skill and weeks, with who could stand in.
    """

    names: tuple[ChoiceName, ...]
    proven: tuple[ChoiceName, ...] = ()
    plan: Plan
    difference: Difference
    words: tuple[str, ...]
    moved: NonNegative
    weeks_moved: NonNegative = 0
    furthest_weeks: NonNegative = 0
    people_changed: NonNegative
    uncovered: NonNegative
    cost: NonNegative
    open_places: tuple[OpenPlace, ...] = ()


class ReplanResult(Value):
    """The answer to an event: plans that differ, the one with the fewest moves first.

    `moved_bound` is a proven minimum of activities that move in any plan with no more uncovered places than the
    first choice, None if there is none; `uncovered_bound` a proven minimum of uncovered places in any plan.
    `is_proven_fewest`: the first choice moves no more than that, and leaves no more places uncovered than are
    unavoidable, or were before the event. Without choices the published plan stays.

    `status` is OPTIMAL where `is_proven_fewest` holds and the first choice leaves just `uncovered_bound` places
    uncovered: no plan leaves fewer, and none with as few moves fewer activities. It is INFEASIBLE where it is proven
    that no plan keeps the rules, and UNKNOWN where neither a plan nor that was found.

    `bounds` are proven minima of what the choices are named for: moves, weeks and people of plans that leave no more
    places uncovered than the first choice, the cost of plans without an uncovered place (or with the fewest, if it is
    proven), and uncovered places of plans in which every date stays that can.

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
    bounds: dict[ChoiceName, NonNegative] = Field(default_factory=dict)
    seconds: float
    was_stopped: bool = False
    unstaffed: Unstaffed | None = None
    in_the_way: tuple[InTheWay, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def main(self) -> Choice | None:
        """The plan with the fewest moves."""
        return self.choices[0] if self.choices else None

    @property
    def is_unstaffed(self) -> bool:
        """Whether an incident's review would have nobody at all: that is no plan to choose."""
        return self.unstaffed is not None and self.unstaffed.has_nobody
