"""Every week in which an area could be, ranked by cost, with who has to make room or why the week is impossible."""

import numpy as np

from scheduler.checking.checker import faults
from scheduler.cost import make_plan, uncovered_places
from scheduler.dates.beside import Choices
from scheduler.explaining.displacements import Displacement, displacement, displacement_to
from scheduler.explaining.impossible_weeks import Hindrance, ImpossibleWeek, why_impossible
from scheduler.explaining.short_pools import ShortPool, least_lack, telling
from scheduler.explaining.shortfall import MissingUnits, WiderLimit
from scheduler.explaining.situation import Situation
from scheduler.explaining.without_area import AskedArea
from scheduler.nearby.people_around import changed_people, teams_near
from scheduler.values.plan import ActivityDates, Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.value import Identifier, NonNegative, Value, Week


class Move(Value):
    """An area with its first stage in some week, and what that makes of the plan.

    Attributes
    ----------
    is_present
        Whether the area starts in that week now; the dates may differ later on, if others are cheaper.
    dates
        Of the area's activities, or those that are planned together; empty if the move is impossible.
    cost
        The cost of all dates then, None if the move is impossible.
    rise
        The same less the present cost of all dates; negative if the plan becomes cheaper.
    displacement
        The areas that make room; None if none has to.
    people_changed
        People who leave another area's team.
    impossible
        Why rules alone forbid the week. None also where capacity is short and no areas make room: then `is_short`,
        and `pools`, `units` and `limits` say of the cheapest timetable what is short.
    is_proven
        Whether it is proven that no fewer areas make room (or none at all, where it `is_short`), and that with so
        many nothing is cheaper; if not, it is the best that was found, and one or two areas were looked for at most.
    """

    week: Week
    is_present: bool = False
    dates: tuple[ActivityDates, ...] = ()
    cost: NonNegative | None = None
    rise: int | None = None
    displacement: Displacement | None = None
    people_changed: NonNegative = 0
    impossible: ImpossibleWeek | None = None
    is_short: bool = False
    pools: tuple[ShortPool, ...] = ()
    units: tuple[MissingUnits, ...] = ()
    limits: tuple[WiderLimit, ...] = ()
    is_proven: bool = False


class Moves(Value):
    """All weeks of an area's leading activity, the cheapest first, impossible ones last.

    `fixed_by` says what leaves no week but the present one, if something does.
    """

    area: Identifier
    activity: Identifier
    plan_cost: NonNegative
    moves: tuple[Move, ...]
    fixed_by: Hindrance | None = None


def moves(problem: Problem, plan: Plan, area: str, situation: Situation | None = None) -> Moves:
    """Every week of the start window of an area's leading activity.

    All other areas stay where they are, or as few as possible move: where the area fits, with no more places
    uncovered than now, nobody moves and the cheapest such timetable is taken; otherwise the smallest set of areas is
    displaced that makes room, and of these sets the one with the cheapest new places. In a small problem that is
    proven by looking at all plans; in others one or two areas are looked for, and nothing is said to be proven.

    Raises
    ------
    UnknownArea
        If nothing is planned in the area.
    ValueError
        If the dates of the plan break rules of the problem.
    """
    return _Mover(situation or Situation(problem, plan), area).moves()


