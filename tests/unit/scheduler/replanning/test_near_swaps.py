"""Swaps near the published dates move fewer weeks, and leave no more places open (R094)."""

import pytest

from scheduler.events import InspectorAbsence
from scheduler.events.applying import apply
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.replanning.near_swaps import NearSwaps, near_timetables
from scheduler.replanning.result import ReplanParams
from scheduler.run.progress import Progress
from tests.builders import members, span
from tests.replanning import STARTS, TEAMS, published, short_handed

ABSENT = InspectorAbsence(inspector="ann", weeks=span(10, 11))
"""In the week in which the south begins; nobody else leads."""

FAR = {"jar-south": (29, 32)}


@pytest.fixture
def ground() -> Ground:
    problem, params = short_handed(), ReplanParams(num_workers=1)
    plan = published(problem)
    after = apply(problem, plan, ABSENT, 0, params.stability, params.settled)
    return Ground(after, plan, params, Progress("moves", 60.0))


def test_a_plan_that_moves_far_is_replaced_by_one_that_moves_a_week(ground: Ground):
    far = Schedule(STARTS | FAR, members(TEAMS))
    assert (ground.weeks(far), ground.open_seats(far)) == (19, 0)
    found = NearSwaps(ground, far, Progress("swaps", 60.0)).run()
    assert (ground.weeks(found), ground.open_seats(found), ground.exchanged(found)) == (1, 0, 0)


def test_no_weeks_are_saved_at_the_price_of_an_open_place(ground: Ground):
    """With the published dates nothing moves, but the south has no leader."""
    far = Schedule(STARTS | FAR, members(TEAMS))
    found = NearSwaps(ground, far, Progress("swaps", 60.0)).run()
    assert ground.weeks(ground.kept) == 0 < ground.open_seats(ground.kept)
    assert found.starts != ground.kept.starts


def test_without_time_the_plan_stays(ground: Ground):
    far = Schedule(STARTS | FAR, members(TEAMS))
    assert NearSwaps(ground, far, Progress("swaps", 0.0)).run() is far


def test_no_timetable_moves_more_than_the_whole_plan(ground: Ground):
    near = Schedule(STARTS | {"jar-south": (12, 15)}, members(TEAMS))
    unit = ground.units.unit_of["jar-south"]
    found = near_timetables(ground, near, [unit])[unit]
    shifts = [max(abs(first - 10), abs(last - 13)) for first, last in found.starts.tolist()]
    assert max(shifts) == ground.weeks(near) == 2
