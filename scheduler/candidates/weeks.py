"""For an activity every week: price, what is short, and who could make room; what has begun or is frozen stays."""

from collections.abc import Iterator

import numpy as np

from scheduler.candidates.elsewhere import fewest_short
from scheduler.candidates.making_room import SwapSearch
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import Change, WeekCandidate, WeekCandidates
from scheduler.dates.beside import Choices, choices_of, evaluated
from scheduler.explaining.impossible_weeks import what_fixes, why_impossible
from scheduler.explaining.layout import Placed
from scheduler.explaining.shortfall import row_shortfall
from scheduler.values.arrays import Ints
from scheduler.values.plan import ActivityDates
from scheduler.values.problem import Activity
from scheduler.values.value import Starts, Week


def week_candidates(state: PlanState, activity: str) -> WeekCandidates:
    """Every week of the start window of an activity, ranked.

    The activity moves with all that is linked to it. Alone means: all others keep their dates and their people. Where
    it does not fit so, the cheapest place of one other area is looked for that makes room by moving.

    Raises
    ------
    UnknownActivity
        If the plan has no such activity.
    """
    return _Weeks(state, state.activity(activity)).ranked()


class _Weeks:
    """An activity of a plan, with what moves with it."""

    def __init__(self, state: PlanState, activity: Activity) -> None:
        self.state, self.activity, self.situation = state, activity, state.situation
        self.component = self.situation.movable_component(activity)
        self.node = self.situation.node_within(self.component, activity)
        self.names = self.situation.graph.names(self.component)
        self.before = state.members_of(self.names)
        self.open_now = state.num_open_now(self.component)
        self.swaps = SwapSearch(state, self.component)

    def ranked(self) -> WeekCandidates:
        situation, layout = self.situation, self.state.layout
        with layout.without([self.component]):
            choices = choices_of(layout.room, self.component, self.node or 0)
            present = np.array([situation.timetables[self.component]], dtype=np.int64)
            self.cost_now = int(evaluated(layout.room, self.component, present).costs[0])
            found = [self._candidate(week, choices) for week in self.activity.start_window.weeks()]
        possible = [candidate.week for candidate in found if candidate.alone is not None]
        return WeekCandidates(
            activity=self.activity.id,
            together=self.names,
            date_cost=situation.date_cost,
            people_cost=self.state.plan.costs.team_cost,
            weeks=tuple(sorted(found, key=_rank)),
            fixed_by=what_fixes(self.state.problem, self.activity, possible),
        )

    def _candidate(self, week: Week, choices: Choices) -> WeekCandidate:
        """A week with the component taken out."""
        is_present = week == self.situation.starts[self.activity.id][0]
        there = choices.part(np.flatnonzero(self._starts_of(choices) == week))
        if len(there.costs) == 0:
            reason = why_impossible(self.state.problem, self.activity, week)
            return WeekCandidate(week=week, is_present=is_present, impossible=reason)
        nodes = sorted(
            {*([] if self.node is None else [self.node]), *self.situation.team_nodes(self.component)}
        )
        options = list(self._alone(fewest_short(there, nodes)))
        alone = min((change for *_, change in options), key=_alone_rank)
        swap = None
        if not alone.fits:
            swap = self.swaps.cheapest([(starts, change.rise, short) for starts, short, change in options])
        return WeekCandidate(week=week, is_present=is_present, alone=alone, swap=swap)

    def _starts_of(self, choices: Choices) -> Ints:
        if self.node is None:
            return np.full(len(choices.costs), self.situation.starts[self.activity.id][0])
        return choices.starts[:, self.node]

    def _alone(self, choices: Choices) -> Iterator[tuple[tuple[Week, ...], bool, Change]]:
        """Each timetable, whether pools or limits are short for it, and the change with as many people as are free."""
        found = zip(choices.starts.tolist(), choices.costs.tolist(), choices.short.tolist(), strict=True)
        for weeks, cost, short in found:
            starts = self.situation.moved(self.component, tuple(weeks))
            placed = self.state.placed(self.component, tuple(weeks), starts)
            yield placed.timetable, short > 0, self._change(placed, starts, cost - self.cost_now)

    def _change(self, placed: Placed, starts: Starts, rise: int) -> Change:
        state, situation = self.state, self.situation
        used = state.room.used + situation.use_of(self.component, placed.timetable)
        units, limits = row_shortfall(situation.rows, used)
        open_places = state.open_places(self.names, placed.members)
        return Change(
            dates=tuple(ActivityDates(activity=name, starts=starts[name]) for name in self.names),
            members=placed.members,
            rise=rise,
            people_rise=state.people_cost.rise(self.before, placed.members, situation.starts, starts),
            more_open=sum(place.count for place in open_places) - self.open_now,
            open_places=open_places,
            units=units,
            limits=limits,
        )


def _alone_rank(change: Change) -> tuple[int, int, int, int]:
    """What is short comes before what it costs."""
    return (num_short(change), max(0, change.more_open), change.rise, change.people_rise)


def num_short(change: Change) -> int:
    """Units of pools and steps of limits that a change lacks."""
    units = sum(missing.units * len(missing.span.weeks()) for missing in change.units)
    return units + sum(limit.by for limit in change.limits)


def _rank(candidate: WeekCandidate) -> tuple[int, ...]:
    if candidate.alone is None:
        return (2, candidate.week)
    if candidate.best is not None:
        return (
            0,
            candidate.best.rise,
            candidate.best.people_rise,
            candidate.swap is not None,
            candidate.week,
        )
    return (1, *_alone_rank(candidate.alone), candidate.week)
