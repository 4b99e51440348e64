"""The dates that move the fewest weeks leave no more places open than the plan they replace, with a proof (R094)."""

import pytest

from scheduler.cost import date_terms
from scheduler.events import Event, InspectorAbsence, Resignation
from scheduler.events.applying import apply
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.replanning.fewest import near_timetables
from scheduler.replanning.nearest_dates import NearestDates, priced_by_weeks, without_open_places
from scheduler.replanning.result import ReplanParams
from scheduler.run.progress import Progress
from scheduler.values.value import LEADER
from tests.builders import members, span
from tests.known import known
from tests.replanning import STARTS, TEAMS, published, short_handed

ABSENT = InspectorAbsence(inspector="ann", weeks=span(10, 11))
"""In the week in which the south begins; nobody else leads."""

FAR = {"jar-south": (29, 32)}
LEADERLESS = {**TEAMS, "jar-south": {"education": "cat"}}


def ground_after(event: Event) -> Ground:
    problem, params = short_handed(), ReplanParams(num_workers=1)
    plan = published(problem)
    after = apply(problem, plan, event, 0, params.stability, params.settled)
    return Ground(after, plan, params, Progress("moves", 60.0))


@pytest.fixture
def ground() -> Ground:
    return ground_after(ABSENT)


def nearest(ground: Ground, schedule: Schedule, seconds: float = 60.0) -> NearestDates:
    found = NearestDates(ground, schedule, Progress("nearest", seconds))
    found.run()
    return found


@pytest.fixture
def far() -> Schedule:
    """The south so late that the leader is back, far later than it has to be."""
    return Schedule(STARTS | FAR, members(TEAMS))


def test_a_plan_that_moves_far_is_replaced_by_one_that_moves_a_week(ground: Ground, far: Schedule):
    assert (ground.weeks(far), ground.open_seats(far)) == (19, 0)
    found = nearest(ground, far)
    best = found.best
    assert (ground.weeks(best), ground.open_seats(best), ground.exchanged(best)) == (1, 0, 0)
    assert found.bound == 1


def test_no_weeks_are_saved_at_the_price_of_an_open_place(ground: Ground, far: Schedule):
    """With the published dates nothing moves, but the south has no leader."""
    assert ground.weeks(ground.kept) == 0 < ground.open_seats(ground.kept)
    assert nearest(ground, far).best.starts != ground.kept.starts


def test_where_every_place_can_be_filled_it_is_though_that_moves_more(ground: Ground):
    """With the published dates the south would have no leader."""
    leaderless = Schedule(STARTS, members(LEADERLESS))
    found = nearest(ground, leaderless)
    assert (ground.weeks(found.best), ground.open_seats(found.best), found.bound) == (1, 0, 1)


def test_a_place_that_nobody_can_fill_stays_open_and_nothing_is_proven():
    """The only leader is gone: the south goes back to its dates without one."""
    ground = ground_after(Resignation(inspector="ann", from_week=8))
    alone = {**LEADERLESS, "jar-west": {"education": "cat"}}
    found = nearest(ground, Schedule(STARTS | FAR, members(alone)))
    assert (ground.weeks(found.best), ground.open_seats(found.best), found.bound) == (0, 2, 0)


def test_without_time_the_plan_stays(ground: Ground, far: Schedule):
    found = nearest(ground, far, seconds=0.0)
    assert (found.best is far, found.bound) == (True, 0)


def test_only_weeks_moved_have_a_price(ground: Ground):
    """Two stages of the south move by 19 weeks; the price of a week is shared by its stages."""
    priced, per_week = priced_by_weeks(ground.problem)
    terms = date_terms(priced, STARTS | FAR)
    assert (per_week, terms.pop("stability")) == (2, 2 * 19)
    assert set(terms.values()) == {0}
    assert set(date_terms(priced, STARTS).values()) == {0}


def test_nobody_is_asked_for_where_a_seat_is_open(ground: Ground):
    leaderless = Schedule(STARTS, members(LEADERLESS))
    teams = {activity.id: activity.team for activity in without_open_places(ground, leaderless).activities}
    assert known(teams["jar-south"]).seats_by_skill() == {"education": 1}
    assert known(teams["jar-west"]).seats_by_skill() == {"education": 1, LEADER: 1}


def test_no_timetable_moves_more_than_the_whole_plan(ground: Ground):
    near = Schedule(STARTS | {"jar-south": (12, 15)}, members(TEAMS))
    unit = ground.units.unit_of["jar-south"]
    found = near_timetables(ground, near, [unit])[unit]
    shifts = [max(abs(first - 10), abs(last - 13)) for first, last in found.starts.tolist()]
    assert max(shifts) == ground.weeks(near) == 2
