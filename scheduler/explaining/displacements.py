"""Which other areas would have to move so that certain dates fit, and what their next best places cost."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan, seats, uncovered_places
from scheduler.explaining.without_area import Layout, Placed, Situation
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
    before = layout.take(component)
    blockers = _blockers(layout, component, timetable)
    try:
        for size in (1, 2):
            answer = _cheapest_of(
                layout, before, timetable, list(_sets(layout, component, timetable, blockers, size))
            )
            if answer is not None:
                return answer
    finally:
        layout.put(before)
    return None


def _cheapest_of(
    layout: Layout, before: Placed, timetable: tuple[Week, ...], sets: list[tuple[int, ...]]
) -> Displacement | None:
    found = []
    for others in sets:
        new = _rearranged(layout, before.component, timetable, others)
        if new is not None:
            found.append((layout.situation.cost_of(new[0]), others, *new))
    for cost, others, starts, members in sorted(found, key=lambda item: item[:2]):
        answer = _verified(layout, before, timetable, others, cost, starts, members)
        if answer is not None:
            return answer
    return None


def _sets(
    layout: Layout, component: int, timetable: tuple[Week, ...], blockers: list[int], size: int
) -> Iterator[tuple[int, ...]]:
    """Sets of components without which a timetable fits."""
    number = 0
    for others in combinations(blockers, size):
        taken = [layout.take(other) for other in others]
        fits = layout.fitting(component, timetable) is not None
        for own in taken:
            layout.put(own)
        if fits:
            yield others
            number += 1
            if size > 1 and number >= MOST_PAIRS:
                return


def _rearranged(
    layout: Layout, component: int, timetable: tuple[Week, ...], others: tuple[int, ...]
) -> tuple[Starts, list[TeamMember]] | None:
    """Dates and teams with a component at a timetable and some others at the cheapest places left."""
    taken = [layout.take(other) for other in others]
    placed: list[Placed] = []
    own: Placed | None = layout.fitting(component, timetable)
    for other in others:
        if own is not None:
            layout.put(own)
            placed.append(own)
            own = layout.cheapest(other)
    if own is not None:
        layout.put(own)
        placed.append(own)
        answer = (dict(layout.starts), [member for team in layout.members.values() for member in team])
    for done in reversed(placed):
        layout.take(done.component)
    for one in taken:
        layout.put(one)
    return None if own is None else answer


def _verified(
    layout: Layout,
    before: Placed,
    timetable: tuple[Week, ...],
    others: tuple[int, ...],
    cost: int,
    starts: Starts,
    members: list[TeamMember],
) -> Displacement | None:
    """The displacement as a value, if the independent check finds nothing wrong with it."""
    situation = layout.situation
    problem, plan = situation.problem, situation.plan
    moved = tuple(name for own in (before.component, *others) for name in situation.graph.names(own))
    if not _is_sound(layout, starts, members):
        teams = teams_near(
            situation.units, situation.staff, starts, members, moved, uncovered_places(problem, plan.members)
        )
        members = list(teams.members)
        if not _is_sound(layout, starts, members):
            return None
    return displacement_to(
        situation,
        situation.graph.names(before.component),
        starts,
        members,
        [situation.graph.names(own) for own in others],
    )


def displacement_to(
    situation: Situation,
    asked: Sequence[Identifier],
    starts: Starts,
    members: Sequence[TeamMember],
    displaced: Sequence[tuple[Identifier, ...]],
    is_proven: bool = False,
) -> Displacement:
    """How a plan in which areas have made room differs from the present one.

    Parameters
    ----------
    asked
        Activities for which room is made.
    starts, members
        Of the new plan.
    displaced
        Activities that make room, those that are planned together in one tuple.
    """
    alone = {**situation.starts, **{name: starts[name] for name in asked}}
    moved = [*asked, *(name for names in displaced for name in names)]
    return Displacement(
        moved=tuple(_displaced(situation, names, starts) for names in displaced),
        price=situation.cost_of(starts) - situation.cost_of(alone),
        people_changed=changed_people(situation.plan.members, members, moved),
        is_proven=is_proven,
    )


def _is_sound(layout: Layout, starts: Starts, members: list[TeamMember]) -> bool:
    situation = layout.situation
    problem = situation.problem
    if uncovered_places(problem, members) > uncovered_places(problem, situation.plan.members):
        return False
    broken = check(problem, make_plan(problem, starts, members))
    return all(found.rule in SHORTAGE_RULES for found in broken)


def _displaced(situation: Situation, names: tuple[Identifier, ...], starts: Starts) -> Displaced:
    now = situation.starts
    reviews = {own.id for own in situation.problem.activities if own.team is not None}
    area = {own.id: own.area for own in situation.problem.activities}
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
    for other, own in layout.room.starts.items():
        names = situation.graph.names(other)
        people = {member.inspector for name in names for member in layout.members.get(name, ())}
        if people & wanted or (len(short) and (situation.use_of(other, own)[short] > 0).any()):
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
