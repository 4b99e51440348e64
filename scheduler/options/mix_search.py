"""Find the cheapest mix of options: dates in all variants at once, with a bound that holds for every mix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from scheduler.areas.graph import build_graph
from scheduler.dates.columns import Columns
from scheduler.dates.generation import make_certificate
from scheduler.dates.lines import Ints
from scheduler.dates.master import MasterAnswer
from scheduler.dates.pricing import choose_scale
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.options.generation import MixGeneration
from scheduler.options.rounding import MixRooms, wishes_of
from scheduler.options.variants import SideBySide, Variants, own_name, side_by_side
from scheduler.people.capacity import People
from scheduler.run.progress import Progress
from scheduler.values.plan import Plan
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, SolveParams, StopRequest

ATTEMPTS = 5
"""A plan that violates a union of skills is made again with that union among the rows, so often."""


@dataclass(frozen=True)
class Mix:
    """The best mix of dates found.

    Attributes
    ----------
    choice
        Option by area; None if no mix was found.
    starts, cost
        Start weeks by activity, and what these dates cost.
    bound
        No mix of options costs less (with `whole_teams`: none without an uncovered place); None if unknown.
    num_decided
        Number of areas for which it is proven that no plan as cheap as this has another option there.
    certificate
        Proves the bound (see `verify`); it belongs to the problem in which all variants stand side by side.
    """

    choice: Mapping[str, str] | None
    starts: Mapping[str, tuple[int, ...]] | None
    cost: int | None
    bound: int | None
    num_decided: int
    certificate: Certificate | None


def find_mix(
    variants: Variants,
    plans: Mapping[str, Plan] | None = None,
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    whole_teams: bool = True,
) -> Mix:
    """Choose an option for each area.

    Parameters
    ----------
    variants
        The valid problem of each option.
    plans
        Known plans by option; the mix costs at most as much as the cheapest that keeps the rows.
    params
        `dates_seconds` limits the search.
    whole_teams
        Only use weeks for which a whole team could be there, as `solve_dates` does.
    """
    params = params or SolveParams()
    joint = side_by_side(variants)
    progress = Progress("mix", params.dates_seconds, params.gap_target, listener, stop)
    search = _Search(joint, progress, whole_teams)
    for option, plan in (plans or {}).items():
        search.learn(option, plan.starts())
    try:
        search.run()
    except KeyboardInterrupt:
        progress.was_stopped = True
    return search.answer()


class _Search:
    def __init__(self, joint: SideBySide, progress: Progress, whole_teams: bool) -> None:
        self.joint, self.progress = joint, progress
        self.graph = build_graph(joint.problem, whole_teams)
        self.rows = Rows(self.graph, People(joint.problem))
        self.columns = Columns(self.rows)
        self.scale = choose_scale(self.graph)
        self.areas = {own_name(a.id): a.area for a in joint.problem.activities}
        self.best: dict[int, tuple[int, ...]] | None = None
        self.known: list[dict[int, tuple[int, ...]]] = []
        self.generation = MixGeneration(self.rows, self.columns, self.scale, progress, joint)

    def learn(self, option: str, starts: Mapping[str, tuple[int, ...]]) -> None:
        """Take the timetables of a plan of one option in; `run` begins with it."""
        named = self.joint.starts_of(option, self.areas, starts)
        found = self.graph.starts_by_component(named)
        self.columns.add_plan(found)
        self.known.append(found)

    def run(self) -> None:
        """Plans of the known dates first; then prices, and plans along them."""
        for starts in self.known:
            self._keep(partial(MixRooms.room_of, starts=starts))
        answer = self.generation.run(self._make_plan)
        if answer is not None:
            self._make_plan(answer)

    def answer(self) -> Mix:
        """The best plan and what is proven."""
        found = self.generation
        cost, num_decided = self.progress.incumbent, 0
        choice, starts = None, None
        if self.best is not None and cost is not None:
            num_decided = int(found.decided(cost).sum())
            choice = MixRooms(self.rows, self.joint).choice(Room(self.rows, self.best))
            joint_starts = self.graph.starts_by_activity(self.best)
            starts = {own_name(name): weeks for name, weeks in joint_starts.items()}
        return Mix(choice, starts, cost, self.progress.bound, num_decided, self._certificate())

    def _certificate(self) -> Certificate | None:
        found = self.generation
        if found.value is None:
            return None
        return make_certificate(self.rows, found.best_duals, found.value, self.scale)

    def _make_plan(self, answer: MasterAnswer) -> None:
        """Make a plan of the columns that the master takes most of."""
        wishes = wishes_of(answer.amounts, self.columns.component, self.columns.starts)
        self._keep(lambda rooms: rooms.by_wishes(wishes))

    def _keep(self, make: Callable[[MixRooms], Room | None]) -> None:
        """Make and improve a plan; again while it violates a union of skills that the rows did not know."""
        for _ in range(ATTEMPTS):
            rooms = MixRooms(self.rows, self.joint, self._prices())
            room = make(rooms)
            if room is None:
                return
            if self._take(room):
                rooms.improve(room, self.progress.must_end)
                if self._take(room):
                    return

    def _take(self, room: Room) -> bool:
        """Keep a plan if it is the best; whether it keeps all unions of skills, which the rows know afterwards."""
        if separate_unions(self.rows, room.used.astype(float)):
            self.columns.learn_lines()
            return False
        self.columns.add_plan(room.starts)
        if self.progress.found(room.cost()):
            self.best = dict(room.starts)
        return True

    def _prices(self) -> Ints:
        duals = self.generation.padded(self.generation.best_duals)
        return np.rint(self.rows.start_prices(duals) / self.scale).astype(np.int64)
