"""Which other areas would have to move so that certain dates fit, and what their next best places cost."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from scheduler.checking.checker import faults
from scheduler.cost import make_plan, seats, uncovered_places
from scheduler.explaining.layout import Layout
from scheduler.explaining.making_room import RoomMade
from scheduler.explaining.situation import Situation
from scheduler.nearby.people_around import changed_people, teams_near
from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import TeamMember
from scheduler.values.value import Identifier, NonNegative, Starts, Value, Week

MOST_PAIRS = 12
"""Pairs of areas whose next best places are looked at, out of all pairs that make room."""


class Displaced(Value):
    """Activities that are planned together, and the start of the first stage that moves, before and after.

    The stage is one of a review, if a review moves.
    """

    areas: tuple[Identifier, ...]
    activities: tuple[Identifier, ...]
    before: Week
    after: Week


class Displacement(Value):
    """Other areas that make room by moving.

    Attributes
    ----------
    is_proven
        Whether it is proven that no fewer make room, and no others or elsewhere for less; if not, these are the best
        that were found.
    price
        What the cost of all dates rises by because they move; negative if their new places are cheaper.
    people_changed
        People who leave a team that does not move.
    """

    moved: tuple[Displaced, ...]
    price: int
    people_changed: NonNegative
    is_proven: bool = False


def displacement(layout: Layout, component: int, timetable: tuple[Week, ...]) -> Displacement | None:
    """A set of components, at most two, whose move makes room for a timetable, as small as is found.

    Of several such sets it is the one whose next best places are the cheapest. All other dates stay; the teams
    that stay are changed as little as possible. None if no one or two areas are found; there may be some.

    Parameters
    ----------
    layout
        The whole plan; it is the same again afterwards.
    """
    with layout.without([component]):
        blockers = _blockers(layout, component, timetable)
    for size in (1, 2):
        plans = _rearranged(layout, component, timetable, combinations(blockers, size))
        for _, others, starts, members in sorted(plans, key=lambda plan: plan[:2]):
            answer = _verified(layout.situation, component, others, starts, members)
            if answer is not None:
                return answer
    return None


def _rearranged(
    layout: Layout, component: int, timetable: tuple[Week, ...], sets: Iterable[tuple[int, ...]]
) -> Iterator[tuple[int, tuple[int, ...], Starts, list[TeamMember]]]:
    """Cost, dates and teams with a component at a timetable and each set of others at the cheapest places left."""
    num_fitting = 0
    for others in sets:
        with layout.without([component, *others]):
            placed = layout.fitting(component, timetable)
            num_fitting += placed is not None
            waiting = list(others)
            while placed is not None:
                layout.put(placed)
                if not waiting:
                    yield layout.situation.cost_of(layout.starts), others, layout.starts, layout.all_members()
                    break
                placed = layout.cheapest(waiting.pop(0))
        if len(others) > 1 and num_fitting >= MOST_PAIRS:
            return


def _verified(
    situation: Situation,
    component: int,
    others: tuple[int, ...],
    starts: Starts,
    members: Sequence[TeamMember],
) -> Displacement | None:
    """The displacement as a value, if the independent check finds nothing wrong with it."""
    names = situation.graph.names
    if not _is_sound(situation, starts, members):
        moved = tuple(name for part in (component, *others) for name in names(part))
        accepted = uncovered_places(situation.problem, situation.plan.members)
        members = teams_near(situation.units, situation.staff, starts, members, moved, accepted).members
        if not _is_sound(situation, starts, members):
            return None
    displaced = tuple(names(other) for other in others)
    return displacement_to(
        situation, RoomMade(starts, tuple(members), names(component), displaced, is_proven=False)
    )


def displacement_to(situation: Situation, made: RoomMade) -> Displacement:
    """How a plan in which areas have made room differs from the present one."""
    assert made.starts is not None
    alone = {**situation.starts, **{name: made.starts[name] for name in made.asked}}
    moved = [*made.asked, *(name for names in made.displaced for name in names)]
    return Displacement(
        moved=tuple(displaced(situation, names, made.starts) for names in made.displaced),
        price=situation.cost_of(made.starts) - situation.cost_of(alone),
        people_changed=changed_people(situation.plan.members, made.members, moved),
        is_proven=made.is_proven,
    )


def _is_sound(situation: Situation, starts: Starts, members: Sequence[TeamMember]) -> bool:
    problem = situation.problem
    if uncovered_places(problem, members) > uncovered_places(problem, situation.plan.members):
        return False
    return not faults(problem, make_plan(problem, starts, members))


def displaced(situation: Situation, names: tuple[Identifier, ...], starts: Starts) -> Displaced:
    """How activities that are planned together have moved.

    Parameters
    ----------
    starts
        Start weeks of all activities after the move.
    """
    now = situation.starts
    reviews = {activity.id for activity in situation.problem.activities if activity.team is not None}
    area = {activity.id: activity.area for activity in situation.problem.activities}
    lead = min(names, key=lambda name: (starts[name] == now[name], name not in reviews))
    before, after = next(
        (pair for pair in zip(now[lead], starts[lead], strict=True) if pair[0] != pair[1]),
        (now[lead][0], starts[lead][0]),
    )
    areas = tuple(dict.fromkeys(area[name] for name in names))
    return Displaced(areas=areas, activities=names, before=before, after=after)


def _blockers(layout: Layout, component: int, timetable: tuple[Week, ...]) -> list[int]:
    """Components that use a row that is short, or people who could be in the team: they alone can make room.

    The component must have been taken out.
    """
    situation = layout.situation
    use = situation.use_of(component, timetable)
    rows = situation.rows
    short = np.flatnonzero((layout.room.used + use > rows.rhs + rows.max_excess) & (use != 0))
    starts = situation.moved(component, timetable, layout.starts)
    wanted = _people_wanted(layout, component, starts)
    found = []
    for other, weeks in sorted(layout.room.starts.items()):
        names = situation.graph.names(other)
        people = {member.inspector for name in names for member in layout.members.get(name, ())}
        if people & wanted or (len(short) and (situation.use_of(other, weeks)[short] > 0).any()):
            found.append(other)
    return found


def _people_wanted(layout: Layout, component: int, starts: Starts) -> set[str]:
    """People who could be in a team of a component, were they free; empty if there is a team already."""
    board, problem = layout.board, layout.situation.problem
    wanted: set[str] = set()
    for name in layout.situation.graph.names(component):
        review = layout.reviews.get(name)
        if review is None or board.team(review, starts[name]) is not None:
            continue
        weeks = team_weeks(review, starts[name])
        for skill in seats(review):
            people = np.flatnonzero(board.kept_by_others(review, skill, weeks))
            wanted |= {problem.inspectors[person].id for person in people.tolist()}
    return wanted