class _Mover(AskedArea):
    def __init__(self, situation: Situation, area: str) -> None:
        super().__init__(situation, area)
        self.accepted = uncovered_places(situation.problem, situation.plan.members)

    def moves(self) -> Moves:
        weeks = self.lead.start_window.weeks()
        found = [self._move(week) for week in weeks]
        ranked = sorted(
            found, key=lambda move: (move.cost is None, move.cost, move.impossible is not None, move.week)
        )
        return Moves(
            area=self.area,
            activity=self.lead.id,
            plan_cost=self.situation.date_cost,
            moves=tuple(ranked),
            fixed_by=self.fixed_by(),
        )

    def _move(self, week: Week) -> Move:
        choices = self.choices_in(week)
        if len(choices.costs) == 0:
            return Move(week=week, impossible=why_impossible(self.situation.problem, self.lead, week))
        nodes = sorted({*self.first_nodes, *self.situation.team_nodes(self.component)})
        known = self._of_all_plans(week, choices, nodes) if self.situation.making_room.is_small else None
        if known is not None:
            return known
        possible = self._undisturbed(week, choices, nodes) or self._displacing(week, choices, nodes)
        return possible or self._short(week, choices, nodes)

    def _of_all_plans(self, week: Week, choices: Choices, nodes: list[int]) -> Move | None:
        """What looking at all plans says; None if time did not suffice."""
        room, situation = self.situation.making_room, self.situation
        made = room.in_week(self.area, self.lead.id, week)
        if made.starts is None:
            return self._short(week, choices, nodes, is_proven=True) if made.is_proven else None
        dates = tuple(ActivityDates(activity=name, starts=made.starts[name]) for name in made.asked)
        cost, answer = situation.cost_of(made.starts), displacement_to(situation, made)
        displaced = answer if made.displaced else None
        return self._made(week, dates, cost, displaced, answer.people_changed, made.is_proven)

    def _short(self, week: Week, choices: Choices, nodes: list[int], is_proven: bool = False) -> Move:
        situation = self.situation
        timetable = tuple(choices.cheapest_by(nodes).starts[0].tolist())
        starts = situation.moved(self.component, timetable)
        units, limits = self.lacking(timetable)
        pools = telling(situation.people.short(self.component, timetable, starts))
        return Move(week=week, is_short=True, pools=pools, units=units, limits=limits, is_proven=is_proven)

    def _undisturbed(self, week: Week, choices: Choices, nodes: list[int]) -> Move | None:
        """The cheapest timetable that fits beside the others; where the area is now, that is known to be one."""
        situation = self.situation
        problem, members = situation.problem, situation.plan.members
        fitting = choices.part(np.flatnonzero(choices.short <= 0)).cheapest_by(nodes)
        for timetable in map(tuple, fitting.starts.tolist()):
            teams, starts = self._teams(timetable), situation.moved(self.component, timetable)
            if teams is not None and not faults(problem, make_plan(problem, starts, teams)):
                changed = changed_people(members, teams, self.names)
                return self._made(week, self.dates(timetable), situation.cost_of(starts), None, changed)
        return None

    def _teams(self, timetable: tuple[Week, ...]) -> tuple[TeamMember, ...] | None:
        """Teams with no more places uncovered than now and as few changes as possible; None if there are none."""
        situation = self.situation
        present, members = situation.timetables[self.component], situation.plan.members
        if all(timetable[node] == present[node] for node in situation.team_nodes(self.component)):
            return members
        starts = situation.moved(self.component, timetable)
        if least_lack(situation.people.short(self.component, timetable, starts)) > self.accepted:
            return None
        teams = teams_near(situation.units, situation.staff, starts, members, self.names, self.accepted)
        return None if teams.uncovered > self.accepted else teams.members

    def _displacing(self, week: Week, choices: Choices, nodes: list[int]) -> Move | None:
        """The move with the fewest displaced areas, of these the cheapest."""
        found = []
        for timetable in map(tuple, choices.cheapest_by(nodes).starts.tolist()):
            answer = displacement(self.layout, self.component, timetable)
            if answer is not None:
                cost = answer.price + self.situation.cost_of(self.situation.moved(self.component, timetable))
                move = self._made(week, self.dates(timetable), cost, answer, answer.people_changed)
                found.append((len(answer.moved), cost, timetable, move))
        return min(found, key=lambda item: item[:3])[3] if found else None

    def _made(
        self,
        week: Week,
        dates: tuple[ActivityDates, ...],
        cost: int,
        answer: Displacement | None,
        changed: int,
        is_proven: bool = False,
    ) -> Move:
        return Move(
            week=week,
            is_present=week == self.situation.starts[self.lead.id][0],
            dates=dates,
            cost=cost,
            rise=cost - self.situation.date_cost,
            displacement=answer,
            people_changed=changed,
            is_proven=is_proven,
        )
