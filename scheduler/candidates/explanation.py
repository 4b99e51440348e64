"""Why is an area where it is? Its cheaper dates, the whole shortfall that blocks each, and who would have to move."""

from functools import cached_property

import numpy as np

from scheduler.candidates.making_room import SwapSearch
from scheduler.candidates.plan_state import PlanState
from scheduler.checking.checker import faults
from scheduler.cost import date_terms, make_plan
from scheduler.dates.beside import evaluated
from scheduler.explaining.displacements import Displacement, displacement_to
from scheduler.explaining.impossible_weeks import Hindrance
from scheduler.explaining.short_people import PeopleShortfall, SeatHolders, holders, people_shortfall
from scheduler.explaining.short_pools import ShortPool
from scheduler.explaining.shortfall import Shortfall
from scheduler.explaining.without_area import AskedArea
from scheduler.people.roster import Roster
from scheduler.values.plan import ActivityDates, Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Identifier, NonNegative, Positive, Value, Week
from scheduler.values.violations import Violation


class Alternative(Value):
    """Cheaper dates of an area, all others staying where they are.

    Attributes
    ----------
    first_week
        Start of the first stage of the area's leading activity.
    dates
        Of the activities of the area that are planned together.
    saving
        What the cost of all dates would fall by, priced excess included.
    cost
        The cost of all dates that would result: that of the plan less the saving.
    shortfall
        All that would have to be added, and no unit more; empty if nothing stands in the way.
    people_changed
        People who would leave another area's team even with the added ones.
    pools
        The counts that show the lack of people.
    seats
        Who has the missing skills, and why they are not free.
    displacement
        Areas that would make room by moving, instead of more capacity; None if none were found.
    """

    first_week: Week
    dates: tuple[ActivityDates, ...]
    saving: Positive
    cost: NonNegative
    shortfall: Shortfall
    people_changed: NonNegative
    pools: tuple[ShortPool, ...] = ()
    seats: tuple[SeatHolders, ...] = ()
    displacement: Displacement | None = None


class Explanation(Value):
    """Why an area has its dates.

    Attributes
    ----------
    activity
        The area's leading activity: the first one with a team that can move.
    activities
        Those that are planned together with it.
    terms
        What the area adds to each term of the cost of dates, the others being there.
    alternatives
        One for each week of the first stage in which the area would be cheaper, the earliest first.
    earliest_week
        The earliest week in which windows, closures, pins and links alone would let it start.
    other_weeks
        In how many other weeks these would let it start.
    fixed_by
        Where there are none, what leaves none.
    """

    area: Identifier
    activity: Identifier
    activities: tuple[str, ...]
    dates: tuple[ActivityDates, ...]
    first_week: Week
    terms: dict[str, int]
    plan_cost: NonNegative
    earliest_week: Week
    other_weeks: NonNegative = 0
    fixed_by: Hindrance | None = None
    alternatives: tuple[Alternative, ...] = ()


def explain(problem: Problem, plan: Plan, area: str, state: PlanState | None = None) -> Explanation:
    """The reasons for the dates of an area.

    Parameters
    ----------
    area
        Identifier of an area of the problem.
    state
        The plan as prepared for any number of questions; made anew if it is not given.

    Raises
    ------
    UnknownArea
        If nothing is planned in the area.
    ValueError
        If the dates of the plan break rules of the problem.
    """
    return _Explainer(state or PlanState(problem, plan), area).explanation()


