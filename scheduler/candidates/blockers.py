"""Which single components stand in the way of some dates: they use what is short, or have people who would be free."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scheduler.candidates.whole_teams import Unions
from scheduler.explaining.layout import Layout
from scheduler.people.roster import Roster
from scheduler.people.work_weeks import occupied_weeks, team_weeks
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Activity
from scheduler.values.value import Week


class Blockers:
    """Answers for one plan, by counting: bodies, drafting and reserved seats may still keep somebody out.

    Attributes
    ----------
    person, component
        Inspector and component of everybody in a team, shape (seats filled,).
    """

    def __init__(self, layout: Layout) -> None:
        self.layout, self.staff = layout, layout.situation.staff
        components = layout.situation.graph.components
        of = {
            layout.situation.problem.activities[index].id: number
            for number, component in enumerate(components)
            for index, _ in component.nodes
        }
        filled = [
            (self.staff.number[seat.inspector], seat.activity) for seat in layout.situation.plan.members
        ]
        self.person = np.array([person for person, _ in filled], dtype=np.int64)
        self.component = np.array([of.get(name, -1) for _, name in filled], dtype=np.int64)
        self._occupied, self._begins = self._taken(filled)
        self._unions: dict[str, Unions] = {}
        self._uses: dict[int, Ints] = {}
        self._others: dict[int, tuple[Mask, Ints]] = {}

    def of(self, component: int, timetable: tuple[Week, ...], open_now: int, is_short: bool) -> list[int]:
        """Other components, each of which may make room alone; the component itself must have been taken out.

        Parameters
        ----------
        open_now
            So many places of its teams may stay open.
        is_short
            Whether pools or limits are short beside the others.
        """
        others = np.array(sorted(self.layout.room.starts), dtype=np.int64)
        helps = np.ones(len(others), dtype=bool)
        if is_short:
            helps &= self._leave_room(component, timetable, others)
        starts = self.layout.situation.moved(component, timetable, self.layout.starts)
        names = self.layout.situation.graph.names(component)
        reviews = [self.layout.reviews[name] for name in names if name in self.layout.reviews]
        for review in reviews:
            weeks = team_weeks(review, starts[review.id])
            if weeks:
                helps &= self._leave_people(component, review, weeks, others, open_now, is_short)
        return [int(other) for other in others[helps]]

    def _leave_room(self, component: int, timetable: tuple[Week, ...], others: Ints) -> Mask:
        """Who uses as much as is short of each row."""
        situation, room = self.layout.situation, self.layout.room
        rows, use = situation.rows, situation.use_of(component, timetable)
        lack = room.used + use - rows.rhs - rows.max_excess
        short = np.flatnonzero((lack > 0) & (use != 0))
        used = np.array([self._use(other)[short] for other in others.tolist()])
        return np.asarray((used.reshape(len(others), len(short)) >= lack[short]).all(axis=1))

    def _use(self, component: int) -> Ints:
        if component not in self._uses:
            situation = self.layout.situation
            self._uses[component] = situation.use_of(component, situation.timetables[component])
        return self._uses[component]

    def _leave_people(
        self,
        component: int,
        review: Activity,
        weeks: tuple[Week, ...],
        others: Ints,
        open_now: int,
        is_short: bool,
    ) -> Mask:
        """Whose people, once they are free, are enough for the seats that stay open."""
        free = self.layout.board.free_in_each(np.array([weeks], dtype=np.int64))[0]
        if review.id not in self._unions:
            self._unions[review.id] = Unions(self.staff, review)
        unions = self._unions[review.id]
        missing = unions.missing(free[None, :])[0]
        is_enough = np.full(len(others), (missing <= open_now).all())
        if is_enough.all() and is_short:
            return is_enough
        # Where counting finds people enough already, bodies or drafting are in the way: anybody freed may change that.
        freed = self._freed(component, weeks, others) & ~free
        giving = np.flatnonzero(freed.any(axis=1))
        gain = unions.having(freed[giving])
        is_enough[:] = False
        is_enough[giving] = gain.any(axis=1) & (missing - gain <= open_now).all(axis=1)
        return is_enough

    def _freed(self, component: int, weeks: tuple[Week, ...], others: Ints) -> Mask:
        """Who would be free in some weeks if one of the others had no team, shape (others, inspectors)."""
        inside, every = self._beside(component)
        clash = np.zeros(len(self.person), dtype=bool)
        rests = self.staff.rests[self.person]
        for rest in np.unique(rests).tolist():
            occupied = [week for week in occupied_weeks(weeks, rest) if 0 <= week < self._occupied.shape[1]]
            clash |= (rests == rest) & self._occupied[:, occupied].any(axis=1)
        clash &= inside
        clashes = np.bincount(self.person[clash], minlength=len(self.staff.rests))
        held = self.staff.periods_of(weeks[0])
        begun = every[:, held]
        may_begin = (begun[self.person] - self._begins[:, held] < self.staff.most[self.person][:, held]).all(
            axis=1
        )
        alone = inside & (clashes[self.person] == clash) & may_begin & self._free_of_past(weeks)[self.person]
        place = np.full(int(self.component.max(initial=-1)) + 2, -1, dtype=np.int64)
        place[others[others < len(place)]] = np.flatnonzero(others < len(place))
        row = place[self.component]
        found = np.zeros((len(others), len(self.staff.rests)), dtype=bool)
        found[row[alone & (row >= 0)], self.person[alone & (row >= 0)]] = True
        return found

    def _beside(self, component: int) -> tuple[Mask, Ints]:
        """Which filled seats are those of others, and how many reviews everybody begins in each period in these."""
        if component not in self._others:
            inside = self.component != component
            begun = self.staff.past_begun.copy()
            np.add.at(begun, self.person[inside], self._begins[inside])
            self._others = {component: (inside, begun)}
        return self._others[component]

    def _free_of_past(self, weeks: tuple[Week, ...]) -> Mask:
        """Who is there, and free of work of an earlier programme."""
        return self._nobody.free(weeks)

    @cached_property
    def _nobody(self) -> Roster:
        return Roster(self.staff)

    def _taken(self, filled: Sequence[tuple[int, str]]) -> tuple[Mask, Ints]:
        """Weeks of work and rest of every filled seat, and the periods in which each begins."""
        staff, starts = self.staff, self.layout.situation.starts
        weeks_of: dict[str, tuple[Week, ...]] = defaultdict(tuple)
        for _, name in filled:
            if name not in weeks_of:
                weeks_of[name] = staff.weeks(name, starts)
        taken = np.zeros((len(filled), staff.problem.num_weeks + staff.longest_rest), dtype=bool)
        begins = np.zeros((len(filled), len(staff.problem.periods)), dtype=np.int64)
        for number, (person, name) in enumerate(filled):
            if weeks_of[name]:
                taken[number, list(occupied_weeks(weeks_of[name], int(staff.rests[person])))] = True
                begins[number, staff.periods_of(weeks_of[name][0])] = 1
        return taken, begins
