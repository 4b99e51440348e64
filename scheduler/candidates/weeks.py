"""For an activity every week: price, what is short, and who could make room; what has begun or is frozen stays."""

import numpy as np

from scheduler.candidates.elsewhere import fewest_short
from scheduler.candidates.making_room import Option, SwapSearch
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import Change, WeekCandidate, WeekCandidates
from scheduler.candidates.whole_teams import seats_lacking
from scheduler.dates.beside import Choices, choices_of, evaluated
from scheduler.explaining.impossible_weeks import what_fixes, why_impossible
from scheduler.explaining.layout import Placed
from scheduler.explaining.shortfall import row_shortfall
from scheduler.values.arrays import Ints
from scheduler.values.plan import ActivityDates
from scheduler.values.problem import Activity
from scheduler.values.value import Starts, Week

MOST_OPTIONS = 3
"""Timetables of a week, those that lack least, for which others may make room."""

FEW_OPTIONS = 3
"""With more timetables of a week those are looked at first for which people suffice by counting."""


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
        options = fewest_short(there, nodes)
        alone = self._alone(options)
        swap = None if alone.fits else self.swaps.cheapest(self._tried(there, options, nodes))
        least_rise = int(there.costs.min()) - self.cost_now
        return WeekCandidate(week=week, is_present=is_present, alone=alone, swap=swap, least_rise=least_rise)

    def _tried(self, there: Choices, options: Choices, nodes: list[int]) -> list[Option]:
        """Timetables of a week for which others may make room.

        Where pools or limits are short, those with the same weeks of teams may want others of them.
        """
        found = self._nearest(options)
        if any(is_short for _, _, is_short in found):
            apart = sorted({*nodes, *self.situation.sharing_nodes(self.component)})
            found += self._nearest(fewest_short(there, apart))
        return list(dict.fromkeys(found))

    def _nearest(self, choices: Choices) -> list[Option]:
        """Those that lack least."""
        first = choices.part(self._order(choices)[:MOST_OPTIONS])
        rises = (first.costs - self.cost_now).tolist()
        return list(zip(map(tuple, first.starts.tolist()), rises, (first.short > 0).tolist(), strict=True))

    def _starts_of(self, choices: Choices) -> Ints:
        if self.node is None:
            return np.full(len(choices.costs), self.situation.starts[self.activity.id][0])
        return choices.starts[:, self.node]

    def _alone(self, choices: Choices) -> Change:
        """The best of some timetables: least is short, then fewest places stay open, then it is the cheapest.

        Those that could be best by counting come first, until no other one can be better than the best so far.
        """
        short, lacking = np.maximum(choices.short, 0), self._lacking(choices)
        best: tuple[tuple[int, int, int, int], Change] | None = None
        for number in self._order(choices).tolist():
            rise = int(choices.costs[number]) - self.cost_now
            if best is not None and (short[number], lacking[number], rise) > best[0][:3]:
                break
            timetable = tuple(choices.starts[number].tolist())
            starts = self.situation.moved(self.component, timetable)
            change = self._change(self.state.placed(self.component, timetable, starts), starts, rise)
            key = (int(short[number]), max(0, change.more_open), rise, change.people_rise)
            if best is None or key < best[0]:
                best = key, change
        assert best is not None
        return best[1]

    def _order(self, choices: Choices) -> Ints:
        """Those first that could lack least, the cheapest first."""
        return np.lexsort((choices.costs, self._lacking(choices), np.maximum(choices.short, 0)))

    def _lacking(self, choices: Choices) -> Ints:
        """So many more places than now stay open at least, shape (timetables,); no promise where there are few."""
        if len(choices.costs) <= FEW_OPTIONS:
            return np.zeros(len(choices.costs), dtype=np.int64)
        layout, graph = self.state.layout, self.situation.graph
        lacking = seats_lacking(layout.board, layout.reviews, graph, self.component, choices.starts)
        present, nodes = self.situation.timetables[self.component], self.situation.team_nodes(self.component)
        stays = (choices.starts[:, nodes] == np.array(present)[nodes]).all(axis=1)
        return np.where(stays, 0, np.maximum(0, lacking - self.open_now))

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


def _rank(candidate: WeekCandidate) -> tuple[int, ...]:
    if candidate.alone is None:
        return (2, candidate.week)
    if candidate.best is not None:
        return (
            0,
            candidate.best.rise,
            candidate.best.num_open,
            candidate.best.people_rise,
            candidate.swap is not None,
            candidate.week,
        )
    return (1, *candidate.alone.shortage_rank, candidate.week)