class _Explainer(AskedArea):
    def __init__(self, state: PlanState, area: str) -> None:
        super().__init__(state.situation, area)
        self.state = state

    def explanation(self) -> Explanation:
        return Explanation(
            area=self.area,
            activity=self.lead.id,
            activities=self.names,
            dates=self.dates(self.situation.timetables[self.component]),
            first_week=self.situation.starts[self.lead.id][0],
            terms=self._terms(),
            plan_cost=self.situation.date_cost,
            earliest_week=min(map(self.first_week, self.choices.starts.tolist())),
            other_weeks=len(self.other_weeks()),
            fixed_by=self.fixed_by(),
            alternatives=tuple(map(self._alternative, self._cheaper())),
        )

    def _cheaper(self) -> list[tuple[Week, ...]]:
        """The cheapest timetable of each week that is cheaper than now, the earliest first."""
        now = np.array([self.situation.timetables[self.component]], dtype=np.int64)
        present = evaluated(self.room, self.component, now).costs[0]
        cheaper = self.choices.part(np.flatnonzero(self.choices.costs < present))
        found = cheaper.cheapest_by(self.first_nodes)
        return sorted(map(tuple, found.starts.tolist()), key=self.first_week)

    def _alternative(self, timetable: tuple[Week, ...]) -> Alternative:
        situation = self.situation
        starts = situation.moved(self.component, timetable)
        people = people_shortfall(situation, self.component, timetable)
        units, limits = self.lacking(timetable)
        shortfall = Shortfall(people=people.missing, units=units, limits=limits, is_proven=people.is_proven)
        cost = situation.cost_of(starts)
        return Alternative(
            first_week=self.first_week(timetable),
            dates=self.dates(timetable),
            saving=situation.date_cost - cost,
            cost=cost,
            shortfall=shortfall,
            people_changed=people.changed,
            pools=people.pools,
            seats=self._seats(timetable, people),
            displacement=None if shortfall.is_empty else self._displacement(timetable, people),
        )

    def _displacement(self, timetable: tuple[Week, ...], people: PeopleShortfall) -> Displacement | None:
        """Other areas in the way; nobody's move helps where no whole team is there at all."""
        if any(pool.kind == "whole_team" for pool in people.pools):
            return None
        situation, room = self.situation, self.situation.making_room
        if not room.is_small:
            return self._swap(timetable)
        made = room.at(self.area, situation.moved(self.component, timetable))
        if made.starts is None:
            return None if made.is_proven else self._swap(timetable)
        return displacement_to(situation, made)

    @cached_property
    def _faults(self) -> set[Violation]:
        """What the plan breaks as it is."""
        return {*faults(self.situation.problem, self.situation.plan)}

    @cached_property
    def _swaps(self) -> SwapSearch:
        return SwapSearch(self.state, self.component)

    def _swap(self, timetable: tuple[Week, ...]) -> Displacement | None:
        """The one area that makes room for the least of those found, if the independent check finds nothing new."""
        situation, swaps = self.situation, self._swaps
        alone = situation.cost_of(situation.moved(self.component, timetable)) - situation.date_cost
        is_short = any(self.lacking(timetable))
        with self.state.layout.without([self.component]):
            swap = swaps.cheapest([(timetable, alone, is_short)])
        if swap is None:
            return None
        starts = {**situation.starts, **{dates.activity: dates.starts for dates in swap.change.dates}}
        moved = {dates.activity for dates in swap.change.dates}
        others = [member for member in situation.plan.members if member.activity not in moved]
        after = make_plan(situation.problem, starts, (*others, *swap.change.members))
        if {*faults(situation.problem, after)} - self._faults:
            return None
        return Displacement(moved=(swap.moved,), price=swap.change.rise - alone, people_changed=0)

    def _seats(self, timetable: tuple[Week, ...], people: PeopleShortfall) -> tuple[SeatHolders, ...]:
        if not people.missing:
            return ()
        starts = self.situation.moved(self.component, timetable)
        roster = Roster(self.state.staff, starts, people.teams.members)
        return tuple(SeatHolders(seat=person, holders=holders(roster, person)) for person in people.missing)

    def _terms(self) -> dict[str, int]:
        """The cost of the plan by term less that of the plan without the area's activities."""
        problem, starts, names = self.situation.problem, self.situation.starts, set(self.names)
        rest = problem.model_copy(
            update={
                "activities": tuple(activity for activity in problem.activities if activity.id not in names),
                "links": tuple(
                    link for link in problem.links if not {end.activity for end in link.ends} & names
                ),
            }
        )
        without = date_terms(rest, starts)
        return {term: cost - without[term] for term, cost in date_terms(problem, starts).items()}
