"""What the simulation knows of a plan beforehand: its units, their seats with substitutes, and possible moves.

A **unit** is a block of activities that keep their place relative to each other (see `blocks`). Only activities
that occupy inspectors or units of a pool count: nobody of the programme does the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.cost import distance_km
from scheduler.people.work_weeks import drafting_span, team_weeks
from scheduler.simulating.slack_weeks import SlackFinder
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER, Starts, Week


@dataclass(frozen=True)
class StageRun:
    """A stage of a unit: number among all stages, area, planned weeks, and the clear weeks to the next that are spare.

    `spare` is None for the last stage of an activity.
    """

    number: int
    activity: str
    position: int
    area: int
    weeks: range
    on_site: bool
    uses_team: bool
    spare: int | None


@dataclass(frozen=True)
class Substitute:
    """Somebody who could take a seat as planned; `begins` are reviews left by period, `drafts` as leader."""

    person: int
    begins: tuple[tuple[int, int], ...]
    drafts: int


@dataclass(frozen=True)
class Seat:
    """A filled seat in some weeks.

    Attributes
    ----------
    person
        Who has it in the plan; `is_able` says whether this person could have it in these weeks too.
    weeks, drafting
        Team weeks, and the leader's weeks of drafting after them.
    substitutes
        Who else could have it beside everybody's other reviews, the nearest to the area first.
    """

    activity: str
    person: int
    is_able: bool
    weeks: tuple[Week, ...]
    drafting: range
    substitutes: tuple[Substitute, ...]


@dataclass(frozen=True)
class Move:
    """Later dates of a unit that are possible beside all others: weeks of its stages, and its seats then.

    `relieved` are positions in the unit's stages after which the move leaves `weeks` more clear weeks.
    """

    weeks: int
    stages: tuple[range, ...]
    seats: tuple[Seat, ...]
    relieved: frozenset[int]


@dataclass(frozen=True)
class Unit:
    """Activities that are kept, moved or missed together; `open_seats` of each stay empty, and may bring a body."""

    activities: tuple[Activity, ...]
    stages: tuple[StageRun, ...]
    seats: tuple[Seat, ...]
    moves: tuple[Move, ...]
    open_seats: dict[str, int]


class UnitMaker:
    """Makes the units of a plan that keeps every rule."""

    def __init__(self, problem: Problem, plan: Plan, reach: int) -> None:
        self.problem, self.reach = problem, reach
        self.finder = SlackFinder(problem, plan)
        self.starts: Starts = plan.starts()
        self.areas = {area.id: number for number, area in enumerate(problem.areas)}
        self.places = {area.id: area.location for area in problem.areas}
        self.num_stages = 0

    def units(self) -> tuple[Unit, ...]:
        """All units in the order of their first weeks."""
        activities = [a for a in self.problem.activities if a.id in self.starts and occupies_people(a)]
        known = {activity.id: activity for activity in activities}
        found = dict.fromkeys(
            tuple(name for name in self.finder.blocks[activity.id] if name in known)
            for activity in activities
        )
        made = [self._unit(tuple(known[name] for name in names)) for names in found]
        return tuple(sorted(made, key=lambda unit: (unit.stages[0].weeks[0], unit.activities[0].id)))

    def _unit(self, activities: tuple[Activity, ...]) -> Unit:
        stages = tuple(run for activity in activities for run in self._stages(activity))
        seats = tuple(self._seats(activities, self.starts))
        return Unit(
            activities=activities,
            stages=stages,
            seats=seats,
            moves=tuple(self._moves(activities, stages)),
            open_seats={activity.id: self._open_seats(activity) for activity in activities},
        )

    def _open_seats(self, activity: Activity) -> int:
        """Seats that stay empty."""
        seats = activity.team.seats() if activity.team is not None else 0
        return max(0, seats - len(self.finder.roster.seats.get(activity.id, ())))

    def _stages(self, activity: Activity) -> Iterator[StageRun]:
        starts = self.starts[activity.id]
        for position, (stage, first) in enumerate(zip(activity.stages, starts, strict=True)):
            end = first + stage.duration_weeks
            spare = None
            if position + 1 < len(starts):
                spare = starts[position + 1] - end - activity.stages[position + 1].lag_min_weeks
            yield StageRun(
                number=self.num_stages,
                activity=activity.id,
                position=position,
                area=self.areas[activity.area],
                weeks=range(first, end),
                on_site=stage.on_site,
                uses_team=stage.uses_team,
                spare=spare,
            )
            self.num_stages += 1

    def _seats(self, activities: tuple[Activity, ...], starts: Starts) -> Iterator[Seat]:
        """The seats of a unit if its activities start in these weeks."""
        roster = self.finder.roster
        seats = [
            (activity, skill, person, team_weeks(activity, starts[activity.id]))
            for activity in activities
            for skill, person in roster.seats.get(activity.id, ())
        ]
        with roster.without(activity.id for activity in activities):
            able = [
                bool(roster.may_sit(activity, skill, weeks)[person])
                for activity, skill, person, weeks in seats
            ]
        for (activity, skill, person, weeks), is_able in zip(seats, able, strict=True):
            drafting = drafting_span(activity, weeks) if skill == LEADER else range(0)
            is_theirs = person in self.finder.roster.at_work.holders(activity, skill, weeks)
            others = () if is_theirs else self._substitutes(activity, skill, weeks)
            yield Seat(activity.id, person, is_able, weeks, drafting, others)

    def _substitutes(self, activity: Activity, skill: str, weeks: tuple[Week, ...]) -> tuple[Substitute, ...]:
        roster, found = self.finder.roster, []
        team = {person for _, person in roster.seats.get(activity.id, ())}
        drafts = roster.drafts_left(activity, weeks)
        with roster.without([activity.id]):
            able = roster.may_sit(activity, skill, weeks)
        for person in np.flatnonzero(able).tolist():
            if person in team:
                continue
            begins = roster.begins_left(person, weeks[0]) if weeks else {}
            left = int(drafts[person]) if skill == LEADER else 0
            km = distance_km(self.problem.inspectors[person].home, self.places[activity.area])
            found.append((km, person, Substitute(person, tuple(begins.items()), left)))
        return tuple(substitute for _, _, substitute in sorted(found, key=lambda item: item[:2]))

    def _moves(self, activities: tuple[Activity, ...], stages: tuple[StageRun, ...]) -> Iterator[Move]:
        """Moves by ever more weeks: of all stages, or only of those that begin with or after a later one."""
        borders = sorted({run.weeks[0] for run in stages if run.position > 0})
        for weeks in range(1, self.reach + 1):
            for border in (None, *borders):
                moved = tuple(_later(run.weeks, weeks, border) for run in stages)
                changed = _starts(stages, moved)
                if not self.finder.fitting.fits(changed):
                    continue
                seats = tuple(self._seats(activities, changed))
                if all(seat.is_able or seat.substitutes for seat in seats):
                    yield Move(weeks, moved, seats, _relieved(stages, border))


def _later(run: range, weeks: int, border: Week | None) -> range:
    """The weeks of a stage so much later if it begins with or after a border, else the same."""
    return range(run.start + weeks, run.stop + weeks) if border is None or run.start >= border else run


def _starts(stages: tuple[StageRun, ...], weeks: tuple[range, ...]) -> Starts:
    """Start weeks by activity of stages that run in these weeks."""
    starts: dict[str, tuple[Week, ...]] = {}
    for run, span in zip(stages, weeks, strict=True):
        starts[run.activity] = (*starts.get(run.activity, ()), span.start)
    return starts


def _relieved(stages: tuple[StageRun, ...], border: Week | None) -> frozenset[int]:
    """Positions of the stages that stay while the next one of their activity moves."""
    return frozenset(
        number
        for number, run in enumerate(stages)
        if border is not None
        and run.spare is not None
        and run.weeks[0] < border <= stages[number + 1].weeks[0]
    )


def occupies_people(activity: Activity) -> bool:
    """Whether an activity needs inspectors or units of a pool."""
    return activity.team is not None or any(stage.pool_demand for stage in activity.stages)
